//! What is counted, and for whom: a request is counted before it costs anything.

use super::{
    bucket::{Bucket, forget, give_back, take},
    limits::{ACCOUNT_REQUESTS, CODES, GUEST_ADDRESSES, LOG_IN, LOG_IN_FROM_ELSEWHERE, LOG_IN_TO_ACCOUNT},
};
use crate::{
    clock::Clock,
    config::Settings,
    db::Pool,
    error::{Quota, Result},
    http::client::Client,
    secrets::Secrets,
};
use std::sync::Arc;

/// Counts what a client does. Each question has a connection of its own: inside somebody's transaction, what is counted
/// would be forgotten when the transaction fails.
#[derive(Clone)]
pub struct Throttle {
    client: Client,
    pool: Pool,
    pub(super) secrets: Secrets,
    pub(super) clock: Clock,
    pub(super) settings: Arc<Settings>,
}

impl Throttle {
    /// A throttle for a request of this client.
    #[must_use]
    pub fn new(client: Client, pool: Pool, secrets: Secrets, clock: Clock, settings: Arc<Settings>) -> Self {
        Self { client, pool, secrets, clock, settings }
    }

    /// Who is counted.
    #[must_use]
    pub fn client(&self) -> Client {
        self.client
    }

    /// The client tries to log in to the account with the address that has this keyed hash, whether it exists or not.
    /// `known_network` says whether somebody has logged in to it from the client's network before: there, what others
    /// do elsewhere does not count. An attempt counts as a failure until [`Throttle::logged_in`].
    ///
    /// # Errors
    /// [`Code::TooManyRequests`](crate::error::Code::TooManyRequests); then no password may be looked at.
    pub async fn log_in(&self, email_hash: &[u8], known_network: bool) -> Result<Quota> {
        let network = self.network();
        let both = [email_hash, &network].concat();
        let elsewhere = (!known_network).then_some((LOG_IN_FROM_ELSEWHERE, email_hash));
        let here = [(LOG_IN_TO_ACCOUNT, both.as_slice()), (LOG_IN, &network)];
        self.take(&here.into_iter().chain(elsewhere).collect::<Vec<_>>()).await
    }

    /// The attempt succeeded, with everything that was asked for: it does not count, and what failed before it from
    /// the same network is forgotten. `known_network` is what [`Throttle::log_in`] was told.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn logged_in(&self, email_hash: &[u8], known_network: bool) -> Result<()> {
        let network = self.network();
        let both = [email_hash, &network].concat();
        let elsewhere = (!known_network).then_some((LOG_IN_FROM_ELSEWHERE, email_hash));
        let counted: Vec<Bucket<'_>> = [(LOG_IN, network.as_slice())].into_iter().chain(elsewhere).collect();
        let mut conn = self.pool.get().await?;
        forget(&mut conn, &self.secrets, &[(LOG_IN_TO_ACCOUNT, &both)]).await?;
        give_back(&mut conn, &self.secrets, &counted).await
    }

    /// The client asks for an account, or for a new password.
    ///
    /// # Errors
    /// [`Code::TooManyRequests`](crate::error::Code::TooManyRequests).
    pub async fn account_requested(&self) -> Result<Quota> {
        self.take(&[(ACCOUNT_REQUESTS, &self.network())]).await
    }

    /// The client shows a code out of a mail, or a guess. Counts as a failure until [`Throttle::code_accepted`].
    ///
    /// # Errors
    /// [`Code::TooManyRequests`](crate::error::Code::TooManyRequests).
    pub async fn code_shown(&self) -> Result<Quota> {
        self.take(&[(CODES, &self.network())]).await
    }

    /// The code was good.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn code_accepted(&self) -> Result<()> {
        self.give_back(&[(CODES, &self.network())]).await
    }

    /// The client gives an address as a new guest's, who is to be asked by mail whether it is theirs.
    ///
    /// # Errors
    /// [`Code::TooManyRequests`](crate::error::Code::TooManyRequests).
    pub async fn guest_address_given(&self) -> Result<Quota> {
        self.take(&[(GUEST_ADDRESSES, &self.network())]).await
    }

    pub(super) async fn take(&self, buckets: &[Bucket<'_>]) -> Result<Quota> {
        take(&mut *self.pool.get().await?, &self.secrets, self.clock.now(), buckets).await
    }

    pub(super) async fn give_back(&self, buckets: &[Bucket<'_>]) -> Result<()> {
        give_back(&mut *self.pool.get().await?, &self.secrets, buckets).await
    }

    pub(super) fn network(&self) -> Vec<u8> {
        self.client.network().to_string().into_bytes()
    }
}
