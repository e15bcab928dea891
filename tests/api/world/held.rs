//! Rows that somebody else holds, so that what is to happen at the same time does.

use super::{TestDb, blocked, until};
use colloquy::db::Conn;
use diesel_async::SimpleAsyncConnection;

/// Rows that are held: whoever changes them waits.
pub struct Held {
    by: Conn,
    watcher: Conn,
}

impl TestDb {
    /// Holds some rows: `threads WHERE article_id = '…'`.
    pub async fn hold(&self, rows: &str) -> Held {
        let mut held = Held { by: self.conn().await, watcher: self.conn().await };
        held.by.batch_execute(&format!("BEGIN; SELECT FROM {rows} FOR UPDATE")).await.unwrap();
        held
    }
}

impl Held {
    /// Until so many transactions of the server wait.
    pub async fn awaited_by(&mut self, transactions: i64) {
        until("somebody waits for what is held", async || blocked(&mut self.watcher).await >= transactions).await;
    }

    /// Lets them go on.
    pub async fn release(self) {
        self.release_after("").await;
    }

    /// Lets them go on when something was done to it, in SQL.
    pub async fn release_after(mut self, work: &str) {
        self.by.batch_execute(&format!("{work}; COMMIT")).await.unwrap();
    }
}
