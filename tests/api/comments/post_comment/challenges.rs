//! Many new guests of one network: their clients have to work.

use crate::world::{Reply, Request, World, meet};
use chrono::TimeDelta;
use colloquy::{
    db::{
        Pool,
        schema::{throttles, used_challenges},
    },
    events::{Journal, Own},
    secrets::{Secrets, sha256},
    throttle::{self, Challenge},
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::Arc;

/// Two guests of a network are let in without work.
const AFTER_TWO: [(&str, &str); 2] = [("challenge_bits", "6"), ("challenge_after", "2")];

/// None are.
const ALWAYS: [(&str, &str); 2] = [("challenge_bits", "6"), ("challenge_after", "0")];

fn said(text: &str, challenge: &Value) -> Value {
    json!({ "body": text, "guest": { "name": "Wendy" }, "challenge": challenge })
}

fn to(w: &World, slug: &str) -> Request {
    w.request(Method::POST, &format!("/v1/articles/{slug}/comments"))
}

async fn post(w: &World, slug: &str, text: &str, challenge: &Value) -> Reply {
    to(w, slug).json(&said(text, challenge)).send().await
}

/// Asserts that the challenge is refused, and returns why.
#[track_caller]
fn failed(reply: &Reply) -> String {
    assert_eq!(reply.problem(422, "challenge_failed"), ["#/challenge"]);
    reply.json()["errors"][0]["code"].as_str().unwrap().to_owned()
}

async fn used(w: &World) -> i64 {
    used_challenges::table.count().get_result(&mut w.db.conn().await).await.unwrap()
}

#[actix_web::test]
async fn after_some_new_guests_of_a_network_the_next_is_asked_for_work() {
    let w = World::with(&AFTER_TWO).await;
    let (slug, _) = w.open_article().await;
    let first = w.post_as_guest(&slug, "one", None).await.expect(201);
    w.say(&slug, "two", None).await;
    let asked = w.post_as_guest(&slug, "three", None).await;
    assert_eq!(asked.problem(403, "challenge_required"), ["#/challenge"]);
    assert!(asked.json()["detail"].as_str().unwrap().contains("POST /v1/challenges"));
    let challenge = w.met_challenge().await;
    post(&w, &slug, "three", &challenge).await.expect(201);
    assert_eq!(used(&w).await, 1);
    // Others are not asked: of another network, with an account, or known by the manage token.
    to(&w, &slug).from("198.51.100.1").json(&said("four", &Value::Null)).send().await.expect(201);
    let reader = w.reader("Ada").await;
    w.post_as(&reader.access_token, &slug, &json!({ "body": "five" })).await.expect(201);
    let token = first["manage_token"].as_str().unwrap();
    to(&w, &slug).guest(token).json(&json!({ "body": "six" })).send().await.expect(201);
    // One more comes in free as time goes by.
    w.clock.set(w.clock.now() + TimeDelta::minutes(30));
    w.say(&slug, "seven", None).await;
    w.post_as_guest(&slug, "eight", None).await.problem(403, "challenge_required");
}

#[actix_web::test]
async fn after_none_everybody_new_is_asked_and_without_bits_nobody() {
    let w = World::with(&ALWAYS).await;
    let (slug, _) = w.open_article().await;
    w.post_as_guest(&slug, "one", None).await.problem(403, "challenge_required");
    let challenge = w.met_challenge().await;
    post(&w, &slug, "one", &challenge).await.expect(201);
    let w = World::with(&[("challenge_bits", "0"), ("challenge_after", "0")]).await;
    let (slug, _) = w.open_article().await;
    w.say(&slug, "one", None).await;
}

#[actix_web::test]
async fn what_is_wrong_with_a_challenge_is_said() {
    let w = World::with(&ALWAYS).await;
    let (slug, article_id) = w.open_article().await;
    let challenge = w.challenge().await;
    let good = meet(&challenge);
    assert_eq!(failed(&post(&w, &slug, "one", &good).await), "too_early");
    w.clock.set(w.clock.now() + TimeDelta::seconds(2));
    let with = |name: &str, value: String| {
        let mut challenge = good.clone();
        challenge[name] = json!(value);
        challenge
    };
    let wrong = |nonce: &String| sha256(format!("{}.{nonce}", good["token"].as_str().unwrap()).as_bytes())[0] >= 1 << 2;
    for nonce in (0..1000).map(|n| format!("no{n}")).filter(wrong).take(20) {
        assert_eq!(failed(&post(&w, &slug, "one", &with("nonce", nonce)).await), "wrong");
    }
    for nonce in ["\u{0}", "1\n2", "ä", "\u{7f}", &"9".repeat(65), &"9".repeat(100_000)] {
        assert_eq!(failed(&post(&w, &slug, "one", &with("nonce", nonce.into())).await), "wrong");
    }
    let elsewhere = Secrets::new("the secret of a server somewhere else").unwrap();
    let foreign = Challenge::new(w.clock.now(), 0, 0).unwrap().issue(&elsewhere).unwrap().challenge;
    let token = good["token"].as_str().unwrap();
    let last = if token.ends_with('A') { "B" } else { "A" };
    let forged = format!("{}{last}", &token[..token.len() - 1]);
    for token in ["", "x", "\u{0}", &"A".repeat(87), &"A".repeat(100_000), &foreign, &forged, &format!("{token}=")] {
        assert_eq!(failed(&post(&w, &slug, "one", &with("token", token.into())).await), "unknown");
    }
    w.clock.set(w.clock.now() + TimeDelta::minutes(30));
    assert_eq!(failed(&post(&w, &slug, "one", &good).await), "expired");
    assert_eq!((w.stored(article_id).await, used(&w).await), (0, 0));
}

#[actix_web::test]
async fn a_malformed_challenge_is_named() {
    let w = World::with(&ALWAYS).await;
    let (slug, _) = w.open_article().await;
    let cases = [
        (json!("x"), "#/challenge"),
        (json!({ "token": "x" }), "#/challenge"),
        (json!({ "token": "x", "nonce": 7 }), "#/challenge/nonce"),
        (json!({ "token": "x", "nonce": "7", "bits": 0 }), "#/challenge/bits"),
    ];
    for (challenge, place) in cases {
        assert_eq!(post(&w, &slug, "one", &challenge).await.problem(400, "bad_request"), [place]);
    }
}

#[actix_web::test]
async fn it_is_good_once_and_one_that_nobody_asked_for_must_be_good_too() {
    let w = World::with(&[("challenge_bits", "6"), ("challenge_after", "100")]).await;
    let (slug, _) = w.open_article().await;
    let challenge = w.met_challenge().await;
    post(&w, &slug, "one", &challenge).await.expect(201);
    assert_eq!(failed(&post(&w, &slug, "two", &challenge).await), "used");
    let reader = w.reader("Ada").await;
    let body = json!({ "body": "three", "challenge": challenge });
    assert_eq!(failed(&w.post_as(&reader.access_token, &slug, &body).await), "used");
    w.post_as(&reader.access_token, &slug, &json!({ "body": "three" })).await.expect(201);
}

#[actix_web::test]
async fn what_fails_for_another_reason_does_not_use_it_up() {
    let w = World::with(&ALWAYS).await;
    let (slug, _) = w.open_article().await;
    w.coach("Colin Marsh").await;
    let challenge = w.met_challenge().await;
    post(&w, &slug, "", &challenge).await.problem(422, "validation");
    let mut body = said("one", &challenge);
    body["parent_id"] = json!(w.clock.id());
    to(&w, &slug).json(&body).send().await.problem(422, "parent_elsewhere");
    let mut body = said("one", &challenge);
    body["guest"]["name"] = json!("Colin Marsh");
    to(&w, &slug).json(&body).send().await.problem(422, "validation");
    post(&w, &slug, "one", &challenge).await.expect(201);
    let another = w.met_challenge().await;
    post(&w, &slug, "one", &another).await.problem(409, "duplicate_comment");
    post(&w, &slug, "two", &another).await.expect(201);
    assert_eq!(used(&w).await, 2);
}

#[actix_web::test]
async fn flaws_are_told_before_anybody_has_to_work() {
    let w = World::with(&ALWAYS).await;
    let (slug, _) = w.open_article().await;
    assert_eq!(w.post_as_guest(&slug, "", None).await.problem(422, "validation"), ["#/body"]);
    w.post_as_guest("unknown", "one", None).await.problem(404, "not_found");
}

#[actix_web::test]
async fn of_many_at_once_with_the_same_challenge_exactly_one_gets_in() {
    let w = World::with(&ALWAYS).await;
    let (slug, article_id) = w.open_article().await;
    let challenge = w.met_challenge().await;
    let replies = join_all((0..8).map(|n| {
        let (w, slug, challenge) = (&w, &slug, &challenge);
        async move { post(w, slug, &format!("comment {n}"), challenge).await }
    }));
    let replies = replies.await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 1);
    assert!(replies.iter().filter(|reply| reply.status != 201).all(|reply| failed(reply) == "used"));
    assert_eq!(w.stored(article_id).await, 1);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn of_many_at_once_no_more_than_are_free_get_in_without_one() {
    let w = World::with(&AFTER_TWO).await;
    let (slug, article_id) = w.open_article().await;
    let post = async |n: usize| w.post_as_guest(&slug, &format!("comment {n}"), None).await;
    let replies = join_all((0..8).map(post)).await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 2);
    assert_eq!(w.stored(article_id).await, 2);
}

