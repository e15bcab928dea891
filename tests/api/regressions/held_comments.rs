//! Discourse CVE-2026-27162 and CVE-2021-32788: a hidden post was known by the excerpt, the count or the last author of something
//! public. Here nothing that is public changes by a byte.

use crate::world::{CAREFUL, World, id};
use serde_json::json;

#[actix_web::test]
async fn a_held_comment_changes_no_excerpt_no_count_and_no_author() {
    let w = World::new().await;
    let (moderator, wren) = (w.moderator("Hollis").await, w.reader("Wren").await);
    let (slug, article_id) = w.article_taking("How to wait", CAREFUL).await;
    let shown = id(&w.post_as_guest(&slug, "Good morning.", None).await.expect(201));
    w.decide(&moderator.access_token, &shown, "approve").await.expect(200);
    let thread = format!("/v1/articles/{slug}/comments");
    let public = [
        "/v1/articles".to_owned(),
        format!("/v1/articles/{slug}"),
        format!("/v1/comment-counts?articles={slug}"),
        format!("/v1/comments/{shown}"),
        format!("/v1/comments/{shown}/replies"),
        format!("/v1/comments/{shown}/context"),
        format!("{thread}?sort=oldest"),
        format!("{thread}?sort=newest"),
        format!("{thread}/search?q=quetzalcoatlus"),
        format!("{thread}/search?q=morning"),
    ];
    let look = async || {
        let mut seen = Vec::new();
        for address in &public {
            let reply = w.get(address).await;
            assert_eq!(reply.status, 200, "{address}: {}", reply.text());
            seen.push((address, reply.text(), reply.header("etag").to_owned()));
        }
        seen
    };
    let before = look().await;
    for parent in [None, Some(&shown)] {
        let held = json!({ "body": "The quetzalcoatlus waits.", "parent_id": parent });
        let held = id(&w.post_as(&wren.access_token, &slug, &held).await.expect(201));
        let guest =
            json!({ "body": "I have seen the quetzalcoatlus.", "parent_id": parent, "guest": { "name": "Egret" } });
        w.post(&thread, &guest).await.expect(201);
        w.get(&format!("/v1/comments/{held}")).await.problem(404, "not_found");
        assert_eq!(look().await, before);
    }
    // They are there, and shown once somebody has decided so.
    assert_eq!(w.stored(article_id).await, 5);
}
