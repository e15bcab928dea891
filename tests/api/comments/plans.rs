//! How Postgres answers the questions that pages are made of: by walking an index, whatever the size of the thread.
//!
//! The snapshots hold the plans' shapes, which nodes and which indexes. One that changed is to be looked at: a sort, a
//! scan of a whole table or a hash of one is work in proportion to what is not shown.

use crate::world::{OPEN, TestDb, World, noon};
use colloquy::{
    clock::Clock,
    comments::{self, CommentStatus, GuestName, ImportedAuthor, ImportedComment},
};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use serde_json::Value;
use std::{collections::BTreeMap, fmt::Write, fs, path::Path, time::Duration};
use uuid::Uuid;

/// Everything that is planned from now on in this database is logged with what it touched.
const EXPLAIN: &str = "
    ALTER DATABASE $ SET session_preload_libraries = 'auto_explain';
    ALTER DATABASE $ SET auto_explain.log_min_duration = 0;
    ALTER DATABASE $ SET auto_explain.log_analyze = on;
    ALTER DATABASE $ SET auto_explain.log_buffers = on;
    ALTER DATABASE $ SET auto_explain.log_timing = off;
    ALTER DATABASE $ SET auto_explain.log_format = json;";

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

diesel::define_sql_function! { fn current_database() -> diesel::sql_types::Text; }
diesel::define_sql_function! { fn current_setting(name: diesel::sql_types::Text) -> diesel::sql_types::Text; }

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

/// What the cluster has logged so far.
fn read(log: &Path) -> String {
    String::from_utf8_lossy(&fs::read(log).unwrap()).into_owned()
}

/// Plans that are in the log behind `from`.
fn plans(log: &Path, from: usize) -> Vec<Value> {
    let log = read(log);
    let mut plans = Vec::new();
    let mut lines = log[from..].lines().peekable();
    while let Some(line) = lines.next() {
        if line.trim_end().ends_with("plan:") {
            let mut plan = String::new();
            while let Some(more) = lines.next_if(|line| line.starts_with('\t')) {
                plan.push_str(more);
            }
            plans.extend(serde_json::from_str::<Value>(&plan));
        }
    }
    plans
}

fn shape(plan: &Value, level: usize, text: &mut String) {
    let field = |name: &str| plan[name].as_str().unwrap_or_default();
    let mut line = field("Node Type").to_owned();
    for (name, before) in
        [("Index Name", "using"), ("Relation Name", "on"), ("CTE Name", "on"), ("Subplan Name", "for")]
    {
        if !field(name).is_empty() {
            let _ = write!(line, " {before} {}", field(name));
        }
    }
    if field("Scan Direction") == "Backward" {
        line.push_str(" backward");
    }
    let _ = writeln!(text, "{}{line}", "  ".repeat(level));
    for part in plan["Plans"].as_array().into_iter().flatten() {
        shape(part, level + 1, text);
    }
}

/// What one request asks of the database in so many statements: the plans' shapes, and the pages of 8 KiB that were
/// touched. What the server's jobs ask meanwhile is left out.
async fn explained(w: &World, log: &Path, path: &str, statements: usize) -> (String, u64) {
    // Once before, so that connections and catalogs are warm.
    w.get(path).await.expect(200);
    let from = read(log).len();
    w.get(path).await.expect(200);
    let asked = |plan: &Value| {
        let query = plan["Query Text"].as_str().unwrap();
        query.contains("comments") || query.contains("article_slugs")
    };
    let logged = async {
        loop {
            let plans: Vec<Value> = plans(log, from).into_iter().filter(asked).collect();
            if plans.len() >= statements {
                return plans;
            }
            tokio::task::yield_now().await;
        }
    };
    let plans = tokio::time::timeout(Duration::from_secs(20), logged).await.expect("the plans are logged");
    assert_eq!(plans.len(), statements, "{path}");
    let (mut text, mut buffers) = (String::new(), 0);
    for plan in plans {
        let plan = &plan["Plan"];
        shape(plan, 0, &mut text);
        buffers += plan["Shared Hit Blocks"].as_u64().unwrap() + plan["Shared Read Blocks"].as_u64().unwrap();
    }
    (text, buffers)
}

#[actix_web::test]
async fn plans_keep_their_shape_and_touch_little() {
    let db = TestDb::new().await;
    let mut conn = db.conn().await;
    let name: String = diesel::select(current_database()).get_result(&mut conn).await.unwrap();
    let data: String = diesel::select(current_setting("data_directory")).get_result(&mut conn).await.unwrap();
    let log = Path::new(&data).with_file_name("server.log");
    conn.batch_execute(&EXPLAIN.replace('$', &name)).await.unwrap();
    conn.batch_execute(FILLERS).await.unwrap();
    let w = World::on(db, Clock::held_at(noon()), &[("cache_bytes", "0")]).await;
    let (small, small_id) = w.article_taking("Small", OPEN).await;
    let (large, large_id) = w.article_taking("Large", OPEN).await;
    let few = thread(&w, small_id, 91).await;
    let many = thread(&w, large_id, 5_000).await;
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
            ("subtree", 3, format!("/v1/comments/{}/replies", ids[0])),
            ("permalink", 1, format!("/v1/comments/{}", ids[1])),
            ("context", 5, format!("/v1/comments/{}/context", ids[1])),
        ] {
            let (shape, buffers) = explained(&w, &log, &path, statements).await;
            if slug == &large {
                insta::assert_snapshot!(name, shape);
            }
            touched.entry(name).or_default().push(buffers);
        }
    }
    eprintln!("pages touched, in the small thread and in the large one: {touched:?}");
    for (name, touched) in touched {
        assert!(touched.iter().all(|pages| *pages <= 600), "{name} touches {touched:?} pages");
    }
}
