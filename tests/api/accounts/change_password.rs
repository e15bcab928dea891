use super::{OTHER, audited, by, me, reset_code};
use crate::world::{PASSWORD, Person, Reply, World, code_in, events, too_often};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;

async fn change(w: &World, person: &Person, current: &str, new: &str) -> Reply {
    let body = json!({ "current_password": current, "new_password": new });
    by(w, person, Method::PUT, "/v1/accounts/me/password").json(&body).send().await
}

#[actix_web::test]
async fn the_new_one_holds_and_every_other_session_ends() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let (other, other_refresh) = w.log_in(&ada.email).await;
    let reply = change(&w, &ada, PASSWORD, OTHER).await;
    reply.expect(204);
    assert!(reply.bytes.is_empty());
    assert_eq!(me(&w, &ada).await["revision"], 2, "this session goes on");
    w.post("/v1/sessions/refresh", &json!({ "refresh_token": ada.refresh_token })).await.expect(200);
    w.request(Method::GET, "/v1/accounts/me").bearer(&other).send().await.problem(401, "unauthenticated");
    let refresh = json!({ "refresh_token": other_refresh });
    w.post("/v1/sessions/refresh", &refresh).await.problem(401, "bad_refresh_token");
    let log_in = |password: &str| json!({ "email": ada.email, "password": password });
    w.post("/v1/sessions", &log_in(PASSWORD)).await.problem(401, "bad_credentials");
    w.post("/v1/sessions", &log_in(OTHER)).await.expect(201);
    let mail = w.nth_mail_to(&ada.email, 0).await;
    assert!(mail.contains("Subject: Your account at Colloquy") && mail.contains("has been changed"), "{mail}");
    assert_eq!(audited(&w, &ada.id).await, ["password.changed"]);
    let told = events(&mut w.db.conn().await).await;
    assert!(told.iter().any(|event| event.kind == "account.password_changed"));
}

#[actix_web::test]
async fn what_is_not_acceptable_is_named_and_changes_nothing() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let (other, _) = w.log_in(&ada.email).await;
    let reply = change(&w, &ada, "not the password at all", OTHER).await;
    assert_eq!(reply.problem(422, "validation"), ["#/current_password"]);
    assert_eq!(reply.json()["errors"][0]["code"], "wrong_password");
    for weak in ["short", "aaaaaaaaaaaaaaaaaaaa", "ada@example.org", "colloquycolloquy", &"a long way ".repeat(100)] {
        let at = change(&w, &ada, PASSWORD, weak).await.problem(422, "validation");
        assert_eq!(at, ["#/new_password"], "{weak:?}");
    }
    let half = by(&w, &ada, Method::PUT, "/v1/accounts/me/password").json(&json!({ "new_password": OTHER }));
    half.send().await.problem(400, "bad_request");
    let nobody = w.request(Method::PUT, "/v1/accounts/me/password").json(&json!({})).send().await;
    nobody.problem(401, "unauthenticated");
    w.request(Method::GET, "/v1/accounts/me").bearer(&other).send().await.expect(200);
    w.log_in(&ada.email).await;
    assert!(w.mails_to(&ada.email).is_empty() && audited(&w, &ada.id).await.is_empty());
}

#[actix_web::test]
async fn a_huge_password_is_refused_before_anything_is_computed() {
    let w = World::with(&[("hashes_at_once", "1")]).await;
    let ada = w.reader("Ada").await;
    let _gate = w.nobody_hashes().await;
    let at = change(&w, &ada, &"x".repeat(1 << 20), OTHER).await.problem(422, "validation");
    assert_eq!(at, ["#/current_password"]);
}

#[actix_web::test]
async fn what_was_mailed_before_is_worthless() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let reset = reset_code(&w, &ada.email, 0).await;
    let body = json!({ "email": "eve@example.org", "password": PASSWORD });
    by(&w, &ada, Method::POST, "/v1/accounts/me/email").json(&body).send().await.expect(202);
    let email = code_in(&w.nth_mail_to("eve@example.org", 0).await);
    change(&w, &ada, PASSWORD, OTHER).await.expect(204);
    let body = json!({ "code": reset, "password": PASSWORD });
    w.post("/v1/password-resets/redemptions", &body).await.problem(422, "bad_code");
    let confirm = by(&w, &ada, Method::POST, "/v1/accounts/me/email/confirmations").json(&json!({ "code": email }));
    confirm.send().await.problem(422, "bad_code");
}

#[actix_web::test]
async fn of_several_at_once_one_wins_and_the_others_hear_of_it() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let new: Vec<String> = (0..6).map(|number| format!("{OTHER}, number {number}")).collect();
    let replies = join_all(new.iter().map(|new| change(&w, &ada, PASSWORD, new))).await;
    let mut won = Vec::new();
    for (new, reply) in new.iter().zip(&replies) {
        match reply.status.as_u16() {
            204 => won.push(new),
            409 => drop(reply.problem(409, "conflict")),
            _ => assert_eq!(reply.problem(422, "validation"), ["#/current_password"]),
        }
    }
    assert_eq!(won.len(), 1);
    w.post("/v1/sessions", &json!({ "email": ada.email, "password": won[0] })).await.expect(201);
}

#[actix_web::test]
async fn the_present_one_is_not_guessed() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    too_often(async || change(&w, &ada, "guess", OTHER).await).await.problem(429, "too_many_requests");
    change(&w, &ada, PASSWORD, OTHER).await.problem(429, "too_many_requests");
}
