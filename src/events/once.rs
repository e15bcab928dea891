//! A write that happens once however often it is sent.

use super::{
    journal::{Journal, Tx},
    queries,
    types::KeptAnswer,
};
use crate::{
    error::{Code, Error, Field, Result},
    secrets::{Purpose, Secrets, sha256},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Serialize, de::DeserializeOwned};
use std::collections::{HashMap, HashSet};

/// How long an answer is kept.
const KEPT_FOR: TimeDelta = TimeDelta::hours(24);

/// What makes two requests the same request.
#[derive(Debug, Clone)]
pub struct Once {
    scope: String,
    key: Option<String>,
    operation: String,
    body_hash: Vec<u8>,
}

impl Once {
    /// `scope` is whose key it is, so that nobody replays another's; `operation` and `body` are what the key
    /// was first used for. Without a key every request is a new one.
    ///
    /// # Errors
    /// Only if the body does not serialise.
    pub fn new(
        scope: impl Into<String>,
        key: Option<String>,
        operation: impl Into<String>,
        body: &impl Serialize,
    ) -> Result<Self> {
        let body_hash = sha256(&serde_json::to_vec(body).map_err(Error::internal)?);
        Ok(Self { scope: scope.into(), key, operation: operation.into(), body_hash })
    }

    /// The same for a private request: a keyed hash is kept of its body, so that nobody who has the database finds out what
    /// was said by trying. The answer must hold ids only, by which the caller reads what is to be shown.
    ///
    /// # Errors
    /// As [`Once::new`].
    pub fn private(
        secrets: &Secrets,
        scope: impl Into<String>,
        key: Option<String>,
        operation: impl Into<String>,
        body: &impl Serialize,
    ) -> Result<Self> {
        let plain = Self::new(scope, key, operation, body)?;
        let body_hash = secrets.mac(Purpose::PrivateRequest, &plain.body_hash)?.to_vec();
        Ok(Self { body_hash, ..plain })
    }
}

/// What a write answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done<T> {
    /// The answer; when replayed, as it was the first time.
    pub value: T,
    /// Whether this request did nothing because an earlier one had done it.
    pub replayed: bool,
}

impl Journal {
    /// Like [`Journal::write`], but with a key it happens once: the answer is stored in the same transaction and
    /// given again for 24 hours. It must hold no secret: those are derived again by the caller.
    ///
    /// # Errors
    /// [`Code::IdempotencyKeyInFlight`] while the first request is at work, [`Code::IdempotencyKeyReused`] for
    /// another operation or body; else as [`Journal::write`].
    pub async fn write_once<T: Serialize + DeserializeOwned>(
        &self,
        once: Once,
        work: impl AsyncFnOnce(&mut Tx<'_>) -> Result<T>,
    ) -> Result<Done<T>> {
        let alone = async move |tx: &mut Tx<'_>, fresh: &[usize]| match fresh {
            [] => Ok(Vec::new()),
            _ => Ok(vec![Ok(work(tx).await?)]),
        };
        let mut verdicts = self.write_each(&[&once], alone).await?;
        verdicts.pop().unwrap_or_else(|| Err(Error::internal(anyhow::anyhow!("a write without a verdict"))))
    }

    /// Does several writes in one transaction, each with its own verdict and each once, as [`Journal::write_once`].
    /// `work` is told which of them, by their places in `onces`, are to be done, and returns a verdict for each of
    /// these in that order. What it refuses must have left nothing behind: the others are committed.
    ///
    /// # Errors
    /// What fails all of them: whatever `work` returns as a whole, or a database that is away.
    pub async fn write_each<T: Serialize + DeserializeOwned>(
        &self,
        onces: &[&Once],
        work: impl AsyncFnOnce(&mut Tx<'_>, &[usize]) -> Result<Vec<Result<T>>>,
    ) -> Result<Vec<Result<Done<T>>>> {
        self.write(async move |tx| {
            let mut verdicts = earlier(tx, onces).await?;
            let fresh: Vec<usize> =
                (0..onces.len()).filter(|at| verdicts.get(*at).is_some_and(Option::is_none)).collect();
            let worked = work(tx, &fresh).await?;
            if worked.len() != fresh.len() {
                return Err(Error::internal(anyhow::anyhow!("writes and verdicts are not as many")));
            }
            let mut kept = Vec::new();
            for (at, verdict) in fresh.into_iter().zip(worked) {
                if let (Some(once), Ok(value)) = (onces.get(at), &verdict) {
                    kept.extend(once.keep(value, tx.now)?);
                }
                if let Some(place) = verdicts.get_mut(at) {
                    *place = Some(verdict.map(|value| Done { value, replayed: false }));
                }
            }
            if !kept.is_empty() {
                queries::keep_answers(tx.conn, &kept).await?;
            }
            Ok(verdicts.into_iter().flatten().collect())
        })
        .await
    }

    /// Forgets answers that are kept no longer. Returns how many.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn forget_old_answers(&self) -> Result<usize> {
        self.write(async |tx| Ok(queries::forget_answers(tx.conn, tx.now - KEPT_FOR).await?)).await
    }
}

