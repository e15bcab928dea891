use crate::world::{BODY, World, titled};
use colloquy::{
    db::schema::{articles, events},
    http::json::MAX_BODY_BYTES,
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_coach_begins_a_draft() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let body = json!({
        "title": "  How   to listen ", "body": BODY, "summary": "Short.", "tags": ["Listening", "listening"],
        "locale": "EN-gb", "comments": { "guests": false },
    });
    let reply = w.request(Method::POST, "/v1/articles").bearer(&ada.access_token).json(&body).send().await;
    let article = reply.expect(201);
    assert_eq!(reply.header("location"), format!("/v1/drafts/{}", article["id"].as_str().unwrap()));
    assert_eq!((reply.header("etag"), reply.header("cache-control")), ("\"1\"", "no-store"));
    for (field, value) in [
        ("title", json!("How to listen")),
        ("slug", json!("how-to-listen")),
        ("status", json!("draft")),
        ("revision", json!(1)),
        ("published_at", Value::Null),
        ("locale", json!("en-GB")),
        ("summary", json!("Short.")),
        ("tags", json!([{ "slug": "listening", "name": "Listening" }])),
        ("authors", json!([{ "id": ada.id, "name": "Ada", "kind": "coach" }])),
        (
            "comments",
            json!({ "open": true, "guests": false, "moderation": null, "links_held": null, "close_after_days": null, "closes_at": null }),
        ),
    ] {
        assert_eq!(article[field], value, "{field}");
    }
    let mut conn = w.db.conn().await;
    let (kind, tags, data): (String, String, Value) = events::table
        .filter(events::kind.like("article.%"))
        .select((events::kind, events::tags, events::data))
        .first(&mut conn)
        .await
        .unwrap();
    // Not even the slug, which tells the title.
    let id = article["id"].as_str().unwrap();
    assert_eq!((kind, tags, data), ("article.created".into(), format!("article:{id}"), json!({ "article_id": id })));
}

#[actix_web::test]
async fn other_authors_can_be_named_if_they_may_write() {
    let w = World::new().await;
    let (ada, ben, rita) = (w.coach("Ada").await, w.coach("Ben").await, w.reader("Rita").await);
    let with = |authors: Value| json!({ "title": "T", "body": "B", "authors": authors });
    let post =
        async |body: Value| w.request(Method::POST, "/v1/articles").bearer(&ada.access_token).json(&body).send().await;
    let article = post(with(json!([ben.id, ada.id]))).await.expect(201);
    let names: Vec<_> = article["authors"].as_array().unwrap().iter().map(|author| &author["name"]).collect();
    assert_eq!(names, ["Ben", "Ada"]);
    let unknown = "00000000-0000-7000-8000-000000000000";
    let refused = post(with(json!([ada.id, rita.id, unknown]))).await.problem(422, "validation");
    assert_eq!(refused, ["#/authors/1", "#/authors/2"]);
    assert_eq!(post(with(json!([]))).await.problem(422, "validation"), ["#/authors"]);
    assert_eq!(post(with(json!([ada.id, ada.id]))).await.problem(422, "validation"), ["#/authors/1"]);
    assert_eq!(post(with(json!(["ada"]))).await.problem(400, "bad_request"), ["#/authors/0"]);
}

#[actix_web::test]
async fn equal_titles_get_slugs_of_their_own_also_at_the_same_moment() {
    let w = World::with(&[("workers", "2")]).await;
    let ada = w.coach("Ada").await;
    let drafts = futures_util::future::join_all((0..6).map(|_| w.draft(&ada, titled("Again")))).await;
    let mut slugs: Vec<_> = drafts.iter().map(|draft| draft["slug"].as_str().unwrap()).collect();
    slugs.sort_unstable();
    assert_eq!(slugs, ["again", "again-2", "again-3", "again-4", "again-5", "again-6"]);
    assert_eq!(w.draft(&ada, titled("Again 2")).await["slug"], "again-2-2");
    let long = w.draft(&ada, titled(&"word ".repeat(30))).await;
    let longer = w.draft(&ada, titled(&"word ".repeat(30))).await;
    let (first, second) = (long["slug"].as_str().unwrap(), longer["slug"].as_str().unwrap());
    assert!(second.ends_with("-2") && second.len() <= 80 && first.len() <= 80, "{first} {second}");
    assert_eq!(w.draft(&ada, titled("?!")).await["slug"], "untitled");
}

#[actix_web::test]
async fn a_slug_that_is_or_was_anothers_is_refused() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let first = w.draft(&ada, json!({ "title": "T", "slug": "chosen" })).await;
    w.edit(&ada, &first, json!({ "slug": "changed" })).await.expect(200);
    for slug in ["chosen", "changed"] {
        let body = json!({ "title": "T", "body": "B", "slug": slug });
        let reply = w.request(Method::POST, "/v1/articles").bearer(&ada.access_token).json(&body).send().await;
        assert_eq!(reply.problem(409, "slug_taken"), ["#/slug"]);
    }
    let mut conn = w.db.conn().await;
    assert_eq!(articles::table.count().get_result::<i64>(&mut conn).await.unwrap(), 1);
}

