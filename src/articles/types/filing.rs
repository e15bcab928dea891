//! What an article is filed under.

use diesel::{
    prelude::*,
    sql_types::{Array, Bool, Text, Uuid as SqlUuid},
};
use uuid::Uuid;

/// What somebody who works through comments picks their articles by.
#[derive(Debug, Clone, QueryableByName)]
pub struct Filing {
    /// The article.
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    /// Whether everybody can read it.
    #[diesel(sql_type = Bool)]
    pub published: bool,
    /// Its language, as BCP 47 has it.
    #[diesel(sql_type = Text)]
    pub locale: String,
    /// What it is about.
    #[diesel(sql_type = Array<SqlUuid>)]
    pub tag_ids: Vec<Uuid>,
    /// Who wrote it.
    #[diesel(sql_type = Array<SqlUuid>)]
    pub author_ids: Vec<Uuid>,
}
