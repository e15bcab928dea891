//! A record, as it is stored and as it is shown.

use crate::{
    db::schema::{audit, audit_networks},
    http::list::Span,
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

#[derive(Insertable)]
#[diesel(table_name = audit)]
pub struct NewRecord {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub kind: &'static str,
    pub actor_id: Option<Uuid>,
    pub subject_id: Option<Uuid>,
    pub data: Value,
}

/// From where a record's request came.
#[derive(Insertable)]
#[diesel(table_name = audit_networks)]
pub struct NewNetwork {
    pub audit_id: Uuid,
    pub network_hash: Vec<u8>,
    pub at: DateTime<Utc>,
}

/// Something that was done.
#[derive(Debug, Serialize, Queryable, Selectable, ToSchema)]
#[diesel(table_name = audit)]
pub struct Record {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    #[schema(example = "session.reuse_detected")]
    pub kind: String,
    /// The account that did it, if it was one.
    pub actor_id: Option<Uuid>,
    /// To whose account, or to what.
    pub subject_id: Option<Uuid>,
    /// More about it: ids and words of ours.
    #[schema(value_type = Object)]
    pub data: Value,
}

/// Which part of the audit.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct RecordPage {
    /// Only what was done by this account.
    pub actor_id: Option<Uuid>,
    /// Only what was done to this account or thing.
    pub subject_id: Option<Uuid>,
    /// Only of this kind.
    pub kind: Option<String>,
    /// Items at most; 50 if not given, never more than 100.
    #[param(minimum = 1)]
    pub limit: Option<i64>,
    /// Out of `next` or `prev`.
    pub cursor: Option<String>,
}

/// The records that are asked for.
pub struct Wanted<'a> {
    pub actor_id: Option<Uuid>,
    pub subject_id: Option<Uuid>,
    pub kind: Option<&'a str>,
    pub span: &'a Span<Uuid>,
}

/// A record as far as the one whom it is about may see it.
#[derive(Debug, Serialize, Queryable)]
pub struct Note {
    /// Where it stands among them.
    #[serde(skip)]
    pub id: Uuid,
    /// What was done.
    pub kind: String,
    /// When.
    pub at: DateTime<Utc>,
}
