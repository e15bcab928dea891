//! Two servers on one database, and a database that goes away.

use crate::world::{Person, TestDb, World, noon, until};
use colloquy::clock::Clock;
use diesel::{QueryableByName, sql_types::BigInt};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use serde_json::{Value, json};
use uuid::Uuid;

const GUEST: &str = "Lantern";

fn said(text: &str) -> Value {
    json!({ "body": text, "guest": { "name": GUEST } })
}

async fn two_servers() -> (World, World) {
    let db = TestDb::new().await;
    let clock = Clock::held_at(noon());
    (World::on(db.clone(), clock.clone(), &[]).await, World::on(db, clock, &[]).await)
}

#[actix_web::test]
async fn a_write_on_one_server_drops_the_page_on_the_other() {
    let (here, there) = two_servers().await;
    let coach = here.coach("Marit").await;
    here.article(&coach, json!({ "title": "How to listen" })).await;
    let thread = "/v1/articles/how-to-listen/comments";
    until("the article is there", async || there.get(thread).await.status == 200).await;
    let before = there.get(thread).await;
    let etag = before.header("etag").to_owned();
    assert_eq!(there.request(reqwest::Method::GET, thread).header("if-none-match", &etag).send().await.status, 304);

    here.post(thread, &said("I am here.")).await.expect(201);
    assert_eq!(here.get(thread).await.json()["count"], 1, "the server that wrote shows it at once");
    until("the other server shows it", async || there.get(thread).await.json()["count"] == 1).await;
    assert_ne!(there.get(thread).await.header("etag"), etag);
}

#[actix_web::test]
async fn the_sequencer_numbers_every_event_once_and_in_the_order_of_its_thread() {
    let (here, there) = two_servers().await;
    let coach = here.coach("Marit").await;
    here.article(&coach, json!({ "title": "How to listen" })).await;
    let thread = "/v1/articles/how-to-listen/comments";
    for number in 0..10 {
        let server = if number % 2 == 0 { &here } else { &there };
        server.post(thread, &said(&format!("Comment {number}"))).await.expect(201);
    }
    let mut conn = here.db.conn().await;
    until("all events are numbered", async || {
        crate::world::events(&mut conn).await.iter().all(|event| event.number.is_some())
    })
    .await;
    let mut events = crate::world::events(&mut conn).await;
    events.sort_by_key(|event| event.number);
    let numbers: Vec<_> = events.iter().map(|event| event.number.unwrap()).collect();
    assert_eq!(numbers, (1..=i64::try_from(events.len()).unwrap()).collect::<Vec<_>>(), "no gap, no number twice");
    let posted: Vec<_> =
        events.iter().filter(|event| event.kind == "comment.posted").map(|event| event.stream_version).collect();
    assert_eq!(posted.len(), 10);
    assert!(posted.is_sorted(), "{posted:?}");
}

#[actix_web::test]
#[expect(clippy::disallowed_methods, reason = "how large an index is does not stand in the schema")]
async fn what_has_its_number_is_not_walked_past_to_find_what_waits() {
    #[derive(QueryableByName)]
    struct Size {
        #[diesel(sql_type = BigInt)]
        pages: i64,
    }
    let w = World::new().await;
    let conn = &mut w.db.conn().await;
    for round in 0..80 {
        let happened = format!(
            "INSERT INTO events (id, kind, stream, stream_version, tags, data, at)
             SELECT gen_random_uuid(), 'comment.posted', '{}', {round} * 400 + nth, '', '{{}}', now()
             FROM generate_series(1, 400) AS nth;
             NOTIFY colloquy_events",
            Uuid::nil()
        );
        conn.batch_execute(&happened).await.unwrap();
        w.until_numbered().await;
    }
    let size = "SELECT sum(pg_relation_size(indexrelid) / 8192)::bigint AS pages FROM pg_index
                WHERE indrelid = 'events'::regclass AND pg_get_expr(indpred, indrelid) = '(number IS NULL)'";
    let Size { pages } = diesel::sql_query(size).get_result(conn).await.unwrap();
    // Of one round at a time; those of all together are more than a hundred.
    assert!((1..30).contains(&pages), "{pages} pages");
}

#[actix_web::test]
async fn while_the_database_is_away_reads_go_on_marked_stale_and_writes_say_503_and_it_recovers_by_itself() {
    // Nobody waits for a database that is away longer than by default.
    let w = World::with(&[("statement_timeout_ms", "5000")]).await;
    let coach = w.coach("Marit").await;
    w.article(&coach, json!({ "title": "How to listen" })).await;
    let (thread, never_read) = ("/v1/articles/how-to-listen/comments", "/v1/articles/how-to-listen");
    // A job's write may still drop the page while it is made.
    until("the page is kept", async || w.get(thread).await.status == 200 && !w.server.published.is_empty()).await;
    let fresh = w.get(thread).await;
    assert_eq!(fresh.header("cache-status"), "");

    w.db.close().await;
    until("the server notices", async || !w.get(thread).await.header("cache-status").is_empty()).await;
    let stale = w.get(thread).await;
    assert_eq!(stale.bytes, fresh.bytes);
    assert!(stale.header("cache-status").contains("stale-if-error"), "{stale:?}");
    let refused = w.post(thread, &said("Is anybody there?")).await;
    refused.problem(503, "unavailable");
    assert!(!refused.header("retry-after").is_empty());
    w.get(never_read).await.problem(503, "unavailable");
    w.get("/health/ready").await.problem(503, "unavailable");
    w.get("/health/live").await.expect(204);

    w.db.open().await;
    until("it is ready again", async || w.get("/health/ready").await.status == 204).await;
    until("reads are fresh again", async || w.get(thread).await.header("cache-status").is_empty()).await;
    assert_eq!(w.get(thread).await.json()["count"], 0, "nothing half done");
    w.post(thread, &said("I am back.")).await.expect(201);
    assert_eq!(w.get(thread).await.json()["count"], 1);
}

