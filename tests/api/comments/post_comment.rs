mod challenges;
mod duplicates;
mod limits;
mod machines;
mod muted;
mod nudges;

use crate::world::{CAREFUL, OPEN, World, id};
use colloquy::{articles::CommentPolicyInput, comments};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;

async fn refused(w: &World, slug: &str, body: &Value, status: u16, code: &str) -> Vec<String> {
    w.post(&format!("/v1/articles/{slug}/comments"), body).await.problem(status, code)
}

fn guest(body: &str) -> Value {
    json!({ "body": body, "guest": { "name": "Wendy" } })
}

#[actix_web::test]
async fn a_member_posts_and_is_seen_at_once() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let reader = w.reader("Ada").await;
    let posted = w.post_as(&reader.access_token, &slug, &json!({ "body": "Thank *you*." })).await;
    let comment = posted.expect(201);
    assert_eq!(posted.header("location"), format!("/v1/comments/{}", id(&comment)));
    assert_eq!(posted.header("etag"), "\"1\"");
    assert_eq!(posted.header("cache-control"), "no-store");
    assert_eq!(comment["author"], json!({ "id": reader.id, "name": "Ada", "kind": "reader" }));
    assert_eq!(comment["body"]["markdown"], "Thank *you*.");
    assert_eq!(comment["body"]["html"].as_str().unwrap().trim(), "<p>Thank <em>you</em>.</p>");
    assert_eq!(comment["body"]["text"], "Thank you.");
    assert_eq!((&comment["status"], &comment["root_no"], &comment["depth"]), (&json!("visible"), &json!(1), &json!(0)));
    assert_eq!((&comment["root_id"], &comment["parent_id"]), (&comment["id"], &Value::Null));
    assert!(comment.get("manage_token").is_none());
    let listed = w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200);
    assert_eq!(listed["items"], json!([comment]));
}

#[actix_web::test]
async fn a_guest_posts_gets_a_token_and_goes_on_under_the_same_name() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let body = json!({ "body": "First.", "guest": { "name": " Wendy ", "email": "wendy@example.org" } });
    let first = w.post(&format!("/v1/articles/{slug}/comments"), &body).await.expect(201);
    assert_eq!((&first["author"]["name"], &first["author"]["kind"]), (&json!("Wendy"), &json!("guest")));
    let token = first["manage_token"].as_str().unwrap();
    let post = w.request(Method::POST, &format!("/v1/articles/{slug}/comments")).guest(token);
    let second = post.json(&json!({ "body": "Second.", "parent_id": first["id"] })).send().await.expect(201);
    assert_eq!(second["author"], first["author"]);
    assert!(second.get("manage_token").is_none());
    let public = w.get(&format!("/v1/articles/{slug}/comments")).await.text();
    assert!(public.contains("Second.") && !public.contains(token) && !public.contains("wendy@example.org"));
}

#[actix_web::test]
async fn a_guests_address_is_kept_hashed_and_sealed_only() {
    use colloquy::db::schema::guests;
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let body = json!({ "body": "First.", "guest": { "name": "Wendy", "email": "Wendy@Example.org" } });
    w.post(&format!("/v1/articles/{slug}/comments"), &body).await.expect(201);
    let kept = guests::table.select((guests::id, guests::email_hash, guests::email_sealed));
    let (id, hash, sealed): (uuid::Uuid, Option<Vec<u8>>, Option<Vec<u8>>) =
        kept.first(&mut w.db.conn().await).await.unwrap();
    let email = colloquy::accounts::Email::parse("wendy@example.org").unwrap();
    assert_eq!(hash, Some(email.hash(&w.secrets).unwrap()));
    let opened = w.secrets.open(colloquy::secrets::Purpose::Email, id.as_bytes(), &sealed.unwrap()).unwrap();
    assert_eq!(opened.as_slice(), b"Wendy@example.org");
}

