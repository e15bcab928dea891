//! Articles: what everybody reads, what coaches write.

mod closing;
mod create_article;
mod edit_article;
mod get_article;
mod get_draft;
mod import_article;
mod list_articles;
mod list_drafts;
mod publish_article;
mod resolve_address;
mod unpublish_article;
