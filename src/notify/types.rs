//! What goes over the wire, and rows.

use crate::db::schema::notices;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Which mails somebody wants, of those that they may do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Notices {
    /// When staff answers a comment of theirs.
    pub answers: bool,
    /// When a comment of theirs that waited for a moderator is public.
    pub approvals: bool,
    /// When there is a new message in a private thread.
    pub messages: bool,
}

/// What somebody says of it.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditNotices {
    /// When staff answers a comment of yours.
    pub answers: Option<bool>,
    /// When a comment of yours that waited for a moderator is public.
    pub approvals: Option<bool>,
    /// When there is a new message in a private thread.
    pub messages: Option<bool>,
}

/// What the link in a mail carries.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Unsubscribe {
    /// The token in it; good for ever.
    #[schema(value_type = String, max_length = 100)]
    pub token: SecretString,
}

/// The same in the address, as mail programs send it (RFC 8058).
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OneClick {
    /// The token out of the mail.
    #[param(value_type = Option<String>, max_length = 100)]
    pub token: Option<SecretString>,
}

/// What somebody is told of a comment of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Staff answered it.
    Answer,
    /// Everybody sees it now.
    Approval,
}

impl Kind {
    /// Its name in the database, and the kind of the mail.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Approval => "approval",
        }
    }
}

/// That something was told, by what it was.
#[derive(Debug, Clone, Insertable)]
#[diesel(table_name = notices)]
pub struct Notice {
    pub comment_id: Uuid,
    pub kind: &'static str,
    pub created_at: DateTime<Utc>,
}

/// What happened that somebody may want to hear of.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Comments that everybody may see since then, and that may answer others.
    pub answers: Vec<Uuid>,
    /// Comments that a moderator approved, and when.
    pub approved: Vec<(Uuid, DateTime<Utc>)>,
}
