//! The desk follows the events, each once, whatever stops it.

use crate::world::{OPEN, Person, TestDb, World, noon, until};
use chrono::TimeDelta;
use colloquy::{
    clock::Clock,
    coaching::Desk,
    comments,
    db::schema::{desk_scans, event_readers, question_answers, questions},
};
use diesel::prelude::*;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use std::sync::Arc;
use tokio::sync::Notify;
use uuid::Uuid;

/// The desk as the database has it.
async fn stored(w: &World) -> Vec<(Uuid, String, bool, Option<Uuid>)> {
    questions::table
        .order(questions::comment_id)
        .select((questions::comment_id, questions::state, questions::shown, questions::answer_id))
        .load(&mut w.db.conn().await)
        .await
        .unwrap()
}

async fn waiting(w: &World, coach: &Person) -> i64 {
    w.see(coach, "/v1/desk/numbers").await.expect(200)["waiting"].as_i64().unwrap()
}

#[actix_web::test]
async fn imported_comments_reach_the_desk() {
    let w = World::new().await;
    let coach = w.coach("Marit").await;
    let (_, article_id) = w.article_taking("Open", OPEN).await;
    until("the desk is kept", async || reads(&w).await).await;
    w.thread(article_id, 1500).await;
    w.write(async |tx| comments::repair(tx, article_id).await).await.unwrap();
    until("the roots wait", async || waiting(&w, &coach).await == 500).await;
}

/// Whether somebody keeps the desk.
async fn reads(w: &World) -> bool {
    let readers = event_readers::table.filter(event_readers::name.eq("desk")).count();
    readers.get_result::<i64>(&mut w.db.conn().await).await.unwrap() == 1
}

#[actix_web::test]
async fn comments_from_before_there_was_a_desk_reach_it() {
    let db = TestDb::new().await;
    let clock = Clock::held_at(noon());
    let w = World::on(db.clone(), clock.clone(), &[]).await;
    let coach = w.coach("Marit").await;
    let (slug, article_id) = w.article_taking("Open", OPEN).await;
    w.thread(article_id, 1500).await;
    let question = w.say(&slug, "How do I begin?", None).await;
    let answer = w.reply(&coach, &slug, &question).await;
    until("the desk is kept", async || stored(&w).await.iter().any(|row| row.3.is_some())).await;
    w.server.stop().await.unwrap();
    // As after an update from a version that had no desk.
    let forget =
        "DELETE FROM event_readers; DELETE FROM question_answers; DELETE FROM questions; DELETE FROM desk_scans";
    db.conn().await.batch_execute(forget).await.unwrap();
    let w = World::on(db, clock, &[]).await;
    let coach = w.again(coach).await;
    until("the roots wait", async || waiting(&w, &coach).await == 500).await;
    let answered = w.question_when(&coach, &question, "answered").await;
    assert_eq!(answered["answer"]["id"], answer);
}

/// Each page of a walk tells once more that the thread changed.
const EVER_MORE: &str = "
    CREATE FUNCTION ever_more() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO events (id, number, kind, stream, stream_version, tags, data, at)
        SELECT gen_random_uuid(), max(number) + 1, 'thread.imported', NEW.article_id, max(number) + 1000000, '',
               jsonb_build_object('article_id', NEW.article_id), now() FROM events;
        RETURN NULL;
    END $$;
    CREATE TRIGGER ever_more AFTER UPDATE OF after_id ON desk_scans FOR EACH ROW EXECUTE FUNCTION ever_more();";