#[actix_web::test]
async fn the_badge_follows_the_role_and_never_the_name() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let people = [
        (w.coach("Colin Marsh").await, "coach"),
        (w.moderator("Mo").await, "moderator"),
        (w.admin("Root").await, "moderator"),
        (w.reader("Coach").await, "reader"),
    ];
    for (person, kind) in people {
        let posted = w.post_as(&person.access_token, &slug, &json!({ "body": "Hello." })).await.expect(201);
        assert_eq!(posted["author"]["kind"], kind);
    }
    for name in ["Colin Marsh", "COLIN  marsh", "Ｃｏｌｉｎ Ｍａｒｓｈ", "ColinMarsh"] {
        let body = json!({ "body": "I am he.", "guest": { "name": name } });
        assert_eq!(refused(&w, &slug, &body, 422, "validation").await, ["#/guest/name"]);
    }
    // A word is nobody's badge; only that it is a reader's name keeps a guest from it.
    let body = json!({ "body": "Me too.", "guest": { "name": "Coach" } });
    assert_eq!(refused(&w, &slug, &body, 422, "validation").await, ["#/guest/name"]);
    let body = json!({ "body": "Me too.", "guest": { "name": "Moderator" } });
    let posted = w.post(&format!("/v1/articles/{slug}/comments"), &body).await.expect(201);
    assert_eq!(posted["author"]["kind"], "guest");
}

#[actix_web::test]
async fn a_reply_stands_below_its_parent_and_counts_on_parent_and_root() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let root = w.say(&slug, "root", None).await;
    let reply = w.post_as_guest(&slug, "reply", Some(&root)).await.expect(201);
    let deeper = w.post_as_guest(&slug, "deeper", Some(&id(&reply))).await.expect(201);
    assert_eq!((&reply["root_no"], &reply["depth"], &reply["parent_id"]), (&Value::Null, &json!(1), &json!(root)));
    assert!(reply.get("descendant_count").is_none());
    assert_eq!((&deeper["root_id"], &deeper["depth"]), (&json!(root), &json!(2)));
    let thread = w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200);
    let listed = &thread["items"][0];
    assert_eq!((&listed["reply_count"], &listed["descendant_count"]), (&json!(1), &json!(2)));
    assert_eq!(listed["replies"]["items"][0]["replies"]["items"][0]["id"], deeper["id"]);
    assert_eq!((&thread["count"], &thread["root_count"]), (&json!(3), &json!(1)));
}

#[actix_web::test]
async fn a_comment_may_be_about_a_section() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let article = w.get(&format!("/v1/articles/{slug}")).await.expect(200);
    let section = &article["sections"][1]["id"];
    let body = json!({ "body": "On this.", "section_id": section, "guest": { "name": "Wendy" } });
    let posted = w.post(&format!("/v1/articles/{slug}/comments"), &body).await.expect(201);
    assert_eq!(&posted["section_id"], section);
    for unknown in ["step-9", "", "a\u{0}b", "%"] {
        let body = json!({ "body": "On that.", "section_id": unknown, "guest": { "name": "Wendy" } });
        assert_eq!(refused(&w, &slug, &body, 422, "validation").await, ["#/section_id"]);
    }
}

#[actix_web::test]
async fn what_a_body_says_is_made_safe() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let attack = "**ok** <img src=x onerror=alert(1)> [x](javascript:alert(2)) ![i](https://example.org/i.png)\n\n\
                  <script>alert(3)</script>";
    let posted = w.post_as_guest(&slug, attack, None).await.expect(201);
    let html = posted["body"]["html"].as_str().unwrap();
    assert!(html.contains("<strong>ok</strong>") && html.contains("&lt;script&gt;"), "{html}");
    for evil in ["<script", "<img", "href=\"javascript"] {
        assert!(!html.contains(evil), "{html}");
    }
    assert_eq!(posted["body"]["markdown"], attack);
}

