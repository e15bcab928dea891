use crate::world::{CAREFUL, World, id};
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn all_that_waits_of_one_author_is_shown() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (other, _) = w.article_taking("Elsewhere", CAREFUL).await;
    let (reader, mo, hollis) = (w.reader("Ada").await, w.moderator("Mo").await, w.moderator("Hollis").await);
    let mut own = Vec::new();
    for slug in [&slug, &other, &slug] {
        let body = json!({ "body": format!("Mine, {}.", own.len()) });
        own.push(id(&w.post_as(&reader.access_token, slug, &body).await.expect(201)));
    }
    let foreign = w.say(&slug, "Another's.", None).await;
    w.claim(&hollis, &own[2]).await.expect(200);
    let path = format!("/v1/moderation/authors/{}/approve", reader.id);
    let approved = w.post_by(&mo, &path, &json!({})).await.expect(200);
    assert_eq!((&approved["approved"], &approved["left"]), (&json!(2), &json!(1)));
    let named: Vec<&str> =
        approved["items"].as_array().unwrap().iter().map(|item| item["comment_id"].as_str().unwrap()).collect();
    assert_eq!(named, own[..2]);
    assert_eq!(w.queued(&mo, "").await, [own[2].clone(), foreign]);
    w.assert_counters_right().await;
    // The one that is claimed is for who claimed it; then there is nothing, which is no error.
    let rest = w.request(Method::POST, &path).bearer(&hollis.access_token).send().await.expect(200);
    assert_eq!((&rest["approved"], &rest["left"]), (&json!(1), &json!(0)));
    assert_eq!(w.post_by(&mo, &path, &json!({})).await.expect(200), json!({ "approved": 0, "left": 0, "items": [] }));
}

#[actix_web::test]
async fn a_guest_is_an_author_too() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let moderator = w.moderator("Mo").await;
    let posted = w.post_as_guest(&slug, "Hello.", None).await.expect(201);
    let path = format!("/v1/moderation/authors/{}/approve", posted["author"]["id"].as_str().unwrap());
    assert_eq!(w.post_by(&moderator, &path, &json!({})).await.expect(200)["approved"], 1);
    assert_eq!(w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200)["count"], 1);
}

#[actix_web::test]
async fn what_is_wrong_is_refused() {
    let w = World::new().await;
    let (reader, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let path = format!("/v1/moderation/authors/{}/approve", reader.id);
    let nobody = format!("/v1/moderation/authors/{}/approve", w.clock.id());
    w.post_by(&moderator, &nobody, &json!({})).await.problem(404, "not_found");
    w.post_by(&reader, &path, &json!({})).await.problem(403, "forbidden");
}
