//! Who is behind an access token, now.

use super::{
    super::{
        issuers::Issuers,
        queries::{services, sessions},
        tokens::Tokens,
    },
    acting::{SERVICE_TOKEN, acting_role},
    standings::{Key, Standing, Standings},
};
use crate::{
    db::Pool,
    error::{Code, Error, Result},
    events::Journal,
    http::actor::{Actor, Identify, unauthenticated},
    secrets::token_hash,
};
use chrono::{DateTime, Utc};
use futures_util::future::LocalBoxFuture;
use std::sync::Arc;

/// Identifies actors, for one worker.
#[derive(Clone)]
pub struct Authenticator(Arc<Inner>);

struct Inner {
    tokens: Tokens,
    issuers: Issuers,
    standings: Standings,
    pool: Pool,
    journal: Journal,
}

impl Authenticator {
    /// An authenticator on the calling worker's pool.
    #[must_use]
    pub fn new(tokens: Tokens, issuers: Issuers, standings: Standings, pool: Pool, journal: Journal) -> Self {
        Self(Arc::new(Inner { tokens, issuers, standings, pool, journal }))
    }

    async fn find(self, token: String) -> Result<Actor> {
        let Inner { tokens, issuers, pool, journal, .. } = &*self.0;
        // Whether a second factor was shown over there is that issuer's business.
        if issuers.claims_to(&token) {
            return issuers.identify(pool, journal, &token).await;
        }
        let now = tokens.clock().now();
        let standing = if token.starts_with(SERVICE_TOKEN) {
            self.service(&token, now).await?
        } else {
            self.session(&token, now).await?
        };
        self.let_act(standing, now)
    }

    /// The signature costs nothing but time; only a good one may cost a question to the database.
    async fn session(&self, token: &str, now: DateTime<Utc>) -> Result<Standing> {
        let Inner { tokens, standings, pool, .. } = &*self.0;
        let claims = tokens.verify(token)?;
        let key = Key::Session(claims.sid);
        if let Some(standing) = standings.get(&key).filter(|standing| standing.account_id == claims.sub) {
            return Ok(standing);
        }
        let moment = standings.moment();
        let row = sessions::standing(&mut *pool.get().await?, claims.sid, claims.sub, now).await?;
        let standing = row.ok_or_else(|| unauthenticated("The session has ended."))?.read();
        standings.put(key, moment, standing.clone());
        Ok(standing)
    }

    async fn service(&self, token: &str, now: DateTime<Utc>) -> Result<Standing> {
        let Inner { standings, pool, .. } = &*self.0;
        let hash = token_hash(token);
        let key = Key::Service(hash.clone());
        if let Some(standing) = standings.get(&key) {
            return Ok(standing);
        }
        let (moment, mut conn) = (standings.moment(), pool.get().await?);
        let row = services::standing(&mut conn, &hash, now).await?;
        let standing = row.ok_or_else(|| unauthenticated("The service token is not valid."))?.read()?;
        services::note_use(&mut conn, standing.account_id, now).await?;
        standings.put(key, moment, standing.clone());
        Ok(standing)
    }

    fn let_act(&self, standing: Standing, now: DateTime<Utc>) -> Result<Actor> {
        if standing.expires_at <= now {
            return Err(unauthenticated("The session has ended."));
        }
        if standing.ban.is_some_and(|ban| ban.holds(now)) {
            return Err(Error::new(Code::Banned, "The account is banned."));
        }
        let Standing { account_id, session_id, scopes, proven_at, .. } = standing;
        let role = acting_role(standing.role, standing.second_factor, self.0.tokens.guarded());
        let withheld = (role != standing.role).then_some(standing.role);
        Ok(Actor { account_id, session_id, role, withheld, scopes, proven_at })
    }
}

impl Identify for Authenticator {
    fn identify(&self, token: String) -> LocalBoxFuture<'static, Result<Actor>> {
        Box::pin(self.clone().find(token))
    }
}
