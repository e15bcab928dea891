//! No mail is lost and none comes twice, whatever happens to whoever writes them.

use super::{ask, held_back, told};
use crate::world::{TestDb, World, noon};
use colloquy::{
    clock::Clock,
    config::Settings,
    db::{
        Pool,
        schema::{mails, notices},
    },
    events::{Journal, Own},
    mail::Outbox,
    notify::Herald,
    secrets::Secrets,
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::future::join_all;
use std::{sync::Arc, time::Duration};
use tokio::time::timeout;

/// How many wait to be told.
const MANY: usize = 12;

/// A database in which staff answered readers of whom nobody has been told, and no server.
struct Untold {
    db: TestDb,
    secrets: Secrets,
}

impl Untold {
    async fn new() -> Self {
        let w = World::new().await;
        let (slug, _) = w.open_article().await;
        let coach = w.coach("Marit").await;
        let held = held_back(&w).await;
        for n in 0..MANY {
            let question = ask(&w, &w.reader(&format!("Reader {n}")).await, &slug, None).await;
            ask(&w, &coach, &slug, Some(&question)).await;
        }
        w.until_numbered().await;
        let (db, secrets) = (w.db.clone(), w.secrets.clone());
        w.server.stop().await.unwrap();
        drop(held);
        Self { db, secrets }
    }

    /// Somebody who tells, with connections of their own.
    fn herald(&self) -> Herald {
        let settings = Settings::with(&[]).unwrap();
        let pool = Pool::new(&self.db.url(), &settings, Arc::default()).unwrap();
        Herald {
            journal: Journal::new(pool, Clock::held_at(noon()), Arc::new(|_| {}), Own::default()),
            secrets: self.secrets.clone(),
            settings,
            outbox: Outbox::new(self.secrets.clone(), Arc::default()),
            stirred: Arc::default(),
        }
    }

    /// How many mails were written, and how many notices were kept.
    async fn count(&self) -> (usize, usize) {
        let conn = &mut self.db.conn().await;
        // At one moment: between two statements, what was stopped might still be committed.
        let written = mails::table.filter(mails::kind.eq("answer")).count().single_value();
        let both = diesel::select((written, notices::table.count().single_value()));
        let (written, kept): (Option<i64>, Option<i64>) = both.get_result(conn).await.unwrap();
        (usize::try_from(written.unwrap()).unwrap(), usize::try_from(kept.unwrap()).unwrap())
    }
}

#[actix_web::test]
async fn whoever_is_stopped_in_the_middle_leaves_all_of_it_to_the_next() {
    let untold = Untold::new().await;
    let mut stopped = 0;
    // Each a little later; the first before anything was done, and with luck some in the middle of the transaction.
    for wait in (0..40).map(Duration::from_millis) {
        let done = timeout(wait, untold.herald().catch_up()).await.is_ok();
        stopped += usize::from(!done);
        let (written, kept) = untold.count().await;
        assert!((written, kept) == (0, 0) || (written, kept) == (MANY, MANY), "{written} mails, {kept} notices");
    }
    assert!(stopped > 0);
    // Whoever was stopped may hold its place until the database has noticed.
    crate::world::until("all are told", async || {
        untold.herald().catch_up().await.unwrap();
        untold.count().await == (MANY, MANY)
    })
    .await;
    untold.herald().catch_up().await.unwrap();
    assert_eq!(untold.count().await, (MANY, MANY));
}

#[actix_web::test]
async fn of_several_who_tell_at_once_one_tells_each() {
    let untold = Untold::new().await;
    let heralds = [untold.herald(), untold.herald(), untold.herald()];
    for told in join_all(heralds.iter().map(Herald::catch_up)).await {
        told.unwrap();
    }
    untold.herald().catch_up().await.unwrap();
    assert_eq!(untold.count().await, (MANY, MANY));
}

#[actix_web::test]
async fn of_two_servers_one_mails() {
    let (db, clock) = (TestDb::new().await, Clock::held_at(noon()));
    let here = World::on(db.clone(), clock.clone(), &[]).await;
    let there = World::on(db, clock, &[]).await;
    let (slug, _) = here.open_article().await;
    let (coach, mut readers) = (here.coach("Marit").await, Vec::new());
    for n in 0..5 {
        let reader = here.reader(&format!("Reader {n}")).await;
        let question = ask(&here, &reader, &slug, None).await;
        ask(&here, &coach, &slug, Some(&question)).await;
        readers.push(reader);
    }
    for reader in readers {
        assert_eq!(told(&here, &reader.email).await, ["answer"]);
        let came = async || here.mails_to(&reader.email).len() + there.mails_to(&reader.email).len();
        crate::world::until("it was sent", async || came().await == 1).await;
    }
}

#[actix_web::test]
async fn what_happened_while_no_server_ran_is_told_by_the_next() {
    let untold = Untold::new().await;
    let next = World::on(untold.db.clone(), Clock::held_at(noon()), &[]).await;
    for n in 0..MANY {
        let mail = next.nth_mail_to(&format!("reader.{n}@example.org"), 0).await;
        assert!(mail.contains("Subject: An answer at Colloquy"), "{mail}");
    }
    assert_eq!(untold.count().await, (MANY, MANY));
}
