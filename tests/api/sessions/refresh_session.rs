mod cookies;

use crate::world::{Reply, World};
use chrono::TimeDelta;
use colloquy::db::schema::accounts;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;
use std::collections::HashSet;

async fn refresh(w: &World, token: &str) -> Reply {
    w.post("/v1/sessions/refresh", &json!({ "refresh_token": token })).await
}

/// Refreshes, and gives the new tokens.
async fn step(w: &World, token: &str) -> (String, String) {
    let session = refresh(w, token).await.expect(200);
    (session["access_token"].as_str().unwrap().into(), session["refresh_token"].as_str().unwrap().into())
}

async fn is_alive(w: &World, access_token: &str) -> bool {
    w.request(Method::GET, "/v1/accounts/me").bearer(access_token).send().await.status == 200
}

#[actix_web::test]
async fn tokens_move_on() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let reply = refresh(&w, &ada.refresh_token).await;
    let session = reply.expect(200);
    assert_eq!((&session["token_type"], &session["expires_in"]), (&json!("Bearer"), &json!(600)));
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_ne!(session["refresh_token"], ada.refresh_token);
    assert!(is_alive(&w, session["access_token"].as_str().unwrap()).await);
    let mut token = session["refresh_token"].as_str().unwrap().to_owned();
    let mut all = HashSet::from([ada.refresh_token]);
    for _ in 0..5 {
        w.clock.set(w.clock.now() + TimeDelta::minutes(10));
        assert!(all.insert(token.clone()));
        token = step(&w, &token).await.1;
    }
}

#[actix_web::test]
async fn a_lost_answer_can_be_had_again() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let (_, lost) = step(&w, &ada.refresh_token).await;
    w.clock.set(w.clock.now() + TimeDelta::seconds(10));
    let (_, again) = step(&w, &ada.refresh_token).await;
    assert_eq!(lost, again);
    let (access, _) = step(&w, &again).await;
    assert!(is_alive(&w, &access).await);
}

#[actix_web::test]
async fn a_used_token_that_comes_back_ends_the_session() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let (other_session, _) = w.log_in(&ada.email).await;
    let (access, next) = step(&w, &ada.refresh_token).await;
    w.clock.set(w.clock.now() + TimeDelta::seconds(11));
    refresh(&w, &ada.refresh_token).await.problem(401, "bad_refresh_token");
    assert!(!is_alive(&w, &access).await && !is_alive(&w, &ada.access_token).await);
    refresh(&w, &next).await.problem(401, "bad_refresh_token");
    assert!(is_alive(&w, &other_session).await, "another session of the same account goes on");
}

#[actix_web::test]
async fn it_ends_also_at_once_when_the_successor_was_used() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let (_, next) = step(&w, &ada.refresh_token).await;
    let (access, last) = step(&w, &next).await;
    refresh(&w, &ada.refresh_token).await.problem(401, "bad_refresh_token");
    refresh(&w, &last).await.problem(401, "bad_refresh_token");
    assert!(!is_alive(&w, &access).await);
}

#[actix_web::test]
async fn twenty_at_once_get_the_same_successor() {
    let w = World::with(&[("workers", "2")]).await;
    let ada = w.reader("Ada").await;
    let replies = join_all((0..20).map(|_| refresh(&w, &ada.refresh_token))).await;
    let successors: HashSet<String> =
        replies.iter().map(|reply| reply.expect(200)["refresh_token"].as_str().unwrap().to_owned()).collect();
    assert_eq!(successors.len(), 1);
    let (access, _) = step(&w, successors.iter().next().unwrap()).await;
    assert!(is_alive(&w, &access).await);
    let sessions = w.request(Method::GET, "/v1/sessions").bearer(&access).send().await.expect(200);
    assert_eq!(sessions["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn a_session_has_an_end() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let mut token = ada.refresh_token;
    for _ in 0..3 {
        w.clock.set(w.clock.now() + TimeDelta::days(9));
        token = step(&w, &token).await.1;
    }
    w.clock.set(w.clock.now() + TimeDelta::days(3));
    refresh(&w, &token).await.problem(401, "bad_refresh_token");
}

#[actix_web::test]
async fn a_session_that_nobody_uses_ends_earlier() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let (_, next) = step(&w, &ada.refresh_token).await;
    w.clock.set(w.clock.now() + TimeDelta::days(14));
    refresh(&w, &next).await.problem(401, "bad_refresh_token");
}

#[actix_web::test]
async fn what_is_no_refresh_token_is_refused_alike() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let wrong = refresh(&w, "wrong").await;
    wrong.problem(401, "bad_refresh_token");
    for token in ["", "\u{0}", ada.access_token.as_str(), &"x".repeat(100_000)] {
        assert_eq!(refresh(&w, token).await.bytes, wrong.bytes);
    }
    let reply = w.post("/v1/sessions/refresh", &json!({ "refresh_token": [ada.refresh_token] })).await;
    assert_eq!(reply.problem(400, "bad_request"), ["#/refresh_token"]);
}

#[actix_web::test]
async fn a_session_that_began_beside_the_ban_does_not_go_on() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    // A ban ends the sessions that it sees; here it sees none.
    let account = accounts::table.find(ada.id.parse::<uuid::Uuid>().unwrap());
    let ban = (accounts::banned_at.eq(w.clock.now()), accounts::ban_reason.eq("Threats."));
    diesel::update(account).set(ban).execute(&mut w.db.conn().await).await.unwrap();
    refresh(&w, &ada.refresh_token).await.problem(403, "banned");
}
