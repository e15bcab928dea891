//! What stands on the desk when people leave, or turn out to have an account.

use super::waiting;
use crate::world::{Person, World, id};
use reqwest::Method;
use serde_json::json;

/// Somebody with a new session.
async fn again(w: &World, person: Person) -> Person {
    let (access_token, refresh_token) = w.log_in(&person.email).await;
    Person { access_token, refresh_token, ..person }
}

#[actix_web::test]
async fn what_a_coach_had_claimed_who_is_erased_waits_again() {
    let (w, slug, marit, question) = waiting().await;
    let colin = w.coach("Colin").await;
    let answered = w.say(&slug, "Another question.", None).await;
    w.until_desk(&marit, "", &[&question, &answered]).await;
    w.reply(&colin, &slug, &answered).await;
    w.question_when(&marit, &answered, "answered").await;
    w.claim_question(&colin, &question).await.expect(200);
    w.leave(&colin, "anonymise").await;
    let marit = again(&w, marit).await;
    w.until_desk(&marit, "", &[&question]).await;
    // The answer stays, and nobody is named with it.
    let unnamed = async || w.question(&marit, &answered).await.json()["answer"]["by"].is_null();
    crate::world::until("nobody is named", unnamed).await;
    assert_eq!(w.question(&marit, &answered).await.expect(200)["state"], "answered");
}

#[actix_web::test]
async fn the_questions_of_a_reader_who_is_erased_leave_with_their_texts() {
    let (w, slug, marit, question) = waiting().await;
    let wren = w.reader("Wren").await;
    let asked = id(&w.post_as(&wren.access_token, &slug, &json!({ "body": "To whom?" })).await.expect(201));
    w.until_desk(&marit, "", &[&question, &asked]).await;
    w.leave(&wren, "remove").await;
    let marit = again(&w, marit).await;
    w.until_desk(&marit, "", &[&question]).await;
}

#[actix_web::test]
async fn a_guest_who_claims_an_account_asks_as_a_member() {
    let (w, slug, marit, question) = waiting().await;
    let body = json!({ "body": "To whom?", "guest": { "name": "Lantern" } });
    let posted = w.post(&format!("/v1/articles/{slug}/comments"), &body).await.expect(201);
    w.until_desk(&marit, "guest=true", &[&question, &id(&posted)]).await;
    let wren = w.reader("Wren").await;
    let claim = w.request(Method::POST, "/v1/accounts/me/claims").bearer(&wren.access_token);
    claim.json(&json!({ "manage_token": posted["manage_token"] })).send().await.expect(200);
    w.until_desk(&marit, "guest=false", &[&id(&posted)]).await;
    w.until_desk(&marit, "guest=true", &[&question]).await;
}
