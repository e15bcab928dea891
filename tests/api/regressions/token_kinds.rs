//! A token is good for what it was made for, and for nothing else (RFC 8725 §3.11).

use super::{operations, ready};
use crate::world::{Person, World, code_in, part};
use reqwest::Method;
use serde_json::{Value, json};

const PASSWORD: &str = "seven lanterns on the quay";

/// One of every kind of secret that the server gives out and that is not an access token or a service token; and ids.
async fn one_of_each(w: &World, ada: &Person, admin: &Person) -> Vec<(&'static str, String)> {
    w.article(admin, json!({ "title": "How to listen" })).await;
    let comment = json!({ "body": "Hello.", "guest": { "name": "Lantern", "email": "guest@example.org" } });
    let posted = w.post("/v1/articles/how-to-listen/comments", &comment).await.expect(201);
    let sign_up = json!({ "email": "new@example.org", "password": PASSWORD, "display_name": "New" });
    w.post("/v1/accounts", &sign_up).await.expect(202);
    let as_ada = |path: &str| w.request(Method::POST, path).bearer(&ada.access_token);
    let move_to = json!({ "email": "ada@new.example", "password": crate::world::PASSWORD });
    as_ada("/v1/accounts/me/email").json(&move_to).send().await.expect(202);
    let export = as_ada("/v1/accounts/me/exports").send().await.expect(202);
    w.post("/v1/password-resets", &json!({ "email": admin.email })).await.expect(202);
    let (_, relay) = w.service(admin, &["relay"]).await;
    vec![
        ("manage token", posted["manage_token"].as_str().unwrap().into()),
        ("guest code", code_in(&w.nth_mail_to("guest@example.org", 0).await)),
        ("sign-up code", code_in(&w.nth_mail_to("new@example.org", 0).await)),
        ("e-mail code", code_in(&w.nth_mail_to("ada@new.example", 0).await)),
        // Before the reset code: that one ends every session when it is used.
        ("refresh token", admin.refresh_token.clone()),
        ("reset code", code_in(&w.nth_mail_to(&admin.email, 0).await)),
        ("export id", export["id"].as_str().unwrap().into()),
        ("session id", part(&admin.access_token, 1)["sid"].as_str().unwrap().into()),
        ("relay token", relay),
        ("access token", ada.access_token.clone()),
    ]
}

#[actix_web::test]
async fn as_a_bearer_only_what_is_one_is_let_in_anywhere() {
    let w = World::new().await;
    let (ada, admin) = (w.reader("Ada").await, w.admin("June").await);
    let mut kinds = one_of_each(&w, &ada, &admin).await;
    kinds.retain(|(kind, _)| !["relay token", "access token"].contains(kind));
    for operation in operations().into_iter().filter(|operation| operation.guarded) {
        for (kind, token) in &kinds {
            let request = ready(w.request(operation.method.clone(), &operation.address())).bearer(token);
            let status = request.send().await.status;
            assert_eq!(status, 401, "a {kind} at {} {}", operation.method, operation.path);
        }
    }
}

/// Where a secret comes in a body: its own kind, where, and the body.
fn ways_in(secret: &str) -> [(&'static str, &'static str, Value); 6] {
    let code = json!({ "code": secret });
    let with_password = json!({ "code": secret, "password": PASSWORD });
    [
        ("refresh token", "/v1/sessions/refresh", json!({ "refresh_token": secret })),
        ("sign-up code", "/v1/accounts/confirmations", with_password.clone()),
        ("invitation", "/v1/accounts/claims", with_password.clone()),
        ("reset code", "/v1/password-resets/redemptions", with_password),
        ("e-mail code", "/v1/accounts/me/email/confirmations", code.clone()),
        ("guest code", "/v1/guests/confirmations", code),
    ]
}

#[actix_web::test]
async fn in_a_body_a_secret_of_another_kind_is_as_good_as_none() {
    let w = World::new().await;
    let (ada, admin) = (w.reader("Ada").await, w.admin("June").await);
    let kinds = one_of_each(&w, &ada, &admin).await;
    let mut network = 0;
    for (kind, secret) in &kinds {
        for (own, path, body) in ways_in(secret).into_iter().filter(|(own, ..)| own != kind) {
            network += 1;
            // From everywhere: guesses are counted.
            let request = w.request(Method::POST, path).from(&format!("198.51.100.{network}"));
            let reply = request.bearer(&ada.access_token).json(&body).send().await;
            let code = reply.json()["code"].as_str().unwrap_or_default().to_owned();
            assert!(["bad_code", "bad_refresh_token"].contains(&code.as_str()), "a {kind} as {own}: {}", reply.text());
        }
    }
    // They were good all the time.
    for (kind, secret) in &kinds {
        for (_, path, body) in ways_in(secret).into_iter().filter(|(own, ..)| own == kind) {
            let request = w.request(Method::POST, path).bearer(&ada.access_token).json(&body);
            let reply = request.send().await;
            assert!(reply.status.is_success(), "{kind}: {}", reply.text());
        }
    }
}

#[actix_web::test]
async fn what_is_no_manage_token_makes_nobody_a_guest_and_what_is_no_relay_speaks_for_nobody() {
    let w = World::new().await;
    let (ada, admin) = (w.reader("Ada").await, w.admin("June").await);
    for (kind, secret) in one_of_each(&w, &ada, &admin).await {
        if kind != "manage token" {
            let erase = w.request(Method::DELETE, "/v1/guests/me?comments=remove").guest(&secret);
            erase.send().await.problem(401, "unauthenticated");
        }
        if kind != "relay token" {
            let relayed = w.request(Method::POST, "/v1/sessions").header("colloquy-relay", &secret);
            let relayed =
                relayed.header("colloquy-client", "192.0.2.1").json(&json!({ "email": "x", "password": "x" }));
            let status = relayed.send().await.status.as_u16();
            assert!(matches!(status, 401 | 403), "a {kind}: {status}");
        }
    }
}
