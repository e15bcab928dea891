//! Rows of the desk.

use super::DeskPlace;
use crate::db::schema::questions;
use chrono::{DateTime, Utc};
use diesel::{
    deserialize::{self, FromSql, FromSqlRow},
    expression::AsExpression,
    pg::{Pg, PgValue},
    prelude::*,
    serialize::{self, IsNull, Output, ToSql},
    sql_types::Text,
};
use serde::{Deserialize, Serialize};
use std::io::Write;
use utoipa::ToSchema;
use uuid::Uuid;

/// Where a question stands between who asks and who answers.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, AsExpression, FromSqlRow,
)]
#[serde(rename_all = "snake_case")]
#[diesel(sql_type = Text)]
pub enum QuestionState {
    /// Nobody has answered.
    #[default]
    Waiting,
    /// A coach is at it, alone for a while.
    Claimed,
    /// Put off until a time.
    Snoozed,
    /// Staff has answered in the thread.
    Answered,
    /// It was answered where the thread does not show it.
    AnsweredElsewhere,
    /// It needs no answer.
    Dismissed,
}

impl QuestionState {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Waiting, Self::Claimed, Self::Snoozed, Self::Answered, Self::AnsweredElsewhere, Self::Dismissed];

    /// Its name in the database and in documents.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Claimed => "claimed",
            Self::Snoozed => "snoozed",
            Self::Answered => "answered",
            Self::AnsweredElsewhere => "answered_elsewhere",
            Self::Dismissed => "dismissed",
        }
    }

    /// Whether it ends by itself.
    #[must_use]
    pub const fn is_quiet(self) -> bool {
        matches!(self, Self::Claimed | Self::Snoozed)
    }
}

impl ToSql<Text, Pg> for QuestionState {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(self.as_str().as_bytes())?;
        Ok(IsNull::No)
    }
}

impl FromSql<Text, Pg> for QuestionState {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        let name = <String as FromSql<Text, Pg>>::from_sql(bytes)?;
        let known = Self::ALL.into_iter().find(|state| state.as_str() == name);
        known.ok_or_else(|| format!("no such state: {name}").into())
    }
}

/// A question as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, QueryableByName)]
#[diesel(table_name = questions, check_for_backend(Pg))]
pub struct Question {
    /// The comment that asks.
    pub comment_id: Uuid,
    /// Where it stands.
    pub article_id: Uuid,
    /// The section that it is about.
    pub section_id: Option<String>,
    /// Since when it waits.
    pub asked_at: DateTime<Utc>,
    /// As it was last set; see [`Question::state`].
    pub state: QuestionState,
    /// Whether everybody sees it; else it is off the desk.
    pub shown: bool,
    /// When it is its turn: 0 at once, 3 after all others.
    pub turn: i16,
    /// The article's.
    pub language: String,
    /// Whether a guest asks.
    pub by_guest: bool,
    /// Who is at it.
    pub claimed_by: Option<Uuid>,
    /// When a claim or a snooze ends.
    pub quiet_until: Option<DateTime<Utc>>,
    /// The first answer that counts.
    pub answer_id: Option<Uuid>,
    /// Who gave it; none for somebody who is gone.
    pub answered_by: Option<Uuid>,
    /// When.
    pub answered_at: Option<DateTime<Utc>>,
    /// Who said last that it needs no answer, or that it does.
    pub decided_by: Option<Uuid>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Answers from before this do not count.
    pub reopened_at: Option<DateTime<Utc>>,
    /// Who is asked, each once and in order; none of them is null.
    pub asked: Vec<Option<Uuid>>,
}

impl Question {
    /// Where it stands at a time: a claim or a snooze that is over is none.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>) -> QuestionState {
        let over = self.state.is_quiet() && self.quiet_until.is_none_or(|until| until <= now);
        if over { QuestionState::Waiting } else { self.state }
    }

    /// Who is at it at a time, and until when.
    #[must_use]
    pub fn claim(&self, now: DateTime<Utc>) -> Option<(Uuid, DateTime<Utc>)> {
        self.claimed_by.zip(self.quiet_until).filter(|(_, until)| *until > now)
    }

    /// Whether an account is asked.
    #[must_use]
    pub fn asks(&self, account_id: Uuid) -> bool {
        self.asked.contains(&Some(account_id))
    }

    /// Where it stands on the desk.
    #[must_use]
    pub const fn place(&self) -> DeskPlace {
        (self.turn, self.asked_at, self.comment_id)
    }

    /// How soon somebody should look: 0 in its turn, 3 at once.
    #[must_use]
    pub const fn priority(&self) -> i16 {
        3 - self.turn
    }
}
