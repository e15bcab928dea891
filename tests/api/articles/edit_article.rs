use super::in_force;
use crate::world::{BODY, World, titled};
use colloquy::db::schema::{article_revisions, events};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn what_is_named_changes_and_the_rest_stays() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let fields = json!({ "title": "Old", "summary": "S", "tags": ["One", "Two"], "comments": { "guests": false } });
    let before = w.article(&ada, fields).await;
    w.clock.set(w.clock.now() + chrono::TimeDelta::minutes(5));
    let changes = json!({
        "title": "New", "tags": ["Two", "Three"], "comments": { "moderation": "all" }, "summary": "", "locale": "de",
    });
    let reply = w.edit(&ada, &before, changes).await;
    let after = reply.expect(200);
    assert_eq!(reply.header("etag"), "\"3\"");
    let mut expected = before.clone();
    for (field, value) in [
        ("revision", json!(3)),
        ("title", json!("New")),
        ("summary", json!("")),
        ("locale", json!("de")),
        ("tags", json!([{ "slug": "three", "name": "Three" }, { "slug": "two", "name": "Two" }])),
        (
            "comments",
            json!({
                "open": true, "guests": false, "moderation": "all", "links_held": null, "close_after_days": null, "closes_at": null,
            }),
        ),
        ("updated_at", json!("2026-03-14T12:05:00Z")),
    ] {
        expected[field] = value;
    }
    assert_eq!(after, expected);
    let mut public = after;
    public["comments"]["links_held"] = json!(2);
    assert_eq!(w.get("/v1/articles/old").await.expect(200), public);
}

#[actix_web::test]
async fn sections_keep_their_ids_and_the_earlier_text_is_kept() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let before = w.draft(&ada, titled("T")).await;
    let body = format!("{BODY}\n\n## Step 3: Answer\n\nBriefly.").replace("Step 1: Wait", "Step 1: Wait longer");
    let after = w.edit(&ada, &before, json!({ "body": body })).await.expect(200);
    let ids = |article: &Value| -> Vec<String> {
        let sections = article["sections"].as_array().unwrap();
        sections.iter().map(|section| section["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&after)[..3], ids(&before)[..]);
    assert_eq!(after["sections"][1]["heading"], "Step 1: Wait longer");

    let mut conn = w.db.conn().await;
    let kept: Vec<(i64, String, String)> = article_revisions::table
        .select((article_revisions::revision, article_revisions::title, article_revisions::body_markdown))
        .load(&mut conn)
        .await
        .unwrap();
    assert_eq!(kept, [(1, "T".to_owned(), BODY.to_owned())]);
}

#[actix_web::test]
async fn a_change_that_changes_nothing_makes_no_revision() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let before = w.article(&ada, json!({ "title": "T", "tags": ["Two", "One"] })).await;
    let same = json!({
        "title": "T", "body": BODY, "slug": "t", "tags": ["one", "two"], "authors": [ada.id], "comments": { "open": true },
    });
    for changes in [json!({}), same] {
        assert_eq!(w.edit(&ada, &before, changes).await.expect(200), before);
    }
    let mut conn = w.db.conn().await;
    let edits = events::table.filter(events::kind.eq("article.edited")).count();
    assert_eq!(edits.get_result::<i64>(&mut conn).await.unwrap(), 0);
}

#[actix_web::test]
async fn whether_it_is_filed_otherwise_is_told() {
    let w = World::new().await;
    let (ada, bea) = (w.coach("Ada").await, w.coach("Bea").await);
    let mut article = w.article(&ada, titled("T")).await;
    for changes in [
        json!({ "title": "U" }),
        json!({ "body": "Another text.", "comments": { "open": true } }),
        json!({ "tags": ["One"] }),
        json!({ "authors": [ada.id, bea.id] }),
        json!({ "locale": "fr", "title": "V" }),
    ] {
        article = w.edit(&ada, &article, changes).await.expect(200);
    }
    let edits = events::table.filter(events::kind.eq("article.edited")).order(events::stream_version);
    let told: Vec<Value> = edits.select(events::data).load(&mut w.db.conn().await).await.unwrap();
    let refiled: Vec<bool> = told.iter().map(|data| data["refiled"].as_bool().unwrap()).collect();
    assert_eq!(refiled, [false, false, true, true, true]);
    assert!(told.iter().all(|data| data["slug"] == "t" && data["article_id"] == article["id"]), "{told:?}");
}

#[actix_web::test]
async fn the_revision_that_was_read_must_be_named_and_be_the_present_one() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let draft = w.draft(&ada, titled("T")).await;
    let patch = async |revision: Option<&str>| {
        let request = w.request(Method::PATCH, "/v1/articles/t").bearer(&ada.access_token);
        let request = if let Some(revision) = revision { request.header("if-match", revision) } else { request };
        request.json(&titled("New")).send().await
    };
    assert_eq!(patch(None).await.problem(428, "precondition_required"), ["If-Match"]);
    for stale in ["\"0\"", "\"2\"", "1", "W/\"1\"", "nonsense", ""] {
        assert_eq!(patch(Some(stale)).await.problem(412, "precondition_failed"), ["If-Match"], "{stale}");
    }
    patch(Some("\"1\"")).await.expect(200);
    assert_eq!(w.edit(&ada, &draft, titled("Late")).await.problem(412, "precondition_failed"), ["If-Match"]);
    patch(Some("*")).await.expect(200);
}

