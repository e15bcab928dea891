use crate::world::{World, slugs, titled};
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn it_is_gone_from_every_public_read_at_once() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let article = w.article(&ada, json!({ "title": "T", "tags": ["Tagged"] })).await;
    let article = w.edit(&ada, &article, json!({ "slug": "u" })).await.expect(200);
    let reads = ["/v1/articles/t", "/v1/articles/u", "/v1/articles", "/v1/articles?tag=tagged"];
    for read in reads {
        assert!(w.get(read).await.status.as_u16() < 400, "{read}");
    }
    let reply = w.act(&ada, &article, "unpublish").await;
    let hidden = reply.expect(200);
    assert_eq!((&hidden["status"], reply.header("etag")), (&json!("draft"), "\"4\""));
    assert_eq!(hidden["published_at"], article["published_at"]);
    for read in &reads[..2] {
        w.get(read).await.problem(404, "not_found");
    }
    for read in &reads[2..] {
        assert!(slugs(&w.get(read).await.expect(200)).is_empty());
    }
    // Again, as after a lost answer.
    assert_eq!(w.act(&ada, &article, "unpublish").await.expect(200), hidden);
    w.act(&ada, &hidden, "publish").await.expect(200);
    w.get("/v1/articles/u").await.expect(200);
}

#[actix_web::test]
async fn only_its_authors_and_admins_take_it_back() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let article = w.article(&ada, titled("T")).await;
    for other in [w.coach("Ben").await, w.reader("Rita").await, w.moderator("Mo").await] {
        w.act(&other, &article, "unpublish").await.problem(403, "forbidden");
    }
    w.request(Method::POST, "/v1/articles/t/unpublish").send().await.problem(401, "unauthenticated");
    let bare = w.request(Method::POST, "/v1/articles/t/unpublish").bearer(&ada.access_token).send().await;
    assert_eq!(bare.problem(428, "precondition_required"), ["If-Match"]);
    let stale = json!({ "slug": "t", "revision": 1 });
    assert_eq!(w.act(&ada, &stale, "unpublish").await.problem(412, "precondition_failed"), ["If-Match"]);
    w.act(&ada, &json!({ "slug": "no-such-article", "revision": 1 }), "unpublish").await.problem(404, "not_found");
    w.get("/v1/articles/t").await.expect(200);
    w.act(&w.admin("Root").await, &article, "unpublish").await.expect(200);
}
