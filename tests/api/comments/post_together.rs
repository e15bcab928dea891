//! Comments that arrive together are written together, each with its own verdict.

use crate::world::{OPEN, Reply, World, events, id, until};
use colloquy::db::{
    Conn,
    schema::{comments, threads},
};
use diesel::{prelude::*, sql_query, sql_types::BigInt};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use futures_util::future::{join, join_all};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

type Sent<'a> = (Value, Option<&'a str>);

/// Sends one comment that has to wait for the thread, and then those that have to wait for it together, in the order in which
/// they stand here. Returns what is answered to these.
async fn together(w: &World, slug: &str, article_id: Uuid, sent: &[Sent<'_>]) -> Vec<Reply> {
    let path = format!("/v1/articles/{slug}/comments");
    let send = async |(n, (body, key)): (usize, &Sent<'_>)| {
        until("those before it wait", async || w.server.writers.waiting() == n).await;
        let request = w.request(Method::POST, &path).json(body);
        match key {
            Some(key) => request.header("idempotency-key", key).send().await,
            None => request.send().await,
        }
    };
    w.say(slug, "So that the thread is there.", None).await;
    let mut held = w.db.hold(&format!("threads WHERE article_id = '{article_id}'")).await;
    let first = w.say(slug, "The first.", None);
    let then = async {
        held.awaited_by(1).await;
        let release = async {
            until("all others wait for it", async || w.server.writers.waiting() == sent.len()).await;
            held.release().await;
        };
        join(join_all(sent.iter().enumerate().map(send)), release).await.0
    };
    join(first, then).await.1
}

fn guest(body: &str) -> Value {
    json!({ "body": body, "guest": { "name": "Wendy" } })
}

#[actix_web::test]
async fn each_of_them_has_its_own_verdict() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let parent = w.say(&slug, "What do you think?", None).await;
    let reply = |parent: &str, body: &str| json!({ "body": body, "parent_id": parent, "guest": { "name": "Wendy" } });
    let nowhere = Uuid::nil().to_string();
    let sent = [
        (guest("One."), None),
        (guest(""), None),
        (reply(&parent, "Two."), None),
        (reply(&nowhere, "To nobody."), None),
        (json!({ "body": "About that.", "section_id": "no-such", "guest": { "name": "Wendy" } }), None),
        (reply(&parent, "Three."), None),
        (guest("Four."), Some("a-key-of-mine")),
        (guest("Four."), Some("a-key-of-mine")),
        (guest("Five."), Some("another-key-of-mine")),
    ];
    let (statements, replies) = w.statements(together(&w, &slug, article_id, &sent)).await;
    let statuses: Vec<u16> = replies.iter().map(|reply| reply.status.as_u16()).collect();
    assert_eq!(statuses, [201, 422, 201, 422, 422, 201, 201, 409, 201]);
    assert_eq!(replies[1].problem(422, "validation"), ["#/body"]);
    assert_eq!(replies[3].problem(422, "parent_elsewhere"), ["#/parent_id"]);
    assert_eq!(replies[4].problem(422, "validation"), ["#/section_id"]);
    replies[7].problem(409, "idempotency_key_in_flight");
    // What was sent again gets what was written, once.
    let path = format!("/v1/articles/{slug}/comments");
    let again = w.request(Method::POST, &path).header("idempotency-key", "a-key-of-mine").json(&guest("Four.")).send();
    assert_eq!(id(&again.await.expect(201)), id(&replies[6].json()));
    assert_eq!(w.stored(article_id).await, 3 + 5);
    w.assert_counters_right().await;
    let listed = w.get(&format!("{path}?sort=newest")).await.expect(200);
    let texts: Vec<_> = listed["items"].as_array().unwrap().iter().map(|root| root["body"]["text"].clone()).collect();
    assert_eq!(texts[..3], ["Five.", "Four.", "One."]);
    assert!(statements < 60, "{statements} statements for three transactions");
}

#[actix_web::test]
async fn what_is_refused_among_others_takes_nothing_from_the_thread() {
    let w = World::new().await;
    let mut conn = w.db.conn().await;
    let nowhere = json!({ "body": "To nobody.", "parent_id": Uuid::nil(), "guest": { "name": "Wendy" } });
    let elsewhere = || (nowhere.clone(), None);
    let all = vec![elsewhere(), elsewhere()];
    let some = vec![(guest("One."), None), elsewhere(), (guest("One."), None), (guest("Two."), None)];
    for (sent, statuses, written) in [(all, vec![422, 422], 2), (some, vec![201, 422, 409, 201], 4)] {
        let (slug, article_id) = w.article_taking(&format!("Of {written}"), OPEN).await;
        let replies = together(&w, &slug, article_id, &sent).await;
        assert_eq!(replies.iter().map(|reply| reply.status.as_u16()).collect::<Vec<_>>(), statuses);
        assert_eq!(counters(&mut conn, article_id).await, (written.into(), written.into(), [written; 3]));
        w.assert_counters_right().await;
    }
}

