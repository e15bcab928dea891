//! Comments that arrive together are written together: while one transaction commits, those that arrive form the next.
//! So an article that everybody writes under takes as many comments as the disk takes transactions, times their number.

use super::{
    actions::{self, Reception},
    queries::thread,
    types::{Comment, Receipt, Submission},
};
use crate::{
    config::Settings,
    db::Pool,
    error::{Code, Error, Result},
    events::{Done, Journal, Tx},
};
use futures_util::FutureExt;
use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
    panic::AssertUnwindSafe,
    sync::Arc,
    time::Duration,
};
use tokio::{
    sync::{mpsc, oneshot},
    time::{Instant, timeout_at},
};
use uuid::Uuid;

/// Comments in one transaction, at most.
const BATCH: usize = 256;

/// Comments that are worth a transaction: fewer wait for others until the pace is kept.
const WORTH: usize = 16;

/// A comment that was written, now or before, as its writer sees it.
pub type Written = Result<(Done<Receipt>, Comment)>;

type Waiting = (Submission, oneshot::Sender<Written>);

/// Where workers hand in comments. Cloning gives the same writers.
#[derive(Clone)]
pub struct Writers(Arc<[mpsc::Sender<Waiting>]>);

impl Writers {
    /// Writers on the calling runtime, with the tasks in which they work. Of `lanes` transactions at the same time, those who
    /// write under one article meet in one, by its slug. As the settings say, some comments wait for each, at most, and some time
    /// passes between two transactions while few comments come.
    #[must_use]
    pub fn start(
        journal: &Journal,
        pool: &Pool,
        reception: &Reception,
        lanes: usize,
        settings: &Settings,
    ) -> (Self, Vec<impl Future<Output = ()> + use<>>) {
        let (waiting, pace) = (settings.comments_waiting, settings.comments_pace());
        let (lanes, tasks) = (0..lanes)
            .map(|_| {
                let (sender, receiver) = mpsc::channel(waiting);
                let (journal, pool, reception) = (journal.clone(), pool.clone(), reception.clone());
                let desk = Desk { journal, pool, reception, pace };
                (sender, desk.work(receiver))
            })
            .unzip::<_, _, Vec<_>, Vec<_>>();
        (Self(lanes.into()), tasks)
    }

    /// Comments that wait for the next transaction.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.0.iter().map(|lane| lane.max_capacity() - lane.capacity()).sum()
    }

    /// Writes a comment, and returns when it is on disk.
    ///
    /// # Errors
    /// As `submit_each`, and what an idempotency key is refused for; [`Code::Unavailable`] when too many wait.
    pub async fn write(&self, submission: Submission) -> Written {
        let mut hasher = DefaultHasher::new();
        submission.slug.as_str().hash(&mut hasher);
        let lane = usize::try_from(hasher.finish() % self.0.len().max(1) as u64).unwrap_or_default();
        let busy = || Error::unavailable(anyhow::anyhow!("too many comments wait to be written"));
        let (sender, verdict) = oneshot::channel();
        self.0.get(lane).and_then(|lane| lane.try_send((submission, sender)).ok()).ok_or_else(busy)?;
        verdict.await.map_err(|_| Error::unavailable(anyhow::anyhow!("the writer went away")))?
    }
}

/// One writer at work.
struct Desk {
    journal: Journal,
    pool: Pool,
    reception: Reception,
    /// The shortest time between the beginnings of two transactions of a few comments.
    pace: Duration,
}

impl Desk {
    async fn work(self, mut waiting: mpsc::Receiver<Waiting>) {
        let mut batch = Vec::with_capacity(BATCH);
        let mut next = Instant::now();
        while waiting.recv_many(&mut batch, BATCH).await > 0 {
            gather(&mut waiting, &mut batch, next).await;
            next = Instant::now() + self.pace;
            metrics::histogram!("colloquy_comments_written_together")
                .record(u32::try_from(batch.len()).unwrap_or(u32::MAX));
            let (alone, together): (Vec<_>, Vec<_>) =
                batch.drain(..).partition(|(submission, _)| submission.to_be_asked().is_some());
            let batches = alone.into_iter().map(|waiting| vec![waiting]);
            for batch in std::iter::once(together).filter(|batch| !batch.is_empty()).chain(batches) {
                // A fault of ours costs one batch, never the writer: those who wait are told when it is dropped.
                if AssertUnwindSafe(self.answer(batch)).catch_unwind().await.is_err() {
                    tracing::error!("comments were not written: the writer panicked");
                }
            }
        }
    }

    async fn answer(&self, batch: Vec<Waiting>) {
        let (submissions, senders): (Vec<Submission>, Vec<_>) = batch.into_iter().unzip();
        let submissions: Vec<&Submission> = submissions.iter().collect();
        let verdicts = self.write(&submissions).await;
        for (verdict, submission) in verdicts.iter().zip(&submissions) {
            self.note(verdict, submission);
        }
        for (written, sender) in self.read(verdicts).await.into_iter().zip(senders) {
            // Whoever does not wait any more finds the comment there.
            let _ = sender.send(written);
        }
    }

