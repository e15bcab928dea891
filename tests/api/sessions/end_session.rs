use crate::world::World;
use reqwest::Method;

#[actix_web::test]
async fn a_session_left_open_elsewhere_can_be_ended() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let (here, _) = w.log_in(&ada.email).await;
    let list = w.request(Method::GET, "/v1/sessions").bearer(&here).send().await.expect(200);
    let items = list["items"].as_array().unwrap();
    let elsewhere = items.iter().find(|item| item["current"] == false).unwrap()["id"].as_str().unwrap();
    let path = format!("/v1/sessions/{elsewhere}");
    w.request(Method::DELETE, &path).bearer(&here).send().await.expect(204);
    let me = async |token: &str| w.request(Method::GET, "/v1/accounts/me").bearer(token).send().await;
    me(&ada.access_token).await.problem(401, "unauthenticated");
    me(&here).await.expect(200);
    w.request(Method::DELETE, &path).bearer(&here).send().await.problem(404, "not_found");
}

#[actix_web::test]
async fn a_foreign_session_looks_like_none() {
    let w = World::new().await;
    let (ada, eve) = (w.reader("Ada").await, w.reader("Eve").await);
    let list = w.request(Method::GET, "/v1/sessions").bearer(&ada.access_token).send().await.expect(200);
    let id = list["items"][0]["id"].as_str().unwrap();
    let end = async |id: &str| {
        w.request(Method::DELETE, &format!("/v1/sessions/{id}")).bearer(&eve.access_token).send().await
    };
    let foreign = end(id).await;
    foreign.problem(404, "not_found");
    for none in ["018f0000-0000-7000-8000-000000000000", "not-an-id"] {
        assert_eq!(end(none).await.bytes, foreign.bytes);
    }
    w.request(Method::GET, "/v1/accounts/me").bearer(&ada.access_token).send().await.expect(200);
    w.request(Method::DELETE, &format!("/v1/sessions/{id}")).send().await.problem(401, "unauthenticated");
}
