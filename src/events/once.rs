//! A write that happens once however often it is sent.

use super::{
    journal::{Journal, Tx},
    queries,
    types::KeptAnswer,
};
use crate::{
    error::{Code, Error, Field, Result},
    secrets::sha256,
};
use chrono::TimeDelta;
use serde::{Serialize, de::DeserializeOwned};

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
        self.write(async move |tx| {
            let Some(key) = &once.key else {
                return Ok(Done { value: work(tx).await?, replayed: false });
            };
            // By try-lock, so that a key in flight is that request's 409 and never somebody's wait.
            if !queries::take_key(tx.conn, lock_number(&once.scope, key)).await? {
                return Err(Error::new(
                    Code::IdempotencyKeyInFlight,
                    "A request with this key is still being worked on.",
                ));
            }
            if let Some(kept) = queries::kept_answer(tx.conn, &once.scope, key, tx.now - KEPT_FOR).await? {
                return replay(&once, kept);
            }
            let value = work(tx).await?;
            let answer = serde_json::to_value(&value).map_err(Error::internal)?;
            let kept = KeptAnswer {
                scope: once.scope,
                key: key.clone(),
                operation: once.operation,
                body_hash: once.body_hash,
                answer,
                created_at: tx.now,
            };
            queries::keep_answer(tx.conn, &kept).await?;
            Ok(Done { value, replayed: false })
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
