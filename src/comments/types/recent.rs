//! What was said lately, to try rules on.

use crate::db::schema::{accounts, articles, comments};
use crate::{
    http::permission::Role,
    screening::{AuthorKind, Exceptions, Mode},
};
use diesel::{pg::Pg, prelude::*};
use uuid::Uuid;

/// A comment as the checks need it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = comments, check_for_backend(Pg))]
pub struct RecentText {
    /// Its id.
    pub id: Uuid,
    /// Its place under its article.
    pub position: i64,
    /// The account that wrote it.
    pub account_id: Option<Uuid>,
    /// The guest who wrote it.
    pub guest_id: Option<Uuid>,
    /// As it is shown.
    pub body_html: String,
    /// What readers see of it.
    pub body_text: String,
    #[diesel(select_expression = accounts::role.nullable())]
    role: Option<String>,
    #[diesel(select_expression = articles::moderation)]
    moderation: Option<Mode>,
    #[diesel(select_expression = articles::links_held)]
    links_held: Option<i32>,
}

impl RecentText {
    /// The account or guest that wrote it.
    #[must_use]
    pub fn author_id(&self) -> Option<Uuid> {
        self.account_id.or(self.guest_id)
    }

    /// What its author is to the publication.
    #[must_use]
    pub fn kind(&self) -> AuthorKind {
        let role = self.role.clone().and_then(|role| Role::try_from(role).ok());
        match role {
            Some(role) if role.is_staff() => AuthorKind::Staff,
            _ if self.guest_id.is_some() => AuthorKind::Guest,
            _ => AuthorKind::Member,
        }
    }

    /// Where its article asks for something else than the publication's settings.
    #[must_use]
    pub fn exceptions(&self) -> Exceptions {
        Exceptions::of(self.moderation, self.links_held)
    }
}
