//! What machines do and people do not: fill in every field, and link to everything.

use crate::world::World;
use reqwest::Method;
use serde_json::{Value, json};

fn links(number: usize) -> String {
    "[a link](https://example.org/page) ".repeat(number)
}

#[actix_web::test]
async fn the_field_that_people_do_not_see_must_be_empty() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let said = |website: Value| json!({ "body": "Hello.", "guest": { "name": "Wendy" }, "website": website });
    let path = format!("/v1/articles/{slug}/comments");
    for website in ["https://example.org", " ", "\u{0}", &"x".repeat(100_000)] {
        let refused = w.post(&path, &said(json!(website))).await;
        assert_eq!(refused.problem(422, "validation"), ["#/website"]);
        assert_eq!(refused.json()["errors"][0]["code"], "must_be_empty");
    }
    let reader = w.reader("Ada").await;
    let as_reader = w.post_as(&reader.access_token, &slug, &json!({ "body": "Hello.", "website": "x" })).await;
    assert_eq!(as_reader.problem(422, "validation"), ["#/website"]);
    assert_eq!(w.post(&path, &said(json!(7))).await.problem(400, "bad_request"), ["#/website"]);
    assert_eq!(w.stored(article_id).await, 0);
    w.post(&path, &said(json!(""))).await.expect(201);
    w.post_as(&reader.access_token, &slug, &json!({ "body": "Hello.", "website": null })).await.expect(201);
}

#[actix_web::test]
async fn a_comment_holds_so_many_links_and_staff_sets_more() {
    let w = World::with(&[("comment_links", "2")]).await;
    let (slug, _) = w.open_article().await;
    w.say(&slug, &links(2), None).await;
    let refused = w.post_as_guest(&slug, &links(3), None).await;
    assert_eq!(refused.problem(422, "validation"), ["#/body"]);
    let flaw = &refused.json()["errors"][0];
    assert_eq!((&flaw["code"], &flaw["detail"]), (&json!("too_many_links"), &json!("holds 3 links; 2 at most")));
    let bare = "https://example.org/1 <https://example.org/2> ![](https://example.org/3.png)";
    assert_eq!(w.post_as_guest(&slug, bare, None).await.problem(422, "validation"), ["#/body"]);
    let (reader, coach) = (w.reader("Ada").await, w.coach("Colin").await);
    let many = json!({ "body": links(30) });
    assert_eq!(w.post_as(&reader.access_token, &slug, &many).await.problem(422, "validation"), ["#/body"]);
    w.post_as(&coach.access_token, &slug, &many).await.expect(201);
}

#[actix_web::test]
async fn an_edit_brings_no_more_links_than_a_post() {
    let w = World::with(&[("comment_links", "2")]).await;
    let (slug, _) = w.open_article().await;
    let reader = w.reader("Ada").await;
    let posted = w.post_as(&reader.access_token, &slug, &json!({ "body": "Hello." })).await.expect(201);
    let path = format!("/v1/comments/{}", posted["id"].as_str().unwrap());
    let edit = async |body: &str| {
        let request = w.request(Method::PATCH, &path).bearer(&reader.access_token).header("if-match", "\"1\"");
        request.json(&json!({ "body": body })).send().await
    };
    let refused = edit(&links(3)).await;
    assert_eq!(refused.problem(422, "validation"), ["#/body"]);
    assert_eq!(refused.json()["errors"][0]["code"], "too_many_links");
    edit(&links(2)).await.expect(200);
}