#[actix_web::test]
async fn only_coaches_and_admins_write() {
    let w = World::new().await;
    let body = json!({ "title": "T", "body": "B" });
    w.post("/v1/articles", &body).await.problem(401, "unauthenticated");
    for other in [w.reader("Rita").await, w.moderator("Mo").await] {
        let reply = w.request(Method::POST, "/v1/articles").bearer(&other.access_token).json(&body).send().await;
        reply.problem(403, "forbidden");
    }
    let root = w.admin("Root").await;
    let article = w.draft(&root, titled("By an admin")).await;
    assert_eq!(article["authors"][0]["kind"], "admin");
}

#[actix_web::test]
async fn every_bad_field_is_named_and_nothing_is_written() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let refused = async |changes: Value, status: u16, code: &str| {
        let mut body = json!({ "title": "T", "body": "B" });
        body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        w.request(Method::POST, "/v1/articles").bearer(&ada.access_token).json(&body).send().await.problem(status, code)
    };
    for (changes, places) in [
        (json!({ "title": "a\u{0}b" }), vec!["#/title"]),
        (json!({ "title": "a\u{202e}b" }), vec!["#/title"]),
        (json!({ "title": "a\nb" }), vec!["#/title"]),
        (json!({ "title": " " }), vec!["#/title"]),
        (json!({ "title": "x".repeat(201) }), vec!["#/title"]),
        (json!({ "body": "" }), vec!["#/body"]),
        (json!({ "body": "a\u{0}b" }), vec!["#/body"]),
        (json!({ "body": "x".repeat(500_001) }), vec!["#/body"]),
        (json!({ "summary": "x".repeat(501) }), vec!["#/summary"]),
        (json!({ "slug": "Not A Slug" }), vec!["#/slug"]),
        (json!({ "slug": "" }), vec!["#/slug"]),
        (json!({ "locale": "english" }), vec!["#/locale"]),
        (json!({ "tags": vec!["x"; 21] }), vec!["#/tags"]),
        (json!({ "tags": ["ok", "", "?", "x".repeat(61)] }), vec!["#/tags/1", "#/tags/2", "#/tags/3"]),
        (json!({ "title": "", "body": "", "slug": "?" }), vec!["#/title", "#/body", "#/slug"]),
    ] {
        assert_eq!(refused(changes, 422, "validation").await, places);
    }
    assert_eq!(refused(json!({ "title": 1 }), 400, "bad_request").await, ["#/title"]);
    assert_eq!(refused(json!({ "comments": { "open": "yes" } }), 400, "bad_request").await, ["#/comments/open"]);
    assert_eq!(refused(json!({ "comments": { "shut": true } }), 400, "bad_request").await, ["#/comments/shut"]);
    assert_eq!(refused(json!({ "status": "published" }), 400, "bad_request").await, ["#/status"]);

    let raw = async |media_type: &str, body: Vec<u8>| {
        w.request(Method::POST, "/v1/articles").bearer(&ada.access_token).raw(media_type, body).send().await
    };
    raw("application/json", b"{\"title\":".to_vec()).await.problem(400, "bad_request");
    raw("application/json", b"{\"title\":\"T\"}".to_vec()).await.problem(400, "bad_request");
    raw("application/json", b"\xff\xfe".to_vec()).await.problem(400, "bad_request");
    raw("text/plain", b"{\"title\":\"T\",\"body\":\"B\"}".to_vec()).await.problem(415, "unsupported_media_type");
    raw("application/json", vec![b' '; MAX_BODY_BYTES + 1]).await.problem(413, "body_too_large");
    let mut conn = w.db.conn().await;
    assert_eq!(articles::table.count().get_result::<i64>(&mut conn).await.unwrap(), 0);
}

#[actix_web::test]
async fn a_key_makes_it_happen_once() {
    let w = World::new().await;
    let (ada, ben) = (w.coach("Ada").await, w.coach("Ben").await);
    let body = json!({ "title": "Once", "body": BODY });
    let post = async |who: &crate::world::Person, key: &str, body: &Value| {
        let request = w.request(Method::POST, "/v1/articles").bearer(&who.access_token);
        request.header("idempotency-key", key).json(body).send().await
    };
    let first = post(&ada, "one-key-for-it", &body).await;
    let again = post(&ada, "one-key-for-it", &body).await;
    assert_eq!(again.expect(201), first.expect(201));
    assert_eq!(again.header("location"), first.header("location"));
    let other = post(&ada, "one-key-for-it", &json!({ "title": "Other", "body": BODY })).await;
    assert_eq!(other.problem(422, "idempotency_key_reused"), ["Idempotency-Key"]);
    assert_eq!(post(&ada, "short", &body).await.problem(400, "bad_request"), ["Idempotency-Key"]);
    assert_eq!(post(&ben, "one-key-for-it", &body).await.expect(201)["slug"], "once-2");
    let mut conn = w.db.conn().await;
    assert_eq!(articles::table.count().get_result::<i64>(&mut conn).await.unwrap(), 2);
}