#[actix_web::test]
async fn a_write_that_fails_leaves_nothing() {
    let w = World::new().await;
    let coach = w.coach("Marit").await;
    w.article(&coach, json!({ "title": "How to listen" })).await;
    // The event is the last statement of the transaction: when it cannot be written, nothing may be.
    w.db.conn()
        .await
        .batch_execute("ALTER TABLE events ADD CONSTRAINT none CHECK (kind <> 'comment.posted')")
        .await
        .unwrap();
    w.post("/v1/articles/how-to-listen/comments", &said("Lost.")).await.problem(500, "internal");
    assert_eq!(w.get("/v1/articles/how-to-listen/comments").await.json()["count"], 0);
}

/// Two servers behind one address: a token of one is good at the other.
async fn two_of_one_name(changes: &[(&str, &str)]) -> (World, World) {
    let (db, clock) = (TestDb::new().await, Clock::held_at(noon()));
    let settings = [&[("public_url", "https://api.example.org")], changes].concat();
    (World::on(db.clone(), clock.clone(), &settings).await, World::on(db, clock, &settings).await)
}

async fn me(w: &World, person: &Person) -> u16 {
    w.request(reqwest::Method::GET, "/v1/accounts/me").bearer(&person.access_token).send().await.status.as_u16()
}

async fn log_out(w: &World, person: &Person) {
    let out = w.request(reqwest::Method::DELETE, "/v1/sessions/current").bearer(&person.access_token);
    out.send().await.expect(204);
}

/// The connections over which servers follow the events of a database, stopped until this is dropped.
struct Frozen(Vec<i32>);

impl Frozen {
    fn new(followers: Vec<i32>) -> Self {
        let frozen = Self(followers);
        frozen.signal(nix::sys::signal::Signal::SIGSTOP);
        frozen
    }

    async fn followers(db: &TestDb) -> Vec<i32> {
        #[derive(diesel::QueryableByName)]
        struct Backend {
            #[diesel(sql_type = diesel::sql_types::Integer)]
            pid: i32,
        }
        #[expect(clippy::disallowed_methods, reason = "the catalog is not in the schema")]
        let backends: Vec<Backend> = diesel_async::RunQueryDsl::load(
            diesel::sql_query(
                "SELECT pid FROM pg_stat_activity
                 WHERE datname = current_database() AND application_name = 'colloquy follower'",
            ),
            &mut db.conn().await,
        )
        .await
        .unwrap();
        backends.into_iter().map(|backend| backend.pid).collect()
    }

    fn signal(&self, signal: nix::sys::signal::Signal) {
        for pid in &self.0 {
            let _ = nix::sys::signal::kill(nix::unistd::Pid::from_raw(*pid), signal);
        }
    }
}

impl Drop for Frozen {
    fn drop(&mut self) {
        self.signal(nix::sys::signal::Signal::SIGCONT);
    }
}

#[actix_web::test]
async fn a_log_out_on_one_server_is_one_on_the_other() {
    let (here, there) = two_of_one_name(&[]).await;
    let ada = here.reader("Ada").await;
    assert_eq!(me(&there, &ada).await, 200);
    let began = std::time::Instant::now();
    log_out(&here, &ada).await;
    assert_eq!(me(&here, &ada).await, 401, "the server that wrote knows at once");
    until("the other server knows", async || me(&there, &ada).await == 401).await;
    eprintln!("a log-out was one on the other server after {:?}", began.elapsed());
}

#[actix_web::test]
async fn a_server_that_hears_nothing_asks_and_one_that_cannot_ask_lets_nobody_in() {
    let (here, there) = two_of_one_name(&[("statement_timeout_ms", "5000")]).await;
    let (ada, bea) = (here.reader("Ada").await, here.reader("Bea").await);
    until("its session is known, so that one statement is left, for the account", async || {
        there.statements(me(&there, &ada)).await == (1, 200)
    })
    .await;
    let mut followers = Vec::new();
    until("both are followed", async || {
        followers = Frozen::followers(&there.db).await;
        followers.len() == 2
    })
    .await;
    let frozen = Frozen::new(followers);
    let began = std::time::Instant::now();
    log_out(&here, &ada).await;
    until("it has asked", async || me(&there, &ada).await == 401).await;
    eprintln!("without a notification it was one after {:?}", began.elapsed());
    assert_eq!(me(&there, &bea).await, 200);
    there.db.close().await;
    until("it cannot ask", async || me(&there, &bea).await == 503).await;
    assert_eq!(me(&there, &ada).await, 503);
    drop(frozen);
    there.db.open().await;
    until("it can again", async || me(&there, &bea).await == 200).await;
    assert_eq!(me(&there, &ada).await, 401);
}

#[actix_web::test]
async fn what_was_written_here_drops_a_page_once() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let thread = format!("/v1/articles/{slug}/comments");
    let mut said_so_far = 0;
    // A job's write may drop one of the pages; what is told again would drop one of them each time.
    until("what is made after a write stays", async || {
        for _ in 0..5 {
            said_so_far += 1;
            w.post(&thread, &said(&format!("Here, for the {said_so_far}. time."))).await.expect(201);
            w.get(&thread).await.expect(200);
            w.followed().await;
            if w.statements(w.get(&thread)).await.0 > 0 {
                return false;
            }
        }
        true
    })
    .await;
}
