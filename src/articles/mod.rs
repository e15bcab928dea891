//! Articles: drafts, publishing, edits with their earlier texts, slugs present and former, tags, authors, sections, and
//! the addresses by which an article was known elsewhere. Knows no comments, only who may write some.

mod actions;
mod handlers;
mod queries;
mod rules;
mod types;

pub use actions::{create, import_article, keep_addresses};
pub use queries::{find_tag, for_comments, list_by_author, list_filings};
pub use types::{
    Article, ArticleSummary, Change, CommentPolicy, CommentPolicyInput, CommentTerms, CreateArticle, Filing, Imported,
    NewArticle, Outcome, OwnArticle, Slug, Status, ThreadPolicy,
};

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(handlers::list_articles)
        .service(handlers::get_article)
        .service(handlers::resolve_address)
        .service(handlers::list_drafts)
        .service(handlers::get_draft)
        .service(handlers::create_article)
        .service(handlers::edit_article)
        .service(handlers::publish_article)
        .service(handlers::unpublish_article);
}
