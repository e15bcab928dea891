//! Comments that should not wait, and who is called because of them.

use crate::{
    comments::ModeratedComment,
    db::schema::{alerts, on_call},
    http::permission::Role,
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// A comment that should not wait. It ends when the comment is decided or deleted.
#[derive(Debug, Clone, Serialize, Queryable, Selectable, ToSchema)]
#[diesel(table_name = alerts)]
pub struct Alert {
    /// Its id.
    pub id: Uuid,
    /// The comment.
    pub comment_id: Uuid,
    /// How soon somebody should look: 2 soon, 3 at once.
    pub priority: i16,
    /// When it was raised.
    pub created_at: DateTime<Utc>,
    /// How many have been called so far.
    pub calls: i32,
    /// When the next is called, unless somebody answers before; null when somebody has, and when all were called three times.
    pub next_at: Option<DateTime<Utc>>,
    /// Who answered.
    pub acknowledged_by: Option<Uuid>,
    /// When.
    pub acknowledged_at: Option<DateTime<Utc>>,
}

/// Where an alert stands in the list: whether it was answered, when it was raised, its id.
pub type AlertKey = (bool, DateTime<Utc>, Uuid);

/// An alert with the comment that it is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlertedComment {
    /// The alert.
    pub alert: Alert,
    /// The comment, with its text, and its article.
    #[serde(flatten)]
    pub comment: ModeratedComment,
}

/// How alerts are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AlertPage {
    /// Alerts on the page, 1 to 100; a larger number is lowered.
    #[param(minimum = 1, default = 20)]
    pub limit: Option<i64>,
    /// Where the page begins: from `next` or `prev` of another page.
    pub cursor: Option<String>,
}

/// Who is called, in this order.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetOnCall {
    /// Ids of accounts of coaches, moderators and admins, each once; empty: nobody is called.
    #[schema(max_items = 20)]
    pub accounts: Vec<Uuid>,
}

/// Who is called, in this order.
#[derive(Debug, Serialize, ToSchema)]
pub struct OnCall {
    /// Those of them who work here now.
    pub accounts: Vec<PersonOnCall>,
}

/// Somebody on call.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonOnCall {
    /// Their account.
    pub id: Uuid,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = on_call)]
pub struct Place {
    pub account_id: Uuid,
    pub place: i16,
}

#[derive(Debug, Insertable)]
#[diesel(table_name = alerts)]
pub struct NewAlert {
    pub id: Uuid,
    pub comment_id: Uuid,
    pub priority: i16,
    pub created_at: DateTime<Utc>,
    pub next_at: DateTime<Utc>,
}

/// An alert, as far as it matters whether something is to be done.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = alerts)]
pub struct Standing {
    pub comment_id: Uuid,
    pub priority: i16,
    pub next_at: Option<DateTime<Utc>>,
    pub acknowledged_at: Option<DateTime<Utc>>,
}

/// An alert for which somebody should be called.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = alerts)]
pub struct DueAlert {
    pub id: Uuid,
    pub calls: i32,
}
