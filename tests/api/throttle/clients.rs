//! By whom it is counted: nobody is somebody new by saying so.

use crate::world::{Reply, World};
use futures_util::{StreamExt, stream};
use reqwest::Method;
use serde_json::json;

async fn sign_up(w: &World, headers: &[(&str, &str)]) -> Reply {
    let body = json!({ "email": "ada@example.org", "password": "short", "display_name": "Ada" });
    let mut request = w.request(Method::POST, "/v1/accounts").json(&body);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    request.send().await
}

/// How many of the answers are not 429.
async fn let_through(w: &World, addresses: impl Iterator<Item = String>) -> usize {
    let sent = stream::iter(addresses).map(|address| async move {
        let reply = sign_up(w, &[("x-forwarded-for", &address)]).await;
        usize::from(reply.status != 429)
    });
    sent.buffer_unordered(8).fold(0, async |sum, one| sum + one).await
}

#[actix_web::test]
async fn a_thousand_forged_addresses_are_one_client() {
    let w = World::with(&[("trusted_proxies", "")]).await;
    assert_eq!(let_through(&w, (0..1000).map(|n| format!("198.51.{}.{}", n / 256, n % 256))).await, 20);
}

#[actix_web::test]
async fn a_thousand_forged_hops_before_a_proxys_are_one_client() {
    let w = World::new().await;
    let hops = (0..1000).map(|n| format!("198.51.{}.{}, 203.0.113.9", n / 256, n % 256));
    assert_eq!(let_through(&w, hops).await, 20);
}

#[actix_web::test]
async fn an_ipv6_household_is_one_client_and_ipv4_neighbours_are_not() {
    let w = World::new().await;
    assert_eq!(let_through(&w, (0..50).map(|n| format!("2001:db8:1:2:{n:x}::{n:x}"))).await, 20);
    assert_eq!(let_through(&w, (0..50).map(|n| format!("2001:db8:1:{:x}::1", n + 3))).await, 50);
    assert_eq!(let_through(&w, (0..50).map(|n| format!("203.0.113.{n}"))).await, 50);
}

#[actix_web::test]
async fn what_a_relay_says_is_refused_without_a_good_token() {
    let w = World::new().await;
    let admin = w.admin("June").await;
    let client = ("colloquy-client", "198.51.100.1");
    let problem = sign_up(&w, &[client]).await.problem(400, "bad_request");
    assert_eq!(problem, ["Colloquy-Client"]);
    sign_up(&w, &[client, ("colloquy-relay", "made-up")]).await.problem(401, "unauthenticated");
    sign_up(&w, &[client, ("colloquy-relay", &admin.access_token)]).await.problem(403, "forbidden");
    sign_up(&w, &[]).await.problem(422, "validation");
}
