//! What a page says was all so at one moment.

use crate::world::{World, blocked, until};
use chrono::TimeDelta;
use colloquy::{
    comments::{self, CommentStatus, GuestName, ImportedAuthor, ImportedComment},
    events::Tx,
};
use diesel_async::SimpleAsyncConnection;
use futures_util::future::join;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use uuid::Uuid;

/// Reads a page that is held up after its first statement, as long as it takes to write something.
async fn read_around(w: &World, address: &str, write: impl AsyncFnOnce(&mut Tx<'_>)) -> Value {
    let (lock, locked) = oneshot::channel();
    let page = async {
        locked.await.unwrap();
        w.get(address).await.expect(200)
    };
    let writing = w.write(async |tx| {
        // The first statement of a page does not look there.
        tx.conn.batch_execute("LOCK TABLE continued_comments IN ACCESS EXCLUSIVE MODE").await?;
        lock.send(()).unwrap();
        let conn = &mut w.db.conn().await;
        until("the page is held up", async || blocked(conn).await == 1).await;
        write(tx).await;
        Ok(())
    });
    let (page, written) = join(page, writing).await;
    written.unwrap();
    page
}

fn comment(w: &World, parent_id: Option<Uuid>) -> ImportedComment {
    ImportedComment {
        id: w.clock.id(),
        parent_id,
        author: ImportedAuthor::Guest(GuestName { name: "Annice".into(), email: None }),
        created_at: w.clock.now() + TimeDelta::minutes(1),
        status: CommentStatus::Visible,
        body_markdown: "Another.".into(),
        fragment: None,
    }
}

#[actix_web::test]
async fn a_thread_counts_what_it_lists() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    w.say(&slug, "One.", None).await;
    // Nobody else waits for the lock.
    w.until_desk_rests().await;
    let address = format!("/v1/articles/{slug}/comments");
    let page = read_around(&w, &address, async |tx| {
        comments::import_thread(tx, &w.secrets, article_id, &[comment(&w, None)]).await.unwrap();
        comments::repair(tx, article_id).await.unwrap();
    })
    .await;
    let told = |page: &Value| (page["count"].clone(), page["items"].as_array().unwrap().len());
    assert_eq!(told(&page), (json!(1), 1));
    // It is not kept beyond that moment.
    until("both are told", async || told(&w.get(&address).await.expect(200)) == (json!(2), 2)).await;
}
