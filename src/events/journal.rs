//! Every write of the server goes through here: one transaction, the events it appends, and after its end the
//! tags it touched are raised, before anybody is answered.

use super::{
    own::Own,
    queries,
    types::{Event, NewEvent},
};
use crate::{
    clock::Clock,
    db::{Conn, Pool, transaction},
    error::{Error, Result},
};
use chrono::{DateTime, Utc};
use std::sync::Arc;
use uuid::Uuid;

/// Told which tags were touched. Called from any thread; must not block.
pub type Raise = Arc<dyn Fn(&[String]) + Send + Sync>;

/// The way to write, for one worker.
#[derive(Clone)]
pub struct Journal {
    pool: Pool,
    clock: Clock,
    raise: Raise,
    own: Own,
}

/// A transaction that events can be appended to.
pub struct Tx<'a> {
    /// The connection, inside the transaction.
    pub conn: &'a mut Conn,
    /// The time of everything in this transaction.
    pub now: DateTime<Utc>,
    clock: &'a Clock,
    appended: Vec<NewEvent>,
    told: Vec<Uuid>,
    touched: &'a mut Touched,
}

/// Events for which somebody else than the journal sees to it that they are sent.
#[must_use]
pub struct Told(Vec<NewEvent>);

impl Told {
    /// Writes them, together with what else is sent on this connection.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn send(self, conn: &Conn) -> Result<()> {
        if !self.0.is_empty() {
            queries::append(conn, self.0).await?;
        }
        Ok(())
    }
}

impl Tx<'_> {
    /// A new id.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.clock.id()
    }

    /// Appends an event; it commits with the transaction, or not at all.
    pub fn append(&mut self, event: Event) {
        self.touched.tags.extend(event.tags.iter().cloned());
        self.appended.push(NewEvent {
            id: self.clock.id(),
            kind: event.kind,
            stream: event.stream,
            stream_version: event.version,
            tags: event.tags.join(" "),
            data: event.data,
            actor_id: event.actor_id,
            at: self.now,
        });
    }

    /// What was appended so far, for whoever sends it together with something else, so that the transaction does not wait for it
    /// at its end.
    pub fn told(&mut self) -> Told {
        let told = std::mem::take(&mut self.appended);
        self.told.extend(told.iter().map(|event| event.id));
        Told(told)
    }
}

impl Tx<'_> {
    /// Does `work`, and undoes it again unless it is to be kept: so that who measures from outside cannot tell what is done
    /// from what is only pretended. What fails inside undoes itself alone.
    ///
    /// # Errors
    /// Whatever `work` returns.
    pub async fn undo_unless(&mut self, keep: bool, work: impl AsyncFnOnce(&mut Tx<'_>) -> Result<()>) -> Result<()> {
        let Self { conn, now, clock, appended, told, touched } = self;
        let (mut done, mut events) = (Ok(()), (Vec::new(), Vec::new()));
        let kept = transaction(conn, async |conn| {
            let mut tx = Tx { conn, now: *now, clock, appended: Vec::new(), told: Vec::new(), touched };
            done = work(&mut tx).await;
            events = (tx.appended, tx.told);
            if keep && done.is_ok() { Ok(()) } else { Err(Error::not_found()) }
        });
        let kept = kept.await;
        done?;
        if keep {
            kept?;
            appended.extend(events.0);
            told.extend(events.1);
        }
        Ok(())
    }
}

/// Raises what was touched when the write is over, however it ends: committed, failed, with an unknown
/// outcome, or dropped midway because the client went away. Raising too often costs a rebuild; too seldom
/// would show a stale page.
struct Touched {
    tags: Vec<String>,
    /// Events that are certainly committed.
    committed: Vec<Uuid>,
    raise: Raise,
    own: Own,
}

impl Drop for Touched {
    fn drop(&mut self) {
        if !self.tags.is_empty() {
            (self.raise)(&self.tags);
            // Only now: until then whoever follows the events has to tell of them.
            self.own.raised(self.committed.drain(..));
            self.own.committed.notify_one();
        }
    }
}

impl Journal {
    /// A journal on the calling worker's pool. `own` is what the follower of this process asks.
    #[must_use]
    pub fn new(pool: Pool, clock: Clock, raise: Raise, own: Own) -> Self {
        Self { pool, clock, raise, own }
    }

    /// The time by the clock of its transactions.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Runs `work` in one transaction and commits it, with the events it appended, when it returns `Ok`.
    ///
    /// # Errors
    /// Whatever `work` returns, or [`Code::Unavailable`](crate::error::Code::Unavailable) when the database is away.
    pub async fn write<T>(&self, work: impl AsyncFnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let mut conn = self.pool.get().await?;
        let raise = Arc::clone(&self.raise);
        let mut touched = Touched { tags: Vec::new(), committed: Vec::new(), raise, own: self.own.clone() };
        let (clock, now) = (&self.clock, self.clock.now());
        let written = transaction(&mut conn, async |conn| {
            let mut tx = Tx { conn, now, clock, appended: Vec::new(), told: Vec::new(), touched: &mut touched };
            let value = work(&mut tx).await?;
            tx.told().send(tx.conn).await?;
            Ok((value, tx.told))
        });
        let (value, events) = written.await?;
        touched.committed = events;
        Ok(value)
    }
}
