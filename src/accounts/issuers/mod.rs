//! Bring your own users: access tokens of OpenID Connect issuers that the operator trusts.
//!
//! An issuer says who somebody is, by a signature of a pinned algorithm under a key out of its published set (RFC 8414,
//! RFC 7517, RFC 9068). What they may do here is never the token's say: roles stand in our own database, and who begins
//! with one of the staff stands in the configuration.

mod claims;
mod configuration;
mod discovery;
mod key_source;

mod provision;

use super::{queries::identities, types::IdentityRow};
use crate::{
    clock::Clock,
    config::Settings,
    db::Pool,
    error::{Code, Error, Result},
    events::Journal,
    http::actor::{Actor, unauthenticated},
    secrets::{Purpose, Secrets},
};
use chrono::{DateTime, Utc};
use claims::Person;
use configuration::Trusted;
use futures_util::future::join_all;
use key_source::KeySource;
use std::{collections::HashMap, sync::Arc};

/// The issuers that are trusted, for the whole process. Cloning gives the same.
#[derive(Clone)]
pub struct Issuers(Arc<Inner>);

struct Inner {
    /// By the name that stands in `iss`.
    known: HashMap<String, Issuer>,
    secrets: Secrets,
    clock: Clock,
}

struct Issuer {
    trusted: Trusted,
    keys: KeySource,
}

impl Issuers {
    /// The issuers of [`Settings::issuers_file`]; none when there is no such file. Asks nobody yet, so that a server
    /// starts also while an issuer is away.
    ///
    /// # Errors
    /// Names what is not acceptable in the file.
    pub fn load(settings: &Settings, secrets: Secrets, clock: Clock) -> anyhow::Result<Self> {
        let mut known = HashMap::new();
        for trusted in configuration::load(settings)? {
            let keys = KeySource::new(&trusted, discovery::client()?, clock.clone());
            known.insert(trusted.issuer.clone(), Issuer { trusted, keys });
        }
        Ok(Self(Arc::new(Inner { known, secrets, clock })))
    }

    /// Keeps the keys of all issuers fresh. Runs for ever; until it does, no token is good.
    pub async fn keep_keys(self) {
        join_all(self.0.known.values().map(|issuer| issuer.keys.keep())).await;
    }

    /// Asks every issuer for its keys: how many of each are good, or why none is to be had.
    pub async fn check(&self) -> Vec<(&str, anyhow::Result<usize>)> {
        let issuers = self.0.known.iter();
        join_all(issuers.map(async |(name, issuer)| (name.as_str(), issuer.keys.check().await))).await
    }

    /// Whether a token says that it is of one of these issuers. Nothing it says has been checked by that.
    #[must_use]
    pub fn claims_to(&self, token: &str) -> bool {
        self.of(token).is_some()
    }

    /// Who is behind a token, now. Whoever is seen for the first time gets an account.
    ///
    /// # Errors
    /// [`Code::Unauthenticated`] for a token that is not good, or was made before its owner logged out here;
    /// [`Code::Banned`]; [`Code::Unavailable`] while the keys of the issuer are not known, or the database is away.
    pub async fn identify(&self, pool: &Pool, journal: &Journal, token: &str) -> Result<Actor> {
        let (issuer, person) = self.verify(token).await?;
        let (Inner { secrets, clock, .. }, name) = (&*self.0, issuer.trusted.issuer.as_str());
        let subject_hash = self.subject_hash(name, &person.subject)?;
        let known = identities::find(&mut *pool.get().await?, name, &subject_hash).await?;
        let identity = match known {
            Some(identity) => identity,
            None => provision::provision(pool, journal, secrets, &issuer.trusted, &person, &subject_hash).await?,
        };
        admit(&identity, &person, clock.now())
    }

    /// Logs somebody out as far as it is ours to do: tokens made until now are not good here any more.
    ///
    /// # Errors
    /// As [`Self::identify`], but for a ban.
    pub async fn log_out(&self, journal: &Journal, token: &str) -> Result<()> {
        let (issuer, person) = self.verify(token).await?;
        let name = issuer.trusted.issuer.as_str();
        let subject_hash = self.subject_hash(name, &person.subject)?;
        journal
            .write(async |tx| {
                identities::end(tx.conn, name, &subject_hash, person.issued_at, tx.now).await?;
                Ok(())
            })
            .await
    }

    async fn verify(&self, token: &str) -> Result<(&Issuer, Person)> {
        let issuer = self.of(token).ok_or_else(claims::bad)?;
        let person = claims::verify(&issuer.trusted, &issuer.keys, token, self.0.clock.now()).await?;
        Ok((issuer, person))
    }

    fn of(&self, token: &str) -> Option<&Issuer> {
        // Nothing is read of a token where none could be good.
        if self.0.known.is_empty() {
            return None;
        }
        self.0.known.get(&claims::unverified_issuer(token)?)
    }

    /// All that we keep of who somebody is elsewhere.
    fn subject_hash(&self, issuer: &str, subject: &str) -> Result<Vec<u8>> {
        // No issuer contains a NUL, so that no two pairs give the same bytes.
        let message = [issuer.as_bytes(), b"\0", subject.as_bytes()].concat();
        Ok(self.0.secrets.mac(Purpose::Subject, &message)?.to_vec())
    }
}

/// The account may have been shut, and the token outlived by a log-out.
fn admit(identity: &IdentityRow, person: &Person, now: DateTime<Utc>) -> Result<Actor> {
    if identity.erase_at.is_some() || identity.erased_at.is_some() {
        return Err(unauthenticated("The account has been closed."));
    }
    // Whole seconds, as issuers write them: of the second of the log-out, none is good.
    if person.issued_at <= identity.valid_from {
        return Err(unauthenticated("The session has ended."));
    }
    if identity.banned_at.is_some() && identity.banned_until.is_none_or(|until| until > now) {
        return Err(Error::new(Code::Banned, "This account may not take part."));
    }
    Ok(Actor {
        account_id: identity.account_id,
        session_id: None,
        role: identity.role,
        withheld: None,
        scopes: Vec::new(),
        proven_at: person.proven_at,
    })
}
