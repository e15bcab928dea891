use crate::world::{World, events, too_often};
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn a_reaction_is_taken_back() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let comment = w.say(&slug, "Wait a little.", None).await;
    let send = async |method: Method| {
        let request = w.request(method, &format!("/v1/comments/{comment}/reactions/helpful"));
        request.bearer(&ada.access_token).send().await.expect(200)
    };
    send(Method::PUT).await;
    let page = w.get(&format!("/v1/articles/{slug}/comments")).await;
    assert_eq!(send(Method::DELETE).await, json!({ "reactions": {}, "mine": [] }));
    assert_ne!(w.get(&format!("/v1/articles/{slug}/comments")).await.header("etag"), page.header("etag"));
    // Without one, nothing happens.
    let told = events(&mut w.db.conn().await).await.len();
    assert_eq!(send(Method::DELETE).await, json!({ "reactions": {}, "mine": [] }));
    assert_eq!(events(&mut w.db.conn().await).await.len(), told);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn only_whoever_is_known_takes_one_back() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let comment = w.say(&slug, "Wait a little.", None).await;
    let remove = || w.request(Method::DELETE, &format!("/v1/comments/{comment}/reactions/helpful"));
    remove().send().await.problem(401, "unauthenticated");
    remove().guest("nonsense").send().await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn taking_back_is_counted_like_giving() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, comment) = (w.reader("Ada").await, w.say(&slug, "Wait a little.", None).await);
    let path = format!("/v1/comments/{comment}/reactions/helpful");
    let remove = async || w.request(Method::DELETE, &path).bearer(&ada.access_token).send().await;
    too_often(remove).await.problem(429, "too_many_requests");
}
