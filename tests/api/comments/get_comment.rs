use crate::world::World;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_permalink_shows_the_comment_and_names_its_article() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let root = w.say(&slug, "root", None).await;
    let reply = w.say(&slug, "reply", Some(&root)).await;
    let got = w.get(&format!("/v1/comments/{root}")).await;
    let comment = got.expect(200);
    assert_eq!(
        (&comment["id"], &comment["article"], &comment["body"]["text"]),
        (&json!(root), &json!(slug), &json!("root"))
    );
    assert_eq!(comment["replies"]["items"], json!([]));
    assert_eq!(w.get(comment["replies"]["next"].as_str().unwrap()).await.expect(200)["items"][0]["id"], json!(reply));
    assert_eq!(got.header("cache-tag"), format!("thread:{article_id},article:{article_id}"));
    let same = w.request(Method::GET, &format!("/v1/comments/{root}")).header("if-none-match", got.header("etag"));
    assert_eq!(same.send().await.status.as_u16(), 304);
    let reply = w.get(&format!("/v1/comments/{reply}")).await.expect(200);
    assert_eq!((&reply["parent_id"], &reply["replies"]["next"]), (&json!(root), &Value::Null));
}

#[actix_web::test]
async fn a_tombstone_has_neither_text_nor_author() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let root = w.say(&slug, "what is gone", None).await;
    w.say(&slug, "reply", Some(&root)).await;
    w.delete(&moderator.access_token, &root).await.expect(204);
    let got = w.get(&format!("/v1/comments/{root}")).await;
    let tombstone = got.expect(200);
    assert_eq!(
        (&tombstone["status"], &tombstone["body"], &tombstone["author"]),
        (&json!("deleted"), &Value::Null, &Value::Null)
    );
    assert_eq!((&tombstone["reply_count"], &tombstone["root_no"]), (&json!(1), &json!(1)));
    assert!(!got.text().contains("what is gone") && !got.text().contains("Wendy"));
}

#[actix_web::test]
async fn what_does_not_exist_and_what_nobody_may_see_look_the_same() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, admin) = (w.moderator("Mo").await, w.admin("Root").await);
    let (rejected, visible) = (w.say(&slug, "rejected", None).await, w.say(&slug, "visible", None).await);
    w.decide(&moderator.access_token, &rejected, "reject").await.expect(200);
    let unknown = w.get(&format!("/v1/comments/{}", w.clock.id())).await;
    unknown.problem(404, "not_found");
    assert_eq!(w.get(&format!("/v1/comments/{rejected}")).await.bytes, unknown.bytes);
    let staff = w.request(Method::GET, &format!("/v1/comments/{rejected}")).bearer(&moderator.access_token).send();
    assert_eq!(staff.await.bytes, unknown.bytes);
    assert_eq!(w.get("/v1/comments/nonsense").await.bytes, unknown.bytes);
    w.get(&format!("/v1/comments/{visible}")).await.expect(200);
    let unpublish = w.request(Method::POST, &format!("/v1/articles/{slug}/unpublish")).bearer(&admin.access_token);
    unpublish.header("if-match", "*").send().await.expect(200);
    assert_eq!(w.get(&format!("/v1/comments/{visible}")).await.bytes, unknown.bytes);
}
