use super::send;
use crate::world::World;
use reqwest::Method;
use serde_json::Value;

#[actix_web::test]
async fn it_is_good_no_more_at_once() {
    let w = World::new().await;
    let admin = w.admin("June").await;
    let (id, token) = w.service(&admin, &["drafts"]).await;
    send(&w, Method::GET, "/v1/drafts", &token, &Value::Null).await.expect(200);
    let path = format!("/v1/service-tokens/{id}");
    send(&w, Method::DELETE, &path, &admin.access_token, &Value::Null).await.expect(204);
    send(&w, Method::GET, "/v1/drafts", &token, &Value::Null).await.problem(401, "unauthenticated");
    send(&w, Method::DELETE, &path, &admin.access_token, &Value::Null).await.problem(404, "not_found");
    let list = send(&w, Method::GET, "/v1/service-tokens", &admin.access_token, &Value::Null).await.expect(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 0);
}

#[actix_web::test]
async fn only_admins_do_it() {
    let w = World::new().await;
    let admin = w.admin("June").await;
    let (id, token) = w.service(&admin, &["drafts"]).await;
    let path = format!("/v1/service-tokens/{id}");
    send(&w, Method::DELETE, &path, &token, &Value::Null).await.problem(403, "forbidden");
    send(&w, Method::GET, "/v1/drafts", &token, &Value::Null).await.expect(200);
}
