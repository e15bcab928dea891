//! What becomes of the threads of a coach who is one no more.
//!
//! That she sees nothing of them from the next request on does not depend on this: every request asks for the role. This sees to
//! it that her readers do not wait in vain.

use super::{actions, queries::succession as queries};
use crate::{accounts, db::Pool, error::Result, events::Journal, http::permission::Permission};
use std::{collections::HashSet, time::Duration};
use uuid::Uuid;

/// How often it looks. It asks the database and goes by what it finds, so that it does not matter how somebody came to be no
/// coach: another role, a ban, an account that is closed or erased.
const ROUND: Duration = Duration::from_secs(1);

/// Has the threads of former coaches wait for another one, on as many nodes as there are: doing it twice does no harm.
pub struct Succession {
    /// To read with.
    pub pool: Pool,
    /// To write with.
    pub journal: Journal,
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
        while !self.journal.write(async |tx| actions::vacate(tx, &gone).await).await? {}
        Ok(())
    }

    /// Who has a seat in a thread, or is asked to take one, and does not work as a coach.
    async fn gone(&self) -> Result<Vec<Uuid>> {
        let mut conn = self.pool.get().await?;
        let seated = queries::coaches(&mut conn).await?;
        if seated.is_empty() {
            return Ok(seated);
        }
        let (coaches, _) = Permission::Coach.held_by();
        let staff = accounts::list_staff_roles(&mut conn, &seated, self.journal.now()).await?;
        let acting: HashSet<Uuid> =
            staff.into_iter().filter(|(_, role)| coaches.contains(role)).map(|(id, _)| id).collect();
        Ok(seated.into_iter().filter(|id| !acting.contains(id)).collect())
    }
}
