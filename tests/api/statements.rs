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
    let lists = lists();
    assert!(lists.len() >= 5, "{lists:?}");
    for list in lists {
        let path = list.replace("{slug}", &slug).replace("{id}", &root);
        let (few, one) = count(&w, &admin.access_token, &path, 1).await;
        let (many, fifty) = count(&w, &admin.access_token, &path, 50).await;
        assert_eq!(one, 1, "{list} has nothing to show: give it sixty items in this test");
        assert_eq!(fifty, 50, "{list} has too little to show: give it sixty items in this test");
        assert_eq!(few, many, "{list} sends a statement per row");
    }
}

async fn count(w: &World, token: &str, path: &str, limit: usize) -> (u64, usize) {
    let url = format!("{path}?limit={limit}");
    // Once before, so that statements are prepared and connections are open.
    w.request(reqwest::Method::GET, &url).bearer(token).send().await.expect(200);
    let before = w.server.statements.load(Ordering::Relaxed);
    let reply = w.request(reqwest::Method::GET, &url).bearer(token).send().await.expect(200);
    let sent = w.server.statements.load(Ordering::Relaxed) - before;
    assert!(sent > 0, "{path} was not asked of the database");
    (sent, reply["items"].as_array().unwrap().len())
}

/// Sixty published articles and drafts; under the first of them sixty roots by sixty guests, each with replies, sixty
/// replies to the first root and sixty texts that it had, sixty comments that wait; sixty sessions. Returns the article's slug and the root's id.
async fn sixty_of_everything(w: &World, admin: &crate::world::Person) -> (String, String) {
    w.shelf(admin, 60).await;
    for number in 0..60 {
        w.service(admin, &["drafts"]).await;
        w.draft(admin, json!({ "title": format!("Draft {number}") })).await;
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
    (article["slug"].as_str().unwrap().to_owned(), root.to_string())
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
