use crate::world::{CAREFUL, Person, World};
use chrono::TimeDelta;
use serde_json::json;

#[actix_web::test]
async fn what_is_claimed_is_nobody_elses_for_a_while() {
    let w = World::with(&[("claim_minutes", "7")]).await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (mo, hollis) = (w.moderator("Mo").await, w.moderator("Hollis").await);
    let comment = w.say(&slug, "Hello.", None).await;
    let until = w.clock.now() + TimeDelta::minutes(7);
    let claim = w.claim(&mo, &comment).await.expect(200);
    assert_eq!(claim, json!({ "by": { "id": mo.id, "name": "Mo" }, "until": until }));
    assert_eq!(w.see(&hollis, "/v1/moderation/queue").await.expect(200)["items"][0]["claim"], claim);
    let others = [w.claim(&hollis, &comment).await, w.decide(&hollis.access_token, &comment, "approve").await];
    for refused in others {
        refused.problem(409, "conflict");
        assert_eq!(refused.json()["detail"], "Mo has claimed it until 2026-03-14T12:07:00Z.");
    }
    // Claimed again, it is theirs for as long anew.
    w.clock.set(w.clock.now() + TimeDelta::minutes(5));
    assert_eq!(w.claim(&mo, &comment).await.expect(200)["until"], json!(until + TimeDelta::minutes(5)));
    w.decide(&mo.access_token, &comment, "approve").await.expect(200);
    assert!(w.queued(&mo, "").await.is_empty());
}

#[actix_web::test]
async fn when_the_time_is_over_somebody_else_takes_it() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (mo, hollis) = (w.moderator("Mo").await, w.moderator("Hollis").await);
    let (first, second) = (w.say(&slug, "First.", None).await, w.say(&slug, "Second.", None).await);
    for comment in [&first, &second] {
        w.claim(&mo, comment).await.expect(200);
    }
    w.clock.set(w.clock.now() + TimeDelta::minutes(10));
    assert_eq!(w.queued(&mo, "claim=unclaimed").await, [first.clone(), second.clone()]);
    assert_eq!(w.claim(&hollis, &first).await.expect(200)["by"]["name"], "Hollis");
    w.claim(&mo, &first).await.problem(409, "conflict");
    // And whoever decides need not have claimed it.
    w.decide(&hollis.access_token, &second, "reject").await.expect(200);
}

#[actix_web::test]
async fn of_two_who_claim_at_once_one_has_it() {
    let w = World::with(&[("workers", "2")]).await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let people: [Person; 2] = [w.moderator("Mo").await, w.moderator("Hollis").await];
    for n in 0..10 {
        let comment = w.say(&slug, &format!("comment {n}"), None).await;
        let [one, other] = &people;
        let (one, other) = tokio::join!(w.claim(one, &comment), w.claim(other, &comment));
        let mut statuses = [one.status.as_u16(), other.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
    }
}

#[actix_web::test]
async fn what_does_not_wait_cannot_be_claimed() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let comment = w.say(&slug, "Hello.", None).await;
    let refused = w.claim(&moderator, &comment).await;
    refused.problem(409, "conflict");
    assert_eq!(refused.json()["detail"], "The comment is visible.");
    w.claim(&moderator, &w.clock.id().to_string()).await.problem(404, "not_found");
    w.claim(&w.coach("Colin").await, &comment).await.problem(403, "forbidden");
}
