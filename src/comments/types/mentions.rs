//! Whom comments call by name.

use super::{Author, Comment, Mentioned};
use crate::db::schema::mentions;
use diesel::{
    prelude::*,
    sql_types::{Bool, Uuid as SqlUuid},
};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// A mention's row.
#[derive(Debug, Insertable)]
#[diesel(table_name = mentions)]
pub struct NewMention {
    pub comment_id: Uuid,
    pub place: i16,
    pub account_id: Option<Uuid>,
    pub guest_id: Option<Uuid>,
}

/// Somebody who takes part in the conversation under an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Present {
    #[diesel(sql_type = SqlUuid)]
    pub article_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub person_id: Uuid,
    /// With an account.
    #[diesel(sql_type = Bool)]
    pub member: bool,
}

impl Present {
    /// Who it is.
    #[must_use]
    pub const fn person(&self) -> Author {
        if self.member { Author::Member(self.person_id) } else { Author::Guest(self.person_id) }
    }
}

/// Somebody whom a comment mentions, with the name that they have now.
#[derive(Debug, Queryable)]
pub struct NamedMention {
    pub comment_id: Uuid,
    pub account_id: Option<Uuid>,
    pub member_name: Option<String>,
    pub guest_id: Option<Uuid>,
    pub guest_name: Option<String>,
}

/// Whom the comments on a page mention.
#[derive(Debug, Default)]
pub struct Mentions {
    of_comments: HashMap<Uuid, Vec<Mentioned>>,
    members: BTreeSet<Uuid>,
}

impl Mentions {
    /// Puts them into the comments, and into those below them, that show a text.
    pub fn fill<'a>(&self, comments: impl IntoIterator<Item = &'a mut Comment>) {
        if self.of_comments.is_empty() {
            return;
        }
        // On a stack of its own: threads may be deeper than ours.
        let mut waiting: Vec<&mut Comment> = comments.into_iter().collect();
        while let Some(comment) = waiting.pop() {
            if let (Some(mentions), true) = (self.of_comments.get(&comment.id), comment.body.is_some()) {
                comment.mentions.clone_from(mentions);
            }
            waiting.extend(&mut comment.replies.items);
        }
    }

    /// The tags of those whose names it shows, which may change.
    pub fn tags(&self) -> impl Iterator<Item = String> {
        self.members.iter().map(|id| format!("account:{id}"))
    }
}

impl FromIterator<NamedMention> for Mentions {
    fn from_iter<I: IntoIterator<Item = NamedMention>>(rows: I) -> Self {
        let mut mentions = Self::default();
        for row in rows {
            mentions.members.extend(row.account_id);
            let (member, guest) = (row.account_id.zip(row.member_name), row.guest_id.zip(row.guest_name));
            let mentioned = member.or(guest).map(|(id, name)| Mentioned { id, name });
            mentions.of_comments.entry(row.comment_id).or_default().extend(mentioned);
        }
        mentions
    }
}
