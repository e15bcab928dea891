//! What should not wait stays what should not wait, whatever is decided on it later.

use crate::world::World;
use chrono::TimeDelta;
use reqwest::Method;

const URGENT: &str = "I am going to kill myself tonight.";

#[actix_web::test]
async fn what_should_not_wait_stays_first_whatever_is_decided_on_it_later() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, moderator) = (w.coach("Marit").await, w.moderator("Hollis").await);
    let tick = || w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    let calm = w.say(&slug, "How do I begin?", None).await;
    tick();
    let urgent = w.say(&slug, URGENT, None).await;
    let _ = w.decide(&moderator.access_token, &urgent, "approve").await;
    w.until_desk(&coach, "sort=priority", &[&urgent, &calm]).await;
    let priority = w.question(&coach, &urgent).await.expect(200)["priority"].clone();
    // Somebody takes it for spam, and a moderator does not.
    tick();
    w.reported(&urgent, "spam").await;
    w.decide(&moderator.access_token, &urgent, "approve").await.expect(200);
    // What is said next is looked at next.
    let next = w.say(&slug, "And then?", None).await;
    w.until_desk(&coach, "sort=priority", &[&urgent, &calm, &next]).await;
    assert_eq!(w.question(&coach, &urgent).await.expect(200)["priority"], priority);
    // Deleted by mistake, and restored.
    tick();
    w.delete(&moderator.access_token, &urgent).await.expect(204);
    w.until_desk(&coach, "sort=priority", &[&calm, &next]).await;
    let restore = w.request(Method::POST, &format!("/v1/moderation/comments/{urgent}/restore"));
    restore.bearer(&moderator.access_token).header("if-match", "*").send().await.expect(200);
    w.until_desk(&coach, "sort=priority", &[&urgent, &calm, &next]).await;
    assert_eq!(w.question(&coach, &urgent).await.expect(200)["priority"], priority);
}

#[actix_web::test]
async fn what_was_deleted_before_anybody_decided_on_it_comes_back_as_pressing() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, moderator) = (w.coach("Marit").await, w.moderator("Hollis").await);
    let calm = w.say(&slug, "How do I begin?", None).await;
    w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    let held = w.say(&slug, URGENT, None).await;
    w.reported(&held, "other").await;
    w.prioritise(&held, 3).await;
    w.delete(&moderator.access_token, &held).await.expect(204);
    let restore = w.request(Method::POST, &format!("/v1/moderation/comments/{held}/restore"));
    restore.bearer(&moderator.access_token).header("if-match", "*").send().await.expect(200);
    w.until_desk(&coach, "sort=priority", &[&held, &calm]).await;
    assert_eq!(w.desk(&coach, "priority=3").await, [held]);
}