/// The verdicts on those that were done before, or that somebody else is doing; none for those that are to be done.
async fn earlier<T: DeserializeOwned>(tx: &mut Tx<'_>, onces: &[&Once]) -> Result<Vec<Option<Result<Done<T>>>>> {
    let keyed: Vec<(usize, &Once, &str)> =
        onces.iter().enumerate().filter_map(|(at, once)| Some((at, *once, once.key.as_deref()?))).collect();
    let mut verdicts: Vec<Option<Result<Done<T>>>> = onces.iter().map(|_| None).collect();
    if keyed.is_empty() {
        return Ok(verdicts);
    }
    let locks: Vec<i64> = keyed.iter().map(|(_, once, key)| lock_number(&once.scope, key)).collect();
    // By try-lock, so that a key in flight is that request's 409 and never somebody's wait.
    let taken = queries::take_keys(tx.conn, &locks).await?;
    let (scopes, keys): (Vec<_>, Vec<_>) = keyed.iter().map(|(_, once, key)| (once.scope.as_str(), *key)).unzip();
    let kept = queries::kept_answers(tx.conn, &scopes, &keys, tx.now - KEPT_FOR).await?;
    let mut kept: HashMap<_, _> = kept.into_iter().map(|kept| ((kept.scope.clone(), kept.key.clone()), kept)).collect();
    let mut seen = HashSet::new();
    for ((at, once, key), taken) in keyed.into_iter().zip(taken) {
        let Some(place) = verdicts.get_mut(at) else { continue };
        // The lock is this transaction's, so it does not tell two of one batch apart.
        if !taken || !seen.insert((&once.scope, key)) {
            let detail = "A request with this key is still being worked on.";
            *place = Some(Err(Error::new(Code::IdempotencyKeyInFlight, detail)));
        } else if let Some(kept) = kept.remove(&(once.scope.clone(), key.to_owned())) {
            *place = Some(replay(once, kept));
        }
    }
    Ok(verdicts)
}

impl Once {
    /// What is kept of an answer, if this has a key.
    fn keep(&self, answer: &impl Serialize, now: DateTime<Utc>) -> Result<Option<KeptAnswer>> {
        let Some(key) = &self.key else { return Ok(None) };
        Ok(Some(KeptAnswer {
            scope: self.scope.clone(),
            key: key.clone(),
            operation: self.operation.clone(),
            body_hash: self.body_hash.clone(),
            answer: serde_json::to_value(answer).map_err(Error::internal)?,
            created_at: now,
        }))
    }
}

fn replay<T: DeserializeOwned>(once: &Once, kept: KeptAnswer) -> Result<Done<T>> {
    if kept.operation != once.operation || kept.body_hash != once.body_hash {
        let field =
            Field::header("Idempotency-Key", "reused", "was used with another request; make a new key for each");
        return Err(Error::new(Code::IdempotencyKeyReused, "This key was used with another request.").at(field));
    }
    Ok(Done { value: serde_json::from_value(kept.answer).map_err(Error::internal)?, replayed: true })
}

fn lock_number(scope: &str, key: &str) -> i64 {
    let hash = sha256(format!("{scope}\0{key}").as_bytes());
    hash.first_chunk::<8>().map_or(0, |bytes| i64::from_be_bytes(*bytes))
}
