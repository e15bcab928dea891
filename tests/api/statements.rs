//! Every list of the OpenAPI document sends equally many SQL statements for one item and for fifty.

use crate::world::World;
use chrono::TimeDelta;
use colloquy::{
    audit::{self, Entry},
    comments::{self, CommentStatus, GuestName, ImportedAuthor, ImportedComment},
};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;

/// Paths of the operations that take a `limit`, as the document has them.
fn lists() -> Vec<String> {
    let document: Value = serde_json::from_str(&colloquy::app::document().to_json().unwrap()).unwrap();
    let paths = document["paths"].as_object().unwrap().iter();
    let takes_limit = |item: &Value| {
        let parameters = item["get"]["parameters"].as_array().cloned().unwrap_or_default();
        parameters.iter().any(|parameter| parameter["name"] == "limit" && parameter["in"] == "query")
    };
    paths.filter(|(_, item)| takes_limit(item)).map(|(path, _)| path.clone()).collect()
}

#[actix_web::test]
async fn every_list_sends_equally_many_statements_for_one_item_and_for_fifty() {
    // Without the caches, every request is one to the database.
    let w = World::with(&[("cache_bytes", "0"), ("standing_seconds", "0")]).await;
    let admin = w.admin("June").await;
    let (slug, root) = sixty_of_everything(&w, &admin).await;
    let guest = sixty_by_a_guest(&w, &slug).await;
    sixty_to_answer_with(&w, &admin).await;
    let thread = sixty_in_private(&w, &admin).await;
    // Whoever keeps it is still at work on them: the first fifty are to be the same in every request.
    w.until_desk_rests().await;
    let lists = lists();
    assert!(lists.len() >= 5, "{lists:?}");
    for list in lists {
        let of = if list.starts_with("/v1/private-threads/") { &thread } else { &root };
        let path = list.replace("{slug}", &slug).replace("{id}", of);
        let own = list.starts_with("/v1/guests/");
        let by = if own { format!("Guest {guest}") } else { format!("Bearer {}", admin.access_token) };
        let (few, one) = count(&w, &by, &path, 1).await;
        let (many, fifty) = count(&w, &by, &path, 50).await;
        assert_eq!(one, 1, "{list} has nothing to show: give it sixty items in this test");
        assert_eq!(fifty, 50, "{list} has too little to show: give it sixty items in this test");
        assert_eq!(few, many, "{list} sends a statement per row");
    }
}

async fn count(w: &World, authorization: &str, path: &str, limit: usize) -> (u64, usize) {
    // What is looked for stands in all of them.
    let what = if path.ends_with("/search") { "q=thank&" } else { "" };
    let url = format!("{path}?{what}limit={limit}");
    // Once before, so that statements are prepared and connections are open.
    let ask = || w.request(reqwest::Method::GET, &url).header("authorization", authorization);
    ask().send().await.expect(200);
    let before = w.server.statements.load(Ordering::Relaxed);
    let reply = ask().send().await.expect(200);
    let sent = w.server.statements.load(Ordering::Relaxed) - before;
    assert!(sent > 0, "{path} was not asked of the database");
    (sent, reply["items"].as_array().unwrap().len())
}

/// Sixty drafts and saved replies of a coach.
async fn sixty_to_answer_with(w: &World, coach: &crate::world::Person) {
    use colloquy::db::schema::{answer_drafts as it, comments};
    use diesel::prelude::*;
    use diesel_async::RunQueryDsl;
    let conn = &mut w.db.conn().await;
    let of: Vec<uuid::Uuid> = comments::table.limit(60).select(comments::id).load(conn).await.unwrap();
    let coach_id: uuid::Uuid = coach.id.parse().unwrap();
    for (number, comment_id) in of.into_iter().enumerate() {
        let bound_to = [coach_id.as_bytes().as_slice(), comment_id.as_bytes()].concat();
        let sealed = w.secrets.seal(colloquy::secrets::Purpose::Draft, &bound_to, b"Dear Annice,").unwrap();
        let draft = (it::account_id.eq(coach_id), it::comment_id.eq(comment_id), it::sealed.eq(sealed));
        let draft = (draft, it::updated_at.eq(w.clock.now()));
        diesel::insert_into(it::table).values(draft).execute(conn).await.unwrap();
        let saved = json!({ "title": format!("Reply {number}"), "body": "We meet every Thursday." });
        w.post_by(coach, "/v1/desk/saved-replies", &saved).await.expect(201);
    }
}

