use crate::world::{PASSWORD, World, too_often};
use chrono::TimeDelta;
use colloquy::accounts::{self, Email, Who};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;

/// A coach out of an import, and the code by which to claim the account.
async fn invited(w: &World) -> (String, String) {
    let invitation = w.write(async |tx| {
        let email = Email::parse("bea@example.org").unwrap();
        let id = accounts::import_account(tx, &w.secrets, Some(&email), "Bea").await?;
        assert_eq!(accounts::import_account(tx, &w.secrets, Some(&email), "Somebody else").await?, id);
        accounts::invite(tx, &w.secrets, &Who::Id(id)).await
    });
    let invitation = invitation.await.unwrap();
    assert_eq!(invitation.expires_at, w.clock.now() + TimeDelta::days(7));
    (invitation.account.id.to_string(), invitation.code)
}

#[actix_web::test]
async fn an_imported_coach_claims_the_account() {
    let w = World::new().await;
    let (id, code) = invited(&w).await;
    let log_in = json!({ "email": "bea@example.org", "password": PASSWORD });
    w.post("/v1/sessions", &log_in).await.problem(401, "bad_credentials");
    let account = w.post("/v1/accounts/claims", &json!({ "code": code, "password": PASSWORD })).await.expect(200);
    assert_eq!((&account["id"], &account["role"], &account["revision"]), (&json!(id), &json!("coach"), &json!(2)));
    assert_eq!(account["email"], "bea@example.org");
    w.post("/v1/sessions", &log_in).await.expect(201);
}

#[actix_web::test]
async fn of_twenty_at_once_one_gets_the_account() {
    let w = World::new().await;
    let (_, code) = invited(&w).await;
    let body = json!({ "code": code, "password": PASSWORD });
    let replies = join_all((0..20).map(|_| w.post("/v1/accounts/claims", &body))).await;
    let mut statuses: Vec<_> = replies.iter().map(|reply| reply.status.as_u16()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [vec![200], vec![422; 19]].concat());
}

#[actix_web::test]
async fn who_was_signed_in_is_not_any_more() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let invitation = w.write(async |tx| accounts::invite(tx, &w.secrets, &"ADA@example.org".parse().unwrap()).await);
    let code = invitation.await.unwrap().code;
    let other = "seven lanterns on the quay";
    w.post("/v1/accounts/claims", &json!({ "code": code, "password": other })).await.expect(200);
    w.request(Method::GET, "/v1/accounts/me").bearer(&ada.access_token).send().await.problem(401, "unauthenticated");
    let refresh = json!({ "refresh_token": ada.refresh_token });
    w.post("/v1/sessions/refresh", &refresh).await.problem(401, "bad_refresh_token");
    let log_in = |password: &str| json!({ "email": ada.email, "password": password });
    w.post("/v1/sessions", &log_in(PASSWORD)).await.problem(401, "bad_credentials");
    w.post("/v1/sessions", &log_in(other)).await.expect(201);
}

#[actix_web::test]
async fn a_code_is_good_once_and_for_a_week() {
    let w = World::new().await;
    let (_, code) = invited(&w).await;
    let body = json!({ "code": code, "password": PASSWORD });
    let wrong = json!({ "code": "wrong", "password": PASSWORD });
    assert_eq!(w.post("/v1/accounts/claims", &wrong).await.problem(422, "bad_code"), ["#/code"]);
    let weak = json!({ "code": code, "password": "bea@example.org" });
    assert_eq!(w.post("/v1/accounts/claims", &weak).await.problem(422, "validation"), ["#/password"]);
    w.clock.set(w.clock.now() + TimeDelta::days(7));
    w.post("/v1/accounts/claims", &body).await.problem(422, "bad_code");
    let (_, code) = invited(&w).await;
    let body = json!({ "code": code, "password": PASSWORD });
    w.post("/v1/accounts/claims", &body).await.expect(200);
    w.post("/v1/accounts/claims", &body).await.problem(422, "bad_code");
}

#[actix_web::test]
async fn a_sign_up_code_claims_nothing() {
    let w = World::new().await;
    w.post("/v1/accounts", &super::form("ada@example.org")).await.expect(202);
    let code = crate::world::code_in(&w.nth_mail_to("ada@example.org", 0).await);
    w.post("/v1/accounts/claims", &json!({ "code": code, "password": PASSWORD })).await.problem(422, "bad_code");
}

#[actix_web::test]
async fn another_form_is_refused_with_its_place() {
    let w = World::new().await;
    let reply = w.post("/v1/accounts/claims", &json!({ "code": "x", "password": ["a"] })).await;
    assert_eq!(reply.problem(400, "bad_request"), ["#/password"]);
}

#[actix_web::test]
async fn guesses_come_to_an_end() {
    let w = World::new().await;
    let guess = json!({ "code": "guess", "password": PASSWORD });
    let refused = too_often(async || w.post("/v1/accounts/claims", &guess).await).await;
    refused.problem(429, "too_many_requests");
}
