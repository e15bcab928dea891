use crate::world::{CAREFUL, World};
use chrono::TimeDelta;
use serde_json::{Value, json};

#[actix_web::test]
async fn how_much_waits_is_counted_by_state_and_priority_with_the_oldest_age() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let moderator = w.moderator("Mo").await;
    let path = "/v1/moderation/queue/counts";
    let none = json!({ "count": 0, "oldest_at": null, "oldest_seconds": null });
    let counts = w.see(&moderator, path).await.expect(200);
    assert_eq!(counts["states"], json!({ "held": none, "pending": none, "reported": none }));
    assert_eq!((&counts["count"], &counts["oldest_at"]), (&json!(0), &Value::Null));
    let since = w.clock.now();
    let first = w.say(&slug, "First.", None).await;
    w.clock.set(since + TimeDelta::minutes(5));
    let second = w.say(&slug, "Second.", None).await;
    w.give(&moderator, &second, "hold", json!({})).await.expect(200);
    w.prioritise(&first, 3).await;
    let counts = w.see(&moderator, path).await.expect(200);
    let backlog = |at, seconds| json!({ "count": 1, "oldest_at": at, "oldest_seconds": seconds });
    assert_eq!(
        (&counts["count"], &counts["oldest_at"], &counts["oldest_seconds"]),
        (&json!(2), &json!(since), &json!(300))
    );
    assert_eq!(counts["states"]["pending"], backlog(since, 300));
    assert_eq!(counts["states"]["held"], backlog(w.clock.now(), 0));
    let priorities = json!({ "0": backlog(w.clock.now(), 0), "1": none, "2": none, "3": backlog(since, 300) });
    assert_eq!(counts["priorities"], priorities);
}

#[actix_web::test]
async fn only_moderators_count() {
    let w = World::new().await;
    w.get("/v1/moderation/queue/counts").await.problem(401, "unauthenticated");
    w.see(&w.coach("Colin").await, "/v1/moderation/queue/counts").await.problem(403, "forbidden");
}
