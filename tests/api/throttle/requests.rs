//! What a client sees of limits.

use crate::world::{Reply, Request, World};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

fn sign_up(email: &str) -> Value {
    json!({ "email": email, "password": "short", "display_name": "Ada" })
}

fn to_accounts(w: &World, email: &str) -> Request {
    w.request(Method::POST, "/v1/accounts").json(&sign_up(email))
}

#[actix_web::test]
async fn the_fields_say_what_is_left_and_when_there_is_more() {
    let w = World::new().await;
    let fine = json!({ "email": "ada@example.org", "password": crate::world::PASSWORD, "display_name": "Ada" });
    let reply = w.post("/v1/accounts", &fine).await;
    reply.expect(202);
    assert_eq!(reply.header("ratelimit-policy"), "\"account_requests\";q=20;w=3600");
    assert_eq!(reply.header("ratelimit"), "", "it would tell two answers apart that must be the same");
    for _ in 0..19 {
        to_accounts(&w, "ada@example.org").send().await.problem(422, "validation");
    }
    let (statements, refused) = w.statements(to_accounts(&w, "ada@example.org").send()).await;
    refused.problem(429, "too_many_requests");
    assert_eq!(statements, 1);
    assert_eq!(refused.header("retry-after"), "180");
    assert_eq!(refused.header("ratelimit-policy"), "\"account_requests\";q=20;w=3600");
    assert_eq!(refused.header("ratelimit"), "\"account_requests\";r=0;t=180");
    w.clock.set(w.clock.now() + TimeDelta::seconds(180));
    to_accounts(&w, "ada@example.org").send().await.problem(422, "validation");
}

#[actix_web::test]
async fn limits_are_the_same_for_known_and_unknown_addresses() {
    let w = World::new().await;
    w.reader("Ada").await;
    let seen = async |email: &str, from: &str| {
        let mut seen = Vec::new();
        for _ in 0..22 {
            let reply: Reply = to_accounts(&w, email).from(from).send().await;
            let names = ["retry-after", "ratelimit", "ratelimit-policy"];
            seen.push((reply.status, names.map(|name| reply.header(name).to_owned()), reply.text()));
        }
        seen
    };
    assert_eq!(seen("ada@example.org", "203.0.113.1").await, seen("eve@example.org", "203.0.113.2").await);
}

#[actix_web::test]
async fn codes_are_guessed_thirty_times_and_good_ones_do_not_count() {
    let w = World::new().await;
    for path in ["/v1/accounts/confirmations", "/v1/accounts/claims"] {
        for _ in 0..15 {
            let guess = json!({ "code": "guess", "password": crate::world::PASSWORD });
            w.post(path, &guess).await.problem(422, "bad_code");
        }
    }
    let guess = json!({ "code": "guess", "password": crate::world::PASSWORD });
    let refused = w.post("/v1/accounts/confirmations", &guess).await;
    refused.problem(429, "too_many_requests");
    assert_eq!(refused.header("retry-after"), "20");
    w.clock.set(w.clock.now() + TimeDelta::seconds(20));
    let fine = json!({ "email": "ada@example.org", "password": crate::world::PASSWORD, "display_name": "Ada" });
    w.post("/v1/accounts", &fine).await.expect(202);
    let code = crate::world::code_in(&w.nth_mail_to("ada@example.org", 0).await);
    let good = json!({ "code": code, "password": crate::world::PASSWORD });
    w.post("/v1/accounts/confirmations", &good).await.expect(201);
    w.post("/v1/accounts/confirmations", &guess).await.problem(422, "bad_code");
    w.post("/v1/accounts/confirmations", &guess).await.problem(429, "too_many_requests");
}

#[actix_web::test]
async fn without_a_database_nothing_is_let_through() {
    // Nobody waits for a database that is away longer than by default.
    let w = World::with(&[("statement_timeout_ms", "5000")]).await;
    w.db.close().await;
    to_accounts(&w, "ada@example.org").send().await.problem(503, "unavailable");
}
