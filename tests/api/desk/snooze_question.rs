use super::waiting;
use crate::world::NOTHING;
use chrono::TimeDelta;
use serde_json::json;

#[actix_web::test]
async fn what_is_put_off_comes_back_by_itself() {
    let (w, slug, marit, question) = waiting().await;
    let until = w.clock.now() + TimeDelta::minutes(10);
    let snoozed = w.at_desk(&marit, &question, "snooze", &json!({ "until": until })).await.expect(200);
    assert_eq!((&snoozed["state"], &snoozed["snoozed_until"]), (&json!("snoozed"), &json!(until)));
    assert!(w.desk(&marit, "").await.is_empty());
    assert_eq!(w.desk(&marit, "state=snoozed").await, std::slice::from_ref(&question));
    let other = w.say(&slug, "And then?", None).await;
    w.until_desk(&marit, "", &[&other]).await;
    w.clock.set(until);
    assert_eq!(w.desk(&marit, "").await, [question.clone(), other]);
    assert_eq!(w.question(&marit, &question).await.expect(200)["snoozed_until"], json!(null));
}

#[actix_web::test]
async fn it_is_taken_up_before_by_claiming_it() {
    let (w, _, marit, question) = waiting().await;
    let until = w.clock.now() + TimeDelta::hours(3);
    w.at_desk(&marit, &question, "snooze", &json!({ "until": until })).await.expect(200);
    assert_eq!(w.claim_question(&marit, &question).await.expect(200)["state"], "claimed");
}

#[actix_web::test]
async fn what_does_not_wait_and_what_is_no_time_to_come_is_refused() {
    let (w, _, marit, question) = waiting().await;
    let now = w.clock.now();
    for until in [now, now - TimeDelta::hours(1), now + TimeDelta::days(367)] {
        let refused = w.at_desk(&marit, &question, "snooze", &json!({ "until": until })).await;
        assert_eq!(refused.problem(422, "validation"), ["#/until"]);
    }
    w.at_desk(&marit, &question, "snooze", &json!({ "until": "soon" })).await.problem(400, "bad_request");
    let later = json!({ "until": now + TimeDelta::hours(1) });
    w.at_desk(&marit, NOTHING, "snooze", &later).await.problem(404, "not_found");
    w.claim_question(&marit, &question).await.expect(200);
    w.at_desk(&w.coach("Colin").await, &question, "snooze", &later).await.problem(409, "conflict");
}
