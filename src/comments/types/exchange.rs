//! Who speaks to whom.

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Array, Bool, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid},
};
use uuid::Uuid;

/// A comment as somebody's word to somebody: who says it, and to whom. Staff is whoever is staff now.
#[derive(Debug, Clone, QueryableByName)]
#[expect(clippy::struct_excessive_bools, reason = "facts that go together in any combination")]
pub struct Exchange {
    /// The comment.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// Where it stands.
    #[diesel(sql_type = SqlUuid)]
    pub article_id: Uuid,
    /// The section that it is about.
    #[diesel(sql_type = Nullable<Text>)]
    pub section_id: Option<String>,
    /// What it replies to.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub parent_id: Option<Uuid>,
    /// What its thread begins with; itself for a root.
    #[diesel(sql_type = SqlUuid)]
    pub root_id: Uuid,
    /// When it was posted.
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    /// Whether its text is shown, if its article is.
    #[diesel(sql_type = Bool)]
    pub visible: bool,
    /// Who wrote it, with an account.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub account_id: Option<Uuid>,
    /// Whether a guest wrote it.
    #[diesel(sql_type = Bool)]
    pub by_guest: bool,
    /// Whether staff wrote it.
    #[diesel(sql_type = Bool)]
    pub by_staff: bool,
    /// Who wrote what it replies to, if that is staff.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub to_staff: Option<Uuid>,
    /// Whether what it replies to asks staff: somebody else wrote it, and it is a root, replies to staff or mentions staff.
    #[diesel(sql_type = Bool)]
    pub parent_asks: bool,
    /// Whether who wrote the root of its thread wrote what it replies to, the root or something below.
    #[diesel(sql_type = Bool)]
    pub parent_by_asker: bool,
    /// Whether somebody else than staff wrote the root of its thread.
    #[diesel(sql_type = Bool)]
    pub root_asks: bool,
    /// The staff whom it mentions.
    #[diesel(sql_type = Array<SqlUuid>)]
    pub mentioned: Vec<Uuid>,
    /// How soon somebody should look, by what was ever found in it: 0 in its turn, 3 at once. What is decided later on it, and
    /// for another reason, does not make it less pressing.
    #[diesel(sql_type = SmallInt)]
    pub priority: i16,
}
