//! How Postgres answers the questions that pages are made of: by walking an index, whatever the size of the thread.
//!
//! The snapshots hold the plans' shapes, which nodes and which indexes. One that changed is to be looked at: a sort, a
//! scan of a whole table or a hash of one is work in proportion to what is not shown.

use crate::world::{OPEN, Plans, TestDb, World, noon};
use colloquy::{
    clock::Clock,
    comments::{self, CommentStatus, GuestName, ImportedAuthor, ImportedComment},
};
use diesel_async::SimpleAsyncConnection;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A publication with more in it than the two threads, so that a whole table is never the shortest way.
const FILLERS: &str = "
    INSERT INTO accounts (id, display_name, role, created_at, updated_at)
    SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'Member ' || n, CASE WHEN n % 16 = 0 THEN 'coach' ELSE 'reader' END,
           now(), now()
    FROM generate_series(0, 20000) AS n;
    CREATE TEMPORARY TABLE filler AS SELECT gen_random_uuid() AS id, n FROM generate_series(1, 3000) AS n;
    INSERT INTO article_slugs (slug, article_id) SELECT 'filler-' || n, id FROM filler;
    INSERT INTO articles (id, slug, title, body_markdown, body_html, body_text, excerpt, sections, renderer,
                          created_at, updated_at)
    SELECT id, 'filler-' || n, 'Filler', '', '', '', '', '[]', 1, now(), now() FROM filler;
    INSERT INTO threads (article_id) SELECT id FROM filler;
    INSERT INTO guests (id, article_id, display_name, created_at)
    SELECT gen_random_uuid(), filler.id, 'Guest', now() FROM filler, generate_series(1, 7);
    DROP TABLE filler;";

/// Somebody's account, by number.
fn member(n: usize) -> Uuid {
    Uuid::from_u128(0x7000_8000_0000_0000_0000 + u128::try_from(n).unwrap())
}

/// A thread by as many people: one in four has an account; two in three are replies, a few of them deep.
async fn thread(w: &World, article_id: Uuid, size: usize) -> Vec<Uuid> {
    let ids: Vec<Uuid> = (0..size).map(|_| w.clock.id()).collect();
    let parent = |n: usize| match n % 3 {
        0 => None,
        // The first root is answered again and again.
        1 if n % 4 == 1 => Some(ids[0]),
        1 => Some(ids[n - 1]),
        _ => Some(ids[n - 1 - n % 2 * 3 % n.min(4)]),
    };
    let author = |n: usize| match n % 4 {
        0 => ImportedAuthor::Member(member(n)),
        _ => ImportedAuthor::Guest(GuestName { name: format!("Reader {n}"), email: None }),
    };
    let batch: Vec<_> = (0..size)
        .map(|n| ImportedComment {
            id: ids[n],
            parent_id: parent(n),
            author: author(n),
            created_at: w.clock.now() + chrono::TimeDelta::seconds(i64::try_from(n).unwrap()),
            status: CommentStatus::Visible,
            body_markdown: format!("Comment {n}, which says a little more than that."),
            fragment: None,
        })
        .collect();
    let import = w.write(async |tx| {
        comments::import_thread(tx, &w.secrets, article_id, &batch).await?;
        comments::finish_import(tx, article_id).await
    });
    import.await.unwrap();
    ids
}

/// What is asked of a thread.
fn asked(query: &str) -> bool {
    query.contains("comments") || query.contains("article_slugs")
}

#[actix_web::test]
async fn plans_keep_their_shape_and_touch_little() {
    let db = TestDb::new().await;
    let plans = Plans::of(&db).await;
    let mut conn = db.conn().await;
    conn.batch_execute(FILLERS).await.unwrap();
    let w = World::on(db, Clock::held_at(noon()), &[("cache_bytes", "0")]).await;
    let (small, small_id) = w.article_taking("Small", OPEN).await;
    let (large, large_id) = w.article_taking("Large", OPEN).await;
    // Whoever keeps the desk looks through what was published; nobody is told of what is put there below.
    w.until_desk_rests().await;
    let few = thread(&w, small_id, 91).await;
    let many = thread(&w, large_id, 5_000).await;
    // Some were continued in private: nobody should read the list of all of them.
    conn.batch_execute("INSERT INTO continued_comments SELECT id FROM comments").await.unwrap();
    conn.batch_execute("VACUUM ANALYZE").await.unwrap();

    let mut touched: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for (slug, ids) in [(&small, &few), (&large, &many)] {
        let list = |query: &str| format!("/v1/articles/{slug}/comments{query}");
        let next = w.get(&list("?limit=15")).await.expect(200)["next"].as_str().unwrap().to_owned();
        for (name, statements, path) in [
            ("first_page", 4, list("")),
            ("deep_page", 3, next),
            ("newest", 4, list("?sort=newest")),
            ("top", 4, list("?sort=top")),
            ("answered", 3, list("?answered=true")),
            ("answered_top", 3, list("?answered=true&sort=top")),
            ("unanswered", 3, list("?answered=false")),
            ("unanswered_top", 3, list("?answered=false&sort=top")),
            ("subtree", 3, format!("/v1/comments/{}/replies", ids[0])),
            ("permalink", 1, format!("/v1/comments/{}", ids[1])),
            ("context", 5, format!("/v1/comments/{}/context", ids[1])),
        ] {
            let (shape, buffers) = plans.explained(&path, async || w.get(&path).await, asked, statements).await;
            if slug == &large {
                insta::assert_snapshot!(name, shape);
            }
            touched.entry(name).or_default().push(buffers);
        }
    }
    // Here all but the first and the last root are answered.
    let (settled, settled_id) = w.article_taking("Settled", OPEN).await;
    w.until_desk_rests().await;
    thread(&w, settled_id, 5_000).await;
    let settle = format!(
        "UPDATE comments SET answers = CASE WHEN position IN (1, 4999) THEN 0 ELSE 1 END
         WHERE parent_id IS NULL AND article_id = '{settled_id}'"
    );
    conn.batch_execute(&settle).await.unwrap();
    conn.batch_execute("VACUUM ANALYZE").await.unwrap();
    let path = format!("/v1/articles/{settled}/comments?answered=false");
    assert_eq!(w.get(&path).await.expect(200)["items"].as_array().unwrap().len(), 2);
    let (shape, buffers) = plans.explained(&path, async || w.get(&path).await, asked, 3).await;
    insta::assert_snapshot!("nearly_all_answered", shape);
    touched.entry("nearly_all_answered").or_default().push(buffers);
    eprintln!("pages touched, in the small thread and in the large one: {touched:?}");
    for (name, touched) in touched {
        assert!(touched.iter().all(|pages| *pages <= 600), "{name} touches {touched:?} pages");
    }
}
