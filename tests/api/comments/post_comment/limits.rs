//! How many comments somebody posts, and how many come from one place.

use crate::world::{Reply, World};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;

async fn post(w: &World, token: &str, slug: &str, from: &str) -> Reply {
    let request = w.request(Method::POST, &format!("/v1/articles/{slug}/comments")).bearer(token).from(from);
    request.json(&json!({ "body": format!("Said as {}.", w.clock.id()) })).send().await
}

async fn post_new(w: &World, slug: &str, from: &str) -> Reply {
    let body = json!({ "body": format!("Said as {}.", w.clock.id()), "guest": { "name": "Wendy" } });
    w.request(Method::POST, &format!("/v1/articles/{slug}/comments")).from(from).json(&body).send().await
}

#[actix_web::test]
async fn an_account_posts_so_many_in_a_row_and_then_so_many_a_minute() {
    let w = World::with(&[("comments_per_minute", "4"), ("comments_per_network", "0")]).await;
    let (slug, article_id) = w.open_article().await;
    let (ada, eve) = (w.reader("Ada").await, w.reader("Eve").await);
    for left in (0..4).rev() {
        let posted = post(&w, &ada.access_token, &slug, &format!("198.51.100.{left}")).await;
        posted.expect(201);
        assert_eq!(posted.header("ratelimit-policy"), "\"comments\";q=4;w=60");
        assert_eq!(posted.header("ratelimit"), format!("\"comments\";r={left};t=15"));
    }
    let refused = post(&w, &ada.access_token, &slug, "198.51.100.9").await;
    refused.problem(429, "too_many_requests");
    assert_eq!(refused.header("retry-after"), "15");
    assert_eq!(refused.header("ratelimit"), "\"comments\";r=0;t=15");
    assert_eq!(refused.header("ratelimit-policy"), "\"comments\";q=4;w=60");
    assert_eq!(w.stored(article_id).await, 4);
    post(&w, &eve.access_token, &slug, "198.51.100.9").await.expect(201);
    post_new(&w, &slug, "198.51.100.9").await.expect(201);
    w.clock.set(w.clock.now() + TimeDelta::seconds(15));
    post(&w, &ada.access_token, &slug, "198.51.100.9").await.expect(201);
    post(&w, &ada.access_token, &slug, "198.51.100.9").await.problem(429, "too_many_requests");
}

#[actix_web::test]
async fn a_guest_is_counted_by_the_manage_token() {
    let w = World::with(&[("comments_per_minute", "2"), ("comments_per_network", "0")]).await;
    let (slug, _) = w.open_article().await;
    let guest = post_new(&w, &slug, "198.51.100.1").await.expect(201);
    let again = async |n: i32| {
        let request = w.request(Method::POST, &format!("/v1/articles/{slug}/comments"));
        let request = request.guest(guest["manage_token"].as_str().unwrap());
        request.json(&json!({ "body": format!("And {n}.") })).send().await
    };
    again(1).await.expect(201);
    again(2).await.expect(201);
    again(3).await.problem(429, "too_many_requests");
}

#[actix_web::test]
async fn a_network_posts_so_many_whoever_writes() {
    let w = World::with(&[("comments_per_minute", "0"), ("comments_per_network", "3")]).await;
    let (slug, _) = w.open_article().await;
    let (ada, eve) = (w.reader("Ada").await, w.reader("Eve").await);
    post(&w, &ada.access_token, &slug, "2001:db8::1").await.expect(201);
    post(&w, &eve.access_token, &slug, "2001:db8::2").await.expect(201);
    let last = post_new(&w, &slug, "2001:db8::3").await;
    last.expect(201);
    assert_eq!(last.header("ratelimit"), "\"comments_from_network\";r=0;t=20");
    assert_eq!(last.header("ratelimit-policy"), "\"comments_from_network\";q=3;w=60");
    post_new(&w, &slug, "2001:db8::4").await.problem(429, "too_many_requests");
    post(&w, &ada.access_token, &slug, "2001:db8::1").await.problem(429, "too_many_requests");
    post_new(&w, &slug, "2001:db8:0:1::1").await.expect(201);
}

#[actix_web::test]
async fn the_answer_tells_of_the_limit_of_which_least_is_left() {
    let w = World::with(&[("comments_per_minute", "5"), ("comments_per_network", "3")]).await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let first = post(&w, &ada.access_token, &slug, "198.51.100.1").await;
    assert_eq!(first.header("ratelimit"), "\"comments_from_network\";r=2;t=20");
    for from in 2..5 {
        post(&w, &ada.access_token, &slug, &format!("198.51.100.{from}")).await.expect(201);
    }
    let last = post(&w, &ada.access_token, &slug, "198.51.100.5").await;
    assert_eq!(last.header("ratelimit"), "\"comments\";r=0;t=12");
}

#[actix_web::test]
async fn a_frontends_server_posts_for_many_readers() {
    let w = World::with(&[("comments_per_network", "1")]).await;
    let (slug, _) = w.open_article().await;
    let admin = w.admin("June").await;
    let (_, relay) = w.service(&admin, &["relay"]).await;
    let for_reader = async |address: &str| {
        let body = json!({ "body": format!("From {address}."), "guest": { "name": "Wendy" } });
        let request = w.request(Method::POST, &format!("/v1/articles/{slug}/comments")).json(&body);
        request.header("colloquy-relay", &relay).header("colloquy-client", address).send().await
    };
    for_reader("198.51.100.1").await.expect(201);
    for_reader("198.51.100.2").await.expect(201);
    for_reader("198.51.100.1").await.problem(429, "too_many_requests");
}

#[actix_web::test]
async fn a_repeated_request_is_counted_and_written_once() {
    let w = World::with(&[("comments_per_network", "3")]).await;
    let (slug, article_id) = w.open_article().await;
    let body = json!({ "body": "Hello.", "guest": { "name": "Wendy" } });
    for left in (0..3).rev() {
        let request = w.request(Method::POST, &format!("/v1/articles/{slug}/comments")).json(&body);
        let posted = request.header("idempotency-key", "the-first-key").send().await;
        posted.expect(201);
        assert_eq!(posted.header("ratelimit"), format!("\"comments_from_network\";r={left};t=20"));
    }
    assert_eq!(w.stored(article_id).await, 1);
}

#[actix_web::test]
async fn without_limits_nothing_is_counted_and_nothing_said() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    for _ in 0..20 {
        let posted = post_new(&w, &slug, "198.51.100.1").await;
        posted.expect(201);
        assert_eq!((posted.header("ratelimit"), posted.header("ratelimit-policy")), ("", ""));
    }
}