#[actix_web::test]
async fn of_two_edits_at_the_same_moment_one_wins() {
    let w = World::with(&[("workers", "2")]).await;
    let ada = w.coach("Ada").await;
    let draft = w.draft(&ada, titled("T")).await;
    let edits = (0..4).map(|number| w.edit(&ada, &draft, titled(&format!("T {number}"))));
    let mut statuses: Vec<_> =
        futures_util::future::join_all(edits).await.iter().map(|reply| reply.status.as_u16()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412, 412, 412]);
}

#[actix_web::test]
async fn its_authors_and_admins_may_edit() {
    let w = World::new().await;
    let (ada, ben, root) = (w.coach("Ada").await, w.coach("Ben").await, w.admin("Root").await);
    let article = w.article(&ada, titled("T")).await;
    w.edit(&ben, &article, titled("Ben's")).await.problem(403, "forbidden");
    let article = w.edit(&root, &article, json!({ "authors": [ben.id] })).await.expect(200);
    assert_eq!(article["authors"][0]["name"], "Ben");
    w.edit(&ada, &article, titled("Ada's")).await.problem(403, "forbidden");
    w.edit(&ben, &article, titled("Ben's")).await.expect(200);
    for other in [w.reader("Rita").await, w.moderator("Mo").await] {
        w.edit(&other, &article, titled("Theirs")).await.problem(403, "forbidden");
    }
    w.request(Method::PATCH, "/v1/articles/t").json(&titled("?")).send().await.problem(401, "unauthenticated");
    let missing = json!({ "slug": "no-such-article", "revision": 1 });
    w.edit(&ada, &missing, titled("?")).await.problem(404, "not_found");
}

#[actix_web::test]
async fn bad_fields_are_named_and_nothing_changes() {
    let w = World::new().await;
    let (ada, rita) = (w.coach("Ada").await, w.reader("Rita").await);
    let article = w.article(&ada, titled("T")).await;
    w.draft(&ada, titled("Other")).await;
    for (changes, place) in [
        (json!({ "title": "" }), "#/title"),
        (json!({ "title": "a\u{202e}b" }), "#/title"),
        (json!({ "body": "\u{0}" }), "#/body"),
        (json!({ "slug": "-" }), "#/slug"),
        (json!({ "tags": ["!"] }), "#/tags/0"),
        (json!({ "authors": [] }), "#/authors"),
        (json!({ "authors": [rita.id] }), "#/authors/0"),
    ] {
        assert_eq!(w.edit(&ada, &article, changes).await.problem(422, "validation"), [place]);
    }
    let taken = w.edit(&ada, &article, json!({ "slug": "other", "title": "New" })).await;
    assert_eq!(taken.problem(409, "slug_taken"), ["#/slug"]);
    let unknown = w.edit(&ada, &article, json!({ "published_at": "2026-01-01T00:00:00Z" })).await;
    assert_eq!(unknown.problem(400, "bad_request"), ["#/published_at"]);
    assert_eq!(w.get("/v1/articles/t").await.expect(200), in_force(article));
}

#[actix_web::test]
async fn a_former_slug_still_names_it_for_edits() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let before = w.draft(&ada, titled("T")).await;
    let mut after = w.edit(&ada, &before, json!({ "slug": "u" })).await.expect(200);
    after["slug"] = "t".into();
    assert_eq!(w.edit(&ada, &after, titled("New")).await.expect(200)["slug"], "u");
}
