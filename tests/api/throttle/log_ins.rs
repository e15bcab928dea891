//! Whoever guesses passwords is slowed down; whoever owns the account is not.

use super::from;
use crate::world::{PASSWORD, Reply, World};
use chrono::TimeDelta;
use colloquy::{accounts::Email, error::Code};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;

fn hash(w: &World, email: &str) -> Vec<u8> {
    Email::parse(email).unwrap().hash(&w.secrets).unwrap()
}

#[actix_web::test]
async fn after_120_failures_in_one_place_the_owner_still_gets_in_elsewhere() {
    let w = World::new().await;
    let ada = hash(&w, "ada@example.org");
    let guesser = from(&w, "203.0.113.9");
    let mut allowed = 0;
    for _ in 0..120 {
        allowed += i32::from(guesser.log_in(&ada, false).await.is_ok());
    }
    assert_eq!(allowed, 10);
    let owner = from(&w, "198.51.100.1");
    owner.log_in(&ada, false).await.expect("from somewhere new");
    from(&w, "198.51.100.2").log_in(&ada, true).await.expect("from home");
}

#[actix_web::test]
async fn somebody_with_many_networks_gets_a_hundred_a_day_and_the_owner_gets_in_from_home() {
    let w = World::new().await;
    let ada = hash(&w, "ada@example.org");
    let begun = w.clock.now();
    let mut allowed = 0;
    for n in 0..300_i32 {
        let guesser = from(&w, &format!("2001:db8:{n:x}::1"));
        allowed += i32::from(guesser.log_in(&ada, false).await.is_ok());
        w.clock.set(w.clock.now() + TimeDelta::seconds(287));
    }
    assert!(w.clock.now() - begun < TimeDelta::days(1));
    assert!((51..=100).contains(&allowed), "{allowed}");
    let home = from(&w, "198.51.100.1");
    home.log_in(&ada, true).await.expect("the owner");
    home.logged_in(&ada, true).await.unwrap();
    let elsewhere = from(&w, "198.51.100.2").log_in(&ada, false).await.unwrap_err();
    assert_eq!(elsewhere.quota.unwrap().limit, "log_in_from_elsewhere", "a success at home gives guessers nothing");
}

#[actix_web::test]
async fn one_network_gets_sixty_whatever_the_accounts() {
    let w = World::new().await;
    let guesser = from(&w, "203.0.113.9");
    for n in 0..60 {
        guesser.log_in(&hash(&w, &format!("reader{n}@example.org")), false).await.unwrap();
    }
    let refused = guesser.log_in(&hash(&w, "last@example.org"), false).await.unwrap_err();
    assert_eq!((refused.code, refused.retry_after), (Code::TooManyRequests, Some(10)));
    // An own account is no way to start afresh: it gives back what it took.
    let own = hash(&w, "guesser@example.org");
    w.clock.set(w.clock.now() + TimeDelta::seconds(10));
    guesser.log_in(&own, true).await.unwrap();
    guesser.logged_in(&own, true).await.unwrap();
    guesser.log_in(&hash(&w, "last@example.org"), false).await.unwrap();
    guesser.log_in(&hash(&w, "last@example.org"), false).await.unwrap_err();
}

#[actix_web::test]
async fn who_mistypes_and_then_gets_in_begins_anew() {
    let w = World::new().await;
    let (ada, home) = (hash(&w, "ada@example.org"), from(&w, "198.51.100.1"));
    for _ in 0..20 {
        for _ in 0..3 {
            home.log_in(&ada, true).await.unwrap();
        }
        home.logged_in(&ada, true).await.unwrap();
    }
}

#[actix_web::test]
async fn two_servers_count_together() {
    let here = World::new().await;
    let there = World::on(here.db.clone(), here.clock.clone(), &[]).await;
    let ada = hash(&here, "ada@example.org");
    for _ in 0..5 {
        from(&here, "203.0.113.9").log_in(&ada, false).await.unwrap();
        from(&there, "203.0.113.9").log_in(&ada, false).await.unwrap();
    }
    from(&here, "203.0.113.9").log_in(&ada, false).await.unwrap_err();
    from(&there, "203.0.113.9").log_in(&ada, false).await.unwrap_err();
}

async fn log_in(w: &World, email: &str, password: &str, address: &str) -> Reply {
    let body = json!({ "email": email, "password": password });
    w.request(Method::POST, "/v1/sessions").from(address).json(&body).send().await
}

#[actix_web::test]
async fn over_http_a_guesser_is_stopped_before_a_password_is_looked_at_and_the_owner_gets_in() {
    let w = World::new().await;
    w.reader("Ada").await;
    let guess = async |n: usize| {
        let reply = log_in(&w, "ada@example.org", &format!("guess number {n}"), "203.0.113.9").await;
        reply.status.as_u16()
    };
    let answers = join_all((0..120).map(guess)).await;
    assert_eq!(answers.iter().filter(|status| **status == 401).count(), 10);
    assert_eq!(answers.iter().filter(|status| **status == 429).count(), 110);
    let right = log_in(&w, "ada@example.org", PASSWORD, "203.0.113.9").await;
    right.problem(429, "too_many_requests");
    assert_eq!(right.header("retry-after"), "60");
    assert_eq!(right.header("ratelimit"), "\"log_in_to_account\";r=0;t=60");
    log_in(&w, "ada@example.org", PASSWORD, "198.51.100.1").await.expect(201);
    w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    log_in(&w, "ada@example.org", PASSWORD, "203.0.113.9").await.expect(201);
}

#[actix_web::test]
async fn over_http_nobody_learns_from_limits_who_has_an_account() {
    let w = World::new().await;
    w.reader("Ada").await;
    let seen = async |email: &str, address: &str| {
        let mut seen = Vec::new();
        for _ in 0..12 {
            let (statements, reply) = w.statements(log_in(&w, email, "not the password", address)).await;
            let mut headers: Vec<_> = reply.headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
            headers.retain(|(name, _)| !["x-request-id", "date"].contains(&name.as_str()));
            headers.sort_by_key(|(name, _)| name.to_string());
            seen.push((statements, reply.status, headers, reply.text()));
        }
        seen
    };
    assert_eq!(seen("ada@example.org", "203.0.113.1").await, seen("nobody@example.org", "203.0.113.2").await);
}

#[actix_web::test]
async fn over_http_the_owner_gets_in_from_home_while_guessers_are_everywhere() {
    let w = World::new().await;
    w.reader("Ada").await;
    let home = "198.51.100.1";
    log_in(&w, "ada@example.org", PASSWORD, home).await.expect(201);
    let mut answers = Vec::new();
    for n in 0..60 {
        let reply = log_in(&w, "ada@example.org", "not the password", &format!("2001:db8:{n:x}::1")).await;
        answers.push(reply.status.as_u16());
    }
    assert_eq!(answers.iter().filter(|status| **status == 401).count(), 50);
    let elsewhere = log_in(&w, "ada@example.org", PASSWORD, "203.0.113.7").await;
    elsewhere.problem(429, "too_many_requests");
    log_in(&w, "ada@example.org", PASSWORD, home).await.expect(201);
}
