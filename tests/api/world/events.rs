//! What happened, and who has read it.

use super::{World, until};
use colloquy::db::{
    Conn,
    schema::{event_readers, events},
};
use diesel::{dsl::max, prelude::*};
use diesel_async::RunQueryDsl;

/// An event as it is stored.
#[derive(Debug, Queryable)]
pub struct StoredEvent {
    pub number: Option<i64>,
    pub kind: String,
    pub stream_version: i64,
}

/// All events.
pub async fn events(conn: &mut Conn) -> Vec<StoredEvent> {
    let stored = events::table.order(events::id).select((events::number, events::kind, events::stream_version));
    stored.load(conn).await.unwrap()
}

impl World {
    /// Waits until all that happened has its number.
    pub async fn until_numbered(&self) {
        let left = events::table.filter(events::number.is_null()).count();
        let conn = &mut self.db.conn().await;
        until("all events have numbers", async || left.get_result::<i64>(conn).await.unwrap() == 0).await;
    }

    /// Waits until all that happened was read under this name.
    pub async fn until_read(&self, name: &str) {
        self.until_numbered().await;
        let conn = &mut self.db.conn().await;
        let is_read = async || {
            let last: Option<i64> = events::table.select(max(events::number)).first(conn).await.unwrap();
            let place = event_readers::table.find(name).select(event_readers::number);
            let read: Option<i64> = place.first(conn).await.optional().unwrap();
            read.is_some_and(|read| last.is_none_or(|last| read == last))
        };
        until(&format!("{name}: all events are read"), is_read).await;
    }
}
