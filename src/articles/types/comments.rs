//! Who may comment on an article, and until when.

use super::Status;
use crate::{
    db::schema::articles,
    screening::{Exceptions, Mode, Policy},
};
use chrono::{DateTime, TimeDelta, Utc};
use diesel::{backend::Backend, deserialize, prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Who may comment on an article, until when, and whether what they write is shown at once: as it is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = articles, treat_none_as_null = true)]
pub struct CommentPolicy {
    /// Whether new comments are taken.
    #[diesel(column_name = comments_open)]
    pub open: bool,
    /// Whether people without an account may write some.
    #[diesel(column_name = guests_allowed)]
    pub guests: bool,
    /// Who waits for a moderator. None: as the publication's setting says.
    pub moderation: Option<Mode>,
    /// Links in a comment above which it is held. None: as the publication's setting says.
    pub links_held: Option<i32>,
    /// Days after its publication at which no more are taken; 0: never. None: as the publication's setting says.
    #[diesel(column_name = comments_close_after_days)]
    pub close_after_days: Option<i32>,
}

impl CommentPolicy {
    /// Where it asks for something else than the publication's settings.
    #[must_use]
    pub fn exceptions(&self) -> Exceptions {
        Exceptions::of(self.moderation, self.links_held)
    }

    /// When an article that was published then takes no more comments. `default_days` is the publication's setting.
    #[must_use]
    pub fn closes_at(&self, published_at: Option<DateTime<Utc>>, default_days: u32) -> Option<DateTime<Utc>> {
        let days = self.close_after_days.map_or_else(|| i64::from(default_days), i64::from);
        // More days than a calendar has are as good as never.
        published_at.filter(|_| days > 0)?.checked_add_signed(TimeDelta::try_days(days)?)
    }
}

/// Who may comment on an article, until when, and whether what they write is shown at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CommentTerms {
    /// Whether new comments are taken: where everybody reads it, now; where coaches do, before `closes_at`.
    pub open: bool,
    /// Whether people without an account may write some.
    pub guests: bool,
    /// Who waits for a moderator: where everybody reads it, as it is in force; where coaches do, as it is set, null for what
    /// the publication's setting says.
    #[serde(default)]
    #[schema(required)]
    pub moderation: Option<Mode>,
    /// Links in a comment above which it is held for a moderator, in the same way: as it is in force, or as it is set.
    #[serde(default)]
    #[schema(required)]
    pub links_held: Option<i32>,
    /// Days after its publication at which no more are taken; 0: never. Null: as the publication's setting says.
    #[serde(default)]
    #[schema(required)]
    pub close_after_days: Option<i32>,
    /// When no more are taken; null: never, or not before it is published.
    #[serde(default)]
    #[schema(required)]
    pub closes_at: Option<DateTime<Utc>>,
}

impl<DB: Backend> Selectable<DB> for CommentTerms {
    type SelectExpression = <CommentPolicy as Selectable<DB>>::SelectExpression;

    fn construct_selection() -> Self::SelectExpression {
        <CommentPolicy as Selectable<DB>>::construct_selection()
    }
}

/// From the columns of the policy: nothing that is stored says when comments close, since a setting has a part in it.
impl<ST, DB> Queryable<ST, DB> for CommentTerms
where
    DB: Backend,
    CommentPolicy: Queryable<ST, DB>,
{
    type Row = <CommentPolicy as Queryable<ST, DB>>::Row;

    fn build(row: Self::Row) -> deserialize::Result<Self> {
        CommentPolicy::build(row).map(Self::from)
    }
}

impl From<CommentPolicy> for CommentTerms {
    fn from(policy: CommentPolicy) -> Self {
        let CommentPolicy { open, guests, moderation, links_held, close_after_days } = policy;
        Self { open, guests, moderation, links_held, close_after_days, closes_at: None }
    }
}

impl CommentTerms {
    /// With the time at which an article that was published then closes.
    pub fn close(&mut self, published_at: Option<DateTime<Utc>>, default_days: u32) {
        let Self { open, guests, moderation, links_held, close_after_days, .. } = *self;
        let policy = CommentPolicy { open, guests, moderation, links_held, close_after_days };
        self.closes_at = policy.closes_at(published_at, default_days);
    }

    /// As they are at a time, with the publication's setting where nothing else is said. Returns when the time alone changes
    /// them.
    pub fn come_into_force(&mut self, now: DateTime<Utc>, policy: &Policy) -> Option<DateTime<Utc>> {
        self.moderation.get_or_insert(policy.mode);
        self.links_held = self.links_held.or(i32::try_from(policy.links_over).ok());
        let closes_at = self.closes_at.filter(|_| self.open)?;
        self.open = now < closes_at;
        self.open.then_some(closes_at)
    }
}

/// What somebody who wants to comment has to know of an article.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = articles)]
pub struct ThreadPolicy {
    /// The article.
    #[diesel(column_name = id)]
    pub article_id: Uuid,
    /// Its present slug.
    pub slug: String,
    /// Who can read it: of a draft the public must not learn that it exists.
    #[diesel(deserialize_as = String)]
    pub status: Status,
    /// When it was first published.
    pub published_at: Option<DateTime<Utc>>,
    /// Who may comment.
    #[diesel(embed)]
    pub comments: CommentPolicy,
}

impl ThreadPolicy {
    /// As it is at a time: closed, once that time has come. `default_days` is the publication's setting.
    #[must_use]
    pub fn at(mut self, now: DateTime<Utc>, default_days: u32) -> Self {
        let closes_at = self.comments.closes_at(self.published_at, default_days);
        self.comments.open &= closes_at.is_none_or(|closes_at| now < closes_at);
        self
    }
}
