//! The fields of an item and of a comment, by the names they have in an export.

use chrono::{DateTime, NaiveDateTime, Utc};

use super::types::{Approved, Comment, CommentKind, Discussion, Domain, Item, ItemKind, Status, Term};
use super::xml::Element;

/// A field which is there and is not a date.
pub(super) struct Unreadable;

/// An item while its fields come in.
#[derive(Default)]
pub(super) struct PendingItem {
    item: Item,
    local_date: Option<DateTime<Utc>>,
    local_modified: Option<DateTime<Utc>>,
}

impl PendingItem {
    pub const FIELDS: [&str; 19] = [
        "title",
        "link",
        "guid",
        "dc:creator",
        "content:encoded",
        "excerpt:encoded",
        "wp:post_id",
        "wp:post_date",
        "wp:post_date_gmt",
        "wp:post_modified",
        "wp:post_modified_gmt",
        "wp:comment_status",
        "wp:ping_status",
        "wp:post_name",
        "wp:status",
        "wp:post_parent",
        "wp:post_type",
        "wp:post_password",
        "wp:is_sticky",
    ];

    /// Takes one of the [`FIELDS`](Self::FIELDS).
    pub fn set(&mut self, field: &str, value: String) -> Result<(), Unreadable> {
        let item = &mut self.item;
        let word = value.trim();
        match field {
            "title" => word.clone_into(&mut item.title),
            "link" => word.clone_into(&mut item.link),
            "guid" => word.clone_into(&mut item.guid),
            "dc:creator" => word.clone_into(&mut item.author_login),
            "content:encoded" => item.content_html = value,
            "excerpt:encoded" => item.excerpt_html = value,
            "wp:post_id" => word.clone_into(&mut item.external_id),
            "wp:post_date" => self.local_date = date(word)?,
            "wp:post_date_gmt" => item.date = date(word)?,
            "wp:post_modified" => self.local_modified = date(word)?,
            "wp:post_modified_gmt" => item.modified = date(word)?,
            "wp:comment_status" => item.comments = discussion(word),
            "wp:ping_status" => item.pings = discussion(word),
            "wp:post_name" => word.clone_into(&mut item.slug),
            "wp:status" => item.status = status(word),
            "wp:post_parent" => item.parent_external_id = identifier(word),
            "wp:post_type" => item.kind = item_kind(word),
            "wp:post_password" => item.is_protected = !value.is_empty(),
            "wp:is_sticky" => item.is_sticky = word == "1",
            _ => {}
        }
        Ok(())
    }

    pub fn terms(&mut self) -> &mut Vec<Term> {
        &mut self.item.terms
    }

    /// The item; none when nothing in it can identify it.
    pub fn finish(self) -> Option<Item> {
        let mut item = self.item;
        item.date = item.date.or(self.local_date);
        item.modified = item.modified.or(self.local_modified);
        if item.external_id.is_empty() {
            let named = [&item.guid, &item.link].into_iter().find(|id| !id.is_empty());
            item.external_id.clone_from(named?);
        }
        Some(item)
    }
}

/// A comment while its fields come in.
#[derive(Default)]
pub(super) struct PendingComment {
    comment: Comment,
    local_date: Option<DateTime<Utc>>,
}

impl PendingComment {
    /// Not `wp:comment_author_IP`, which must not be kept.
    pub const FIELDS: [&str; 11] = [
        "wp:comment_id",
        "wp:comment_author",
        "wp:comment_author_email",
        "wp:comment_author_url",
        "wp:comment_date",
        "wp:comment_date_gmt",
        "wp:comment_content",
        "wp:comment_approved",
        "wp:comment_type",
        "wp:comment_parent",
        "wp:comment_user_id",
    ];

    /// Takes one of the [`FIELDS`](Self::FIELDS).
    pub fn set(&mut self, field: &str, value: String) -> Result<(), Unreadable> {
        let comment = &mut self.comment;
        let word = value.trim();
        match field {
            "wp:comment_id" => word.clone_into(&mut comment.external_id),
            "wp:comment_author" => word.clone_into(&mut comment.author_name),
            "wp:comment_author_email" => word.clone_into(&mut comment.author_email),
            "wp:comment_author_url" => word.clone_into(&mut comment.author_url),
            "wp:comment_date" => self.local_date = date(word)?,
            "wp:comment_date_gmt" => comment.date = date(word)?,
            "wp:comment_content" => comment.content = value,
            "wp:comment_approved" => comment.approved = approved(word),
            "wp:comment_type" => comment.kind = comment_kind(word),
            "wp:comment_parent" => comment.parent_external_id = identifier(word),
            "wp:comment_user_id" => comment.user_external_id = identifier(word),
            _ => {}
        }
        Ok(())
    }

    /// The comment; none when it has no number.
    pub fn finish(self) -> Option<Comment> {
        let mut comment = self.comment;
        comment.date = comment.date.or(self.local_date);
        (!comment.external_id.is_empty()).then_some(comment)
    }
}

/// The term an item's `category` element names. Version 1.0 writes each term twice, once without
/// its nicename, and says `tag` for what later became `post_tag`.
pub(super) fn term(element: &Element, name: &str) -> Option<Term> {
    let nicename = element.attribute("nicename")?;
    let domain = match element.attribute("domain") {
        None | Some("category") => Domain::Category,
        Some("post_tag" | "tag") => Domain::PostTag,
        Some(other) => Domain::Other(other.to_owned()),
    };
    Some(Term { domain, nicename: nicename.to_owned(), name: name.trim().to_owned() })
}

/// `0` is how WordPress writes that there is none.
fn identifier(word: &str) -> Option<String> {
    (!matches!(word, "" | "0")).then(|| word.to_owned())
}

fn date(word: &str) -> Result<Option<DateTime<Utc>>, Unreadable> {
    if word.is_empty() || word.starts_with("0000-00-00") {
        return Ok(None);
    }
    match NaiveDateTime::parse_from_str(word, "%Y-%m-%d %H:%M:%S") {
        Ok(date) => Ok(Some(date.and_utc())),
        Err(_) => Err(Unreadable),
    }
}

fn item_kind(word: &str) -> ItemKind {
    match word {
        "post" | "" => ItemKind::Post,
        "page" => ItemKind::Page,
        "attachment" => ItemKind::Attachment,
        other => ItemKind::Other(other.to_owned()),
    }
}

fn status(word: &str) -> Status {
    match word {
        "publish" => Status::Published,
        "draft" | "auto-draft" | "" => Status::Draft,
        "pending" => Status::Pending,
        "private" => Status::Private,
        "future" => Status::Future,
        "trash" => Status::Trash,
        "inherit" => Status::Inherit,
        other => Status::Other(other.to_owned()),
    }
}

fn discussion(word: &str) -> Discussion {
    match word {
        "open" => Discussion::Open,
        _ => Discussion::Closed,
    }
}

fn approved(word: &str) -> Approved {
    match word {
        "1" | "approve" | "approved" => Approved::Visible,
        "spam" => Approved::Spam,
        "trash" | "post-trashed" => Approved::Trash,
        _ => Approved::Pending,
    }
}

fn comment_kind(word: &str) -> CommentKind {
    match word {
        "" | "comment" => CommentKind::Comment,
        "pingback" => CommentKind::Pingback,
        "trackback" => CommentKind::Trackback,
        other => CommentKind::Other(other.to_owned()),
    }
}
