use super::{PATH, log_in, send, set_up};
use crate::world::World;
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn new_ones_take_the_place_of_the_old() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let (_, old) = set_up(&w, &ada.access_token).await;
    let path = format!("{PATH}/recovery-codes");
    let renewed = send(&w, Method::POST, &path, &ada.access_token, &json!({})).await.expect(200);
    let new = renewed["recovery_codes"].as_array().unwrap();
    assert!(new.len() == 10 && !new.contains(&json!(old[0])));
    log_in(&w, &ada, Some(&old[0])).await.problem(401, "bad_credentials");
    log_in(&w, &ada, new[0].as_str()).await.expect(201);
}

#[actix_web::test]
async fn without_a_second_factor_there_are_none() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let path = format!("{PATH}/recovery-codes");
    send(&w, Method::POST, &path, &ada.access_token, &json!({})).await.problem(404, "not_found");
}

#[actix_web::test]
async fn only_shortly_after_a_log_in() {
    let w = World::with(&[("access_token_seconds", "3600")]).await;
    let ada = w.reader("Ada").await;
    set_up(&w, &ada.access_token).await;
    w.clock.set(w.clock.now() + TimeDelta::minutes(16));
    let late = send(&w, Method::POST, &format!("{PATH}/recovery-codes"), &ada.access_token, &json!(null)).await;
    late.problem(403, "recent_log_in_required");
}
