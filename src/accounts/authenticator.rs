//! Who is behind an access token, now.

use super::{issuers::Issuers, queries::sessions, tokens::Tokens};
use crate::{
    db::Pool,
    error::{Error, Result},
    events::Journal,
    http::{
        actor::{Actor, Identify, unauthenticated},
        permission::Role,
    },
};
use futures_util::future::LocalBoxFuture;

/// Identifies actors, for one worker.
pub struct Authenticator {
    tokens: Tokens,
    issuers: Issuers,
    pool: Pool,
    journal: Journal,
}

impl Authenticator {
    /// An authenticator on the calling worker's pool.
    #[must_use]
    pub fn new(tokens: Tokens, issuers: Issuers, pool: Pool, journal: Journal) -> Self {
        Self { tokens, issuers, pool, journal }
    }
}

impl Identify for Authenticator {
    /// The signature costs nothing but time; only a good one costs a question to the database: is the session still
    /// alive, and which role has the account now?
    fn identify(&self, token: String) -> LocalBoxFuture<'static, Result<Actor>> {
        let (tokens, pool) = (self.tokens.clone(), self.pool.clone());
        let (issuers, journal) = (self.issuers.clone(), self.journal.clone());
        Box::pin(async move {
            if issuers.claims_to(&token) {
                return issuers.identify(&pool, &journal, &token).await;
            }
            let claims = tokens.verify(&token)?;
            let (account_id, session_id, now) = (claims.sub, claims.sid, tokens.clock().now());
            let role = sessions::role(&mut *pool.get().await?, session_id, account_id, now).await?;
            let role = role.ok_or_else(|| unauthenticated("The session has ended."))?;
            let role = Role::try_from(role).map_err(Error::internal)?;
            let session_id = Some(session_id);
            Ok(Actor { account_id, session_id, role, withheld: None, scopes: Vec::new(), proven_at: now })
        })
    }
}
