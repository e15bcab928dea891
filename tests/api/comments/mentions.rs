//! Whom comments call by name.

use crate::world::{CAREFUL, OPEN, Person, World, id};
use colloquy::db::schema::{comments, events, mentions};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

/// The data of the last event of a kind.
async fn told(w: &World, kind: &str) -> Value {
    let last = events::table.filter(events::kind.eq(kind)).order(events::id.desc()).select(events::data);
    last.first(&mut w.db.conn().await).await.unwrap()
}

/// Rows, and what is counted on comments.
async fn kept(w: &World) -> (i64, i64) {
    let conn = &mut w.db.conn().await;
    let rows = mentions::table.count().get_result(conn).await.unwrap();
    let counts: Vec<i16> = comments::table.select(comments::mention_count).load(conn).await.unwrap();
    (rows, counts.into_iter().map(i64::from).sum())
}

/// A guest and a member who take part.
async fn two(w: &World, slug: &str) -> (Value, Person) {
    let guest = w.post_as_guest(slug, "I was here.", None).await.expect(201);
    let ada = w.reader("Ada").await;
    w.post_as(&ada.access_token, slug, &json!({ "body": "So was I." })).await.expect(201);
    (guest, ada)
}

#[actix_web::test]
async fn they_are_shown_wherever_the_comment_is_in_the_order_in_which_they_were_named() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (guest, ada) = two(&w, &slug).await;
    let coach = w.coach("Marit").await;
    let wendy = guest["author"]["id"].as_str().unwrap();
    let body = json!({ "body": "You two.", "parent_id": id(&guest), "mentions": [ada.id, wendy] });
    let posted = w.post_as(&coach.access_token, &slug, &body).await.expect(201);
    let expected = json!([{ "id": ada.id, "name": "Ada" }, { "id": wendy, "name": "Wendy" }]);
    assert_eq!(posted["mentions"], expected);
    assert_eq!(told(&w, "comment.posted").await["mentioned"], json!([ada.id, wendy]));
    let (permalink, thread) = (format!("/v1/comments/{}", id(&posted)), format!("/v1/articles/{slug}/comments"));
    let replies = format!("/v1/comments/{}/replies", id(&guest));
    assert_eq!(w.get(&permalink).await.expect(200)["mentions"], expected);
    assert_eq!(w.get(&replies).await.expect(200)["items"][0]["mentions"], expected);
    let shown = w.get(&thread).await;
    assert_eq!(shown.expect(200)["items"][0]["replies"]["items"][0]["mentions"], expected);
    assert!(shown.expect(200)["items"][1].get("mentions").is_none(), "left out where there are none");
    assert!(shown.header("cache-tag").contains(&format!("account:{}", ada.id)), "{}", shown.header("cache-tag"));
    // A moderator sees them too.
    let mo = w.moderator("Mo").await;
    let moderated = w.decide(&mo.access_token, &id(&posted), "reject").await.expect(200);
    assert_eq!(moderated["comment"]["mentions"], expected);
    let queue = w.get_as(&mo.access_token, "/v1/moderation/comments?status=rejected").await.expect(200);
    assert_eq!(queue["items"][0]["comment"]["mentions"], expected);
    w.decide(&mo.access_token, &id(&posted), "approve").await.expect(200);
    assert_eq!(told(&w, "comment.approved").await["mentioned"], json!([ada.id, wendy]));
}

#[actix_web::test]
async fn names_follow_those_who_bear_them() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (guest, ada) = two(&w, &slug).await;
    let wendy = guest["author"]["id"].as_str().unwrap();
    let body = json!({ "body": "You two.", "mentions": [ada.id, wendy], "guest": { "name": "Lantern" } });
    let posted = w.post(&format!("/v1/articles/{slug}/comments"), &body).await.expect(201);
    let permalink = format!("/v1/comments/{}", id(&posted));
    w.get_kept(&permalink).await;
    let rename = w.request(Method::PATCH, "/v1/accounts/me").bearer(&ada.access_token).header("if-match", "*");
    rename.json(&json!({ "display_name": "Adelaide" })).send().await.expect(200);
    let token = guest["manage_token"].as_str().unwrap();
    let rename = w.request(Method::PATCH, "/v1/guests/me").guest(token).json(&json!({ "name": "Gwen" }));
    rename.send().await.expect(200);
    let names: Vec<Value> = w.get(&permalink).await.expect(200)["mentions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|mentioned| mentioned["name"].clone())
        .collect();
    assert_eq!(names, ["Adelaide", "Gwen"]);
}

#[actix_web::test]
async fn only_who_takes_part_is_mentioned() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (elsewhere, _) = w.article_taking("Elsewhere", OPEN).await;
    let (careful, _) = w.article_taking("Careful", CAREFUL).await;
    let (guest, ada) = two(&w, &slug).await;
    let stranger = w.post_as_guest(&elsewhere, "Elsewhere.", None).await.expect(201);
    let (stranger, wendy) = (stranger["author"]["id"].clone(), guest["author"]["id"].clone());
    let silent = w.reader("Eve").await;
    let nobody = w.clock.id();
    let post = async |slug: &str, mentions: Value| {
        let body = json!({ "body": "You.", "mentions": mentions });
        w.post_as(&ada.access_token, slug, &body).await
    };
    let mixed = post(&slug, json!([wendy, stranger, ada.id, silent.id, nobody])).await;
    assert_eq!(mixed.problem(422, "validation"), ["#/mentions/1", "#/mentions/3", "#/mentions/4"]);
    assert!(mixed.json()["errors"].as_array().unwrap().iter().all(|error| error["code"] == "not_in_conversation"));
    // Who only waits for a moderator is nobody's to know of.
    let waiting = w.post_as_guest(&careful, "Waiting.", None).await.expect(201);
    let refused = post(&careful, json!([waiting["author"]["id"]])).await;
    assert_eq!(refused.problem(422, "validation"), ["#/mentions/0"]);
    assert_eq!(post(&slug, json!([wendy, wendy])).await.problem(422, "validation"), ["#/mentions/1"]);
    let eleven: Vec<Uuid> = (0..11).map(|_| w.clock.id()).collect();
    assert_eq!(post(&slug, json!(eleven)).await.problem(422, "validation"), ["#/mentions"]);
    assert_eq!(post(&slug, json!(["Ada"])).await.problem(400, "bad_request"), ["#/mentions/0"]);
    assert_eq!(kept(&w).await, (0, 0));
}

