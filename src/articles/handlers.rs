//! Articles over HTTP.

mod drafts;
mod published;
mod writing;

pub use drafts::{get_draft, list_drafts};
pub use published::{get_article, list_articles, resolve_address};
pub use writing::{create_article, edit_article, publish_article, unpublish_article};

use super::types::Article;
use actix_web::http::header::{self, HeaderName};

/// A private answer's entity tag is the revision itself, so that it can be sent back as `If-Match`.
fn etag(article: &Article) -> (HeaderName, String) {
    (header::ETAG, format!("\"{}\"", article.summary.head.revision))
}
