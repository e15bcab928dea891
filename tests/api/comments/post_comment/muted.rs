//! Whoever may not write is told so, and until when.

use crate::{
    sanctions::{account, lay},
    world::{World, id},
};
use chrono::TimeDelta;
use serde_json::json;

#[actix_web::test]
async fn whoever_is_muted_writes_nothing_until_it_is_over() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, ada, bea) = (w.moderator("Mo").await, w.reader("Ada").await, w.reader("Bea").await);
    let comment = id(&w.post_as(&ada.access_token, &slug, &json!({ "body": "Hello." })).await.expect(201));
    let mut mute = account("mute", &ada);
    (mute["minutes"], mute["message"]) = (json!(60), json!("Take a breath."));
    lay(&w, &moderator, &mute).await.expect(201);
    let refused = w.post_as(&ada.access_token, &slug, &json!({ "body": "And another thing." })).await;
    refused.problem(403, "muted");
    assert_eq!(refused.header("retry-after"), "3601");
    let detail = refused.json()["detail"].as_str().unwrap().to_owned();
    assert_eq!(detail, "You may not write here until 2026-03-14 13:00 UTC (reason: abuse). Take a breath.");
    // What they wrote stays, and they may still take it back; others write on.
    w.get(&format!("/v1/comments/{comment}")).await.expect(200);
    w.delete(&ada.access_token, &comment).await.expect(204);
    w.post_as(&bea.access_token, &slug, &json!({ "body": "Hello, too." })).await.expect(201);
    w.clock.set(w.clock.now() + TimeDelta::hours(1));
    let (token, _) = w.log_in(&ada.email).await;
    w.post_as(&token, &slug, &json!({ "body": "Back again." })).await.expect(201);
}
