//! Taking from buckets, and giving back.

use super::{
    limits::Limit,
    queries::{self, Asked},
};
use crate::{
    db::Conn,
    error::{Error, Quota, Result},
    events::Journal,
    secrets::{Purpose, Secrets},
};
use chrono::{DateTime, TimeDelta, Utc};

/// A limit, and whose it is.
pub type Bucket<'a> = (Limit, &'a [u8]);

/// Counts one more in every bucket, or in none when one of them is full. Not to be called inside a transaction: what
/// is refused would be counted no longer than the transaction lasts. Returns what is left of the bucket in which there
/// is least.
///
/// # Errors
/// [`Code::TooManyRequests`](crate::error::Code::TooManyRequests) with the time after which all have room.
pub async fn take(conn: &mut Conn, secrets: &Secrets, now: DateTime<Utc>, buckets: &[Bucket<'_>]) -> Result<Quota> {
    let asked = ask(secrets, buckets, |_| 1)?;
    let levels = queries::take(conn, &asked, now).await?;
    let of = |key: &[u8]| levels.iter().find(|level| level.key == key);
    let quotas = asked.iter().zip(buckets).filter_map(|(asked, (limit, _))| Some((of(&asked.key)?, *limit)));
    if levels.iter().all(|level| level.taken) {
        let left = quotas.map(|(level, limit)| quota(limit, level.busy_till - now)).min_by_key(|quota| quota.remaining);
        return left.ok_or_else(|| Error::internal(anyhow::anyhow!("no limit was asked for")));
    }
    // Two requests that came at once may both have seen room for one: who finds a bucket filled in between gives back
    // what the other buckets took.
    let taken = |asked: &&Asked| of(&asked.key).is_some_and(|level| level.taken);
    let taken: Vec<Asked> = asked.iter().filter(taken).cloned().collect();
    if !taken.is_empty() {
        queries::give_back(conn, &taken).await?;
    }
    let refused = quotas.filter(|(level, _)| !level.taken).map(|(level, limit)| quota(limit, level.busy_till - now));
    // Those that are full, not those that were spared with them.
    let refused = refused.max_by_key(|quota| (quota.remaining == 0, quota.reset));
    Err(refused.map_or_else(|| Error::too_many(1), |quota| Error::over(refusal(quota))))
}

/// Takes back what [`take`] counted: it was no failure after all.
///
/// # Errors
/// When the database is away.
pub async fn give_back(conn: &mut Conn, secrets: &Secrets, buckets: &[Bucket<'_>]) -> Result<()> {
    queries::give_back(conn, &ask(secrets, buckets, |_| 1)?).await?;
    Ok(())
}

/// Empties buckets.
///
/// # Errors
/// When the database is away.
pub async fn forget(conn: &mut Conn, secrets: &Secrets, buckets: &[Bucket<'_>]) -> Result<()> {
    queries::give_back(conn, &ask(secrets, buckets, |limit| limit.burst)?).await?;
    Ok(())
}

/// Forgets buckets that are empty, and used challenges that have expired. Returns how many.
///
/// # Errors
/// When the database is away.
pub async fn sweep(journal: &Journal) -> Result<usize> {
    journal.write(async |tx| Ok(queries::sweep(tx.conn, tx.now).await?)).await
}

fn ask(secrets: &Secrets, buckets: &[Bucket<'_>], times: impl Fn(&Limit) -> u32) -> Result<Vec<Asked>> {
    let ask = |(limit, subject): &Bucket<'_>| {
        let name = [limit.name.as_bytes(), b"\0", subject].concat();
        let key = secrets.mac(Purpose::Throttle, &name)?.to_vec();
        Ok(Asked { key, amount: micros(limit, times(limit)), capacity: micros(limit, limit.burst) })
    };
    buckets.iter().map(ask).collect()
}

fn micros(limit: &Limit, times: u32) -> i64 {
    limit.per.num_microseconds().unwrap_or(i64::MAX).saturating_mul(times.into())
}

/// What is left of a bucket that is busy for so long.
fn quota(limit: Limit, busy: TimeDelta) -> Quota {
    let per = micros(&limit, 1).max(1);
    let busy = busy.num_microseconds().unwrap_or(i64::MAX).max(0);
    let remaining = (micros(&limit, limit.burst).saturating_sub(busy).max(0)) / per;
    // There is one more as soon as what is busy leaves room for it.
    let next = (remaining + 1).min(limit.burst.into());
    let more = busy - micros(&limit, limit.burst).saturating_sub(next.saturating_mul(per));
    Quota {
        limit: limit.name,
        burst: limit.burst,
        window: seconds(micros(&limit, limit.burst)),
        remaining: u32::try_from(remaining).unwrap_or(u32::MAX),
        reset: seconds(more),
    }
}

/// What a full bucket says. It may have been full only for a moment, so there is always something to wait for.
const fn refusal(quota: Quota) -> Quota {
    Quota { remaining: 0, reset: if quota.reset == 0 { 1 } else { quota.reset }, ..quota }
}

/// Whole seconds, rounded up: whoever waits for them is not refused for coming too early.
fn seconds(micros: i64) -> u32 {
    u32::try_from(micros.max(0).saturating_add(999_999) / 1_000_000).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Limit = Limit { name: "test", burst: 3, per: TimeDelta::seconds(60) };

    #[test]
    fn what_is_left_follows_from_how_long_the_bucket_is_busy() {
        let seen = |busy: i64| {
            let quota = quota(LIMIT, TimeDelta::seconds(busy));
            (quota.remaining, quota.reset)
        };
        assert_eq!(seen(60), (2, 60), "one was taken just now");
        assert_eq!(seen(61), (1, 1), "two, a minute less a second ago");
        assert_eq!(seen(120), (1, 60));
        assert_eq!(seen(180), (0, 60), "full");
        assert_eq!(seen(121), (0, 1));
        assert_eq!(quota(LIMIT, TimeDelta::zero()).window, 180);
    }

    #[test]
    fn nobody_is_told_to_come_back_too_early() {
        assert_eq!(quota(LIMIT, TimeDelta::milliseconds(120_001)).reset, 1);
        let empty = quota(LIMIT, TimeDelta::zero());
        assert_eq!((empty.remaining, empty.reset), (3, 0));
        assert_eq!((refusal(empty).remaining, refusal(empty).reset), (0, 1));
    }
}
