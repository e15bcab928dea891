use super::{but, create, line, names, names_of};
use crate::world::World;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn everybody_gets_what_is_good_where_they_are_in_the_publications_order() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    for (position, (name, region, language)) in
        [("Austria", "AT", "de"), ("Europe", "", "en"), ("Germany", "DE", "de-de"), ("Brazil", "BR", "pt-br")]
            .into_iter()
            .enumerate()
    {
        let resource = but(line(name, region, language), json!({ "position": 10 - position }));
        create(&w, &moderator, &resource).await.expect(201);
    }
    assert_eq!(names(&w, "").await, ["Brazil", "Germany", "Europe", "Austria"]);
    assert_eq!(names(&w, "region=DE").await, ["Germany", "Europe"]);
    assert_eq!(names(&w, "region=de&language=de").await, ["Germany"]);
    assert_eq!(names(&w, "language=de").await, ["Germany", "Austria"]);
    assert_eq!(names(&w, "language=DE-ch").await, ["Germany", "Austria"]);
    assert_eq!(names(&w, "language=pt").await, ["Brazil"]);
    assert!(names(&w, "language=fr").await.is_empty());
}

#[actix_web::test]
async fn a_change_is_seen_at_once_and_what_did_not_change_is_not_sent_again() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    create(&w, &moderator, &line("One", "", "en")).await.expect(201);
    let first = w.get("/v1/support?language=en").await;
    assert_eq!(names_of(&first.expect(200)["items"]), ["One"]);
    let again = w.request(Method::GET, "/v1/support?language=en").header("if-none-match", first.header("etag"));
    assert_eq!(again.send().await.status, 304);
    create(&w, &moderator, &line("Two", "", "en")).await.expect(201);
    let again = w.request(Method::GET, "/v1/support?language=en").header("if-none-match", first.header("etag"));
    assert_eq!(names_of(&again.send().await.expect(200)["items"]), ["One", "Two"]);
    assert!(first.header("cache-tag").contains("support"), "{:?}", first.headers);
}

#[actix_web::test]
async fn what_is_no_region_or_language_is_named() {
    let w = World::new().await;
    for (parameters, name) in [
        ("region=Germany", "region"),
        ("region=D", "region"),
        ("language=d", "language"),
        ("language=german", "language"),
        ("language=de_DE", "language"),
    ] {
        let refused = w.get(&format!("/v1/support?{parameters}")).await;
        assert_eq!(refused.problem(400, "bad_request"), [name], "{parameters}");
    }
    w.get("/v1/support?country=DE").await.problem(400, "bad_request");
}
