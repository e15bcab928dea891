use super::waiting;
use crate::world::NOTHING;
use chrono::TimeDelta;
use serde_json::json;

#[actix_web::test]
async fn what_was_closed_waits_again() {
    let (w, _, marit, question) = waiting().await;
    let later = json!({ "until": w.clock.now() + TimeDelta::hours(1) });
    for (what, how) in [("dismiss", json!({})), ("answered-elsewhere", json!({})), ("snooze", later)] {
        w.at_desk(&marit, &question, what, &how).await.expect(200);
        let open = w.at_desk(&marit, &question, "reopen", &json!({})).await.expect(200);
        assert_eq!(open["state"], "waiting", "{what}");
        assert_eq!(w.desk(&marit, "").await, std::slice::from_ref(&question));
    }
}

#[actix_web::test]
async fn what_was_answered_waits_for_another_answer() {
    let (w, slug, marit, question) = waiting().await;
    w.reply(&marit, &slug, &question).await;
    w.question_when(&marit, &question, "answered").await;
    w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    let open = w.at_desk(&marit, &question, "reopen", &json!({})).await.expect(200);
    assert_eq!((&open["state"], &open["answer"]), (&json!("waiting"), &json!(null)));
    // The answer from before does not close it again, whatever happens to the comment.
    let other = w.say(&slug, "Another question.", None).await;
    w.until_desk(&marit, "", &[&question, &other]).await;
    w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    let answer = w.reply(&marit, &slug, &question).await;
    assert_eq!(w.question_when(&marit, &question, "answered").await["answer"]["id"], answer);
}

#[actix_web::test]
async fn what_waits_is_not_opened() {
    let (w, _, marit, question) = waiting().await;
    let refused = w.at_desk(&marit, &question, "reopen", &json!({})).await;
    refused.problem(409, "conflict");
    assert_eq!(refused.json()["detail"], "The question is waiting.");
    w.claim_question(&marit, &question).await.expect(200);
    w.at_desk(&marit, &question, "reopen", &json!({})).await.problem(409, "conflict");
    w.at_desk(&marit, NOTHING, "reopen", &json!({})).await.problem(404, "not_found");
}
