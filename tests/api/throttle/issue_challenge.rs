use crate::world::World;
use chrono::TimeDelta;
use colloquy::{
    db::schema::{throttles, used_challenges},
    error::Error,
    throttle::{self, Challenge},
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};

#[actix_web::test]
async fn a_challenge_says_all_that_a_client_needs_and_is_kept_nowhere() {
    let w = World::with(&[("challenge_bits", "12"), ("challenge_seconds", "3")]).await;
    let reply = w.post("/v1/challenges", &Value::Null).await;
    let challenge = reply.expect(201);
    assert_eq!((&challenge["algorithm"], &challenge["bits"]), (&json!("sha-256"), &json!(12)));
    assert_eq!(challenge["not_before"], json!(w.clock.now() + TimeDelta::seconds(3)));
    assert_eq!(challenge["expires_at"], json!(w.clock.now() + TimeDelta::minutes(30)));
    assert_eq!(challenge["challenge"].as_str().unwrap().len(), 87);
    assert_eq!(challenge.as_object().unwrap().len(), 5);
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(reply.header("ratelimit-policy"), "\"challenges\";q=60;w=600");
    assert_eq!(reply.header("ratelimit"), "\"challenges\";r=59;t=10");
    assert_ne!(w.challenge().await["challenge"], challenge["challenge"]);
    let conn = &mut w.db.conn().await;
    let used: i64 = used_challenges::table.count().get_result(conn).await.unwrap();
    let counted: i64 = throttles::table.count().get_result(conn).await.unwrap();
    assert_eq!((used, counted), (0, 1));
}

#[actix_web::test]
async fn it_takes_no_token_and_no_body() {
    let w = World::new().await;
    for body in ["", "{", "[]"] {
        let request = w.request(reqwest::Method::POST, "/v1/challenges").raw("application/json", body);
        request.bearer("nonsense").send().await.expect(201);
    }
}

#[actix_web::test]
async fn a_network_gets_sixty_in_a_row_and_then_six_a_minute() {
    let w = World::new().await;
    for _ in 0..60 {
        w.challenge().await;
    }
    let refused = w.post("/v1/challenges", &Value::Null).await;
    refused.problem(429, "too_many_requests");
    assert_eq!(refused.header("retry-after"), "10");
    let elsewhere = w.request(reqwest::Method::POST, "/v1/challenges").from("198.51.100.1");
    elsewhere.send().await.expect(201);
    w.clock.set(w.clock.now() + TimeDelta::seconds(10));
    w.challenge().await;
    w.post("/v1/challenges", &Value::Null).await.problem(429, "too_many_requests");
}

#[actix_web::test]
async fn many_are_used_up_in_one_statement_and_each_counts_once() {
    let w = World::new().await;
    let challenge = || Challenge::new(w.clock.now(), 0, 0).unwrap();
    let (first, second, third) = (challenge(), challenge(), challenge());
    let (journal, statements) = w.counted_journal();
    // By its path: diesel's `load` is in scope.
    let sent = || AtomicU64::load(&statements, Ordering::Relaxed);
    let used = async |challenges: &[Challenge]| {
        let before = sent();
        let used = journal.write(async |tx| throttle::use_up(tx.conn, challenges).await).await.unwrap();
        (used, sent() - before)
    };
    let (fresh, sent) = used(&[first, second, first]).await;
    assert_eq!(fresh, [true, true, false]);
    assert_eq!(used(&[third, second, first]).await, (vec![true, false, false], sent));
    assert_eq!(used(&[third]).await, (vec![false], sent));
    let undone = journal.write(async |tx| {
        assert!(throttle::use_up(tx.conn, &[]).await?.is_empty());
        throttle::use_up(tx.conn, &[challenge()]).await?;
        Err::<(), _>(Error::not_found())
    });
    undone.await.unwrap_err();
    let kept: i64 = used_challenges::table.count().get_result(&mut w.db.conn().await).await.unwrap();
    assert_eq!(kept, 3);
}

#[test]
fn the_document_tells_the_bounds() {
    let document: Value = serde_json::from_str(&colloquy::app::document().to_json().unwrap()).unwrap();
    let schemas = &document["components"]["schemas"];
    let bits = &schemas["IssuedChallenge"]["properties"]["bits"];
    assert_eq!((&bits["minimum"], &bits["maximum"]), (&json!(0), &json!(24)));
    let solved = &schemas["SolvedChallenge"]["properties"];
    assert_eq!((&solved["token"]["maxLength"], &solved["nonce"]["maxLength"]), (&json!(87), &json!(64)));
    assert_eq!(schemas["PostComment"]["properties"]["website"]["maxLength"], 0);
    let codes = schemas["Code"]["enum"].as_array().unwrap();
    for code in ["challenge_required", "challenge_failed", "duplicate_comment"] {
        assert!(codes.contains(&json!(code)), "{code}");
    }
}
