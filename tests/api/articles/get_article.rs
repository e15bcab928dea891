use super::in_force;
use crate::world::{BODY, World, titled};
use colloquy::{
    accounts::{self, Who},
    http::permission::Role,
};
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn an_article_comes_whole_with_its_sections() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let published = w.article(&ada, titled("How to listen")).await;
    let reply = w.get("/v1/articles/how-to-listen").await;
    let article = reply.expect(200);
    assert_eq!(article, in_force(published));
    assert_eq!(article["body"]["markdown"], BODY);
    assert!(article["body"]["html"].as_str().unwrap().contains("<strong>all</strong>"));
    let sections = article["sections"].as_array().unwrap();
    let outline: Vec<_> = sections.iter().map(|s| (&s["kind"], &s["level"], &s["heading"])).collect();
    let (lead, step) = (json!("lead"), json!("step"));
    let (one, two) = (json!("Step 1: Wait"), json!("Step 2: Listen"));
    let expected = [(&lead, &json!(0), &Value::Null), (&step, &json!(2), &one), (&step, &json!(2), &two)];
    assert_eq!(outline, expected);
    assert!(sections.iter().all(|section| !section["id"].as_str().unwrap().is_empty()));
    let tags = format!("article:{},account:{}", article["id"].as_str().unwrap(), ada.id);
    assert_eq!(reply.header("cache-tag"), tags);
}

#[actix_web::test]
async fn an_unchanged_article_is_a_304_and_a_changed_one_is_sent() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let article = w.article(&ada, titled("How to listen")).await;
    let path = "/v1/articles/how-to-listen";
    let before = w.get(path).await;
    let conditional = || w.request(Method::GET, path).header("if-none-match", before.header("etag"));
    conditional().send().await.expect(304);
    w.get_kept(path).await.expect(200);

    w.edit(&ada, &article, titled("How to hear")).await.expect(200);
    let after = conditional().send().await;
    assert_eq!(after.expect(200)["title"], "How to hear");
    assert_ne!(after.header("etag"), before.header("etag"));
    let head = w.request(Method::HEAD, path).send().await;
    assert_eq!((head.status.as_u16(), head.bytes.len(), head.header("etag")), (200, 0, after.header("etag")));
}

#[actix_web::test]
async fn a_former_slug_leads_to_the_present_one() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let article = w.article(&ada, titled("First name")).await;
    let article = w.edit(&ada, &article, json!({ "slug": "second-name" })).await.expect(200);
    let moved = w.get("/v1/articles/first-name").await;
    assert_eq!(moved.expect(308), json!({ "slug": "second-name", "url": "/v1/articles/second-name" }));
    assert_eq!(moved.header("location"), "/v1/articles/second-name");
    w.get(moved.header("location")).await.expect(200);

    // A redirect is kept like any other page, and dropped like any other.
    let article = w.edit(&ada, &article, json!({ "slug": "third-name" })).await.expect(200);
    for former in ["first-name", "second-name"] {
        assert_eq!(w.get(&format!("/v1/articles/{former}")).await.header("location"), "/v1/articles/third-name");
    }
    w.edit(&ada, &article, json!({ "slug": "first-name" })).await.expect(200);
    w.get("/v1/articles/first-name").await.expect(200);
    assert_eq!(w.get("/v1/articles/third-name").await.header("location"), "/v1/articles/first-name");
}

#[actix_web::test]
async fn a_draft_looks_like_what_does_not_exist() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let draft = w.draft(&ada, titled("Hidden")).await;
    w.edit(&ada, &draft, json!({ "slug": "hidden-still" })).await.expect(200);
    let unknown = w.get("/v1/articles/no-such-article").await;
    unknown.problem(404, "not_found");
    let strange = ["%00", "..%2F..", "Hidden", "a%20b", "%F0%9F%99%82", &"x".repeat(2000)];
    for slug in ["hidden", "hidden-still"].iter().chain(&strange) {
        let reply = w.get(&format!("/v1/articles/{slug}")).await;
        assert_eq!((reply.status, &reply.bytes), (unknown.status, &unknown.bytes), "{slug}");
        let path = format!("/v1/articles/{slug}");
        let as_coach = w.request(Method::GET, &path).bearer(&ada.access_token).send().await;
        assert_eq!(as_coach.bytes, unknown.bytes, "{slug}");
    }
}

#[actix_web::test]
async fn html_in_markdown_is_made_safe() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let body = "<script>alert(1)</script>\n\n## <img src=x onerror=alert(1)>Heading\n\n[x](javascript:alert(1))";
    let article = w.article(&ada, json!({ "title": "<b>Bold</b>", "body": body })).await;
    assert_eq!(article["title"], "<b>Bold</b>");
    let shown = format!("{}{}", article["body"]["html"], article["sections"]);
    for bad in ["<script", "onerror", "javascript:"] {
        assert!(!shown.contains(bad), "{shown}");
    }
}

#[actix_web::test]
async fn its_authors_are_shown_as_they_are_now() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    w.article(&ada, titled("T")).await;
    assert_eq!(w.get("/v1/articles/t").await.expect(200)["authors"][0]["kind"], "coach");
    let who = Who::Id(ada.id.parse().unwrap());
    w.write(async |tx| accounts::set_role(tx, &w.secrets, &who, Role::Admin).await).await.unwrap();
    assert_eq!(w.get("/v1/articles/t").await.expect(200)["authors"][0]["kind"], "admin");
    assert_eq!(w.get("/v1/articles").await.expect(200)["items"][0]["authors"][0]["kind"], "admin");
}
