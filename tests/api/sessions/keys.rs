//! Keys that change while people are signed in.

use crate::world::{World, part, until};
use chrono::TimeDelta;
use colloquy::accounts::{self, Rotation};
use reqwest::Method;

async fn kids(w: &World) -> Vec<String> {
    let set = w.get("/.well-known/jwks.json").await.expect(200);
    set["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

/// Rotates, and waits until the server has taken it up.
async fn rotate(w: &World, rotation: Rotation) -> String {
    let life = TimeDelta::minutes(10);
    let kid = w.write(async |tx| accounts::rotate_keys(tx, &w.secrets, rotation, life).await).await.unwrap();
    until("the new key is published", async || kids(w).await.contains(&kid)).await;
    kid
}

async fn status(w: &World, token: &str) -> u16 {
    w.request(Method::GET, "/v1/accounts/me").bearer(token).send().await.status.as_u16()
}

fn kid(token: &str) -> String {
    part(token, 0)["kid"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn a_new_key_is_known_before_it_signs_and_the_old_one_after_it_has_stopped() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let old = kid(&ada.access_token);
    let new = rotate(&w, Rotation::WithOverlap).await;
    assert_eq!(kids(&w).await.len(), 2, "the new one is published beside the old one");
    w.clock.set(w.clock.now() + TimeDelta::minutes(9));
    let (late, _) = w.log_in(&ada.email).await;
    assert_eq!(kid(&late), old);
    w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    let (newer, _) = w.log_in(&ada.email).await;
    assert_eq!(kid(&newer), new);
    assert_eq!((status(&w, &late).await, status(&w, &newer).await), (200, 200));
    w.clock.set(w.clock.now() + TimeDelta::minutes(8));
    assert_eq!((status(&w, &late).await, status(&w, &newer).await), (200, 200));
}

#[actix_web::test]
async fn a_key_that_somebody_else_may_have_stops_at_once_and_sessions_go_on() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let new = rotate(&w, Rotation::AtOnce).await;
    assert_eq!(kids(&w).await, [new.as_str()]);
    assert_eq!(status(&w, &ada.access_token).await, 401);
    let refresh = serde_json::json!({ "refresh_token": ada.refresh_token });
    let session = w.post("/v1/sessions/refresh", &refresh).await.expect(200);
    let token = session["access_token"].as_str().unwrap();
    assert_eq!((kid(token), status(&w, token).await), (new, 200));
}
