use super::{ALERTS, NEED, acknowledge, alert, alerts, set_on_call};
use crate::world::{World, noon, until};
use chrono::TimeDelta;
use serde_json::json;

#[actix_web::test]
async fn nobody_else_is_called_then() {
    let w = World::with(&[("alert_minutes", "5")]).await;
    let (slug, _) = w.open_article().await;
    let (moderator, one, other) = (w.moderator("Mo").await, w.coach("Colin").await, w.coach("Marit").await);
    set_on_call(&w, &moderator, &[&one, &other]).await;
    let comment = w.say(&slug, NEED, None).await;
    let called = alert(&w, &one, &comment, 1).await;
    let answered = acknowledge(&w, &one, &called).await.expect(200);
    assert_eq!((&answered["acknowledged_by"], &answered["next_at"]), (&json!(one.id), &json!(null)));
    assert_eq!(answered["acknowledged_at"], "2026-03-14T12:00:00Z");
    // Another comment shows that the alarm has been round since.
    w.clock.set(noon() + TimeDelta::minutes(6));
    let next = w.say(&slug, &format!("{NEED} Really."), None).await;
    alert(&w, &one, &next, 1).await;
    assert_eq!(alert(&w, &one, &comment, 1).await, answered);
    assert!(w.mails_to(&other.email).is_empty());
    let admin = w.admin("June").await;
    let audit = w.see(&admin, "/v1/audit?kind=alert.acknowledged").await.expect(200);
    assert_eq!(
        (&audit["items"][0]["actor_id"], &audit["items"][0]["subject_id"]),
        (&json!(one.id), &called["id"]),
        "{audit}"
    );
}

#[actix_web::test]
async fn whoever_comes_later_hears_who_was_faster() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (one, other) = (w.coach("Colin").await, w.coach("Marit").await);
    let comment = w.say(&slug, NEED, None).await;
    let raised = alert(&w, &one, &comment, 0).await;
    let path = format!("{ALERTS}/{}/acknowledge", raised["id"].as_str().unwrap());
    let nothing = json!({});
    let (mine, theirs) = tokio::join!(w.post_by(&one, &path, &nothing), w.post_by(&other, &path, &nothing));
    let (late, winner) = if mine.status == 200 { (theirs, "Colin") } else { (mine, "Marit") };
    late.problem(409, "conflict");
    let detail = late.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains(winner) && detail.contains("2026-03-14 12:00 UTC"), "{detail}");
    // Twice by the same is as good as once.
    let winner = if winner == "Colin" { &one } else { &other };
    let again = acknowledge(&w, winner, &raised).await.expect(200);
    assert_eq!(again["acknowledged_by"], winner.id);
    until("it stays", async || alerts(&w, &one).await.len() == 1).await;
}

#[actix_web::test]
async fn whoever_may_be_called_may_answer() {
    let w = World::new().await;
    let (wren, coach) = (w.reader("Wren").await, w.coach("Colin").await);
    let path = format!("{ALERTS}/{}/acknowledge", w.clock.id());
    w.post_by(&wren, &path, &json!({})).await.problem(403, "forbidden");
    w.post(&path, &json!({})).await.problem(401, "unauthenticated");
    w.post_by(&coach, &path, &json!({})).await.problem(404, "not_found");
}
