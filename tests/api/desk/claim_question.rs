use super::waiting;
use crate::world::NOTHING;
use chrono::TimeDelta;
use serde_json::json;

#[actix_web::test]
async fn what_is_claimed_is_nobody_elses_for_a_while() {
    let (w, _, marit, question) = waiting().await;
    let colin = w.coach("Colin").await;
    let until = w.clock.now() + TimeDelta::minutes(7);
    let claimed = w.claim_question(&marit, &question).await.expect(200);
    assert_eq!(claimed["claim"], json!({ "by": { "id": marit.id, "name": "Marit" }, "until": until }));
    assert_eq!(claimed["state"], "claimed");
    assert!(w.desk(&colin, "").await.is_empty());
    assert_eq!(w.desk(&colin, "state=claimed").await, std::slice::from_ref(&question));
    let refused = w.claim_question(&colin, &question).await;
    refused.problem(409, "conflict");
    assert_eq!(refused.json()["detail"], "Marit has claimed it until 2026-03-14T12:07:00Z.");
    for what in ["dismiss", "answered-elsewhere"] {
        w.at_desk(&colin, &question, what, &json!({})).await.problem(409, "conflict");
    }
    // Again, it is theirs for as long anew.
    w.clock.set(w.clock.now() + TimeDelta::minutes(5));
    let again = w.claim_question(&marit, &question).await.expect(200);
    assert_eq!(again["claim"]["until"], json!(until + TimeDelta::minutes(5)));
}

#[actix_web::test]
async fn when_the_time_is_over_it_waits_for_everybody() {
    let (w, _, marit, question) = waiting().await;
    let colin = w.coach("Colin").await;
    w.claim_question(&marit, &question).await.expect(200);
    w.clock.set(w.clock.now() + TimeDelta::minutes(7));
    assert_eq!(w.desk(&colin, "").await, std::slice::from_ref(&question));
    let item = w.question(&colin, &question).await.expect(200);
    assert_eq!((&item["state"], &item["claim"]), (&json!("waiting"), &json!(null)));
    assert_eq!(w.claim_question(&colin, &question).await.expect(200)["claim"]["by"]["name"], "Colin");
    w.claim_question(&marit, &question).await.problem(409, "conflict");
}

#[actix_web::test]
async fn a_coach_may_take_over_and_that_is_noted() {
    let (w, _, marit, question) = waiting().await;
    let (colin, admin) = (w.coach("Colin").await, w.admin("June").await);
    w.claim_question(&marit, &question).await.expect(200);
    let taken = w.at_desk(&colin, &question, "claim", &json!({ "take_over": true })).await.expect(200);
    assert_eq!(taken["claim"]["by"]["id"], colin.id);
    // One's own is not taken from anybody.
    w.at_desk(&colin, &question, "claim", &json!({ "take_over": true })).await.expect(200);
    let audit = w.see(&admin, "/v1/audit?kind=question.taken_over").await.expect(200);
    let noted = audit["items"].as_array().unwrap();
    assert_eq!(noted.len(), 1);
    assert_eq!((&noted[0]["actor_id"], &noted[0]["subject_id"]), (&json!(colin.id), &json!(question)));
    assert_eq!(noted[0]["data"], json!({ "from": marit.id }));
}

#[actix_web::test]
async fn what_does_not_wait_cannot_be_claimed() {
    let (w, slug, marit, question) = waiting().await;
    w.reply(&marit, &slug, &question).await;
    w.question_when(&marit, &question, "answered").await;
    for how in [json!({}), json!({ "take_over": true })] {
        let refused = w.at_desk(&marit, &question, "claim", &how).await;
        refused.problem(409, "conflict");
        assert_eq!(refused.json()["detail"], "The question is answered.");
    }
    w.claim_question(&marit, NOTHING).await.problem(404, "not_found");
    let unknown = w.at_desk(&marit, &question, "claim", &json!({ "for": 5 })).await;
    unknown.problem(400, "bad_request");
    w.claim_question(&w.reader("Wren").await, &question).await.problem(403, "forbidden");
}
