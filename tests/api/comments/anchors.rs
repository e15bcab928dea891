//! Comments that point to a section of their article and quote it.

use crate::world::{Person, Reply, World, id};
use reqwest::Method;
use serde_json::{Value, json};

const BODY: &str = "Begin.\n\n## Step 1: Wait\n\nAsk *once*, then\nwait.\n\n## Step 2: Listen\n\nTo all of it.";

async fn post(w: &World, slug: &str, anchor: Value) -> Reply {
    // Nobody says the same twice.
    let mut body = json!({ "body": format!("On this, {}.", w.clock.id()), "guest": { "name": "Wendy" } });
    body.as_object_mut().unwrap().extend(anchor.as_object().unwrap().clone());
    w.post(&format!("/v1/articles/{slug}/comments"), &body).await
}

async fn edit(w: &World, editor: &Person, slug: &str, body: &str) {
    let edit = w.request(Method::PATCH, &format!("/v1/articles/{slug}")).bearer(&editor.access_token);
    edit.header("if-match", "*").json(&json!({ "body": body })).send().await.expect(200);
}

/// The slug of an article and the ids of its steps.
async fn article(w: &World) -> (String, String, String) {
    let (slug, _) = w.open_article().await;
    edit(w, &w.admin("June").await, &slug, BODY).await;
    let article = w.get(&format!("/v1/articles/{slug}")).await.expect(200);
    let step = |n: usize| article["sections"][n]["id"].as_str().unwrap().to_owned();
    (slug, step(1), step(2))
}

#[actix_web::test]
async fn a_quote_stands_in_its_section() {
    let w = World::new().await;
    let (slug, wait, _) = article(&w).await;
    let posted =
        post(&w, &slug, json!({ "section_id": wait, "quote": " Ask once,\n then   wait. " })).await.expect(201);
    assert_eq!((&posted["section_id"], &posted["quote"]), (&json!(wait), &json!("Ask once, then wait.")));
    let page = w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200);
    assert_eq!(
        (&page["items"][0]["quote"], &page["items"][0]["orphaned"]),
        (&json!("Ask once, then wait."), &Value::Null)
    );
}

#[actix_web::test]
async fn what_does_not_stand_there_is_refused_by_name() {
    let w = World::new().await;
    let (slug, wait, listen) = article(&w).await;
    let long = "x".repeat(301);
    for (anchor, place, code) in [
        (json!({ "section_id": listen, "quote": "Ask once" }), "#/quote", "not_in_section"),
        (json!({ "section_id": wait, "quote": "ask once" }), "#/quote", "not_in_section"),
        (json!({ "section_id": wait, "quote": "*once*" }), "#/quote", "not_in_section"),
        (json!({ "section_id": wait, "quote": "  " }), "#/quote", "blank"),
        (json!({ "section_id": wait, "quote": "a\u{0}b" }), "#/quote", "control_character"),
        (json!({ "section_id": wait, "quote": long }), "#/quote", "too_long"),
        (json!({ "quote": "Ask once" }), "#/section_id", "required"),
        (json!({ "section_id": "step-9", "quote": "Ask once" }), "#/section_id", "unknown"),
    ] {
        let refused = post(&w, &slug, anchor.clone()).await;
        assert_eq!(refused.problem(422, "validation"), [place], "{anchor}");
        assert_eq!(refused.json()["errors"][0]["code"], code, "{anchor}");
    }
}