/// The version of a thread, its last position, and its comments, roots and last number of a root.
async fn counters(conn: &mut Conn, article_id: Uuid) -> (i64, i64, [i32; 3]) {
    let row = threads::table.find(article_id).select((
        threads::version,
        threads::last_position,
        threads::comment_count,
        threads::root_count,
        threads::last_root_no,
    ));
    let (version, position, comments, roots, root_no) = row.first(conn).await.unwrap();
    (version, position, [comments, roots, root_no])
}

#[actix_web::test]
async fn nobody_hears_what_another_is_told() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let path = format!("/v1/articles/{slug}/comments");
    let send = || w.request(Method::POST, &path).header("idempotency-key", "a-key-of-mine").json(&guest("Mine."));
    let mine = send().send().await.expect(201);
    // Of those that arrive together one was written before and one is refused: there is one verdict, for one of them.
    let sent = [(guest("Mine."), Some("a-key-of-mine")), (guest(""), None)];
    let replies = together(&w, &slug, article_id, &sent).await;
    assert_eq!((replies[0].expect(201), w.stored(article_id).await), (mine, 3));
    assert_eq!(replies[1].problem(422, "validation"), ["#/body"]);
}

#[actix_web::test]
async fn many_more_take_no_more_statements() {
    let w = World::with(&[("standing_seconds", "0")]).await;
    let mut counted = Vec::new();
    for size in [2, 40] {
        let (slug, article_id) = w.article_taking(&format!("Of {size}"), OPEN).await;
        let parent = w.say(&slug, "What do you think?", None).await;
        let reply = |n| json!({ "body": format!("{n}"), "parent_id": parent, "guest": { "name": "Wendy" } });
        let sent: Vec<Sent<'_>> = (0..size).map(|n| (reply(n), None)).collect();
        let (statements, replies) = w.statements(together(&w, &slug, article_id, &sent)).await;
        assert!(replies.iter().all(|reply| reply.status.as_u16() == 201));
        counted.push(statements);
    }
    assert_eq!(counted[0], counted[1]);
}

#[actix_web::test]
async fn sixty_four_writers_lose_nothing_and_keep_their_order() {
    const WRITERS: usize = 64;
    const EACH: usize = 20_000_usize.div_ceil(WRITERS);
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let root = w.say(&slug, "Everybody answers this.", None).await;
    let write = async |writer: usize| {
        let mut written = Vec::with_capacity(EACH);
        for n in 0..EACH {
            let parent = (n % 3 == 0).then_some(root.as_str());
            written.push(w.say(&slug, &format!("{writer} {n}"), parent).await);
        }
        written
    };
    let written = join_all((0..WRITERS).map(write)).await;
    let rows: Vec<(Uuid, i64, Option<i32>)> = comments::table
        .filter(comments::article_id.eq(article_id))
        .order(comments::position)
        .select((comments::id, comments::position, comments::root_no))
        .load(&mut w.db.conn().await)
        .await
        .unwrap();
    let places: BTreeMap<String, i64> = rows.iter().map(|(id, position, _)| (id.to_string(), *position)).collect();
    assert_eq!((rows.len(), places.len()), (WRITERS * EACH + 1, rows.len()));
    // Positions are dense, and so are the numbers of roots in their order; nobody's later comment stands before an earlier.
    assert!(rows.iter().enumerate().all(|(n, (_, position, _))| usize::try_from(*position).unwrap() == n + 1));
    let root_nos: Vec<i32> = rows.iter().filter_map(|(_, _, root_no)| *root_no).collect();
    assert!(root_nos.iter().enumerate().all(|(n, root_no)| usize::try_from(*root_no).unwrap() == n + 1));
    for own in &written {
        let own: Vec<i64> = own.iter().map(|id| places[id]).collect();
        assert!(own.is_sorted());
    }
    w.assert_counters_right().await;
    let counted = w.get(&format!("/v1/comment-counts?articles={slug}")).await.expect(200);
    assert_eq!(counted["items"][0]["count"], rows.len());
    // Every one of them is told to whoever follows, each by itself.
    let events = events(&mut w.db.conn().await).await;
    let posted = events.iter().filter(|event| event.kind == "comment.posted");
    let versions: BTreeSet<i64> = posted.map(|event| event.stream_version).collect();
    assert_eq!(versions.len(), rows.len());
}