    /// Writes them together. Where that fails for what is the fault of some, each is tried by itself; under an article
    /// that somebody else holds, only the first, so that the others do not wait for that as often.
    async fn write(&self, batch: &[&Submission]) -> Vec<Result<Done<Receipt>>> {
        let error = match self.submit(batch).await {
            Ok(done) => return done,
            Err(error) => error,
        };
        let by_some = error.code == Code::Internal || error.is_contention();
        if batch.len() == 1 || !by_some {
            return batch.iter().map(|_| Err(error.again())).collect();
        }
        let (mut verdicts, mut held) = (Vec::with_capacity(batch.len()), HashSet::new());
        for submission in batch {
            if held.contains(submission.slug.as_str()) {
                verdicts.push(Err(Error::unavailable(anyhow::anyhow!("somebody else holds the thread"))));
                continue;
            }
            let verdict = self.submit(&[submission]).await;
            if verdict.as_ref().is_err_and(Error::is_contention) {
                held.insert(submission.slug.as_str());
            }
            verdicts.push(verdict.and_then(|done| done.into_iter().next().unwrap_or_else(missing)));
        }
        verdicts
    }

    async fn submit(&self, batch: &[&Submission]) -> Result<Vec<Result<Done<Receipt>>>> {
        let onces: Vec<_> = batch.iter().map(|submission| &submission.once).collect();
        let work = async |tx: &mut Tx<'_>, fresh: &[usize]| {
            let fresh: Vec<&Submission> = fresh.iter().filter_map(|at| batch.get(*at).copied()).collect();
            let mut verdicts = actions::submit_each(tx, &self.reception, &fresh).await?;
            // Alone, what is refused is undone with its transaction.
            match verdicts.pop() {
                Some(Err(error)) if batch.len() == 1 => return Err(error),
                last => verdicts.extend(last),
            }
            Ok(verdicts)
        };
        let done = self.journal.write_each(&onces, work).await;
        if batch.iter().any(|submission| submission.to_be_asked().is_some()) {
            self.reception.outbox.wake();
        }
        done
    }

    /// With the comments as their writers see them. What was written before is read as it is now.
    async fn read(&self, verdicts: Vec<Result<Done<Receipt>>>) -> Vec<Written> {
        let receipts = verdicts.iter().flatten().map(|done| &done.value);
        let earlier = receipts.filter(|receipt| receipt.comment.is_none());
        let earlier: Vec<Uuid> = earlier.map(|receipt| receipt.comment_id).collect();
        let read = if earlier.is_empty() { Ok(HashMap::new()) } else { self.find_each(&earlier).await };
        let written = |verdict: Result<Done<Receipt>>| {
            let mut done = verdict?;
            if let Some(comment) = done.value.comment.take() {
                return Ok((done, *comment));
            }
            let read = read.as_ref().map_err(Error::again)?;
            let comment = read.get(&done.value.comment_id).cloned().ok_or_else(Error::not_found)?;
            Ok((done, comment))
        };
        verdicts.into_iter().map(written).collect()
    }

    /// Remembers what was said. Only now: what is tried again was not said before.
    fn note(&self, verdict: &Result<Done<Receipt>>, submission: &Submission) {
        let comment = verdict.as_ref().ok().and_then(|done| done.value.comment.as_ref());
        let author_id = comment.and_then(|comment| comment.author.as_ref()?.id);
        if let (Some(comment), Some(author_id), Some(looked)) = (comment, author_id, &submission.looked) {
            self.reception.repeats.note(looked.print, author_id, comment.created_at);
        }
    }

    async fn find_each(&self, ids: &[Uuid]) -> Result<HashMap<Uuid, Comment>> {
        let conn = &mut *self.pool.get().await?;
        let rows = thread::find_each(conn, ids).await?.into_iter().map(|placed| placed.comment).collect();
        Ok(actions::own(conn, rows).await?.into_iter().map(|comment| (comment.id, comment)).collect())
    }
}

/// Adds to a batch what arrives until then, or until it is worth a transaction. After each one all pages of the thread are made
/// anew: where a few comments came at a time, its readers would wait for nothing else.
async fn gather(waiting: &mut mpsc::Receiver<Waiting>, batch: &mut Vec<Waiting>, until: Instant) {
    while batch.len() < WORTH {
        let room = BATCH.saturating_sub(batch.len());
        // Nobody is left to hand in more when none came.
        if !timeout_at(until, waiting.recv_many(batch, room)).await.is_ok_and(|more| more > 0) {
            return;
        }
    }
}

fn missing<T>() -> Result<T> {
    Err(Error::internal(anyhow::anyhow!("a comment without a verdict")))
}
