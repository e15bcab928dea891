//! Rows, and what an import is asked to do.

use crate::db::schema::imports;
use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use uuid::Uuid;

/// What is written when not all of a file can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// Every item that is whole.
    Items,
    /// All of the file, or none of it.
    Everything,
    /// Nothing in any case: to see what would come.
    Nothing,
}

/// What an external id is the id of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A login, or `#` and the number of a user.
    Account,
    /// A post or a page.
    Article,
    /// The article's id, `#`, the comment's own: programs that write this format number the comments of each post anew.
    Comment,
}

impl Kind {
    /// Its name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Article => "article",
            Self::Comment => "comment",
        }
    }
}

/// That something was imported.
#[derive(Debug, Insertable)]
#[diesel(table_name = imports)]
pub struct NewImport<'a> {
    pub source: &'a str,
    pub kind: &'static str,
    pub external_id: &'a str,
    pub local_id: Uuid,
    pub digest: Option<Vec<u8>>,
    pub imported_at: DateTime<Utc>,
}

/// What became of something that was imported before.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = imports, check_for_backend(Pg))]
pub struct Known {
    pub external_id: String,
    pub local_id: Uuid,
    pub digest: Option<Vec<u8>>,
}
