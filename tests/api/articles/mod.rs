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

use serde_json::{Value, json};

/// An article, as everybody reads it, of one that its authors see and that says nothing of its own about moderation: with what
/// is in force.
fn in_force(mut article: Value) -> Value {
    let comments = &mut article["comments"];
    assert_eq!((&comments["moderation"], &comments["links_held"]), (&Value::Null, &Value::Null));
    (comments["moderation"], comments["links_held"]) = (json!("open"), json!(2));
    article
}
