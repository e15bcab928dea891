use super::{PATH, send, set_up};
use crate::world::World;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn it_tells_how_one_stands() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let get = async || send(&w, Method::GET, PATH, &ada.access_token, &Value::Null).await.expect(200);
    assert_eq!(get().await, json!({ "confirmed_at": null, "recovery_codes_left": 0 }));
    set_up(&w, &ada.access_token).await;
    assert_eq!(get().await, json!({ "confirmed_at": "2026-03-14T12:00:00Z", "recovery_codes_left": 10 }));
}

#[actix_web::test]
async fn it_is_ones_own() {
    let w = World::new().await;
    w.get(PATH).await.problem(401, "unauthenticated");
}
