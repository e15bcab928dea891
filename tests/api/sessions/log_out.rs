use crate::world::World;
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn both_tokens_die_at_once_and_doing_it_twice_does_no_harm() {
    let w = World::with(&[("workers", "2")]).await;
    let ada = w.reader("Ada").await;
    let (other, _) = w.log_in(&ada.email).await;
    let me = async |token: &str| w.request(Method::GET, "/v1/accounts/me").bearer(token).send().await;
    let log_out = async |token: &str| w.request(Method::DELETE, "/v1/sessions/current").bearer(token).send().await;
    me(&ada.access_token).await.expect(200);
    log_out(&ada.access_token).await.expect(204);
    me(&ada.access_token).await.problem(401, "unauthenticated");
    log_out(&ada.access_token).await.expect(204);
    let refresh = json!({ "refresh_token": ada.refresh_token });
    w.post("/v1/sessions/refresh", &refresh).await.problem(401, "bad_refresh_token");
    me(&other).await.expect(200);
}

#[actix_web::test]
async fn it_takes_the_token_of_the_session() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let log_out = || w.request(Method::DELETE, "/v1/sessions/current");
    log_out().send().await.problem(401, "unauthenticated");
    log_out().guest("secret").send().await.problem(401, "unauthenticated");
    log_out().bearer("wrong").send().await.problem(401, "unauthenticated");
    w.clock.set(w.clock.now() + TimeDelta::minutes(11));
    log_out().bearer(&ada.access_token).send().await.problem(401, "unauthenticated");
}
