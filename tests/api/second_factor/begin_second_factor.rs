use super::{PATH, app_of, log_in, send, set_up};
use crate::world::World;
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn nothing_is_asked_for_before_a_code_was_shown() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let begun = send(&w, Method::POST, PATH, &ada.access_token, &json!({})).await.expect(201);
    let (secret, uri) = (begun["secret"].as_str().unwrap(), begun["uri"].as_str().unwrap());
    assert!(secret.len() == 32 && uri.starts_with("otpauth://totp/") && uri.contains(secret), "{uri}");
    assert!(uri.contains("issuer=Colloquy") && !uri.contains("ada"), "the label tells nobody's address: {uri}");
    log_in(&w, &ada, None).await.expect(201);
    let again = send(&w, Method::POST, PATH, &ada.access_token, &json!({})).await.expect(201);
    assert_ne!(again["secret"], begun["secret"]);
}

#[actix_web::test]
async fn there_is_one_at_a_time() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    set_up(&w, &ada.access_token).await;
    send(&w, Method::POST, PATH, &ada.access_token, &json!({})).await.problem(409, "conflict");
}

#[actix_web::test]
async fn only_shortly_after_a_log_in() {
    let w = World::with(&[("access_token_seconds", "3600")]).await;
    let ada = w.reader("Ada").await;
    w.clock.set(w.clock.now() + TimeDelta::minutes(16));
    send(&w, Method::POST, PATH, &ada.access_token, &json!({})).await.problem(403, "recent_log_in_required");
    let (fresh, _) = w.log_in(&ada.email).await;
    app_of(&w, &fresh).await;
}