#[actix_web::test]
async fn bodies_and_names_that_cannot_be_are_refused_and_nothing_is_written() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let long = "x".repeat(100_000);
    for body in ["", "   \n", "a\u{0}b", "a\u{202E}b", &long] {
        assert_eq!(refused(&w, &slug, &guest(body), 422, "validation").await, ["#/body"]);
    }
    for name in ["", " ", "a\nb", "a\u{200B}b", "a\u{0}", &long] {
        let body = json!({ "body": "Hello.", "guest": { "name": name } });
        assert_eq!(refused(&w, &slug, &body, 422, "validation").await, ["#/guest/name"]);
    }
    for email in ["", "nobody", "a@b@c", "a b@example.org", "a\u{0}@example.org"] {
        let body = json!({ "body": "Hello.", "guest": { "name": "Wendy", "email": email } });
        assert_eq!(refused(&w, &slug, &body, 422, "validation").await, ["#/guest/email"]);
    }
    let all = json!({ "body": "", "guest": { "name": "", "email": "" } });
    assert_eq!(refused(&w, &slug, &all, 422, "validation").await, ["#/body", "#/guest/name", "#/guest/email"]);
    assert_eq!(refused(&w, &slug, &json!({ "body": "Hello." }), 422, "validation").await, ["#/guest/name"]);
    assert_eq!(
        refused(&w, &slug, &json!({ "body": "Hello.", "guest": {} }), 422, "validation").await,
        ["#/guest/name"]
    );
    assert_eq!(refused(&w, &slug, &json!({ "body": 1 }), 400, "bad_request").await, ["#/body"]);
    assert_eq!(refused(&w, &slug, &json!({ "body": "x", "bodyy": "y" }), 400, "bad_request").await, ["#/bodyy"]);
    assert_eq!(
        refused(&w, &slug, &json!({ "body": "x", "parent_id": "1" }), 400, "bad_request").await,
        ["#/parent_id"]
    );
    let path = format!("/v1/articles/{slug}/comments");
    w.request(Method::POST, &path).raw("application/json", "{").send().await.problem(400, "bad_request");
    w.request(Method::POST, &path).raw("text/plain", "{}").send().await.problem(415, "unsupported_media_type");
    let rows: i64 = colloquy::db::schema::guests::table.count().get_result(&mut w.db.conn().await).await.unwrap();
    assert_eq!((rows, w.get(&path).await.expect(200)["count"].clone()), (0, json!(0)));
    assert_eq!(w.stored(article_id).await, 0);
}

#[actix_web::test]
async fn whoever_has_a_name_here_names_no_guest() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let reader = w.reader("Ada").await;
    let posted = w.post_as(&reader.access_token, &slug, &guest("Hello.")).await;
    assert_eq!(posted.problem(422, "validation"), ["#/guest"]);
    let token = w.post_as_guest(&slug, "Hello.", None).await.expect(201)["manage_token"].as_str().unwrap().to_owned();
    let again = w.request(Method::POST, &format!("/v1/articles/{slug}/comments")).guest(&token).json(&guest("Hello."));
    assert_eq!(again.send().await.problem(422, "validation"), ["#/guest"]);
}

#[actix_web::test]
async fn bad_tokens_are_not_better_than_none() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (other, _) = w.article_taking("Another", OPEN).await;
    let token = w.post_as_guest(&slug, "Hello.", None).await.expect(201)["manage_token"].as_str().unwrap().to_owned();
    let mut forged = token.clone();
    forged.replace_range(0..1, if token.starts_with('A') { "B" } else { "A" });
    let (path, elsewhere) = (format!("/v1/articles/{slug}/comments"), format!("/v1/articles/{other}/comments"));
    for (path, token) in [(&path, "nonsense"), (&path, ""), (&path, &forged), (&elsewhere, &token)] {
        let post = w.request(Method::POST, path).guest(token).json(&json!({ "body": "Hello." }));
        post.send().await.problem(401, "unauthenticated");
    }
    w.post_as("nonsense", &slug, &json!({ "body": "Hello." })).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn closed_comments_take_only_what_staff_answers() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Closed", CommentPolicyInput { open: Some(false), ..OPEN }).await;
    refused(&w, &slug, &guest("Hello."), 403, "comments_closed").await;
    let (reader, coach) = (w.reader("Ada").await, w.coach("Colin").await);
    let hello = json!({ "body": "Hello." });
    w.post_as(&reader.access_token, &slug, &hello).await.problem(403, "comments_closed");
    w.post_as(&coach.access_token, &slug, &hello).await.expect(201);
}

