//! Making the desk out of the events.

mod look;

use super::{
    actions,
    queries::{questions, scans},
    rules,
    types::{Question, Scan, ScanKind},
};
use crate::{
    comments,
    error::Result,
    events::{self, Happened, Journal, Tx},
};
use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::Notify,
    time::{Instant, sleep_until},
};
use uuid::Uuid;

/// Whose place among the events this is.
const NAME: &str = "desk";

/// Comments of one page of a scan, and questions that begin to wait again at once.
const PAGE: i64 = 500;

/// How long the desk rests after each look, in times of what it took. Whoever posts goes before it: in a storm it comes after,
/// and looking through millions of comments takes nothing from those who write and read meanwhile.
const REST: u32 = 8;

/// The longest rest: also where a look takes long, coaches do not wait long for what was asked.
const LONGEST_REST: Duration = Duration::from_secs(2);

/// Keeps the desk, on as many nodes as there are: each event is read by one of them. What it writes and how far it has come are
/// committed together, so that whatever stops it, another goes on where it was.
#[derive(Clone)]
pub struct Desk {
    journal: Journal,
    stirred: Arc<Notify>,
    begun: Arc<AtomicBool>,
}

impl Desk {
    /// A desk that is woken by `stirred` when something was written.
    #[must_use]
    pub fn new(journal: Journal, stirred: Arc<Notify>) -> Self {
        Self { journal, stirred, begun: Arc::default() }
    }

    /// Runs for ever.
    pub async fn run(self) {
        loop {
            let looked_at = Instant::now();
            let more = self.go_round().await.unwrap_or_else(|error| {
                tracing::warn!(cause = format!("{error:#}"), "the desk cannot be kept; trying again");
                false
            });
            let rested_at = Instant::now() + (looked_at.elapsed() * REST).min(LONGEST_REST);
            if !more {
                events::until_stirred(&self.stirred, looked_at).await;
            }
            sleep_until(rested_at).await;
        }
    }

    /// Goes on without rest until there is nothing to do, or another node is at it.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn catch_up(&self) -> Result<()> {
        while self.go_round().await? {}
        Ok(())
    }

    /// One transaction's part. True when there may be more to do at once.
    async fn go_round(&self) -> Result<bool> {
        let begin = !self.begun.load(Ordering::Relaxed);
        let more = self.journal.write(async |tx| go_on(tx, begin).await).await?;
        self.begun.store(true, Ordering::Relaxed);
        Ok(more)
    }
}

/// The next part, in a transaction of its own. True when there may be more to do at once; not so when another node is at it.
async fn go_on(tx: &mut Tx<'_>, begin: bool) -> Result<bool> {
    if begin && events::begin_reading(tx, NAME).await? {
        // What was there before the first event that is read.
        scans::begin(tx.conn, &[Scan::begin(ScanKind::Everything, Uuid::nil())]).await?;
    }
    let Some(happened) = events::read_on(tx, NAME).await? else { return Ok(false) };
    let (mut ids, new_scans) = touched(&happened);
    if !new_scans.is_empty() {
        scans::begin(tx.conn, &new_scans).await?;
    }
    let scanned = go_through(tx, &mut ids).await?;
    if !ids.is_empty() {
        look::look_at(tx, &Vec::from_iter(ids)).await?;
    }
    let woken = wake(tx).await?;
    Ok(events::may_go_on(&happened) || scanned || woken)
}

/// The comments that events name, and what is to be looked through where they name none.
fn touched(happened: &[Happened]) -> (BTreeSet<Uuid>, Vec<Scan>) {
    let (mut ids, mut threads) = (BTreeSet::new(), BTreeSet::new());
    for Happened { kind, data, .. } in happened {
        let id = |name: &str| data.get(name).and_then(|id| id.as_str()).and_then(|id| id.parse::<Uuid>().ok());
        match kind.as_str() {
            // None of them changes who waits for whom.
            "comment.reacted" | "comment.unreacted" | "thread.reactions_erased" | "thread.guest_renamed" => {}
            kind if kind.starts_with("comment.") => ids.extend(id("comment_id")),
            // Events from before it was said may tell of it.
            "article.edited" if data["refiled"] == false => {}
            "article.published" | "article.unpublished" | "article.edited" => threads.extend(id("article_id")),
            kind if kind.starts_with("thread.") => threads.extend(id("article_id")),
            _ => {}
        }
    }
    (ids, threads.into_iter().map(|id| Scan::begin(ScanKind::Thread, id)).collect())
}

/// Adds the next page of what is to be looked through. True when there was something.
async fn go_through(tx: &mut Tx<'_>, ids: &mut BTreeSet<Uuid>) -> Result<bool> {
    let Some(scan) = scans::next(tx.conn).await? else { return Ok(false) };
    let article_id = (scan.kind == ScanKind::Thread.as_str()).then_some(scan.article_id);
    let page = comments::walk_ids(tx.conn, article_id, scan.after_id, PAGE).await?;
    match page.last() {
        Some(last) => scans::go_on(tx.conn, &scan, *last).await?,
        None => scans::end(tx.conn, &scan).await?,
    };
    ids.extend(page);
    Ok(true)
}

/// Writes down that claims and snoozes are over, which everybody sees without that. So they do not gather where each page has to
/// look for them. True when there was something.
async fn wake(tx: &mut Tx<'_>) -> Result<bool> {
    let over = questions::over(tx.conn, tx.now, PAGE).await?;
    let waiting: Vec<Question> = over.into_iter().map(rules::release).collect();
    actions::store(tx.conn, &waiting).await?;
    Ok(!waiting.is_empty())
}