/// Sixty private threads of somebody, the last of which has sixty messages, and sixty of others that wait. Returns the last.
async fn sixty_in_private(w: &World, person: &crate::world::Person) -> String {
    let other = w.reader("Wren").await;
    let mut last = String::new();
    for number in 0..60 {
        let body = json!({ "body": format!("In private, {number}.") });
        last = crate::world::id(&w.post_by(person, "/v1/private-threads", &body).await.expect(201));
        w.post_by(&other, "/v1/private-threads", &body).await.expect(201);
    }
    for number in 0..60 {
        let body = json!({ "body": format!("And another thing, {number}.") });
        w.post_by(person, &format!("/v1/private-threads/{last}/messages"), &body).await.expect(201);
    }
    let why = json!({ "reason": "To count statements." });
    w.post_by(person, &format!("/v1/private-threads/{last}/break-glass"), &why).await.expect(201);
    last
}

/// Sixty comments by one guest, most of which mention somebody; returns the manage token.
async fn sixty_by_a_guest(w: &World, slug: &str) -> String {
    let path = format!("/v1/articles/{slug}/comments");
    let first = w.post(&path, &json!({ "body": "Mine.", "guest": { "name": "Lantern" } })).await.expect(201);
    let token = first["manage_token"].as_str().unwrap();
    for number in 1..60 {
        let body = json!({ "body": format!("Mine, {number}."), "mentions": [first["author"]["id"]] });
        w.request(reqwest::Method::POST, &path).guest(token).json(&body).send().await.expect(201);
    }
    token.to_owned()
}

/// Sixty published articles and drafts; under the first of them sixty roots by sixty guests, each with replies, sixty
/// replies to the first root and sixty texts that it had, sixty comments that wait; sixty sessions. Returns the article's slug and the root's id.
async fn sixty_of_everything(w: &World, admin: &crate::world::Person) -> (String, String) {
    w.shelf(admin, 60).await;
    for number in 0..60 {
        w.service(admin, &["drafts"]).await;
        w.draft(admin, json!({ "title": format!("Draft {number}") })).await;
        let rule = json!({ "name": "Rule", "kind": "words", "action": "hold", "terms": ["spam"], "enabled": false });
        let request = w.request(reqwest::Method::POST, "/v1/moderation/rules").bearer(&admin.access_token);
        request.json(&rule).send().await.expect(201);
        w.log_in(&admin.email).await;
        let entry = Entry::own("test", admin.id.parse().unwrap());
        w.write(async |tx| audit::record(tx, entry).await).await.unwrap();
    }
    let article = w.article(admin, json!({ "title": "The long conversation" })).await;
    let article_id = article["id"].as_str().unwrap().parse().unwrap();
    let root = w.clock.id();
    let written = w.write(async |tx| {
        let comment = |id, parent_id, name: String, status| ImportedComment {
            id,
            parent_id,
            author: ImportedAuthor::Guest(GuestName { name, email: None }),
            created_at: crate::world::noon() - TimeDelta::days(1),
            status,
            body_markdown: "Thank you.".into(),
            fragment: None,
        };
        let mut batch = vec![comment(root, None, "First".into(), CommentStatus::Visible)];
        for number in 0..60 {
            let id = tx.id();
            batch.push(comment(id, None, format!("Root {number}"), CommentStatus::Visible));
            batch.push(comment(tx.id(), Some(id), format!("Below {number}"), CommentStatus::Visible));
            let reply = tx.id();
            batch.push(comment(reply, Some(root), format!("Reply {number}"), CommentStatus::Visible));
            batch.push(comment(tx.id(), Some(reply), format!("Deeper {number}"), CommentStatus::Visible));
            batch.push(comment(tx.id(), None, format!("Waiting {number}"), CommentStatus::Pending));
        }
        comments::import_thread(tx, &w.secrets, article_id, &batch).await?;
        comments::finish_import(tx, article_id).await.map(drop)
    });
    written.await.unwrap();
    sixty_texts_of(w, root).await;
    sixty_reports_and_sanctions(w, root, admin.id.parse().unwrap()).await;
    sixty_verdicts(w, admin, root).await;
    (article["slug"].as_str().unwrap().to_owned(), root.to_string())
}

