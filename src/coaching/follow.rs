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
};
use tokio::{
    sync::Notify,
    time::{Instant, timeout_at},
};
use uuid::Uuid;

/// Whose place among the events this is.
const NAME: &str = "desk";

/// Comments of one page of a scan, and questions that begin to wait again at once.
const PAGE: i64 = 500;

/// How long the desk rests after a page of a scan, in times of what the page took: looking through millions of comments takes
/// nothing from those who write and read meanwhile.
const REST: u32 = 4;

/// Keeps the desk, on as many nodes as there are: each event is read by one of them. What it writes and how far it has come are
/// committed together, so that whatever stops it, another goes on where it was.
#[derive(Clone)]
pub struct Desk {
    journal: Journal,
    stirred: Arc<Notify>,
    begun: Arc<AtomicBool>,
}

/// Whether there may be more to do.
enum Round {
    /// At once.
    More,
    /// A page of a scan was all that there was.
    Scanned,
    Done,
}

impl Desk {
    /// A desk that is woken by `stirred` when something was written.
    #[must_use]
    pub fn new(journal: Journal, stirred: Arc<Notify>) -> Self {
        Self { journal, stirred, begun: Arc::default() }
    }

    /// Runs for ever.
    pub async fn run(self) {
        let mut scan_at = Instant::now();
        loop {
            let looked_at = Instant::now();
            match self.go_round(looked_at >= scan_at).await {
                Ok(Round::More) => continue,
                Ok(Round::Scanned) => scan_at = Instant::now() + looked_at.elapsed() * REST,
                Ok(Round::Done) => {}
                Err(error) => tracing::warn!(cause = format!("{error:#}"), "the desk cannot be kept; trying again"),
            }
            let stirred = events::until_stirred(&self.stirred, looked_at);
            if scan_at > Instant::now() {
                let _ = timeout_at(scan_at, stirred).await;
            } else {
                stirred.await;
            }
        }
    }

    /// Goes on without rest until there is nothing to do, or another node is at it.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn catch_up(&self) -> Result<()> {
        while !matches!(self.go_round(true).await?, Round::Done) {}
        Ok(())
    }

    /// One transaction's part, with a page of a scan or without.
    async fn go_round(&self, scan: bool) -> Result<Round> {
        let begin = !self.begun.load(Ordering::Relaxed);
        let round = self.journal.write(async |tx| go_on(tx, begin, scan).await).await?;
        self.begun.store(true, Ordering::Relaxed);
        Ok(round.unwrap_or(Round::Done))
    }
}

/// The next part, in a transaction of its own; none when another node is at it.
async fn go_on(tx: &mut Tx<'_>, begin: bool, scan: bool) -> Result<Option<Round>> {
    if begin && events::begin_reading(tx, NAME).await? {
        // What was there before the first event that is read.
        scans::begin(tx.conn, &[Scan::begin(ScanKind::Everything, Uuid::nil())]).await?;
    }
    let Some(happened) = events::read_on(tx, NAME).await? else { return Ok(None) };
    let (mut ids, new_scans) = touched(&happened);
    if !new_scans.is_empty() {
        scans::begin(tx.conn, &new_scans).await?;
    }
    let scanned = scan && go_through(tx, &mut ids).await?;
    if !ids.is_empty() {
        look::look_at(tx, &Vec::from_iter(ids)).await?;
    }
    let woken = wake(tx).await?;
    Ok(Some(match (events::may_go_on(&happened) || woken, scanned) {
        (true, _) => Round::More,
        (false, true) => Round::Scanned,
        (false, false) => Round::Done,
    }))
}

/// The comments that events name, and what is to be looked through where they name none.
fn touched(happened: &[Happened]) -> (BTreeSet<Uuid>, Vec<Scan>) {
    let (mut ids, mut articles, mut threads) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for Happened { kind, data, .. } in happened {
        let id = |name: &str| data.get(name).and_then(|id| id.as_str()).and_then(|id| id.parse::<Uuid>().ok());
        match kind.as_str() {
            // None of them changes who waits for whom.
            "comment.reacted" | "comment.unreacted" | "thread.reactions_erased" | "thread.guest_renamed" => {}
            kind if kind.starts_with("comment.") => ids.extend(id("comment_id")),
            kind if kind.starts_with("thread.") => threads.extend(id("article_id")),
            // Events from before it was said may tell of it.
            "article.edited" if data["refiled"] == false => {}
            "article.published" | "article.unpublished" | "article.edited" => articles.extend(id("article_id")),
            _ => {}
        }
    }
    // Whoever looks through the thread sees its questions too.
    articles.retain(|article| !threads.contains(article));
    let threads = threads.into_iter().map(|id| Scan::begin(ScanKind::Thread, id));
    let scans = threads.chain(articles.into_iter().map(|id| Scan::begin(ScanKind::Article, id)));
    (ids, scans.collect())
}

/// Adds the next page of what is to be looked through. True when there was something.
async fn go_through(tx: &mut Tx<'_>, ids: &mut BTreeSet<Uuid>) -> Result<bool> {
    let Some(scan) = scans::next(tx.conn).await? else { return Ok(false) };
    let page = if scan.kind == ScanKind::Article.as_str() {
        scans::under_article(tx.conn, scan.article_id, scan.after_id, PAGE).await?
    } else {
        let article_id = (scan.kind == ScanKind::Thread.as_str()).then_some(scan.article_id);
        comments::walk_ids(tx.conn, article_id, scan.after_id, PAGE).await?
    };
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
