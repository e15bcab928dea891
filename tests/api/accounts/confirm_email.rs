use super::{audited, by, me, reset_code, tick};
use crate::world::{PASSWORD, Person, Reply, World, code_in, too_often};
use chrono::TimeDelta;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;

/// Asks for another address, and returns the code that was mailed to it.
async fn asked(w: &World, person: &Person, email: &str) -> String {
    tick(w);
    let body = json!({ "email": email, "password": PASSWORD });
    by(w, person, Method::POST, "/v1/accounts/me/email").json(&body).send().await.expect(202);
    tick(w);
    code_in(&w.nth_mail_to(email, 0).await)
}

async fn confirm(w: &World, person: &Person, code: &str) -> Reply {
    by(w, person, Method::POST, "/v1/accounts/me/email/confirmations").json(&json!({ "code": code })).send().await
}

#[actix_web::test]
async fn the_new_address_is_used_and_both_are_told() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let code = asked(&w, &ada, "Ada@new.example").await;
    let reply = confirm(&w, &ada, &code).await;
    let account = reply.expect(200);
    assert_eq!((&account["email"], &account["revision"]), (&json!("Ada@new.example"), &json!(2)));
    assert_eq!(reply.header("etag"), "\"2\"");
    assert_eq!(me(&w, &ada).await, account);
    w.log_in("ada@NEW.example").await;
    let old = json!({ "email": "ada@example.org", "password": PASSWORD });
    w.post("/v1/sessions", &old).await.problem(401, "bad_credentials");
    let (to_old, to_new) = (w.nth_mail_to("ada@example.org", 1).await, w.nth_mail_to("Ada@new.example", 1).await);
    assert!(to_old.contains("another address now") && !to_old.contains("new.example"), "{to_old}");
    assert!(to_new.contains("address of your account"), "{to_new}");
    assert_eq!(audited(&w, &ada.id).await, ["email.change_requested", "email.changed"]);
    // The old one is anybody's again.
    w.reader("Ada").await;
}

#[actix_web::test]
async fn a_code_is_good_once_for_an_hour_and_for_who_asked() {
    let w = World::new().await;
    let (ada, eve) = (w.reader("Ada").await, w.reader("Eve").await);
    assert_eq!(confirm(&w, &ada, "wrong").await.problem(422, "bad_code"), ["#/code"]);
    let code = asked(&w, &ada, "ada@new.example").await;
    confirm(&w, &eve, &code).await.problem(422, "bad_code");
    confirm(&w, &ada, &code).await.expect(200);
    confirm(&w, &ada, &code).await.problem(422, "bad_code");
    let late = asked(&w, &eve, "eve@new.example").await;
    w.clock.set(w.clock.now() + TimeDelta::hours(1));
    let (access_token, _) = w.log_in(&eve.email).await;
    confirm(&w, &Person { access_token, ..eve.clone() }, &late).await.problem(422, "bad_code");
    let nobody = json!({ "code": code });
    w.post("/v1/accounts/me/email/confirmations", &nobody).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn of_twenty_at_once_one_changes_it() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let code = asked(&w, &ada, "ada@new.example").await;
    let replies = join_all((0..20).map(|_| confirm(&w, &ada, &code))).await;
    let mut statuses: Vec<_> = replies.iter().map(|reply| reply.status.as_u16()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [vec![200], vec![422; 19]].concat());
    assert_eq!(me(&w, &ada).await["revision"], 2);
}

#[actix_web::test]
async fn an_address_that_was_taken_meanwhile_is_a_conflict_and_nothing_is_lost() {
    let w = World::new().await;
    let (ada, eve) = (w.reader("Ada").await, w.reader("Eve").await);
    let code = asked(&w, &ada, "both@example.org").await;
    let body = json!({ "email": "both@example.org", "password": PASSWORD });
    by(&w, &eve, Method::POST, "/v1/accounts/me/email").json(&body).send().await.expect(202);
    tick(&w);
    let eves = code_in(&w.nth_mail_to("both@example.org", 1).await);
    confirm(&w, &eve, &eves).await.expect(200);
    let before = me(&w, &ada).await;
    confirm(&w, &ada, &code).await.problem(409, "conflict");
    assert_eq!(me(&w, &ada).await, before);
    w.log_in("ada@example.org").await;
}

#[actix_web::test]
async fn what_was_mailed_to_the_old_address_is_worthless() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let reset = reset_code(&w, "ada@example.org", 0).await;
    let code = asked(&w, &ada, "ada@new.example").await;
    confirm(&w, &ada, &code).await.expect(200);
    let body = json!({ "code": reset, "password": super::OTHER });
    w.post("/v1/password-resets/redemptions", &body).await.problem(422, "bad_code");
}

#[actix_web::test]
async fn a_code_for_a_password_verifies_no_address() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let reset = reset_code(&w, "ada@example.org", 0).await;
    confirm(&w, &ada, &reset).await.problem(422, "bad_code");
    let other_form = by(&w, &ada, Method::POST, "/v1/accounts/me/email/confirmations").json(&json!({ "code": ["x"] }));
    assert_eq!(other_form.send().await.problem(400, "bad_request"), ["#/code"]);
}

#[actix_web::test]
async fn guesses_come_to_an_end() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    too_often(async || confirm(&w, &ada, "guess").await).await.problem(429, "too_many_requests");
}