#[actix_web::test]
async fn guests_are_refused_where_the_article_takes_none() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Members", CommentPolicyInput { guests: Some(false), ..OPEN }).await;
    refused(&w, &slug, &guest("Hello."), 403, "guests_not_allowed").await;
    refused(&w, &slug, &json!({ "body": "Hello." }), 403, "guests_not_allowed").await;
    let reader = w.reader("Ada").await;
    w.post_as(&reader.access_token, &slug, &json!({ "body": "Hello." })).await.expect(201);
}

#[actix_web::test]
async fn where_a_moderator_looks_first_readers_wait_and_staff_does_not() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (reader, coach) = (w.reader("Ada").await, w.coach("Colin").await);
    let waiting = w.post_as(&reader.access_token, &slug, &json!({ "body": "Hello." })).await.expect(201);
    assert_eq!((&waiting["status"], &waiting["root_no"]), (&json!("pending"), &Value::Null));
    assert_eq!(waiting["body"]["text"], "Hello.");
    assert_eq!(w.post_as_guest(&slug, "Me too.", None).await.expect(201)["status"], "pending");
    let path = format!("/v1/articles/{slug}/comments");
    assert_eq!(w.get(&path).await.expect(200)["items"], json!([]));
    w.get(&format!("/v1/comments/{}", id(&waiting))).await.problem(404, "not_found");
    w.get(&format!("/v1/comments/{}/replies", id(&waiting))).await.problem(404, "not_found");
    let counts = w.get(&format!("/v1/comment-counts?articles={slug}")).await.expect(200);
    assert_eq!(counts["items"][0]["count"], 0);
    let answered = w.post_as(&coach.access_token, &slug, &json!({ "body": "Hello." })).await.expect(201);
    assert_eq!((&answered["status"], &answered["root_no"]), (&json!("visible"), &json!(1)));
    let reply = json!({ "body": "To you.", "parent_id": waiting["id"] });
    let places = w.post_as(&coach.access_token, &slug, &reply).await.problem(422, "parent_elsewhere");
    assert_eq!(places, ["#/parent_id"]);
}

#[actix_web::test]
async fn a_parent_must_be_visible_and_on_the_same_article() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (other, _) = w.article_taking("Another", OPEN).await;
    let moderator = w.moderator("Mo").await;
    let elsewhere = w.say(&other, "over there", None).await;
    let deleted = w.say(&slug, "gone", None).await;
    w.say(&slug, "keeps its place", Some(&deleted)).await;
    w.delete(&moderator.access_token, &deleted).await.expect(204);
    let unknown = w.clock.id().to_string();
    for parent in [elsewhere, deleted, unknown] {
        let body = json!({ "body": "Hello.", "parent_id": parent, "guest": { "name": "Wendy" } });
        assert_eq!(refused(&w, &slug, &body, 422, "parent_elsewhere").await, ["#/parent_id"]);
    }
    assert_eq!(w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200)["count"], 1);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn drafts_and_unknown_articles_take_nothing_and_a_former_slug_serves() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let admin = w.admin("Root").await;
    refused(&w, "unknown", &guest("Hello."), 404, "not_found").await;
    refused(&w, "Not%20a%20slug%00", &guest("Hello."), 404, "not_found").await;
    let edit = w.request(Method::PATCH, &format!("/v1/articles/{slug}")).bearer(&admin.access_token);
    edit.header("if-match", "*").json(&json!({ "slug": "listening" })).send().await.expect(200);
    w.say(&slug, "by its former slug", None).await;
    assert_eq!(w.get("/v1/articles/listening/comments").await.expect(200)["count"], 1);
    let unpublish = w.request(Method::POST, "/v1/articles/listening/unpublish").bearer(&admin.access_token);
    unpublish.header("if-match", "*").send().await.expect(200);
    refused(&w, "listening", &guest("Hello."), 404, "not_found").await;
    let staff = w.post_as(&admin.access_token, "listening", &json!({ "body": "Hello." })).await;
    staff.problem(404, "not_found");
}

