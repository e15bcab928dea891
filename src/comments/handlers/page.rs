//! What all public reads share: how a page is put together, what it shows, and where what it does not show is.

use super::super::{
    actions,
    queries::{anchors, nested::nested, thread},
    rules::{self, Anchor, Last},
    types::{Budget, Comment, CommentRow, CommentStatus, DEFAULT_LIMIT, MAX_NESTED, Replies},
};
use crate::{
    config::Settings,
    db::{Conn, Pool},
    error::{Error, Result},
    http::{
        cursor::{self, Direction},
        list::List,
        representation::Representation,
    },
    secrets::Secrets,
};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web::Data};
use std::{
    collections::BTreeSet,
    future::{Ready, ready},
};
use uuid::Uuid;

/// What pages of comments are made with.
#[derive(Clone)]
pub struct Maker {
    pub pool: Data<Pool>,
    pub secrets: Data<Secrets>,
    /// The address that clients use.
    pub url: String,
    /// Levels below a root at which replies are shown within replies.
    pub levels: i32,
}

impl FromRequest for Maker {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (pool, secrets, settings) = (request.app_data(), request.app_data(), request.app_data::<Data<Settings>>());
        let made = match (pool, secrets, settings) {
            (Some(pool), Some(secrets), Some(settings)) => Ok(Self {
                pool: Data::clone(pool),
                secrets: Data::clone(secrets),
                url: settings.public_url(),
                levels: settings.thread_levels.into(),
            }),
            _ => Err(Error::internal(anyhow::anyhow!("comments need the pool, the secrets and the settings"))),
        };
        ready(made)
    }
}

impl Maker {
    /// Puts the first comments below each under it. Tells what they show.
    pub async fn with_replies(
        &self,
        conn: &mut Conn,
        heads: Vec<CommentRow>,
        budget: Budget,
    ) -> Result<(Vec<Comment>, Shown)> {
        let limit = i64::try_from(MAX_NESTED + 1).unwrap_or(i64::MAX);
        let below = nested(conn, &heads, budget, limit).await?;
        let shown = Shown::of(heads.iter().chain(below.iter().map(|below| &below.row)));
        let next = |above: &CommentRow, last: Option<&Last>| self.replies_after(above, last, budget);
        Ok((rules::nest(heads, below, (self.levels, MAX_NESTED), next)?, shown))
    }

    /// The same for a page of a list.
    pub async fn page_with_replies(
        &self,
        conn: &mut Conn,
        heads: List<CommentRow>,
        budget: Budget,
    ) -> Result<(List<Comment>, Shown)> {
        let List { items, limit, next, prev } = heads;
        let (items, shown) = self.with_replies(conn, items, budget).await?;
        Ok((List { items, limit, next, prev }, shown))
    }

    /// Comments without what is below them. Tells what they show.
    pub fn alone(&self, rows: Vec<CommentRow>) -> (Vec<Comment>, Shown) {
        let shown = Shown::of(&rows);
        let alone = rows.into_iter().map(|row| {
            let next = (row.reply_count > 0).then(|| format!("{}/v1/comments/{}/replies", self.url, row.id));
            Comment::public(row, Replies { items: Vec::new(), next })
        });
        (alone.collect(), shown)
    }

    /// The address of the replies to a comment behind the last one that is here.
    fn replies_after(&self, above: &CommentRow, last: Option<&Last>, budget: Budget) -> Result<String> {
        let (list, next) = (replies_list(above, self.levels), Direction::Next);
        let cursor = last.map(|last| {
            if above.depth == self.levels {
                cursor::encode(&self.secrets, &list, next, &thread::flat_key(&last.path))
            } else {
                cursor::encode(&self.secrets, &list, next, &last.position)
            }
        });
        let cursor = cursor.transpose()?.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        Ok(replies_address(&self.url, above.id, &format!("limit={DEFAULT_LIMIT}&{}", budget.canonical())) + &cursor)
    }

    /// Fills in what stands elsewhere: whom comments mention, and whether their article still has what they point to.
    /// Returns the tags of a page that shows them.
    pub async fn complete(
        &self,
        conn: &mut Conn,
        article_id: Uuid,
        lists: &mut [&mut [Comment]],
        shown: Shown,
    ) -> Result<Vec<String>> {
        self.mark_orphans(conn, article_id, lists).await?;
        let mentions = actions::mentions_in(conn, &shown.mentioning).await?;
        for list in &mut *lists {
            mentions.fill(&mut **list);
        }
        actions::show_corrections(conn, lists).await?;
        let members = shown.accounts.into_iter().map(|id| format!("account:{id}"));
        let own = [format!("thread:{article_id}"), format!("article:{article_id}")];
        Ok(own.into_iter().chain(members).chain(mentions.tags()).collect())
    }

    /// Nothing is asked where none points to anything.
    async fn mark_orphans(&self, conn: &mut Conn, article_id: Uuid, lists: &mut [&mut [Comment]]) -> Result<()> {
        let mut named = BTreeSet::new();
        for list in &mut *lists {
            rules::for_each(list, |comment| named.extend(comment.section_id.clone()));
        }
        if named.is_empty() {
            return Ok(());
        }
        let named: Vec<&str> = named.iter().map(String::as_str).collect();
        let sections = anchors::sections(conn, &vec![article_id; named.len()], &named).await?;
        for list in lists {
            rules::for_each(list, |comment| {
                let quote = comment.quote.as_deref();
                let anchor = comment.section_id.as_deref().map(|section_id| Anchor { article_id, section_id, quote });
                comment.orphaned = anchor.is_some_and(|anchor| rules::is_orphaned(&anchor, &sections));
            });
        }
        Ok(())
    }
}

pub fn replies_address(url: &str, id: Uuid, parameters: &str) -> String {
    format!("{url}/v1/comments/{id}/replies?{parameters}")
}

/// What cursors of the replies to a comment are good for: they hold something else where replies go on flat.
pub fn replies_list(of: &CommentRow, levels: i32) -> String {
    format!("{} {}", if of.depth == levels { "flat" } else { "replies" }, of.id)
}

/// What some comments show that is written elsewhere.
#[derive(Debug, Default)]
pub struct Shown {
    /// Accounts whose names they show.
    accounts: BTreeSet<Uuid>,
    /// Those of them that mention somebody.
    mentioning: Vec<Uuid>,
}

impl Shown {
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a CommentRow>) -> Self {
        let mut shown = Self::default();
        for row in rows.into_iter().filter(|row| row.status == CommentStatus::Visible) {
            shown.accounts.extend(row.account_id);
            shown.mentioning.extend((row.mention_count > 0).then_some(row.id));
        }
        shown
    }

    /// With those of others.
    pub fn and(mut self, others: Self) -> Self {
        self.accounts.extend(others.accounts);
        self.mentioning.extend(others.mentioning);
        self
    }
}

/// The same page with a `Link` header.
pub fn linked(page: Representation, link: Option<String>) -> Result<Representation> {
    match link {
        Some(link) => page.with_header(header::LINK, &link),
        None => Ok(page),
    }
}
