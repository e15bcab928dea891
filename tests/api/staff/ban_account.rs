use super::send;
use crate::world::{PASSWORD, Person, World};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

fn ban_of(person: &Person) -> String {
    format!("/v1/accounts/{}/ban", person.id)
}

#[actix_web::test]
async fn nobody_uses_the_account_from_then_on() {
    let w = World::new().await;
    let (moderator, ada) = (w.moderator("Hollis").await, w.reader("Ada").await);
    send(&w, Method::GET, "/v1/accounts/me", &ada, &Value::Null).await.expect(200);
    let why = json!({ "reason": "Threats." });
    let banned = send(&w, Method::PUT, &ban_of(&ada), &moderator, &why).await.expect(200);
    assert_eq!((&banned["banned_at"], &banned["banned_until"]), (&json!("2026-03-14T12:00:00Z"), &Value::Null));
    assert_eq!(send(&w, Method::GET, "/v1/accounts/me", &ada, &Value::Null).await.status, 401);
    let refresh = json!({ "refresh_token": ada.refresh_token });
    w.post("/v1/sessions/refresh", &refresh).await.problem(401, "bad_refresh_token");
    w.post("/v1/sessions", &json!({ "email": ada.email, "password": PASSWORD })).await.problem(403, "banned");
    // Whoever does not know the password does not learn of it.
    let guess = json!({ "email": ada.email, "password": "not the password at all" });
    w.post("/v1/sessions", &guess).await.problem(401, "bad_credentials");
}

#[actix_web::test]
async fn a_ban_has_an_end() {
    let w = World::new().await;
    let (moderator, ada) = (w.moderator("Hollis").await, w.reader("Ada").await);
    let week = json!({ "reason": "Threats.", "until": w.clock.now() + TimeDelta::days(7) });
    send(&w, Method::PUT, &ban_of(&ada), &moderator, &week).await.expect(200);
    w.clock.set(w.clock.now() + TimeDelta::days(7));
    w.log_in(&ada.email).await;
}

#[actix_web::test]
async fn moderators_do_not_ban_staff_and_nobody_themselves() {
    let w = World::new().await;
    let (admin, moderator) = (w.admin("June").await, w.moderator("Hollis").await);
    let (other, coach, ada) = (w.moderator("Sam").await, w.coach("Marit").await, w.reader("Ada").await);
    let why = json!({ "reason": "Because." });
    for whom in [&admin, &other, &coach] {
        send(&w, Method::PUT, &ban_of(whom), &moderator, &why).await.problem(403, "forbidden");
    }
    for by in [&coach, &ada] {
        send(&w, Method::PUT, &ban_of(&other), by, &why).await.problem(403, "forbidden");
    }
    for myself in [&admin, &moderator] {
        send(&w, Method::PUT, &ban_of(myself), myself, &why).await.problem(409, "conflict");
    }
    send(&w, Method::PUT, &ban_of(&other), &admin, &why).await.expect(200);
}

#[actix_web::test]
async fn what_is_asked_wrongly_is_refused_by_name() {
    let w = World::new().await;
    let (moderator, ada) = (w.moderator("Hollis").await, w.reader("Ada").await);
    let ban = async |body: Value| send(&w, Method::PUT, &ban_of(&ada), &moderator, &body).await;
    assert_eq!(ban(json!({ "reason": " " })).await.problem(422, "validation"), ["#/reason"]);
    let past = json!({ "reason": "x", "until": "2026-03-14T12:00:00Z" });
    assert_eq!(ban(past).await.problem(422, "validation"), ["#/until"]);
    for until in ["-9999-01-01T00:00:00Z", "+10000-01-01T00:00:00Z"] {
        let never = json!({ "reason": "x", "until": until });
        assert_eq!(ban(never).await.problem(422, "validation"), ["#/until"], "{until}");
    }
    ban(json!({})).await.problem(400, "bad_request");
    let nobody = "/v1/accounts/01890000-0000-7000-8000-000000000000/ban";
    send(&w, Method::PUT, nobody, &moderator, &json!({ "reason": "x" })).await.problem(404, "not_found");
}