#[actix_web::test]
async fn who_wrote_nothing_or_the_same_before_is_not_counted_as_new() {
    let w = World::with(&AFTER_TWO).await;
    let (slug, _) = w.open_article().await;
    for _ in 0..5 {
        let body = json!({ "body": "x", "parent_id": w.clock.id(), "guest": { "name": "Wendy" } });
        to(&w, &slug).json(&body).send().await.problem(422, "parent_elsewhere");
    }
    for _ in 0..5 {
        to(&w, &slug)
            .header("idempotency-key", "the-first-key")
            .json(&said("one", &Value::Null))
            .send()
            .await
            .expect(201);
    }
    w.say(&slug, "two", None).await;
    // Now all are in who may be; who repeats gets the answer again, with a challenge that is used or without one.
    to(&w, &slug).header("idempotency-key", "the-first-key").json(&said("one", &Value::Null)).send().await.expect(201);
    let challenge = w.met_challenge().await;
    let worked = || to(&w, &slug).header("idempotency-key", "the-third-key").json(&said("three", &challenge)).send();
    let (first, again) = (worked().await.expect(201), worked().await.expect(201));
    assert_eq!(first, again);
}

#[actix_web::test]
async fn what_has_expired_is_forgotten() {
    let w = World::with(&ALWAYS).await;
    let (slug, _) = w.open_article().await;
    let challenge = w.met_challenge().await;
    post(&w, &slug, "one", &challenge).await.expect(201);
    let pool = Pool::new(&w.db.url(), &w.settings, Arc::default()).unwrap();
    let journal = Journal::new(pool, w.clock.clone(), Arc::new(|_| ()), Own::default());
    throttle::sweep(&journal).await.unwrap();
    assert_eq!(used(&w).await, 1);
    w.clock.set(w.clock.now() + TimeDelta::minutes(30));
    throttle::sweep(&journal).await.unwrap();
    let buckets: i64 = throttles::table.count().get_result(&mut w.db.conn().await).await.unwrap();
    assert_eq!((used(&w).await, buckets), (0, 0));
}
