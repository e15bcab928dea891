use super::waiting;
use crate::world::NOTHING;

#[actix_web::test]
async fn what_is_given_back_waits_for_everybody() {
    let (w, _, marit, question) = waiting().await;
    let colin = w.coach("Colin").await;
    w.claim_question(&marit, &question).await.expect(200);
    w.release_question(&marit, &question).await.expect(204);
    assert_eq!(w.desk(&colin, "").await, std::slice::from_ref(&question));
    // Where nobody has it, nothing happens.
    w.release_question(&colin, &question).await.expect(204);
}

#[actix_web::test]
async fn what_another_has_is_not_given_back() {
    let (w, _, marit, question) = waiting().await;
    let colin = w.coach("Colin").await;
    w.claim_question(&marit, &question).await.expect(200);
    let refused = w.release_question(&colin, &question).await;
    refused.problem(409, "conflict");
    assert_eq!(refused.json()["detail"], "Marit has claimed it until 2026-03-14T12:07:00Z.");
    w.release_question(&marit, NOTHING).await.problem(404, "not_found");
}
