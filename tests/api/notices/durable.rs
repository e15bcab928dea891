//! No mail is lost and none comes twice, whatever happens to whoever writes them.

use super::{ask, held_back, settled, told};
use crate::world::{Person, TestDb, World, noon};
use colloquy::{
    clock::Clock,
    config::Settings,
    db::schema::{mails, notices},
    mail::Outbox,
    notify::Herald,
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use std::{sync::Arc, time::Duration};

/// Somebody who tells, with a connection of their own.
fn herald(w: &World) -> Herald {
    Herald {
        journal: w.journal(),
        secrets: w.secrets.clone(),
        settings: Settings::with(&[]).unwrap(),
        outbox: Outbox::new(w.secrets.clone(), Arc::default()),
        stirred: Arc::default(),
    }
}

/// Readers whose questions were answered, of which nobody has been told, since the server stopped before. The server, too:
/// its database.
async fn unheard(many: usize) -> (World, Vec<Person>) {
    let (db, clock) = (TestDb::new().await, Clock::held_at(noon()));
    let w = World::on(db.clone(), clock.clone(), &[]).await;
    let (slug, _) = w.open_article().await;
    let coach = w.coach("Marit").await;
    let mut readers = Vec::new();
    settled(&w).await;
    let held = held_back(&w).await;
    for n in 0..many {
        let reader = w.reader(&format!("Reader {n}")).await;
        let question = ask(&w, &reader, &slug, None).await;
        ask(&w, &coach, &slug, Some(&question)).await;
        readers.push(reader);
    }
    super::numbered(&w).await;
    let World { server, settings, secrets, mails, .. } = w;
    drop((settings, secrets, mails));
    server.stop().await.unwrap();
    drop(held);
    (World::resting(db, clock).await, readers)
}

async fn count(w: &World) -> (i64, i64) {
    let conn = &mut w.db.conn().await;
    let written = mails::table.filter(mails::kind.eq("answer")).count().get_result(conn).await.unwrap();
    (written, notices::table.count().get_result(conn).await.unwrap())
}
