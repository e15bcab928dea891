use crate::world::World;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn none_is_left_not_even_this_one() {
    let w = World::new().await;
    let (ada, bea) = (w.reader("Ada").await, w.reader("Bea").await);
    let (elsewhere, _) = w.log_in(&ada.email).await;
    w.request(Method::DELETE, "/v1/sessions").bearer(&elsewhere).send().await.expect(204);
    for token in [&elsewhere, &ada.access_token] {
        let me = w.request(Method::GET, "/v1/accounts/me").bearer(token).send().await;
        me.problem(401, "unauthenticated");
    }
    let refresh = json!({ "refresh_token": ada.refresh_token });
    w.post("/v1/sessions/refresh", &refresh).await.problem(401, "bad_refresh_token");
    w.request(Method::GET, "/v1/accounts/me").bearer(&bea.access_token).send().await.expect(200);
}

#[actix_web::test]
async fn without_a_token_there_are_none_to_end() {
    let w = World::new().await;
    w.request(Method::DELETE, "/v1/sessions").send().await.problem(401, "unauthenticated");
}
