use super::waiting;
use crate::world::NOTHING;
use serde_json::json;

#[actix_web::test]
async fn what_needs_no_answer_leaves_the_list() {
    let (w, slug, marit, question) = waiting().await;
    w.claim_question(&marit, &question).await.expect(200);
    let dismissed = w.at_desk(&marit, &question, "dismiss", &json!({})).await.expect(200);
    assert_eq!((&dismissed["state"], &dismissed["claim"]), (&json!("dismissed"), &json!(null)));
    assert_eq!(dismissed["decided"], json!({ "by": { "id": marit.id, "name": "Marit" }, "at": w.clock.now() }));
    assert!(w.desk(&marit, "").await.is_empty());
    assert_eq!(w.desk(&marit, "state=dismissed").await, std::slice::from_ref(&question));
    // Whatever happens to the comment, that stands; until somebody answers it after all.
    w.say(&slug, "And then?", Some(&question)).await;
    let last = w.say(&slug, "Another question.", None).await;
    w.until_desk(&marit, "", &[&last]).await;
    assert_eq!(w.desk(&marit, "state=dismissed").await, std::slice::from_ref(&question));
    w.reply(&marit, &slug, &question).await;
    w.question_when(&marit, &question, "answered").await;
}

#[actix_web::test]
async fn what_does_not_wait_is_not_dismissed() {
    let (w, _, marit, question) = waiting().await;
    w.at_desk(&marit, &question, "dismiss", &json!({})).await.expect(200);
    let refused = w.at_desk(&marit, &question, "dismiss", &json!({})).await;
    refused.problem(409, "conflict");
    assert_eq!(refused.json()["detail"], "The question is dismissed.");
    w.at_desk(&marit, NOTHING, "dismiss", &json!({})).await.problem(404, "not_found");
}
