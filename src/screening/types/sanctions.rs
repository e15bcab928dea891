//! Sanctions as they are laid, kept and shown.

use super::{Reason, SanctionKind};
use crate::db::schema::sanctions;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{pg::Pg, prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

impl SanctionKind {
    /// All of them, mild to severe.
    pub const ALL: [Self; 4] = [Self::Warn, Self::HoldAll, Self::Mute, Self::Ban];

    /// Its name, as it is kept.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Warn => "warn",
            Self::HoldAll => "hold_all",
            Self::Mute => "mute",
            Self::Ban => "ban",
        }
    }
}

impl TryFrom<String> for SanctionKind {
    type Error = anyhow::Error;

    fn try_from(name: String) -> anyhow::Result<Self> {
        let known = Self::ALL.into_iter().find(|kind| kind.as_str() == name);
        known.ok_or_else(|| anyhow::anyhow!("no such sanction: {name}"))
    }
}

impl TryFrom<String> for Reason {
    type Error = anyhow::Error;

    fn try_from(name: String) -> anyhow::Result<Self> {
        Self::named(&name).ok_or_else(|| anyhow::anyhow!("no such reason: {name}"))
    }
}

/// By what somebody is recognised on whom a sanction lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    /// Their account.
    Account,
    /// The guest that they are on one article.
    Guest,
    /// The keyed hash of their address, whatever the account or guest.
    Email,
    /// The keyed hash of where they come from: an IPv4 address, or the /64 of an IPv6 address.
    Network,
}

impl SubjectKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Account, Self::Guest, Self::Email, Self::Network];

    /// Its name, as it is kept.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Guest => "guest",
            Self::Email => "email",
            Self::Network => "network",
        }
    }

    /// The longest that a sanction lies on it; none where it may lie until it is lifted. Addresses and networks pass on
    /// to others, and nobody forgets a hash by closing an account.
    #[must_use]
    pub const fn longest(self) -> Option<TimeDelta> {
        match self {
            Self::Account | Self::Guest => None,
            Self::Email => Some(TimeDelta::days(365)),
            Self::Network => Some(TimeDelta::days(90)),
        }
    }
}

impl TryFrom<String> for SubjectKind {
    type Error = anyhow::Error;

    fn try_from(name: String) -> anyhow::Result<Self> {
        let known = Self::ALL.into_iter().find(|kind| kind.as_str() == name);
        known.ok_or_else(|| anyhow::anyhow!("no such subject: {name}"))
    }
}

/// On whom a sanction lies: an id, or a keyed hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SanctionSubject {
    /// An account.
    Account(Uuid),
    /// A guest.
    Guest(Uuid),
    /// The keyed hash of an address.
    Email(Vec<u8>),
    /// The keyed hash of a network.
    Network(Vec<u8>),
}

impl SanctionSubject {
    /// By what it recognises somebody.
    #[must_use]
    pub const fn kind(&self) -> SubjectKind {
        match self {
            Self::Account(_) => SubjectKind::Account,
            Self::Guest(_) => SubjectKind::Guest,
            Self::Email(_) => SubjectKind::Email,
            Self::Network(_) => SubjectKind::Network,
        }
    }

    /// As it is kept.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Account(id) | Self::Guest(id) => id.as_bytes(),
            Self::Email(hash) | Self::Network(hash) => hash,
        }
    }

    /// The account or guest; none of what is only a hash.
    #[must_use]
    pub const fn id(&self) -> Option<Uuid> {
        match self {
            Self::Account(id) | Self::Guest(id) => Some(*id),
            Self::Email(_) | Self::Network(_) => None,
        }
    }
}

/// A sanction that somebody wants to lay.
#[derive(Debug, Clone)]
pub struct WantedSanction {
    /// What is not to be done.
    pub kind: SanctionKind,
    /// By whom.
    pub subject: SanctionSubject,
    /// Why.
    pub reason: Reason,
    /// What they are told beside it.
    pub message: Option<String>,
    /// The comment that gave rise to it.
    pub comment_id: Option<Uuid>,
    /// Until when; none: until it is lifted, or as long as can be.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A sanction on its way into the table.
#[derive(Debug, Insertable)]
#[diesel(table_name = sanctions)]
pub struct NewSanction<'a> {
    pub id: Uuid,
    pub kind: &'static str,
    pub subject_kind: &'static str,
    pub subject: &'a [u8],
    pub reason: &'static str,
    pub message: Option<&'a str>,
    pub comment_id: Option<Uuid>,
    pub created_by: Uuid,
    pub created_at: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
}

/// A sanction as it is kept.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = sanctions, check_for_backend(Pg))]
pub struct SanctionRow {
    /// Its id.
    pub id: Uuid,
    /// What is not to be done.
    #[diesel(deserialize_as = String)]
    pub kind: SanctionKind,
    /// By what the person is recognised.
    #[diesel(deserialize_as = String)]
    pub subject_kind: SubjectKind,
    /// An id, or a keyed hash.
    pub subject: Vec<u8>,
    /// Why.
    #[diesel(deserialize_as = String)]
    pub reason: Reason,
    /// What the person is told beside it.
    pub message: Option<String>,
    /// The comment that gave rise to it.
    pub comment_id: Option<Uuid>,
    /// Who laid it.
    pub created_by: Uuid,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Until when; none: until it is lifted.
    pub expires_at: Option<DateTime<Utc>>,
    /// Who lifted it before its time.
    pub lifted_by: Option<Uuid>,
    /// When.
    pub lifted_at: Option<DateTime<Utc>>,
    /// When the person said that they have read it.
    pub acknowledged_at: Option<DateTime<Utc>>,
}

