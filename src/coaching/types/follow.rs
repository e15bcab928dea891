//! What the desk makes of the events.

use crate::db::schema::{desk_scans, question_answers};
use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// A visible comment of staff, and the comment that it answers.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = question_answers, check_for_backend(Pg))]
pub struct GivenAnswer {
    pub answer_id: Uuid,
    /// What is answered.
    pub comment_id: Uuid,
    /// Who gave it; none for somebody who is gone.
    pub given_by: Option<Uuid>,
    pub given_at: DateTime<Utc>,
}

/// What the desk knew before of the comments that it looks at.
#[derive(Debug, Default)]
pub struct Known {
    /// Those that it has as questions.
    pub questions: HashSet<Uuid>,
    /// Those that it has as answers, and what they answer.
    pub answers: HashMap<Uuid, Uuid>,
}

/// What a comment is to the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// It asks.
    Question,
    /// It answers this comment.
    Answer(Uuid),
    /// Neither: what stood there of it as an answer goes.
    Nothing,
}

/// What is looked through page by page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScanKind {
    /// All comments.
    Everything,
    /// The comments of an article.
    Thread,
}

impl ScanKind {
    /// Its name in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::Thread => "thread",
        }
    }
}

/// How far something was looked through.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = desk_scans, check_for_backend(Pg))]
pub struct Scan {
    pub kind: String,
    /// The nil UUID for everything.
    pub article_id: Uuid,
    /// The nil UUID at the beginning.
    pub after_id: Uuid,
}

impl Scan {
    /// From the beginning on.
    #[must_use]
    pub fn begin(kind: ScanKind, article_id: Uuid) -> Self {
        Self { kind: kind.as_str().into(), article_id, after_id: Uuid::nil() }
    }
}