#[actix_web::test]
async fn posts_at_the_same_time_have_different_positions_and_all_count() {
    use colloquy::db::schema::{comments, events};
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let root = w.say(&slug, "root", None).await;
    let posts = (0..16).map(|n| {
        let (w, slug, root) = (&w, &slug, &root);
        async move { w.say(slug, &format!("comment {n}"), (n % 2 == 0).then_some(root.as_str())).await }
    });
    let ids: BTreeSet<String> = join_all(posts).await.into_iter().collect();
    let conn = &mut w.db.conn().await;
    let positions: Vec<i64> =
        comments::table.order(comments::position).select(comments::position).load(conn).await.unwrap();
    assert_eq!((ids.len(), positions), (16, (1..=17).collect()));
    let versions: Vec<i64> = events::table
        .filter(events::kind.eq("comment.posted").and(events::stream.eq(article_id)))
        .order(events::stream_version)
        .select(events::stream_version)
        .load(conn)
        .await
        .unwrap();
    assert_eq!(versions, (1..=17).collect::<Vec<_>>());
    let thread = w.get(&format!("/v1/articles/{slug}/comments?replies=20")).await.expect(200);
    assert_eq!((&thread["count"], &thread["root_count"]), (&json!(17), &json!(9)));
    let numbers: Vec<i64> =
        thread["items"].as_array().unwrap().iter().map(|it| it["root_no"].as_i64().unwrap()).collect();
    assert_eq!(numbers, (1..=9).collect::<Vec<_>>());
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn what_happened_is_told_by_ids_only() {
    use colloquy::db::schema::events;
    let w = World::new().await;
    let (slug, article_id) = w.article_taking("Careful", CAREFUL).await;
    let (reader, coach) = (w.reader("Ada").await, w.coach("Colin").await);
    let waiting = w.post_as(&reader.access_token, &slug, &json!({ "body": "Secret." })).await.expect(201);
    let public = w.post_as(&coach.access_token, &slug, &json!({ "body": "Public." })).await.expect(201);
    let reply = json!({ "body": "Public, too.", "parent_id": public["id"] });
    let reply = w.post_as(&coach.access_token, &slug, &reply).await.expect(201);
    let told: Vec<(String, Value, Option<uuid::Uuid>)> = events::table
        .filter(events::kind.eq("comment.posted"))
        .order(events::stream_version)
        .select((events::tags, events::data, events::actor_id))
        .load(&mut w.db.conn().await)
        .await
        .unwrap();
    // Nothing that is shown changes with a comment that waits.
    assert_eq!(told[0].0, "");
    assert_eq!(told[0].1, json!({ "article_id": article_id, "comment_id": waiting["id"], "parent_id": null }));
    assert_eq!(told[0].2.unwrap().to_string(), reader.id);
    assert_eq!(told[1].0, format!("thread:{article_id}"));
    let told_of_reply = json!({ "article_id": article_id, "comment_id": reply["id"], "parent_id": public["id"] });
    assert_eq!(told[2].1, told_of_reply);
}

#[actix_web::test]
async fn another_room_posts_what_was_written_before() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let coach = w.coach("Colin").await;
    let at = w.clock.now() - chrono::TimeDelta::days(400);
    let earlier = comments::ImportedComment {
        id: w.clock.id(),
        parent_id: None,
        author: comments::ImportedAuthor::Member(coach.id.parse().unwrap()),
        created_at: at,
        status: comments::CommentStatus::Visible,
        body_markdown: "From before.".into(),
        fragment: None,
    };
    w.write(async |tx| {
        comments::import_thread(tx, &w.secrets, article_id, std::slice::from_ref(&earlier)).await?;
        comments::finish_import(tx, article_id).await
    })
    .await
    .unwrap();
    let listed = w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200);
    assert_eq!(listed["items"][0]["created_at"], json!(at));
    assert_eq!(listed["items"][0]["author"]["kind"], "coach");
}

#[actix_web::test]
async fn what_is_locked_takes_no_more_replies() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, root) = (w.moderator("Mo").await, w.say(&slug, "Root.", None).await);
    let lock = w.request(Method::PUT, &format!("/v1/comments/{root}/lock")).bearer(&moderator.access_token);
    lock.send().await.expect(200);
    let mut reply = guest("But!");
    reply["parent_id"] = json!(root);
    assert_eq!(refused(&w, &slug, &reply, 409, "thread_locked").await, ["#/parent_id"]);
}