impl SanctionRow {
    /// Whether it forbids anything now.
    #[must_use]
    pub fn holds(&self, now: DateTime<Utc>) -> bool {
        self.lifted_at.is_none() && self.expires_at.is_none_or(|until| until > now)
    }

    /// Whether it lies on nobody but the person: addresses and networks may be somebody else's.
    #[must_use]
    pub const fn is_on_one_person(&self) -> bool {
        matches!(self.subject_kind, SubjectKind::Account | SubjectKind::Guest)
    }

    /// On whom it lies.
    #[must_use]
    pub fn on(&self) -> SanctionSubject {
        let id = || Uuid::from_slice(&self.subject).unwrap_or_default();
        match self.subject_kind {
            SubjectKind::Account => SanctionSubject::Account(id()),
            SubjectKind::Guest => SanctionSubject::Guest(id()),
            SubjectKind::Email => SanctionSubject::Email(self.subject.clone()),
            SubjectKind::Network => SanctionSubject::Network(self.subject.clone()),
        }
    }

    /// As moderators see it.
    #[must_use]
    pub fn shown(self, now: DateTime<Utc>) -> LaidSanction {
        let (in_force, on) = (self.holds(now), self.on());
        let (account_id, guest_id) = match on {
            SanctionSubject::Account(id) => (Some(id), None),
            SanctionSubject::Guest(id) => (None, Some(id)),
            SanctionSubject::Email(_) | SanctionSubject::Network(_) => (None, None),
        };
        LaidSanction {
            id: self.id,
            kind: self.kind,
            subject: ShownSubject { by: self.subject_kind, account_id, guest_id },
            reason: self.reason,
            message: self.message,
            comment_id: self.comment_id,
            created_by: self.created_by,
            created_at: self.created_at,
            expires_at: self.expires_at,
            lifted_by: self.lifted_by,
            lifted_at: self.lifted_at,
            acknowledged_at: self.acknowledged_at,
            in_force,
        }
    }
}

/// A sanction, as moderators see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LaidSanction {
    /// Its id.
    pub id: Uuid,
    /// What is not to be done.
    pub kind: SanctionKind,
    /// By whom.
    pub subject: ShownSubject,
    /// Why.
    pub reason: Reason,
    /// What the person is told beside it.
    pub message: Option<String>,
    /// The comment that gave rise to it.
    pub comment_id: Option<Uuid>,
    /// Who laid it.
    pub created_by: Uuid,
    /// When.
    pub created_at: DateTime<Utc>,
    /// Until when; null: until it is lifted.
    pub expires_at: Option<DateTime<Utc>>,
    /// Who lifted it before its time.
    pub lifted_by: Option<Uuid>,
    /// When.
    pub lifted_at: Option<DateTime<Utc>>,
    /// When the person said that they have read it.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// Whether it holds now.
    pub in_force: bool,
}

/// On whom a sanction lies. Of an address or a network only a keyed hash is kept, which is shown to nobody.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ShownSubject {
    /// By what they are recognised.
    pub by: SubjectKind,
    /// The account, if it is one.
    pub account_id: Option<Uuid>,
    /// The guest, if it is one.
    pub guest_id: Option<Uuid>,
}

/// A sanction, as told to the person on whom it lies.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OwnSanction {
    /// Its id.
    pub id: Uuid,
    /// What you may not do: `warn` nothing, `hold_all` what you write waits for a moderator, `mute` write, `ban` anything
    /// that needs you to be known.
    pub kind: SanctionKind,
    /// By what you are recognised.
    pub by: SubjectKind,
    /// Why; null where it lies on an address or a network, which may be somebody else's.
    pub reason: Option<Reason>,
    /// What a moderator says about it; null in the same way.
    pub message: Option<String>,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Until when; null: until it is lifted.
    pub expires_at: Option<DateTime<Utc>>,
    /// When you said that you have read it.
    pub acknowledged_at: Option<DateTime<Utc>>,
}

impl From<SanctionRow> for OwnSanction {
    fn from(row: SanctionRow) -> Self {
        let is_theirs = row.is_on_one_person();
        Self {
            id: row.id,
            kind: row.kind,
            by: row.subject_kind,
            reason: is_theirs.then_some(row.reason),
            message: row.message.filter(|_| is_theirs),
            created_at: row.created_at,
            expires_at: row.expires_at,
            acknowledged_at: row.acknowledged_at,
        }
    }
}

/// Which sanctions are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct SanctionFilter {
    /// Those that hold now, or those that do not any more.
    pub in_force: Option<bool>,
    /// Of this kind.
    pub kind: Option<SanctionKind>,
    /// On this account or guest.
    pub on: Option<Uuid>,
}
