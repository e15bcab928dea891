//! Whom we ask for keys, how often, and what comes of an issuer that is away or behaves badly.

use super::{
    issuer::{Issuer, Key, Mood, sign, trusting, written},
    me,
};
use crate::world::{SECRET, World};
use chrono::TimeDelta;
use colloquy::{accounts::Issuers, clock::Clock, config::Settings, secrets::Secrets};
use futures_util::future::join_all;
use jsonwebtoken::Algorithm;
use serde_json::json;
use std::net::TcpListener;

fn later(w: &World, by: TimeDelta) {
    w.clock.set(w.clock.now() + by);
}

#[actix_web::test]
async fn keys_are_asked_for_at_the_start_and_an_unknown_one_once_a_minute() {
    let issuer = Issuer::start();
    let w = issuer.world("").await;
    me(&w, &issuer.token(&w, json!({}))).await.expect(200);
    assert_eq!(issuer.looks(), 1);
    let unknown = Key::new("unknown", Algorithm::ES256);
    let ask = async || {
        let claims = issuer.claims(&w, json!({}));
        let tokens = (0..10).map(|_| sign(&unknown.header(), &claims, &unknown));
        for reply in join_all(tokens.map(async |token| me(&w, &token).await)).await {
            reply.problem(401, "unauthenticated");
        }
    };
    // It was looked a moment ago.
    ask().await;
    assert_eq!(issuer.looks(), 1);
    for looks in 2..4 {
        later(&w, TimeDelta::minutes(1));
        ask().await;
        ask().await;
        assert_eq!(issuer.looks(), looks);
    }
}

#[actix_web::test]
async fn a_new_key_of_the_issuer_is_good_and_an_old_one_ends_when_it_is_withdrawn() {
    let issuer = Issuer::start();
    let w = issuer.world("").await;
    let old = issuer.token(&w, json!({}));
    me(&w, &old).await.expect(200);
    let second = Key::new("second", Algorithm::ES256);
    issuer.publish(&[&issuer.key, &second]);
    later(&w, TimeDelta::minutes(1));
    let new = sign(&second.header(), &issuer.claims(&w, json!({})), &second);
    me(&w, &new).await.expect(200);
    me(&w, &old).await.expect(200);
    issuer.publish(&[&second]);
    later(&w, TimeDelta::minutes(1));
    let third = Key::new("third", Algorithm::ES256);
    me(&w, &sign(&third.header(), &issuer.claims(&w, json!({})), &third)).await.problem(401, "unauthenticated");
    me(&w, &old).await.problem(401, "unauthenticated");
    me(&w, &new).await.expect(200);
}

#[actix_web::test]
async fn keys_are_looked_at_again_without_being_asked() {
    let issuer = Issuer::start();
    let w = issuer.world("jwks_refresh_seconds = 1").await;
    issuer.looked_at(2).await;
    me(&w, &issuer.token(&w, json!({}))).await.expect(200);
}

#[actix_web::test]
async fn while_the_issuer_is_away_its_keys_go_on_for_a_day() {
    let issuer = Issuer::start();
    let w = issuer.world("").await;
    me(&w, &issuer.token(&w, json!({}))).await.expect(200);
    issuer.stop().await;
    later(&w, TimeDelta::hours(24));
    me(&w, &issuer.token(&w, json!({}))).await.expect(200);
    later(&w, TimeDelta::seconds(1));
    let reply = me(&w, &issuer.token(&w, json!({}))).await;
    reply.problem(503, "unavailable");
    assert_eq!(reply.header("retry-after"), "60");
}

#[actix_web::test]
async fn a_server_starts_without_the_issuer_and_takes_it_when_it_is_there() {
    let issuer = Issuer::start();
    issuer.feel(Mood::Failing);
    let w = issuer.world("").await;
    let token = issuer.token(&w, json!({}));
    me(&w, &token).await.problem(503, "unavailable");
    let wren = w.reader("Wren").await;
    me(&w, &wren.access_token).await.expect(200);
    issuer.feel(Mood::Fine);
    later(&w, TimeDelta::minutes(1));
    me(&w, &token).await.expect(200);
    // One that was never there at all.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{port}");
    let w = trusting(&issuer.table("").replace(&issuer.url, &url)).await;
    me(&w, &issuer.token(&w, json!({ "iss": url }))).await.problem(503, "unavailable");
}

#[actix_web::test]
async fn an_issuer_that_behaves_badly_gives_no_keys() {
    for mood in [Mood::Silent, Mood::Redirecting, Mood::Huge, Mood::Misnamed] {
        let issuer = Issuer::start();
        issuer.feel(mood);
        let w = issuer.world("").await;
        let reply = me(&w, &issuer.token(&w, json!({}))).await;
        assert_eq!(reply.status, 503, "{mood:?}: {}", reply.text());
        assert!(!issuer.hits().contains(&"/elsewhere".to_owned()), "{mood:?}: {:?}", issuer.hits());
    }
}

#[actix_web::test]
async fn a_check_says_what_is_wrong_with_an_issuer() {
    let said = [
        (Mood::Fine, Ok(1)),
        (Mood::Failing, Err("discovery: answers 500 Internal Server Error")),
        (Mood::Silent, Err("takes more than five seconds")),
        (Mood::Redirecting, Err("jwks_uri: answers 302 Found")),
        (Mood::Huge, Err("jwks_uri: has more than 262144 bytes")),
        (Mood::Misnamed, Err("discovery: the document is of another issuer")),
    ];
    // One after the other: each has five seconds.
    for (mood, expected) in said {
        let issuer = Issuer::start();
        issuer.feel(mood);
        let file = written(&issuer.table(""));
        let settings = Settings::with(&[("issuers_file", file.path().to_str().unwrap())]).unwrap();
        let issuers = Issuers::load(&settings, Secrets::new(SECRET).unwrap(), Clock::system()).unwrap();
        let mut found = issuers.check().await;
        let (name, found) = found.remove(0);
        assert_eq!(name, issuer.url);
        assert_eq!(found.map_err(|error| format!("{error:#}")), expected.map_err(str::to_owned), "{mood:?}");
    }
}

#[actix_web::test]
async fn keys_that_are_known_outlive_a_bad_answer() {
    let issuer = Issuer::start();
    let w = issuer.world("").await;
    let token = issuer.token(&w, json!({}));
    me(&w, &token).await.expect(200);
    for mood in [Mood::Failing, Mood::Huge, Mood::Misnamed] {
        issuer.feel(mood);
        later(&w, TimeDelta::minutes(1));
        let unknown = Key::new("unknown", Algorithm::ES256);
        me(&w, &sign(&unknown.header(), &issuer.claims(&w, json!({})), &unknown)).await.problem(401, "unauthenticated");
        me(&w, &token).await.expect(200);
    }
    issuer.feel(Mood::Fine);
    issuer.publish(&[]);
    later(&w, TimeDelta::minutes(1));
    let unknown = Key::new("unknown", Algorithm::ES256);
    me(&w, &sign(&unknown.header(), &issuer.claims(&w, json!({})), &unknown)).await.problem(401, "unauthenticated");
    me(&w, &token).await.expect(200);
}
