use crate::world::{World, slugs, titled};
use chrono::TimeDelta;
use reqwest::Method;

#[actix_web::test]
async fn coaches_walk_through_all_drafts_newest_first() {
    let w = World::with(&[("standing_seconds", "0")]).await;
    let (ada, ben) = (w.coach("Ada").await, w.coach("Ben").await);
    for (author, title) in [(&ada, "One"), (&ben, "Two"), (&ada, "Three"), (&ben, "Four"), (&ada, "Five")] {
        w.clock.set(w.clock.now() + TimeDelta::minutes(1));
        w.draft(author, titled(title)).await;
    }
    w.article(&ada, titled("Public")).await;
    let page = async |url: &str| {
        let reply = w.request(Method::GET, &w.url(url)).bearer(&ada.access_token).send().await;
        assert_eq!(reply.header("cache-control"), "private, no-store");
        reply.expect(200)
    };
    let all = page("/v1/drafts").await;
    assert_eq!(slugs(&all), ["five", "four", "three", "two", "one"]);
    assert_eq!((&all["items"][1]["authors"][0]["name"], &all["items"][1]["status"]), (&"Ben".into(), &"draft".into()));

    let first = page("/v1/drafts?limit=2").await;
    let second = page(first["next"].as_str().unwrap()).await;
    let third = page(second["next"].as_str().unwrap()).await;
    assert_eq!([slugs(&first), slugs(&second), slugs(&third)].concat(), slugs(&all));
    assert!(third["next"].is_null());
    assert_eq!(page(third["prev"].as_str().unwrap()).await["items"], second["items"]);
    assert_eq!(page(second["prev"].as_str().unwrap()).await["items"], first["items"]);

    let (statements_of_one, _) = w.statements(page("/v1/drafts?limit=1")).await;
    let (statements_of_all, _) = w.statements(page("/v1/drafts?limit=50")).await;
    assert_eq!(statements_of_one, statements_of_all);
}

#[actix_web::test]
async fn nobody_else_sees_them_and_bad_parameters_are_named() {
    let w = World::new().await;
    w.get("/v1/drafts").await.problem(401, "unauthenticated");
    for other in [w.reader("Rita").await, w.moderator("Mo").await] {
        w.request(Method::GET, "/v1/drafts").bearer(&other.access_token).send().await.problem(403, "forbidden");
    }
    let ada = w.coach("Ada").await;
    let refusal = async |query: &str, code: &str| {
        let path = format!("/v1/drafts?{query}");
        w.request(Method::GET, &path).bearer(&ada.access_token).send().await.problem(400, code)
    };
    assert_eq!(refusal("limit=0", "bad_request").await, ["limit"]);
    assert_eq!(refusal("tag=x", "bad_request").await, ["tag"]);
    w.shelf(&ada, 3).await;
    let of_articles = w.get("/v1/articles?limit=1").await.expect(200)["next"].as_str().unwrap().to_owned();
    assert_eq!(refusal(of_articles.split_once('?').unwrap().1, "bad_cursor").await, ["cursor"]);
}