#[actix_web::test]
async fn a_few_wait_for_others_while_the_pace_is_kept() {
    const WORTH: usize = 16;
    let w = World::with(&[("comments_pace_ms", "3600000")]).await;
    let (slug, article_id) = w.open_article().await;
    w.say(&slug, "Whoever comes alone waits for nobody.", None).await;
    let bodies: Vec<String> = (0..WORTH).map(|number| format!("Number {number} of many.")).collect();
    join_all(bodies.iter().map(|body| w.say(&slug, body, None))).await;
    assert_eq!(transactions(&mut w.db.conn().await, article_id).await, 2);
}

#[actix_web::test]
async fn whoever_comes_when_too_many_wait_is_told_to_come_back() {
    let w = World::with(&[("comments_waiting", "2")]).await;
    let (slug, article_id) = w.open_article().await;
    w.say(&slug, "So that the thread is there.", None).await;
    let path = format!("/v1/articles/{slug}/comments");
    let mut held = w.db.hold(&format!("threads WHERE article_id = '{article_id}'")).await;
    let one_too_many = async {
        held.awaited_by(1).await;
        let then = async {
            until("no more may wait", async || w.server.writers.waiting() == 2).await;
            let request =
                || w.request(Method::POST, &path).header("idempotency-key", "one-too-many").json(&guest("Four."));
            let refused = request().send().await;
            refused.problem(503, "unavailable");
            assert!(!refused.header("retry-after").is_empty());
            assert!(!refused.text().contains("Four"), "{}", refused.text());
            // Whoever reads goes on.
            w.get(&path).await.expect(200);
            held.release().await;
            request
        };
        join(join_all([w.say(&slug, "Two.", None), w.say(&slug, "Three.", None)]), then).await.1
    };
    let (_, request) = join(w.say(&slug, "One.", None), one_too_many).await;
    assert_eq!(w.stored(article_id).await, 4);
    // What was refused left nothing behind: sent again as it was, it is written.
    request().send().await.expect(201);
    assert_eq!(w.stored(article_id).await, 5);
    w.assert_counters_right().await;
}

/// In how many transactions the comments under an article were written.
#[expect(clippy::disallowed_methods, reason = "what Postgres knows of a row is not in the schema")]
async fn transactions(conn: &mut Conn, article_id: Uuid) -> i64 {
    #[derive(QueryableByName)]
    struct Transactions {
        #[diesel(sql_type = BigInt)]
        number: i64,
    }
    let written = "SELECT count(DISTINCT xmin::text) AS number FROM comments WHERE article_id = $1";
    let written = sql_query(written).bind::<diesel::sql_types::Uuid, _>(article_id);
    written.get_result::<Transactions>(conn).await.unwrap().number
}

#[actix_web::test]
async fn what_cannot_be_written_keeps_no_other_from_being() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let breaks =
        "CREATE FUNCTION breaks() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$;
         CREATE TRIGGER breaks BEFORE INSERT ON comments FOR EACH ROW WHEN (NEW.body_markdown = 'Broken.')
         EXECUTE FUNCTION breaks();";
    w.db.conn().await.batch_execute(breaks).await.unwrap();
    let sent = [(guest("One."), None), (guest("Broken."), Some("a-key-of-mine")), (guest("Two."), None)];
    let replies = together(&w, &slug, article_id, &sent).await;
    let statuses: Vec<u16> = replies.iter().map(|reply| reply.status.as_u16()).collect();
    assert_eq!(statuses, [201, 500, 201]);
    replies[1].problem(500, "internal");
    assert!(!replies[1].text().contains("broken"), "{}", replies[1].text());
    assert_eq!(w.stored(article_id).await, 2 + 2);
    w.assert_counters_right().await;
    // It is not taken as written: sent again, once it can be, it is.
    w.db.conn().await.batch_execute("DROP TRIGGER breaks ON comments").await.unwrap();
    let path = format!("/v1/articles/{slug}/comments");
    let again = w.request(Method::POST, &path).header("idempotency-key", "a-key-of-mine").json(&sent[1].0);
    again.send().await.expect(201);
    assert_eq!(w.stored(article_id).await, 2 + 3);
}
