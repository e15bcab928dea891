//! How Postgres answers the desk's first pages: by walking an index, however much waits. The snapshots hold the plans' shapes.

use crate::world::{Plans, TestDb, World, id, noon};
use colloquy::clock::Clock;
use diesel_async::SimpleAsyncConnection;

const COMMENTS: usize = 60_000;

/// By what the statements of a page are known: the one that finds its questions, and the one that reads their comments.
const STATEMENTS: [&str; 2] = ["AS place WHERE", "WHERE (\"comments\".\"id\" = ANY"];

/// Each filter, and what it is asked for by.
const PAGES: [(&str, &str); 18] = [
    ("waiting", ""),
    ("by_priority", "sort=priority"),
    ("claimed", "state=claimed"),
    ("snoozed", "state=snoozed"),
    ("answered", "state=answered"),
    ("answered_elsewhere", "state=answered_elsewhere"),
    ("dismissed", "state=dismissed"),
    ("article", "article_id=00000000-0000-7000-a000-000000000014"),
    ("section", "article_id=00000000-0000-7000-a000-000000000014&section_id=part-0"),
    ("tag", "tag=tag-7"),
    ("language", "language=de"),
    ("priority", "priority=2"),
    ("guest", "guest=true"),
    ("member", "guest=false"),
    ("asked_of_me", "asked=me"),
    ("asked_of_me_with_a_tag", "asked=me&tag=tag-7&language=de"),
    ("asked_of_me_with_a_tag_by_priority", "asked=me&tag=tag-7&language=de&sort=priority"),
    ("asked_between", "asked_after=2024-01-15T00:00:00Z&asked_before=2024-02-01T00:00:00Z"),
];

#[actix_web::test]
async fn the_first_page_of_each_filter_walks_an_index_and_touches_little() {
    let db = TestDb::new().await;
    let plans = Plans::of(&db).await;
    let w = World::on(db, Clock::held_at(noon()), &[]).await;
    let coach = w.coach("Marit").await;
    // Otherwise whoever keeps the desk would look at all that is put there below.
    w.until_desk_rests().await;
    let fill = include_str!("fill.sql");
    let fill = fill.replace("$comments", &COMMENTS.to_string()).replace("$coach", &coach.id);
    let mut conn = w.db.conn().await;
    conn.batch_execute(&fill).await.unwrap();
    // So many that each row is counted and none is sampled: a plan is not another by chance.
    conn.batch_execute("SET default_statistics_target = 1000").await.unwrap();
    conn.batch_execute("VACUUM ANALYZE").await.unwrap();
    let mut touched = Vec::new();
    for (name, parameters) in PAGES {
        let path = format!("/v1/desk?{parameters}");
        let page = async || w.see(&coach, &path).await;
        let shown = page().await.expect(200)["items"].as_array().unwrap().len();
        assert!(shown > 0, "{name} shows {shown}");
        let mut buffers = 0;
        for (words, part) in STATEMENTS.into_iter().zip([name, "comments"]) {
            let (shape, of_part) = plans.explained(name, page, |query| query.contains(words), 1).await;
            // The comments of every page are read alike.
            insta::assert_snapshot!(part, shape);
            let whole = ["comments", "questions", "question_tags", "question_coaches"];
            assert!(!whole.iter().any(|table| shape.contains(&format!("Seq Scan on {table}\n"))), "{name}:\n{shape}");
            buffers += of_part;
        }
        touched.push((name, buffers));
    }
    eprintln!("pages touched: {touched:?}");
    for (name, buffers) in touched {
        // Those that are combined pass over what the others of them leave out.
        let most = if name.starts_with("asked_of_me_with") { 5000 } else { 200 };
        assert!(buffers <= most, "{name} touches {buffers} pages");
    }
    let (_, numbers) = plans
        .explained("numbers", async || w.see(&coach, "/v1/desk/numbers").await, |query| query.contains("median_at"), 1)
        .await;
    eprintln!("the numbers touch {numbers}");
    // Staff wrote a third of all that. Who keeps the desk looks at one comment without reading any of it.
    let (slug, _) = w.open_article().await;
    w.until_desk_rests().await;
    let ask = async || {
        let said = w.post_as_guest(&slug, &format!("What then, {}?", w.clock.id()), None).await.expect(201);
        w.until_desk_rests().await;
        w.question(&coach, &id(&said)).await
    };
    let (shape, buffers) = plans.explained("a look", ask, |query| query.contains("parent_by_asker"), 1).await;
    assert!(buffers <= 50, "{buffers} pages:\n{shape}");
}
