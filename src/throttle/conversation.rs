//! What is counted of those who take part in a conversation.

use super::{
    Challenge, IssuedChallenge, SolvedChallenge, Throttle,
    bucket::Bucket,
    challenge,
    limits::{self, CHALLENGES, PREVIEWS, REACTIONS, REPORTS},
};
use crate::{
    config::Settings,
    error::{Code, Quota, Result},
};
use uuid::Uuid;

/// On what ground somebody was let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// Nobody asked for anything.
    Free,
    /// As one of the new guests of a network who need not do anything.
    Counted,
    /// By a challenge that was met, and is still to be [used up](super::use_up).
    Worked(Challenge),
}

impl Throttle {
    /// Lets somebody in to write: a newcomer only after some work, where there are many of the same network. What is
    /// sent for a challenge must be good also where none was asked. Until [`Throttle::leave`] a newcomer counts.
    ///
    /// # Errors
    /// [`Code::ChallengeRequired`], [`Code::ChallengeFailed`].
    pub async fn enter(&self, newcomer: bool, solved: Option<&SolvedChallenge>) -> Result<Entry> {
        match solved {
            Some(solved) => Challenge::met(&self.secrets, self.clock.now(), solved).map(Entry::Worked),
            None if !newcomer || self.settings.challenge_bits == 0 => Ok(Entry::Free),
            None if self.guest_arrived().await? => Ok(Entry::Counted),
            None => Err(challenge::required()),
        }
    }

    /// Whoever was let in has not written anything, or had written it before.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn leave(&self, entry: Entry) -> Result<()> {
        if entry == Entry::Counted { self.guest_left().await } else { Ok(()) }
    }

    /// A challenge of today's size.
    ///
    /// # Errors
    /// [`Code::TooManyRequests`].
    pub async fn challenge(&self) -> Result<(IssuedChallenge, Quota)> {
        let quota = self.challenge_asked().await?;
        let Settings { challenge_bits, challenge_seconds, .. } = *self.settings;
        let challenge = Challenge::new(self.clock.now(), challenge_bits, challenge_seconds)?;
        Ok((challenge.issue(&self.secrets)?, quota))
    }

    /// The client posts a comment, as the account or guest with this id, or as somebody new. None is left of nothing
    /// where the settings have no limits.
    ///
    /// # Errors
    /// [`Code::TooManyRequests`].
    pub async fn comment_posted(&self, identity: Option<Uuid>) -> Result<Option<Quota>> {
        let network = self.network();
        let own = identity.as_ref().zip(limits::comments(self.settings.comments_per_minute));
        let all = limits::comments_from_network(self.settings.comments_per_network);
        let own = own.map(|(id, limit)| (limit, id.as_bytes().as_slice()));
        let all = all.map(|limit| (limit, network.as_slice()));
        let buckets: Vec<Bucket<'_>> = own.into_iter().chain(all).collect();
        if buckets.is_empty() { Ok(None) } else { self.take(&buckets).await.map(Some) }
    }

    /// The account or guest with this id gives a reaction, or takes one back.
    ///
    /// # Errors
    /// [`Code::TooManyRequests`].
    pub async fn reacted(&self, identity: Uuid) -> Result<Quota> {
        self.take(&[(REACTIONS, identity.as_bytes())]).await
    }

    /// The account or guest with this id reports a comment.
    ///
    /// # Errors
    /// [`Code::TooManyRequests`].
    pub async fn reported(&self, identity: Uuid) -> Result<Quota> {
        self.take(&[(REPORTS, identity.as_bytes())]).await
    }

    /// The client has something rendered that is not kept.
    ///
    /// # Errors
    /// [`Code::TooManyRequests`].
    pub async fn previewed(&self) -> Result<Quota> {
        self.take(&[(PREVIEWS, &self.network())]).await
    }

    /// The client asks for a challenge.
    ///
    /// # Errors
    /// [`Code::TooManyRequests`].
    pub async fn challenge_asked(&self) -> Result<Quota> {
        self.take(&[(CHALLENGES, &self.network())]).await
    }

    /// A new guest comes. Whether one more of the client's network is let in without having done any work; until
    /// [`Throttle::guest_left`] it counts.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn guest_arrived(&self) -> Result<bool> {
        let Some(limit) = limits::new_guests(self.settings.challenge_after) else { return Ok(false) };
        match self.take(&[(limit, &self.network())]).await {
            Ok(_) => Ok(true),
            Err(error) if error.code == Code::TooManyRequests => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// A guest who was let in without work has not stayed, or had been here before.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn guest_left(&self) -> Result<()> {
        let Some(limit) = limits::new_guests(self.settings.challenge_after) else { return Ok(()) };
        self.give_back(&[(limit, &self.network())]).await
    }
}
