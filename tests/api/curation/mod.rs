//! What curators make of comments.

mod feature_comment;
mod lock_comment;
mod pin_comment;
mod unfeature_comment;
mod unlock_comment;
mod unpin_comment;

use crate::world::{Person, Reply, World};
use reqwest::Method;
use serde_json::{Value, json};

/// `PUT` or `DELETE` of `pin`, `feature` or `lock`.
async fn curate(w: &World, curator: &Person, method: Method, comment: &str, what: &str) -> Reply {
    let request = w.request(method, &format!("/v1/comments/{comment}/{what}")).bearer(&curator.access_token);
    request.json(&json!({})).send().await
}

async fn pin_at(w: &World, curator: &Person, comment: &str, place: Value) -> Reply {
    let request = w.request(Method::PUT, &format!("/v1/comments/{comment}/pin")).bearer(&curator.access_token);
    request.json(&json!({ "place": place })).send().await
}

/// The comments that are pinned, in their order, whether anybody sees them or not.
async fn pinned(w: &World) -> Vec<String> {
    use colloquy::db::schema::comments;
    use diesel::prelude::*;
    use diesel_async::RunQueryDsl;
    let pinned = comments::table.filter(comments::pin_no.is_not_null()).order(comments::pin_no).select(comments::id);
    let pinned: Vec<uuid::Uuid> = pinned.load(&mut w.db.conn().await).await.unwrap();
    pinned.iter().map(ToString::to_string).collect()
}

/// Asserts that a comment that is hidden, waits or is under no public article is not there for a curator.
async fn assert_hidden_is_not_there(w: &World, curator: &Person, method: Method, what: &str) {
    let (slug, moderator) = (w.open_article().await.0, w.moderator("Mo").await);
    let hidden = w.say(&slug, "Hidden.", None).await;
    w.decide(&moderator.access_token, &hidden, "reject").await.expect(200);
    for nothing in [hidden, w.clock.id().to_string(), "nonsense".into()] {
        curate(w, curator, method.clone(), &nothing, what).await.problem(404, "not_found");
    }
}

/// Asserts that only those who curate may.
async fn assert_refused_to_others(w: &World, method: Method, comment: &str, what: &str) {
    let path = format!("/v1/comments/{comment}/{what}");
    w.request(method.clone(), &path).json(&json!({})).send().await.problem(401, "unauthenticated");
    let reader = w.reader("Ada").await;
    curate(w, &reader, method, comment, what).await.problem(403, "forbidden");
}
