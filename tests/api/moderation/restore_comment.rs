use crate::world::{Person, Reply, World, id};
use chrono::TimeDelta;
use colloquy::comments;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

async fn restore(w: &World, moderator: &Person, comment: &str, revision: Option<&str>) -> Reply {
    let request = w.request(Method::POST, &format!("/v1/moderation/comments/{comment}/restore"));
    let request = request.bearer(&moderator.access_token);
    let request = match revision {
        Some(revision) => request.header("if-match", revision),
        None => request,
    };
    request.send().await
}

#[actix_web::test]
async fn what_a_moderator_deleted_comes_back_whole() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (reader, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let comment = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "**Kind.**" })).await.expect(201));
    w.say(&slug, "An answer.", Some(&comment)).await;
    let path = format!("/v1/articles/{slug}/comments");
    let before = w.get(&path).await.expect(200);
    w.delete(&moderator.access_token, &comment).await.expect(204);
    w.assert_counters_right().await;
    assert!(!w.get(&path).await.text().contains("Kind."));
    let restored = restore(&w, &moderator, &comment, Some("\"2\"")).await.expect(200);
    assert_eq!(restored["comment"]["body"]["html"], "<p><strong>Kind.</strong></p>\n");
    w.assert_counters_right().await;
    let mut after = w.get(&path).await.expect(200);
    assert_eq!(after["items"][0]["revision"], 3);
    after["items"][0]["revision"] = json!(1);
    assert_eq!(after, before);
    restore(&w, &moderator, &comment, Some("\"3\"")).await.problem(409, "conflict");
}

const QUOTE: &str = "Ask once, then wait.";

/// What a comment can say beside its text under this article: it quotes a section and mentions a guest.
async fn anchor(w: &World, slug: &str) -> Value {
    let editor = w.admin("June").await;
    let edit = w.request(Method::PATCH, &format!("/v1/articles/{slug}")).bearer(&editor.access_token);
    let body = json!({ "body": format!("## Step 1: Wait\n\n{QUOTE}") });
    let article = edit.header("if-match", "*").json(&body).send().await.expect(200);
    let guest = w.post_as_guest(slug, "I was here.", None).await.expect(201);
    json!({
        "body": "**Kind.**", "section_id": article["sections"][0]["id"], "quote": QUOTE,
        "mentions": [guest["author"]["id"]],
    })
}

/// What is kept of a comment beside its text: what it quotes, and how many it mentions, counted twice.
async fn beside(w: &World, comment: &str) -> (Option<String>, i16, i64) {
    use colloquy::db::schema::{comments as rows, mentions};
    let (conn, comment) = (&mut w.db.conn().await, comment.parse::<Uuid>().unwrap());
    let row = rows::table.find(comment).select((rows::quote, rows::mention_count));
    let (quote, mention_count) = row.first(conn).await.unwrap();
    let mentioned = mentions::table.filter(mentions::comment_id.eq(comment)).count();
    (quote, mention_count, mentioned.get_result(conn).await.unwrap())
}

#[actix_web::test]
async fn what_it_quotes_and_whom_it_mentions_come_back_with_it_and_are_not_shown_meanwhile() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (reader, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let comment = anchor(&w, &slug).await;
    let comment = id(&w.post_as(&reader.access_token, &slug, &comment).await.expect(201));
    w.say(&slug, "An answer.", Some(&comment)).await;
    let before = w.get(&format!("/v1/comments/{comment}")).await.expect(200);
    assert_eq!((&before["quote"], &before["mentions"][0]["name"]), (&json!(QUOTE), &json!("Wendy")));
    w.delete(&moderator.access_token, &comment).await.expect(204);
    let thread = w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200);
    for tombstone in [&w.get(&format!("/v1/comments/{comment}")).await.expect(200), &thread["items"][1]] {
        assert_eq!(tombstone["id"], json!(comment));
        assert!(tombstone.get("quote").is_none() && tombstone.get("mentions").is_none(), "{tombstone}");
    }
    restore(&w, &moderator, &comment, Some("*")).await.expect(200);
    let after = w.get(&format!("/v1/comments/{comment}")).await.expect(200);
    assert_eq!((&after["quote"], &after["mentions"]), (&before["quote"], &before["mentions"]));
}

