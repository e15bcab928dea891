//! Comments that arrive together are written together: while one transaction commits, those that arrive form the next.
//! So an article that everybody writes under takes as many comments as the disk takes transactions, times their number.

use super::{
    actions::{self, Reception},
    queries::thread,
    types::{Comment, Receipt, Submission},
};
use crate::{
    db::Pool,
    error::{Code, Error, Result},
    events::{Done, Journal},
};
use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

/// Transactions at the same time. Each article has its own writer, so that they do not wait for each other's counters.
const LANES: usize = 2;

/// Comments in one transaction, at most.
const BATCH: usize = 256;

/// Comments that wait for one writer, at most: whoever comes when there are more is told to come back.
const WAITING: usize = 2048;

/// A comment that was written, now or before, as its writer sees it.
pub type Written = Result<(Done<Receipt>, Comment)>;

type Waiting = (Submission, oneshot::Sender<Written>);

/// Where workers hand in comments. Cloning gives the same writers.
#[derive(Clone)]
pub struct Writers(Arc<[mpsc::Sender<Waiting>]>);

impl Writers {
    /// Writers on the calling runtime, with the tasks in which they work.
    #[must_use]
    pub fn start(
        journal: &Journal,
        pool: &Pool,
        reception: &Reception,
    ) -> (Self, Vec<impl Future<Output = ()> + use<>>) {
        let (lanes, tasks) = (0..LANES)
            .map(|_| {
                let (sender, receiver) = mpsc::channel(WAITING);
                let desk = Desk { journal: journal.clone(), pool: pool.clone(), reception: reception.clone() };
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
    /// As [`actions::submit_each`], and what an idempotency key is refused for; [`Code::Unavailable`] when too many wait.
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
}

impl Desk {
    async fn work(self, mut waiting: mpsc::Receiver<Waiting>) {
        let mut batch = Vec::with_capacity(BATCH);
        while waiting.recv_many(&mut batch, BATCH).await > 0 {
            metrics::histogram!("colloquy_comments_written_together")
                .record(u32::try_from(batch.len()).unwrap_or(u32::MAX));
            let (alone, together): (Vec<_>, Vec<_>) =
                batch.drain(..).partition(|(submission, _)| submission.to_be_asked().is_some());
            self.answer(together).await;
            for waiting in alone {
                self.answer(vec![waiting]).await;
            }
        }
    }

    async fn answer(&self, batch: Vec<Waiting>) {
        let (submissions, senders): (Vec<Submission>, Vec<_>) = batch.into_iter().unzip();
        let submissions: Vec<&Submission> = submissions.iter().collect();
        for (written, sender) in self.write(&submissions).await.into_iter().zip(senders) {
            // Whoever does not wait any more finds the comment there.
            let _ = sender.send(written);
        }
    }

    async fn write(&self, batch: &[&Submission]) -> Vec<Written> {
        let mut verdicts = Vec::with_capacity(batch.len());
        match self.submit(batch).await {
            Ok(done) => verdicts.extend(done),
            // What nobody foresaw in one of them is no fault of the others.
            Err(error) if batch.len() > 1 && error.code == Code::Internal => {
                for submission in batch {
                    verdicts.push(
                        self.submit(&[submission])
                            .await
                            .and_then(|mut done| done.pop().unwrap_or_else(|| Err(Error::not_found()))),
                    );
                }
            }
            Err(error) => verdicts.extend(batch.iter().map(|_| Err(error.again()))),
        }
        self.read(verdicts).await
    }

    async fn submit(&self, batch: &[&Submission]) -> Result<Vec<Result<Done<Receipt>>>> {
        let onces: Vec<_> = batch.iter().map(|submission| &submission.once).collect();
        let work = async |tx: &mut crate::events::Tx<'_>, fresh: &[usize]| {
            let fresh: Vec<&Submission> = fresh.iter().filter_map(|at| batch.get(*at).copied()).collect();
            let mut verdicts = actions::submit_each(tx, &self.reception, &fresh).await?;
            match verdicts.as_slice() {
                // Alone, what is refused is undone with its transaction.
                [Err(_)] => Err(verdicts.remove(0).err().unwrap_or_else(Error::not_found)),
                _ => Ok(verdicts),
            }
        };
        let done = self.journal.write_each(&onces, work).await;
        if batch.iter().any(|submission| submission.to_be_asked().is_some()) {
            self.reception.outbox.wake();
        }
        done
    }

    /// The comments as their writers see them, read after the write: a repeated request gets it as it is now.
    async fn read(&self, verdicts: Vec<Result<Done<Receipt>>>) -> Vec<Written> {
        let ids: Vec<Uuid> = verdicts.iter().flatten().map(|done| done.value.comment_id).collect();
        let placed = match self.pool.get().await {
            Ok(mut conn) if !ids.is_empty() => thread::find_each(&mut conn, &ids).await.map_err(Error::from),
            Ok(_) => Ok(Vec::new()),
            Err(error) => Err(error),
        };
        let mut comments = match placed {
            Ok(placed) => Ok(placed
                .into_iter()
                .map(|placed| (placed.comment.id, Comment::whole(placed.comment)))
                .collect::<HashMap<_, _>>()),
            Err(error) => Err(error),
        };
        let written = |verdict: Result<Done<Receipt>>| {
            let done = verdict?;
            let comments = comments.as_mut().map_err(|error| error.again())?;
            let comment = comments.get(&done.value.comment_id).cloned().ok_or_else(Error::not_found)?;
            Ok((done, comment))
        };
        verdicts.into_iter().map(written).collect()
    }
}
