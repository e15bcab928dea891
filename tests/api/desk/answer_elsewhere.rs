use super::waiting;
use crate::world::NOTHING;
use serde_json::json;

#[actix_web::test]
async fn what_was_answered_elsewhere_waits_no_more() {
    let (w, _, marit, question) = waiting().await;
    let answered = w.at_desk(&marit, &question, "answered-elsewhere", &json!({})).await.expect(200);
    assert_eq!((&answered["state"], &answered["answer"]), (&json!("answered_elsewhere"), &json!(null)));
    assert_eq!(answered["decided"]["by"]["id"], marit.id);
    assert!(w.desk(&marit, "").await.is_empty());
    assert_eq!(w.desk(&marit, "state=answered_elsewhere").await, [question]);
}

#[actix_web::test]
async fn what_does_not_wait_is_not_answered_elsewhere() {
    let (w, _, marit, question) = waiting().await;
    w.at_desk(&marit, &question, "answered-elsewhere", &json!({})).await.expect(200);
    let refused = w.at_desk(&marit, &question, "answered-elsewhere", &json!({})).await;
    refused.problem(409, "conflict");
    assert_eq!(refused.json()["detail"], "The question is answered elsewhere.");
    w.at_desk(&marit, NOTHING, "answered-elsewhere", &json!({})).await.problem(404, "not_found");
}
