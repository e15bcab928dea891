//! Following the events over one direct connection per process: numbering them when it is this node's turn, and
//! telling this node which tags were touched, wherever that was.

use super::{own::Own, queries};
use crate::db::{Conn, Patience, direct};
use anyhow::{Context, Result, anyhow};
use diesel::{pg::PgNotification, prelude::*};
use futures_util::StreamExt;
use std::{
    future::ready,
    time::{Duration, Instant},
};
use tokio::{sync::watch, time::timeout};

/// The events are looked at this often even if nobody calls. Who is let in depends on it: what is known of a session
/// counts only while the last look is younger than half a second.
const HEARTBEAT: Duration = Duration::from_millis(200);

/// The shortest time between two looks: under many writes, numbering takes several at once.
const PACE: Duration = Duration::from_millis(20);

/// Who wants to know what was touched. Called on the follower's runtime; must not block.
pub trait Listener {
    /// These tags were touched by somebody.
    fn touched(&self, tags: &[String]);
    /// Nothing can be heard any more: whatever is held may be out of date.
    fn deaf(&self);
    /// From here on everything is heard again.
    fn hearing(&self);
    /// Everything committed before this moment has been told.
    fn caught_up(&self, _: Instant) {}
}

/// Follows the events until it is dropped.
pub struct Follower<L> {
    url: String,
    listener: L,
    own: Own,
    patience: Patience,
    hearing: watch::Sender<bool>,
}

impl<L: Listener> Follower<L> {
    /// `own` is what this process's journals commit.
    pub fn new(url: &str, listener: L, own: Own, patience: Patience) -> (Self, watch::Receiver<bool>) {
        let (hearing, watched) = watch::channel(false);
        (Self { url: url.into(), listener, own, patience, hearing }, watched)
    }

    /// Runs for ever, reconnecting whenever the connection is lost.
    pub async fn run(self) {
        let mut pause = Duration::from_millis(100);
        loop {
            let heard = self.follow().await;
            if self.hearing.send_replace(false) {
                pause = Duration::from_millis(100);
            }
            self.listener.deaf();
            if let Err(error) = heard {
                tracing::warn!(cause = format!("{error:#}"), "the events cannot be followed; trying again");
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_secs(2));
        }
    }

    async fn follow(&self) -> Result<()> {
        let mut conn = timeout(self.patience.answer(), direct(&self.url)).await??;
        let own_process = queries::listen(&mut conn).await?;
        // Only after LISTEN: what is committed before is in the table, what comes later is announced.
        let mut last = queries::last_number(&mut conn).await?;
        let mut leading = false;
        self.listener.hearing();
        self.hearing.send_replace(true);
        loop {
            let began = Instant::now();
            leading = leading || self.within(queries::become_sequencer(&mut conn)).await?;
            // Looked at before the numbered ones: what gets its number in between is seen by one of the two looks.
            let whole = if leading { self.number(&mut conn).await? } else { self.tell_unnumbered(&mut conn).await? };
            last = self.tell(&mut conn, last).await?;
            if whole {
                self.listener.caught_up(began);
            }
            let more = leading && !whole;
            let wrote_here = !more && self.sleep_until_woken(&mut conn, own_process).await?;
            tokio::time::sleep(PACE.saturating_sub(began.elapsed())).await;
            if wrote_here && !leading {
                self.within(queries::wake_everybody(&mut conn)).await?;
            }
        }
    }

    async fn tell(&self, conn: &mut Conn, mut last: i64) -> Result<i64> {
        loop {
            let events = self.within(queries::numbered_after(conn, last)).await?;
            let Some(newest) = events.last() else { return Ok(last) };
            last = newest.number;
            // What was written here was raised before it was answered; again would only drop what was made since.
            for event in events.iter().filter(|event| !self.own.forget(event.id)) {
                let tags: Vec<String> = event.tags.split(' ').map(str::to_owned).collect();
                self.listener.touched(&tags);
            }
        }
    }

    /// Numbers what is committed. False when there is more of it than one numbering takes.
    async fn number(&self, conn: &mut Conn) -> Result<bool> {
        let numbered = self.within(queries::number(conn)).await?;
        if numbered > 0 {
            self.within(queries::wake_everybody(conn)).await?;
        }
        Ok(numbered < queries::BATCH)
    }

    /// Tells what has no number yet, because whoever numbers is slow or stuck; it is told again with its number. False
    /// when there is more of it than one look takes in.
    async fn tell_unnumbered(&self, conn: &mut Conn) -> Result<bool> {
        let waiting = self.within(queries::unnumbered(conn)).await?;
        for (_, tags) in waiting.iter().filter(|(id, _)| !self.own.knows(*id)) {
            let tags: Vec<String> = tags.split(' ').map(str::to_owned).collect();
            self.listener.touched(&tags);
        }
        Ok(waiting.len() < queries::BATCH)
    }

    /// Waits for a notification of others, a write of this process, or the next heartbeat. True for a write.
    async fn sleep_until_woken(&self, conn: &mut Conn, own_process: i32) -> Result<bool> {
        let of_others = |heard: &QueryResult<PgNotification>| {
            ready(heard.as_ref().map_or(true, |heard| heard.process_id != own_process))
        };
        let mut notifications = std::pin::pin!(conn.notifications_stream().filter(of_others));
        tokio::select! {
            () = self.own.committed.notified() => Ok(true),
            heard = notifications.next() => match heard {
                Some(heard) => heard.map(|_| false).context("the listening connection failed"),
                None => Err(anyhow!("the listening connection was closed")),
            },
            () = tokio::time::sleep(HEARTBEAT) => Ok(false),
        }
    }

    /// What is asked of the database, if it answers in time.
    async fn within<T>(&self, query: impl Future<Output = QueryResult<T>>) -> Result<T> {
        Ok(timeout(self.patience.answer(), query).await.context("the database does not answer")??)
    }
}
