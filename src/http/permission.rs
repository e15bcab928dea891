//! Who may do what: the one table.

use super::actor::Actor;
use crate::error::{Code, Error, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an account may do. Each includes what a reader may, but for a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Comments.
    Reader,
    /// Writes articles and answers with a badge.
    Coach,
    /// Decides what is shown.
    Moderator,
    /// Everything, and who has which role.
    Admin,
    /// A program: nothing but what the scopes of its token say.
    Service,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Reader, Self::Coach, Self::Moderator, Self::Admin, Self::Service];

    /// Its name in the database, in tokens and in documents.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Coach => "coach",
            Self::Moderator => "moderator",
            Self::Admin => "admin",
            Self::Service => "service",
        }
    }

    /// Whether readers take what it says for the publication's word.
    #[must_use]
    pub const fn is_staff(self) -> bool {
        matches!(self, Self::Coach | Self::Moderator | Self::Admin)
    }
}

impl TryFrom<String> for Role {
    type Error = anyhow::Error;

    fn try_from(name: String) -> anyhow::Result<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name).ok_or_else(|| anyhow::anyhow!("no such role: {name}"))
    }
}

/// What a service token is good for (RFC 6749 §3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Reads articles that are not published yet: previews, builds.
    Drafts,
    /// Writes and publishes articles.
    Articles,
    /// Decides what is shown.
    Moderation,
    /// Tells the address of the reader for whom it passes a request on.
    Relay,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Drafts, Self::Articles, Self::Moderation, Self::Relay];

    /// Its name in the database and in documents.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Drafts => "drafts",
            Self::Articles => "articles",
            Self::Moderation => "moderation",
            Self::Relay => "relay",
        }
    }
}

impl TryFrom<&str> for Scope {
    type Error = anyhow::Error;

    fn try_from(name: &str) -> anyhow::Result<Self> {
        let known = Self::ALL.into_iter().find(|scope| scope.as_str() == name);
        known.ok_or_else(|| anyhow::anyhow!("no such scope: {name}"))
    }
}

/// Something that not everybody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// What everybody with an account of their own may: comment, see and change what is theirs.
    TakePart,
    /// See articles that are not published.
    ReadDrafts,
    /// Write and publish articles.
    WriteArticles,
    /// Put comments in the light: pin, feature and lock them.
    Curate,
    /// Be called because of a comment that should not wait, read it and say that one is at it.
    Respond,
    /// Work at the coach desk: see who waits for an answer, and give it.
    Coach,
    /// Decide what is shown, and who may go on writing.
    Moderate,
    /// Say who has which role, and hand out service tokens.
    Administer,
    /// Tell for whom a request is passed on.
    Relay,
}

impl Permission {
    /// The roles that have it, and the scope that gives it to a service.
    #[must_use]
    #[rustfmt::skip]
    pub const fn held_by(self) -> (&'static [Role], Option<Scope>) {
        use Role::{Admin, Coach, Moderator, Reader};
        match self {
            Self::TakePart      => (&[Reader, Coach, Moderator, Admin], None),
            Self::ReadDrafts    => (&[Coach, Admin],                    Some(Scope::Drafts)),
            Self::WriteArticles => (&[Coach, Admin],                    Some(Scope::Articles)),
            Self::Curate        => (&[Coach, Moderator, Admin],         Some(Scope::Moderation)),
            Self::Respond       => (&[Coach, Moderator, Admin],         None),
            Self::Coach         => (&[Coach, Admin],                    None),
            Self::Moderate      => (&[Moderator, Admin],                Some(Scope::Moderation)),
            Self::Administer    => (&[Admin],                           None),
            Self::Relay         => (&[],                                Some(Scope::Relay)),
        }
    }

    /// Lets the actor through who has it.
    ///
    /// # Errors
    /// [`Code::SecondFactorRequired`] when only that is missing, else [`Code::Forbidden`].
    pub fn check(self, actor: &Actor) -> Result<()> {
        let (roles, scope) = self.held_by();
        if roles.contains(&actor.role) || scope.is_some_and(|scope| actor.scopes.contains(&scope)) {
            return Ok(());
        }
        if actor.withheld.is_some_and(|role| roles.contains(&role)) {
            let detail = "Your role acts only where you have shown a second factor.";
            return Err(Error::new(Code::SecondFactorRequired, detail));
        }
        Err(Error::new(Code::Forbidden, "Your role does not allow this."))
    }
}
