//! What becomes of the threads of a coach who is one no more.
//!
//! That she sees nothing of them from the next request on does not depend on this: every request asks for the role. This sees to
//! it that her readers do not wait in vain.

use super::{actions, queries::succession as queries};
use crate::{
    accounts,
    db::Pool,
    error::Result,
    events::{Journal, Tx},
    http::permission::Permission,
    secrets::Secrets,
};
use std::{collections::HashSet, time::Duration};
use uuid::Uuid;

/// How often it looks. It asks the database and goes by what it finds, so that it does not matter how somebody came to be no
/// coach: another role, a ban, an account that is closed or erased.
const ROUND: Duration = Duration::from_secs(1);

/// Threads that one transaction deals with.
const BATCH: i64 = 500;

/// Has the threads of former coaches wait for another one, on as many nodes as there are: doing it twice does no harm.
pub struct Succession {
    /// To read with.
    pub pool: Pool,
    /// To write with.
    pub journal: Journal,
    /// What addresses are sealed with.
    pub secrets: Secrets,
}

impl Succession {
    /// Runs for ever.
    pub async fn run(self) {
        loop {
            if let Err(error) = self.go_round().await {
                tracing::warn!(cause = format!("{error:#}"), "threads of former coaches still wait; trying again");
            }
            tokio::time::sleep(ROUND).await;
        }
    }

    async fn go_round(&self) -> Result<()> {
        let gone = self.gone().await?;
        if gone.is_empty() {
            return Ok(());
        }
        loop {
            let (freed, empty) = self.journal.write(async |tx| free(tx, &gone).await).await?;
            for id in empty {
                self.journal.write(async |tx| actions::erase_if_empty(tx, id).await).await?;
            }
            if i64::try_from(freed).is_ok_and(|freed| freed < BATCH) {
                return Ok(());
            }
        }
    }

    /// Who has a seat in a thread, or is asked to take one, and does not work as a coach.
    async fn gone(&self) -> Result<Vec<Uuid>> {
        let mut conn = self.pool.get().await?;
        let seated = queries::coaches(&mut conn).await?;
        if seated.is_empty() {
            return Ok(seated);
        }
        let roles = Permission::Coach.held_by().0;
        let staff = accounts::find_staff(&mut conn, &self.secrets, &seated, self.journal.now()).await?;
        let acting: HashSet<Uuid> =
            staff.into_iter().filter(|account| roles.contains(&account.role)).map(|account| account.id).collect();
        Ok(seated.into_iter().filter(|id| !acting.contains(id)).collect())
    }
}

/// Takes former coaches out of a bounded number of threads. Returns how many, and those that the reader has left, too.
async fn free(tx: &mut Tx<'_>, gone: &[Uuid]) -> Result<(usize, Vec<Uuid>)> {
    let held = queries::hold(tx.conn, gone, BATCH).await?;
    let ids: Vec<Uuid> = held.iter().map(|thread| thread.id).collect();
    queries::dismiss(tx.conn, &ids, gone).await?;
    queries::wait(tx.conn, &ids, tx.now).await?;
    Ok((ids.len(), held.into_iter().filter(|thread| thread.reader_left).map(|thread| thread.id).collect()))
}
