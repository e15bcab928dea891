//! Words that were planted, and where else than in answers they could have been left: the log, mails, events, the database.

use crate::{
    notices::{settled, whole},
    world::{World, until},
};
use colloquy::db::schema::{events, mails};
use diesel::{dsl::sql, prelude::*, sql_types::Bool};
use diesel_async::RunQueryDsl;
use std::{
    io::{Result, Write},
    sync::Mutex,
};
use tracing_subscriber::fmt;

/// A word that stands in a text, and where it may be read.
#[derive(Clone, Copy)]
pub struct Secret {
    /// In small letters, and in nothing but this text.
    pub word: &'static str,
    /// Who may read it, each with how the paths begin at which they may; `*` stands for whatever id.
    pub shown: &'static [(&'static str, &'static str)],
    /// Whether it is nowhere in the database as it was written.
    pub sealed: bool,
}

impl Secret {
    pub fn is_shown(&self, name: &str, path: &str) -> bool {
        self.shown.iter().any(|(who, beginning)| *who == name && begins(path, beginning))
    }
}

/// Whether a path begins as a pattern says.
fn begins(path: &str, pattern: &str) -> bool {
    let mut parts = path.split(['/', '?']);
    pattern.split('/').all(|wanted| parts.next().is_some_and(|part| wanted == "*" || wanted == part))
}

/// Lines of the log in which one of the words stands.
static TOLD: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// All words of all tests: there is one log.
const WORDS: [&str; 5] =
    [super::hidden::WORD, super::hidden::REMARK, super::private::WORD, super::private::SAVED, super::private::REASON];

/// Looks through the log of this process.
struct Listener;

impl Write for Listener {
    fn write(&mut self, line: &[u8]) -> Result<usize> {
        let told = String::from_utf8_lossy(line).to_lowercase();
        if WORDS.iter().any(|word| told.contains(word)) {
            TOLD.lock().unwrap().push(told);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// From now on the log is looked through, unless somebody else has said already where it goes.
pub fn listen() {
    let _ = fmt().with_env_filter("info,colloquy=debug").with_writer(|| Listener).try_init();
}

/// Not in the database, however it is spelled, where the secret is sealed there; never in an event, a mail or the log.
#[expect(clippy::disallowed_methods, reason = "whole rows are not in the query builder")]
pub async fn nothing_is_left_of(w: &World, secrets: &[Secret]) {
    let letters = letters(w).await;
    assert!(!letters.is_empty(), "somebody got a mail");
    let dump = w.dump().await;
    for Secret { word, sealed, .. } in secrets {
        if *sealed {
            World::assert_absent(&dump, word, word.as_bytes());
        }
        let told = events::table
            .filter(sql::<Bool>("events::text ILIKE ").bind::<diesel::sql_types::Text, _>(format!("%{word}%")));
        let told: i64 = told.count().get_result(&mut w.db.conn().await).await.unwrap();
        assert_eq!(told, 0, "events tell of {word}");
        let letter = letters.iter().find(|letter| letter.contains(word));
        assert!(letter.is_none(), "{letter:?}");
        let told = TOLD.lock().unwrap();
        let line = told.iter().find(|line| line.contains(word));
        assert!(line.is_none(), "{line:?}");
    }
}

/// All mails as people read them, once everything was told that is to be told.
async fn letters(w: &World) -> Vec<String> {
    settled(w).await;
    let unsent = mails::table.filter(mails::sent_at.is_null().and(mails::failed_at.is_null())).count();
    let conn = &mut w.db.conn().await;
    until("all mails are sent", async || unsent.get_result::<i64>(conn).await.unwrap() == 0).await;
    let files = std::fs::read_dir(w.mails.path()).unwrap();
    files.map(|file| whole(&std::fs::read_to_string(file.unwrap().path()).unwrap()).to_lowercase()).collect()
}

#[test]
fn where_a_secret_is_shown_is_said_by_the_beginning_of_a_path() {
    assert!(begins("/v1/private-threads/0198/break-glass/messages?limit=100&", "/v1/private-threads/*/break-glass"));
    assert!(begins("/v1/private-threads?", "/v1/private-threads"));
    assert!(!begins("/v1/private-threads/0198/messages?", "/v1/private-threads/*/break-glass"));
    assert!(!begins("/v1/private-threads", "/v1/private-threads/*/break-glass"));
}