#[actix_web::test]
async fn a_walk_reaches_its_end_while_events_keep_coming() {
    let w = World::new().await;
    let (_, article_id) = w.article_taking("Open", OPEN).await;
    until("the desk is kept", async || reads(&w).await).await;
    let last_root = w.thread(article_id, 3000).await[2997];
    let desk = Desk::new(w.journal(), Arc::new(Notify::new()));
    w.server.stop().await.unwrap();
    let conn = &mut w.db.conn().await;
    conn.batch_execute("DELETE FROM questions; DELETE FROM desk_scans").await.unwrap();
    conn.batch_execute(EVER_MORE).await.unwrap();
    let nowhere = (desk_scans::article_id.eq(article_id), desk_scans::after_id.eq(Uuid::nil()));
    let begin = diesel::insert_into(desk_scans::table).values((desk_scans::kind.eq("thread"), nowhere));
    begin.execute(conn).await.unwrap();
    let walk = actix_web::rt::spawn(async move { desk.catch_up().await });
    until("the last root waits", async || {
        let last = questions::table.find(last_root).count();
        last.get_result::<i64>(&mut w.db.conn().await).await.unwrap() == 1
    })
    .await;
    assert!(!walk.is_finished(), "events keep coming");
    // It is walked once more after the last of them, and then no more.
    conn.batch_execute("DROP TRIGGER ever_more ON desk_scans").await.unwrap();
    walk.await.unwrap().unwrap();
    assert_eq!(desk_scans::table.count().get_result::<i64>(conn).await.unwrap(), 0);
}

#[actix_web::test]
async fn killed_and_begun_again_it_loses_nothing_and_doubles_nothing() {
    let w = World::new().await;
    let coach = w.coach("Marit").await;
    let (slug, article_id) = w.article_taking("Open", OPEN).await;
    w.thread(article_id, 3000).await;
    w.write(async |tx| comments::repair(tx, article_id).await).await.unwrap();
    let mut asked = Vec::new();
    for n in 0..20 {
        asked.push(w.say(&slug, &format!("Question {n}"), None).await);
        if n % 2 == 0 {
            w.reply(&coach, &slug, &asked[n]).await;
        }
        // One that is stopped wherever it happens to be, beside the server's own.
        let desk = Desk::new(w.journal(), Arc::new(Notify::new()));
        let _ = tokio::time::timeout(std::time::Duration::from_millis(n as u64), desk.catch_up()).await;
    }
    let all_settled = async || {
        let rows = stored(&w).await;
        rows.len() == 1020 && rows.iter().filter(|row| row.1 == "answered").count() == 10
    };
    until("all is there", all_settled).await;
    let answers: i64 = question_answers::table.count().get_result(&mut w.db.conn().await).await.unwrap();
    assert_eq!(answers, 10);
    // Looking at everything anew changes nothing.
    let before = stored(&w).await;
    w.claim_question(&coach, &asked[1]).await.expect(200);
    w.at_desk(&coach, &asked[3], "dismiss", &serde_json::json!({})).await.expect(200);
    w.db.conn().await.batch_execute("DELETE FROM event_readers WHERE name = 'desk'").await.unwrap();
    let desk = Desk::new(w.journal(), Arc::new(Notify::new()));
    until("it is looked at anew", async || {
        desk.catch_up().await.unwrap();
        reads(&w).await
    })
    .await;
    desk.catch_up().await.unwrap();
    let after = stored(&w).await;
    let same = before.iter().zip(&after).filter(|(before, after)| before == after).count();
    assert_eq!((same, after.len()), (before.len() - 2, before.len()));
    assert_eq!(w.question(&coach, &asked[1]).await.expect(200)["state"], "claimed");
    assert_eq!(w.question(&coach, &asked[3]).await.expect(200)["state"], "dismissed");
}

#[actix_web::test]
async fn on_two_servers_the_desk_is_one() {
    let db = TestDb::new().await;
    let clock = Clock::held_at(noon());
    let here = World::on(db.clone(), clock.clone(), &[]).await;
    let there = World::on(db, clock, &[]).await;
    let coach = here.coach("Marit").await;
    let (slug, _) = here.article_taking("Open", OPEN).await;
    let mut asked = Vec::new();
    for n in 0..10 {
        here.clock.set(here.clock.now() + TimeDelta::seconds(1));
        let server = if n % 2 == 0 { &here } else { &there };
        until("the article is there", async || server.get(&format!("/v1/articles/{slug}")).await.status == 200).await;
        asked.push(server.say(&slug, &format!("Question {n}"), None).await);
    }
    let all: Vec<&str> = asked.iter().map(String::as_str).collect();
    here.until_desk(&coach, "", &all).await;
    let (access_token, _) = there.log_in(&coach.email).await;
    there.until_desk(&Person { access_token, ..coach }, "", &all).await;
}
