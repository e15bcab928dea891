//! The desk follows the events, each once, whatever stops it.

use crate::world::{OPEN, Person, TestDb, World, noon, until};
use chrono::TimeDelta;
use colloquy::{
    clock::Clock,
    coaching::Desk,
    comments,
    db::schema::{event_readers, question_answers, questions},
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
    let coach = Person { access_token: w.log_in(&coach.email).await.0, ..coach };
    until("the roots wait", async || waiting(&w, &coach).await == 500).await;
    let answered = w.question_when(&coach, &question, "answered").await;
    assert_eq!(answered["answer"]["id"], answer);
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
