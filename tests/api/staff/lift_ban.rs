use super::send;
use crate::world::World;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn its_owner_may_log_in_again() {
    let w = World::new().await;
    let (moderator, ada) = (w.moderator("Hollis").await, w.reader("Ada").await);
    let path = format!("/v1/accounts/{}/ban", ada.id);
    send(&w, Method::PUT, &path, &moderator, &json!({ "reason": "A mistake." })).await.expect(200);
    for _ in 0..2 {
        send(&w, Method::DELETE, &path, &moderator, &Value::Null).await.expect(204);
    }
    w.log_in(&ada.email).await;
}

#[actix_web::test]
async fn not_by_anybody() {
    let w = World::new().await;
    let (coach, ada) = (w.coach("Marit").await, w.reader("Ada").await);
    let path = format!("/v1/accounts/{}/ban", ada.id);
    send(&w, Method::DELETE, &path, &coach, &Value::Null).await.problem(403, "forbidden");
    let nobody = "/v1/accounts/01890000-0000-7000-8000-000000000000/ban";
    let moderator = w.moderator("Hollis").await;
    send(&w, Method::DELETE, nobody, &moderator, &Value::Null).await.problem(404, "not_found");
}

#[actix_web::test]
async fn nobody_decides_about_themselves() {
    let w = World::new().await;
    let moderator = w.moderator("Hollis").await;
    let own = format!("/v1/accounts/{}/ban", moderator.id);
    send(&w, Method::DELETE, &own, &moderator, &Value::Null).await.problem(409, "conflict");
}
