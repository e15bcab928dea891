//! What goes over the wire, and rows.

use crate::{
    accounts::ErasureMode,
    db::schema::{erasures, exports},
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// How somebody leaves.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Closing {
    /// What becomes of the comments when the account is erased.
    #[param(inline)]
    pub comments: ErasureMode,
}

/// An account that is closed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Closed {
    /// Until then you can log in and restore it; after that it is erased.
    pub erased_after: Option<DateTime<Utc>>,
}

/// What was asked for of one's own.
#[derive(Debug, Serialize, ToSchema)]
pub struct Export {
    /// Its id.
    pub id: Uuid,
    /// Whether it can be fetched.
    pub status: ExportStatus,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When it is forgotten.
    pub expires_at: DateTime<Utc>,
    /// Where it can be fetched, with your access token; null while it is being prepared.
    pub links: Option<ExportLinks>,
}

/// Whether an export can be fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportStatus {
    /// A mail comes when it can.
    Preparing,
    /// It can.
    Ready,
}

/// Where an export can be fetched.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExportLinks {
    /// One JSON document.
    pub document: String,
    /// A ZIP file with the same document, and each comment as a Markdown file.
    pub archive: String,
}

/// An export as it is stored, without its contents.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = exports)]
pub struct ExportRow {
    pub id: Uuid,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

impl ExportRow {
    /// As its owner sees it. `url` is the server's address.
    pub fn shown(self, url: &str) -> Export {
        let Self { id, created_at, expires_at, finished_at } = self;
        let at = format!("{url}/v1/accounts/me/exports/{id}");
        let links =
            finished_at.map(|_| ExportLinks { document: format!("{at}/document"), archive: format!("{at}/archive") });
        let status = if links.is_some() { ExportStatus::Ready } else { ExportStatus::Preparing };
        Export { id, status, created_at, expires_at, links }
    }
}

/// A new export.
#[derive(Debug, Insertable)]
#[diesel(table_name = exports)]
pub struct NewExport {
    pub id: Uuid,
    pub account_id: Uuid,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// An export that somebody is to prepare.
#[derive(Debug, Clone, Copy, Queryable, Selectable)]
#[diesel(table_name = exports)]
pub struct Claimed {
    pub id: Uuid,
    pub account_id: Uuid,
}

/// The two forms of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Document,
    Archive,
}

/// That somebody was erased, and how: to be done again after an older backup was restored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Queryable, Selectable)]
#[diesel(table_name = erasures)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    /// The account.
    pub account_id: Uuid,
    /// What became of the comments.
    #[diesel(deserialize_as = String)]
    pub comments: ErasureMode,
    /// When.
    pub at: DateTime<Utc>,
}
