//! Vaultwarden CVE-2026-43911: what ends a session ends all of it, the refresh token too; who lost a role has lost it
//! by every token.

use crate::world::{PASSWORD, Person, World, code_in, part};
use colloquy::accounts;
use reqwest::Method;
use serde_json::{Value, json};

const NEW: &str = "seven lanterns on the quay";

async fn act(w: &World, method: Method, path: &str, token: &str, body: &Value) -> Value {
    let reply = w.request(method, path).bearer(token).json(body).send().await;
    assert!(reply.status.is_success(), "{path}: {}", reply.text());
    reply.json()
}

async fn is_dead(w: &World, what: &str, access: &str, refresh: &str) {
    for path in ["/v1/accounts/me", "/v1/sessions"] {
        let status = w.request(Method::GET, path).bearer(access).send().await.status;
        assert_eq!(status, 401, "the access token outlives: {what}");
    }
    let refreshed = w.post("/v1/sessions/refresh", &json!({ "refresh_token": refresh })).await;
    assert_eq!(refreshed.status, 401, "the refresh token outlives: {what}");
}

#[actix_web::test]
async fn whatever_ends_a_session_ends_both_its_tokens_at_once() {
    let w = World::with(&[("workers", "2")]).await;
    let admin = w.admin("June").await;
    let events = [
        "log-out",
        "log-out everywhere",
        "new password",
        "lost password",
        "second factor",
        "ban",
        "closing",
        "erasure",
    ];
    for what in events {
        let ada = w.reader(&what.replace('-', " ")).await;
        // Where it is done is not where it must be felt.
        let (here, _) = w.log_in(&ada.email).await;
        act(&w, Method::GET, "/v1/accounts/me", &ada.access_token, &Value::Null).await;
        end(&w, what, &ada, &here, &admin).await;
        is_dead(&w, what, &ada.access_token, &ada.refresh_token).await;
    }
}

async fn end(w: &World, what: &str, ada: &Person, here: &str, admin: &Person) {
    let nothing = &Value::Null;
    match what {
        "log-out" => drop(act(w, Method::DELETE, "/v1/sessions/current", &ada.access_token, nothing).await),
        "log-out everywhere" => drop(act(w, Method::DELETE, "/v1/sessions", here, nothing).await),
        "new password" => {
            let change = json!({ "current_password": PASSWORD, "new_password": NEW });
            act(w, Method::PUT, "/v1/accounts/me/password", here, &change).await;
        }
        "lost password" => {
            w.post("/v1/password-resets", &json!({ "email": ada.email })).await.expect(202);
            let code = code_in(&w.nth_mail_to(&ada.email, 0).await);
            w.post("/v1/password-resets/redemptions", &json!({ "code": code, "password": NEW })).await.expect(204);
        }
        "second factor" => {
            let path = "/v1/accounts/me/second-factor";
            let begun = act(w, Method::POST, path, here, &json!({})).await;
            let secret = totp_rs::Secret::try_from_base32(begun["secret"].as_str().unwrap()).unwrap();
            let app = totp_rs::Builder::new().with_secret(secret).with_account_name("me").build().unwrap();
            let code = app.generate(u64::try_from(w.clock.now().timestamp()).unwrap()).to_string();
            act(w, Method::POST, &format!("{path}/confirmations"), here, &json!({ "code": code })).await;
        }
        "ban" => {
            let path = format!("/v1/accounts/{}/ban", ada.id);
            act(w, Method::PUT, &path, &admin.access_token, &json!({ "reason": "Threats." })).await;
        }
        "closing" => drop(act(w, Method::DELETE, "/v1/accounts/me?comments=remove", here, nothing).await),
        _ => {
            let id = ada.id.parse().unwrap();
            w.write(async |tx| accounts::erase_account(tx, &w.secrets, id).await).await.unwrap();
        }
    }
}

#[actix_web::test]
async fn a_former_coach_is_none_by_any_token() {
    let w = World::new().await;
    let (admin, coach) = (w.admin("June").await, w.coach("Marit").await);
    let drafts = async |token: &str| w.request(Method::GET, "/v1/drafts").bearer(token).send().await;
    drafts(&coach.access_token).await.expect(200);
    let path = format!("/v1/accounts/{}/role", coach.id);
    act(&w, Method::PUT, &path, &admin.access_token, &json!({ "role": "reader" })).await;
    drafts(&coach.access_token).await.problem(403, "forbidden");
    let session = w.post("/v1/sessions/refresh", &json!({ "refresh_token": coach.refresh_token })).await.expect(200);
    let token = session["access_token"].as_str().unwrap();
    assert_eq!(part(token, 1)["role"], "reader");
    drafts(token).await.problem(403, "forbidden");
}
