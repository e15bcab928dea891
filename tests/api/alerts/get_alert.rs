use super::{ALERTS, NEED, alert, over};
use crate::world::World;
use serde_json::json;

#[actix_web::test]
async fn it_comes_with_the_comment_and_where_it_stands() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let coach = w.coach("Colin").await;
    let comment = w.say(&slug, NEED, None).await;
    let raised = alert(&w, &coach, &comment, 0).await;
    let seen = w.see(&coach, &format!("{ALERTS}/{}", raised["id"].as_str().unwrap())).await.expect(200);
    assert_eq!((&seen["alert"], &seen["comment"]["id"]), (&raised, &json!(comment)));
    assert_eq!((&seen["comment"]["body"]["text"], &seen["comment"]["status"]), (&json!(NEED), &json!("held")));
    assert_eq!(seen["article"], json!({ "id": article_id, "slug": slug, "title": "How to listen" }));
}

#[actix_web::test]
async fn it_is_gone_when_the_comment_was_decided_on() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, moderator) = (w.coach("Colin").await, w.moderator("Mo").await);
    let comment = w.say(&slug, NEED, None).await;
    let path = format!("{ALERTS}/{}", alert(&w, &coach, &comment, 0).await["id"].as_str().unwrap());
    w.decide(&moderator.access_token, &comment, "approve").await.expect(200);
    over(&w, &coach, &comment).await;
    w.see(&coach, &path).await.problem(404, "not_found");
}

#[actix_web::test]
async fn whoever_may_be_called_sees_it() {
    let w = World::new().await;
    let wren = w.reader("Wren").await;
    let path = format!("{ALERTS}/{}", w.clock.id());
    w.see(&wren, &path).await.problem(403, "forbidden");
    w.get(&path).await.problem(401, "unauthenticated");
    let coach = w.coach("Colin").await;
    w.see(&coach, &path).await.problem(404, "not_found");
    w.see(&coach, &format!("{ALERTS}/first")).await.problem(404, "not_found");
}