#[actix_web::test]
async fn an_edit_of_the_article_orphans_what_it_takes_away_and_no_more() {
    let w = World::new().await;
    let (slug, wait, listen) = article(&w).await;
    let editor = w.admin("Root").await;
    let quoting = id(&post(&w, &slug, json!({ "section_id": wait, "quote": "then wait" })).await.expect(201));
    let about = id(&post(&w, &slug, json!({ "section_id": wait, "parent_id": quoting })).await.expect(201));
    let other = id(&post(&w, &slug, json!({ "section_id": listen })).await.expect(201));
    // Seen on every page that shows a comment, also on those that were kept.
    let orphaned = async || {
        let thread = w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200);
        let found = w.get(&format!("/v1/articles/{slug}/comments/search?q=this")).await.expect(200);
        let replies = w.get(&format!("/v1/comments/{quoting}/replies")).await.expect(200);
        let context = w.get(&format!("/v1/comments/{about}/context")).await.expect(200);
        let mut seen = Vec::new();
        for of in [&quoting, &about, &other] {
            let alone = w.get(&format!("/v1/comments/{of}")).await.expect(200)["orphaned"] == true;
            let found = found["items"].as_array().unwrap().iter().find(|found| id(found) == **of).unwrap();
            assert_eq!(found["orphaned"] == true, alone, "{of}");
            seen.push(alone);
        }
        let [first, second] = [&thread["items"][0], &thread["items"][1]];
        let within = &first["replies"]["items"][0];
        assert_eq!([first, within, second].map(|comment| comment["orphaned"] == true), seen[..]);
        assert_eq!(replies["items"][0]["orphaned"] == true, seen[1]);
        assert_eq!(
            [&context["ancestors"][0], &context["comment"]].map(|comment| comment["orphaned"] == true),
            seen[..2]
        );
        seen
    };
    assert_eq!(orphaned().await, [false, false, false]);
    edit(&w, &editor, &slug, &BODY.replace("then\nwait", "and wait")).await;
    assert_eq!(orphaned().await, [true, false, false]);
    edit(&w, &editor, &slug, "Begin.\n\n## Step 1: Listen\n\nTo all of it.").await;
    assert_eq!(orphaned().await, [true, true, false]);
    edit(&w, &editor, &slug, BODY).await;
    assert!(!orphaned().await[2]);
}

#[actix_web::test]
async fn the_article_is_asked_only_where_somebody_points_to_it() {
    let w = World::with(&[("cache_bytes", "0")]).await;
    let (slug, wait, _) = article(&w).await;
    let path = format!("/v1/articles/{slug}/comments");
    w.say(&slug, "on the whole", None).await;
    assert_eq!(w.statements(w.get(&path)).await.0, 5);
    for n in 1..4 {
        post(&w, &slug, json!({ "section_id": wait, "quote": "Ask once" })).await.expect(201);
        assert_eq!(w.statements(w.get(&path)).await.0, 6, "{n}");
    }
}

#[actix_web::test]
async fn what_is_deleted_quotes_nothing() {
    use colloquy::db::schema::comments as rows;
    use diesel::prelude::*;
    use diesel_async::RunQueryDsl;
    let w = World::new().await;
    let (slug, wait, _) = article(&w).await;
    let moderator = w.moderator("Mo").await;
    let quoting = id(&post(&w, &slug, json!({ "section_id": wait, "quote": "Ask once" })).await.expect(201));
    w.say(&slug, "reply", Some(&quoting)).await;
    w.delete(&moderator.access_token, &quoting).await.expect(204);
    let tombstone = w.get(&format!("/v1/comments/{quoting}")).await.expect(200);
    assert_eq!(tombstone["quote"], Value::Null);
    // A moderator may want it back; whoever wrote it does not.
    let kept = async |comment: &str| -> Option<String> {
        let row = rows::table.find(comment.parse::<uuid::Uuid>().unwrap()).select(rows::quote);
        row.first(&mut w.db.conn().await).await.unwrap()
    };
    assert_eq!(kept(&quoting).await.as_deref(), Some("Ask once"));
    let ada = w.reader("Ada").await;
    let own = json!({ "body": "On this.", "section_id": wait, "quote": "Ask once" });
    let own = id(&w.post_as(&ada.access_token, &slug, &own).await.expect(201));
    w.delete(&ada.access_token, &own).await.expect(204);
    assert_eq!(kept(&own).await, None);
}
