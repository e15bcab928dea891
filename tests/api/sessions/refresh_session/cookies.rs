//! A refresh token that a cookie carries.

use crate::world::{PASSWORD, Reply, World};
use reqwest::Method;
use serde_json::json;

const ORIGIN: &str = "https://www.example.org";

async fn world() -> World {
    World::with(&[("public_url", "https://api.example.org"), ("cors_origins", ORIGIN)]).await
}

async fn log_in(w: &World) -> (String, Reply) {
    let given = json!({ "email": "ada@example.org", "password": PASSWORD, "refresh_token_in": "cookie" });
    let reply = w.post("/v1/sessions", &given).await;
    (value(&reply), reply)
}

fn value(reply: &Reply) -> String {
    reply.header("set-cookie").split(';').next().unwrap().to_owned()
}

async fn refresh(w: &World, cookie: &str, origin: Option<&str>) -> Reply {
    let request = w.request(Method::POST, "/v1/sessions/refresh").header("cookie", cookie);
    let request = match origin {
        Some(origin) => request.header("origin", origin),
        None => request,
    };
    request.json(&json!({})).send().await
}

#[actix_web::test]
async fn no_script_reads_it_and_it_goes_nowhere_else() {
    let w = world().await;
    w.reader("Ada").await;
    let (_, reply) = log_in(&w).await;
    assert!(reply.expect(201).get("refresh_token").is_none());
    let cookie = reply.header("set-cookie");
    assert!(cookie.starts_with("__Secure-colloquy_refresh="), "{cookie}");
    for attribute in ["HttpOnly", "SameSite=Strict", "Secure", "Path=/v1/sessions", "Max-Age=1209600"] {
        assert!(cookie.contains(attribute), "{attribute}: {cookie}");
    }
    assert!(!cookie.contains("Domain"));
    assert!(reply.header("strict-transport-security").starts_with("max-age=31536000"));
}

#[actix_web::test]
async fn it_keeps_a_session_going_and_moves_on() {
    let w = world().await;
    w.reader("Ada").await;
    let (cookie, _) = log_in(&w).await;
    let refreshed = refresh(&w, &cookie, Some(ORIGIN)).await;
    let session = refreshed.expect(200);
    assert!(session.get("refresh_token").is_none());
    assert_ne!(value(&refreshed), cookie);
    let token = session["access_token"].as_str().unwrap();
    let out = w.request(Method::DELETE, "/v1/sessions/current").bearer(token).send().await;
    out.expect(204);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    refresh(&w, &value(&refreshed), Some(ORIGIN)).await.problem(401, "bad_refresh_token");
}

#[actix_web::test]
async fn a_page_elsewhere_cannot_use_it() {
    let w = world().await;
    w.reader("Ada").await;
    let (cookie, _) = log_in(&w).await;
    let elsewhere = ["null", "https://www.example.org.evil.example", "http://www.example.org", "https://evil.example"];
    for origin in elsewhere.into_iter().map(Some).chain([None]) {
        let refused = refresh(&w, &cookie, origin).await;
        assert_eq!(refused.problem(403, "forbidden"), ["Origin"], "{origin:?}");
    }
    // A form can send no JSON, and a cookie is good for nothing but this.
    let form = w.request(Method::POST, "/v1/sessions/refresh").header("cookie", &cookie).header("origin", ORIGIN);
    form.raw("text/plain", "{}").send().await.problem(415, "unsupported_media_type");
    let me = w.request(Method::GET, "/v1/accounts/me").header("cookie", &cookie).send().await;
    me.problem(401, "unauthenticated");
    refresh(&w, &cookie, Some(ORIGIN)).await.expect(200);
}

#[actix_web::test]
async fn without_cookie_and_token_there_is_nothing_to_refresh() {
    let w = world().await;
    let refused = w.post("/v1/sessions/refresh", &json!({})).await;
    assert_eq!(refused.problem(400, "bad_request"), ["#/refresh_token"]);
}