#[actix_web::test]
async fn an_author_changes_them_and_those_named_before_may_stay() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (guest, ada) = two(&w, &slug).await;
    let wendy = guest["author"]["id"].clone();
    let posted = w.post_as(&ada.access_token, &slug, &json!({ "body": "You.", "mentions": [wendy] })).await.expect(201);
    let mo = w.moderator("Mo").await;
    w.decide(&mo.access_token, &id(&guest), "reject").await.expect(200);
    let edit = async |changes: Value| {
        let request = w.request(Method::PATCH, &format!("/v1/comments/{}", id(&posted))).bearer(&ada.access_token);
        request.header("if-match", "*").json(&changes).send().await
    };
    let names = |comment: &Value| comment["mentions"].as_array().map_or(0, Vec::len);
    assert_eq!(names(&edit(json!({ "body": "You there." })).await.expect(200)), 1, "left out: as before");
    assert_eq!(told(&w, "comment.edited").await.get("mentioned"), None);
    let more = edit(json!({ "body": "You there.", "mentions": [wendy, ada.id] })).await.expect(200);
    assert_eq!((names(&more), told(&w, "comment.edited").await["mentioned"].clone()), (2, json!([ada.id])));
    assert_eq!(kept(&w).await, (2, 2));
    assert_eq!(names(&edit(json!({ "body": "You there.", "mentions": [] })).await.expect(200)), 0);
    let again = edit(json!({ "body": "You there.", "mentions": [wendy] })).await;
    assert_eq!(again.problem(422, "validation"), ["#/mentions/0"]);
    assert_eq!(kept(&w).await, (0, 0));
}

#[actix_web::test]
async fn a_deleted_comment_mentions_nobody() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (guest, ada) = two(&w, &slug).await;
    let body = json!({ "body": "You.", "mentions": [guest["author"]["id"]] });
    let posted = id(&w.post_as(&ada.access_token, &slug, &body).await.expect(201));
    w.say(&slug, "A reply.", Some(&posted)).await;
    w.delete(&ada.access_token, &posted).await.expect(204);
    assert!(w.get(&format!("/v1/comments/{posted}")).await.expect(200).get("mentions").is_none());
    assert_eq!(kept(&w).await, (0, 0));
}

#[actix_web::test]
async fn whoever_is_erased_vanishes_from_them_and_from_what_was_told() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (guest, ada) = two(&w, &slug).await;
    let wendy = guest["author"]["id"].as_str().unwrap();
    let body = json!({ "body": "All of you.", "mentions": [ada.id, wendy], "guest": { "name": "Lantern" } });
    let posted = w.post(&format!("/v1/articles/{slug}/comments"), &body).await.expect(201);
    let permalink = format!("/v1/comments/{}", id(&posted));
    w.get_kept(&permalink).await;
    let gone = w.request(Method::DELETE, "/v1/guests/me?comments=anonymise");
    gone.guest(guest["manage_token"].as_str().unwrap()).send().await.expect(204);
    assert_eq!(w.get(&permalink).await.expect(200)["mentions"], json!([{ "id": ada.id, "name": "Ada" }]));
    assert_eq!(kept(&w).await, (1, 1));
    World::assert_absent(&w.dump().await, "the guest's id", wendy.as_bytes());
    w.leave(&ada, "anonymise").await;
    assert!(w.get(&permalink).await.expect(200).get("mentions").is_none());
    assert_eq!((kept(&w).await, told(&w, "comment.posted").await["mentioned"].clone()), ((0, 0), json!([])));
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn they_stand_in_the_export_of_both() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (_, ada) = two(&w, &slug).await;
    let eve = w.reader("Eve").await;
    let body = json!({ "body": "You.", "mentions": [ada.id] });
    let posted = id(&w.post_as(&eve.access_token, &slug, &body).await.expect(201));
    let read = async |person: &Person| {
        let at = w.export(&person.access_token).await;
        w.get_as(&person.access_token, &format!("{at}/document")).await.expect(200)
    };
    assert_eq!(read(&eve).await["comments"][0]["mentions"], json!([ada.id]));
    assert_eq!(read(&ada).await["mentioned_in"], json!([{ "id": posted, "article": slug }]));
}

#[actix_web::test]
async fn a_page_costs_one_statement_more_where_anybody_is_mentioned_and_none_elsewhere() {
    let w = World::with(&[("cache_bytes", "0")]).await;
    let (slug, _) = w.open_article().await;
    let (guest, ada) = two(&w, &slug).await;
    let path = format!("/v1/articles/{slug}/comments");
    let read = async || w.statements(w.get(&path)).await.0;
    read().await;
    let without = read().await;
    for _ in 0..5 {
        let body = json!({ "body": format!("You {}.", w.clock.id()), "mentions": [guest["author"]["id"], ada.id] });
        w.post_as(&ada.access_token, &slug, &body).await.expect(201);
    }
    assert_eq!(read().await, without + 1);
}
