use super::in_force;
use crate::world::{World, titled};
use chrono::TimeDelta;
use colloquy::db::schema::events;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn a_draft_becomes_public_at_once() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let draft = w.draft(&ada, titled("T")).await;
    w.get("/v1/articles/t").await.problem(404, "not_found");
    w.clock.set(w.clock.now() + TimeDelta::minutes(5));
    let reply = w.act(&ada, &draft, "publish").await;
    let article = reply.expect(200);
    assert_eq!((reply.header("etag"), &article["status"]), ("\"2\"", &json!("published")));
    assert_eq!(article["published_at"], "2026-03-14T12:05:00Z");
    assert_eq!(w.get("/v1/articles/t").await.expect(200), in_force(article.clone()));

    let mut conn = w.db.conn().await;
    let published = events::table.filter(events::kind.eq("article.published"));
    let (tags, data, version): (String, serde_json::Value, i64) =
        published.select((events::tags, events::data, events::stream_version)).first(&mut conn).await.unwrap();
    let id = article["id"].as_str().unwrap();
    assert_eq!((tags, version), (format!("article:{id} articles"), 2));
    assert_eq!(data, json!({ "article_id": id, "slug": "t" }));
}

#[actix_web::test]
async fn publishing_again_changes_nothing_and_the_first_date_stays() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let draft = w.draft(&ada, titled("T")).await;
    let article = w.act(&ada, &draft, "publish").await.expect(200);
    w.clock.set(w.clock.now() + TimeDelta::minutes(5));
    // The very same request again, as after a lost answer, and one that read the new revision.
    assert_eq!(w.act(&ada, &draft, "publish").await.expect(200), article);
    assert_eq!(w.act(&ada, &article, "publish").await.expect(200), article);

    let hidden = w.act(&ada, &article, "unpublish").await.expect(200);
    let again = w.act(&ada, &hidden, "publish").await.expect(200);
    assert_eq!((&again["revision"], &again["published_at"]), (&json!(4), &article["published_at"]));
}

#[actix_web::test]
async fn the_revision_must_be_the_present_one() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let draft = w.draft(&ada, titled("T")).await;
    w.edit(&ada, &draft, titled("U")).await.expect(200);
    assert_eq!(w.act(&ada, &draft, "publish").await.problem(412, "precondition_failed"), ["If-Match"]);
    let bare = w.request(Method::POST, "/v1/articles/t/publish").bearer(&ada.access_token).send().await;
    assert_eq!(bare.problem(428, "precondition_required"), ["If-Match"]);
    w.get("/v1/articles/t").await.problem(404, "not_found");
}

#[actix_web::test]
async fn only_its_authors_and_admins_publish() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let draft = w.draft(&ada, titled("T")).await;
    for other in [w.coach("Ben").await, w.reader("Rita").await, w.moderator("Mo").await] {
        w.act(&other, &draft, "publish").await.problem(403, "forbidden");
    }
    w.request(Method::POST, "/v1/articles/t/publish").send().await.problem(401, "unauthenticated");
    w.act(&ada, &json!({ "slug": "no-such-article", "revision": 1 }), "publish").await.problem(404, "not_found");
    w.act(&w.admin("Root").await, &draft, "publish").await.expect(200);
}