#[actix_web::test]
async fn they_go_when_its_author_deletes_it_or_is_erased_and_when_the_text_does() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let (anchor, kept) = (anchor(&w, &slug).await, (Some(QUOTE.to_owned()), 1, 1));
    let (ada, bea, cas) = (w.reader("Ada").await, w.reader("Bea").await, w.reader("Cas").await);
    let dora = w.reader("Dora").await;
    let post = async |author: &Person| id(&w.post_as(&author.access_token, &slug, &anchor).await.expect(201));
    let (by_ada, by_bea, by_cas, by_dora) = (post(&ada).await, post(&bea).await, post(&cas).await, post(&dora).await);
    for comment in [&by_ada, &by_bea, &by_cas, &by_dora] {
        w.delete(&moderator.access_token, comment).await.expect(204);
        assert_eq!(beside(&w, comment).await, kept);
    }
    w.delete(&ada.access_token, &by_ada).await.expect(204);
    assert_eq!(beside(&w, &by_ada).await, (None, 0, 0));
    w.close_account(&dora.access_token, "remove").await.expect(202);
    w.close_account(&bea.access_token, "anonymise").await.expect(202);
    w.clock.set(w.clock.now() + TimeDelta::days(15));
    assert_eq!(w.erase_due().await, 2);
    for comment in [&by_bea, &by_dora] {
        assert_eq!(beside(&w, comment).await, (None, 0, 0));
    }
    assert_eq!(beside(&w, &by_cas).await, kept);
    w.clock.set(w.clock.now() + TimeDelta::days(30));
    comments::prune_history(&w.journal()).await.unwrap();
    assert_eq!(beside(&w, &by_cas).await, (None, 0, 0));
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn the_text_leaves_the_comment_while_it_is_deleted() {
    use colloquy::db::schema::comments as rows;
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let comment = w.say(&slug, "What was said.", None).await;
    w.delete(&moderator.access_token, &comment).await.expect(204);
    let kept = rows::table.select((rows::body_markdown, rows::body_html, rows::body_text));
    let kept: (String, String, String) = kept.first(&mut w.db.conn().await).await.unwrap();
    assert_eq!(kept, (String::new(), String::new(), String::new()));
}

#[actix_web::test]
async fn what_its_author_deleted_stays_deleted() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (reader, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    for by_both in [false, true] {
        let comment = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "First." })).await.expect(201));
        if by_both {
            w.delete(&moderator.access_token, &comment).await.expect(204);
        }
        w.delete(&reader.access_token, &comment).await.expect(204);
        restore(&w, &moderator, &comment, Some("*")).await.problem(409, "conflict");
    }
    // A moderator's own is an author's.
    let own = id(&w.post_as(&moderator.access_token, &slug, &json!({ "body": "Mine." })).await.expect(201));
    w.delete(&moderator.access_token, &own).await.expect(204);
    restore(&w, &moderator, &own, Some("*")).await.problem(409, "conflict");
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn nobody_restores_blindly_or_what_is_not_deleted() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let comment = w.say(&slug, "Here.", None).await;
    restore(&w, &moderator, &comment, Some("*")).await.problem(409, "conflict");
    w.delete(&moderator.access_token, &comment).await.expect(204);
    assert_eq!(restore(&w, &moderator, &comment, None).await.problem(428, "precondition_required"), ["If-Match"]);
    assert_eq!(
        restore(&w, &moderator, &comment, Some("\"1\"")).await.problem(412, "precondition_failed"),
        ["If-Match"]
    );
    restore(&w, &moderator, &w.clock.id().to_string(), Some("*")).await.problem(404, "not_found");
    restore(&w, &moderator, &comment, Some("\"2\"")).await.expect(200);
}

#[actix_web::test]
async fn after_thirty_days_it_is_gone() {
    use colloquy::db::schema::comment_revisions;
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let (restored, late) = (w.say(&slug, "Back in time.", None).await, w.say(&slug, "Too late.", None).await);
    for comment in [&restored, &late] {
        w.delete(&moderator.access_token, comment).await.expect(204);
    }
    let kept = async || -> Vec<String> {
        let texts = comment_revisions::table.select(comment_revisions::body_markdown);
        texts.order(comment_revisions::body_markdown).load(&mut w.db.conn().await).await.unwrap()
    };
    w.clock.set(w.clock.now() + TimeDelta::days(30) - TimeDelta::seconds(1));
    let (access_token, _) = w.log_in(&moderator.email).await;
    let moderator = Person { access_token, ..moderator };
    assert_eq!(comments::prune_history(&w.journal()).await.unwrap(), 0);
    restore(&w, &moderator, &restored, Some("*")).await.expect(200);
    w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    restore(&w, &moderator, &late, Some("*")).await.problem(409, "conflict");
    assert_eq!(comments::prune_history(&w.journal()).await.unwrap(), 1);
    // What was restored keeps its history.
    assert_eq!(kept().await, ["Back in time."]);
    let public = w.get(&format!("/v1/comments/{restored}")).await.expect(200);
    assert_eq!((&public["body"]["text"], &public["status"]), (&json!("Back in time."), &json!("visible")));
    assert_eq!(w.get(&format!("/v1/comments/{late}")).await.json()["body"], Value::Null);
    w.assert_counters_right().await;
}