/// Sixty reports of a comment, sixty by an account, and as many sanctions.
async fn sixty_reports_and_sanctions(w: &World, comment_id: uuid::Uuid, account_id: uuid::Uuid) {
    use colloquy::db::schema::{comments, reports as it, sanctions};
    use diesel::prelude::*;
    use diesel_async::RunQueryDsl;
    let conn = &mut w.db.conn().await;
    let others: Vec<uuid::Uuid> =
        comments::table.filter(comments::id.ne(comment_id)).limit(60).select(comments::id).load(conn).await.unwrap();
    let report = |comment_id: uuid::Uuid, reporter_id: uuid::Uuid| {
        (
            (it::id.eq(w.clock.id()), it::comment_id.eq(comment_id), it::reporter_id.eq(reporter_id)),
            (it::by_guest.eq(false), it::reason.eq("spam"), it::revision.eq(1), it::counts.eq(true)),
            it::created_at.eq(w.clock.now()),
        )
    };
    let on: Vec<_> = (0..60).map(|_| report(comment_id, w.clock.id())).collect();
    let by: Vec<_> = others.into_iter().map(|other| report(other, account_id)).collect();
    diesel::insert_into(it::table).values(on).execute(conn).await.unwrap();
    diesel::insert_into(it::table).values(by).execute(conn).await.unwrap();
    let laid = |_| {
        (
            (sanctions::id.eq(w.clock.id()), sanctions::kind.eq("warn"), sanctions::subject_kind.eq("guest")),
            (sanctions::subject.eq(w.clock.id().as_bytes().to_vec()), sanctions::reason.eq("spam")),
            (sanctions::created_by.eq(account_id), sanctions::created_at.eq(w.clock.now())),
        )
    };
    let laid: Vec<_> = (0..60).map(laid).collect();
    diesel::insert_into(sanctions::table).values(laid).execute(conn).await.unwrap();
}

/// Verdicts on all that hang on a comment, but for the replies to this one.
async fn sixty_verdicts(w: &World, admin: &crate::world::Person, root: uuid::Uuid) {
    use colloquy::db::schema::comments::dsl as it;
    use diesel::prelude::*;
    use diesel_async::RunQueryDsl;
    let shown = it::comments.filter(it::parent_id.ne(root).and(it::status.eq("visible"))).select(it::id);
    let shown: Vec<uuid::Uuid> = shown.load(&mut w.db.conn().await).await.unwrap();
    let items: Vec<Value> = shown.iter().map(|id| json!({ "comment_id": id, "verdict": "hold" })).collect();
    w.post_by(admin, "/v1/moderation/verdicts", &json!({ "items": items })).await.expect(200);
    sixty_alerts(w).await;
}

/// Alerts on sixty of those that wait.
async fn sixty_alerts(w: &World) {
    use diesel_async::SimpleAsyncConnection;
    let urgent = "UPDATE reviews SET priority = 2
                  WHERE comment_id IN (SELECT comment_id FROM reviews ORDER BY comment_id LIMIT 60)";
    w.db.conn().await.batch_execute(urgent).await.unwrap();
    crate::world::until("alerts are raised", async || {
        use colloquy::db::schema::alerts;
        use diesel::prelude::*;
        use diesel_async::RunQueryDsl;
        alerts::table.count().get_result::<i64>(&mut w.db.conn().await).await.unwrap() == 60
    })
    .await;
}

/// Sixty texts that a comment had.
async fn sixty_texts_of(w: &World, comment_id: uuid::Uuid) {
    use colloquy::db::schema::comment_revisions::dsl as it;
    use diesel::prelude::*;
    use diesel_async::RunQueryDsl;
    let text = |n: i64| {
        (
            it::comment_id.eq(comment_id),
            it::revision.eq(n),
            it::body_markdown.eq("Thanks."),
            it::replaced_at.eq(w.clock.now()),
        )
    };
    let texts: Vec<_> = (1..=60).map(text).collect();
    diesel::insert_into(it::comment_revisions).values(texts).execute(&mut w.db.conn().await).await.unwrap();
}
