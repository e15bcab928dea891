//! What stands in a WordPress export, item by item, as it is read.
//!
//! Identifiers are kept as the text the file has, since other programs which write this format do
//! not keep to numbers. An empty text means that the field was empty or absent. Titles, names and
//! excerpts are as WordPress keeps them, which is HTML: see
//! [`plain_text`](super::markdown::plain_text).
#![expect(missing_docs, reason = "names are those of the file's elements; what they do not say stands beside them")]

use chrono::{DateTime, Utc};

/// One piece of an export, in the order of the file: the [`Site`] first, then its authors,
/// categories and tags, then for every item its start, its comments in batches, and its end.
/// Warnings may stand anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    Site(Site),
    Author(Author),
    Category(Category),
    Tag(Tag),
    ItemStart(Box<Item>),
    /// Comments of the item which was started last, at most [`MAX_BATCH`](super::MAX_BATCH).
    Comments(Vec<Comment>),
    ItemEnd(ItemEnd),
    Warning(Warning),
}

/// The publication which was exported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    pub title: String,
    /// The address of its front page.
    pub link: String,
    /// A language tag such as `en-US`.
    pub language: String,
    /// `1.0`, `1.1` or `1.2`.
    pub wxr_version: String,
}

/// Somebody who wrote items. Exports of version 1.0 have none; their items name logins only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Author {
    pub external_id: String,
    pub login: String,
    pub email: String,
    /// The login where the file has no display name.
    pub display_name: String,
}

/// A category; the nicename is what addresses show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Category {
    pub nicename: String,
    pub name: String,
}

/// A tag; the slug is what addresses show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tag {
    pub slug: String,
    pub name: String,
}

/// A post, a page, or something else WordPress keeps as a post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The post's number, else its guid, else its link.
    pub external_id: String,
    pub kind: ItemKind,
    pub title: String,
    /// `post_name`; empty for most drafts.
    pub slug: String,
    pub link: String,
    pub guid: String,
    pub status: Status,
    /// When it was or will be published. The file's GMT date, else its local date read as UTC,
    /// since the export does not say the site's offset.
    pub date: Option<DateTime<Utc>>,
    /// When it was last changed, by the same rule. Exports before 2021 do not have it.
    pub modified: Option<DateTime<Utc>>,
    pub author_login: String,
    /// HTML with bare newlines as paragraphs, shortcodes and block comments.
    pub content_html: String,
    pub excerpt_html: String,
    pub comments: Discussion,
    pub pings: Discussion,
    pub parent_external_id: Option<String>,
    /// It has a password, so it must not become public.
    pub is_protected: bool,
    pub is_sticky: bool,
    /// At most [`MAX_TERMS`](super::MAX_TERMS).
    pub terms: Vec<Term>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ItemKind {
    /// Also where the file names no kind.
    #[default]
    Post,
    Page,
    Attachment,
    /// `nav_menu_item`, `revision`, a plugin's own kind.
    Other(String),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Status {
    Published,
    /// Also where the file names no status: what is not said to be public stays hidden.
    #[default]
    Draft,
    Pending,
    Private,
    /// Published once its date has come.
    Future,
    Trash,
    /// That of its parent (attachments).
    Inherit,
    Other(String),
}

/// Whether an item takes new comments, or pings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Discussion {
    Open,
    /// Also where the file does not say.
    #[default]
    Closed,
}

/// A category, tag or other term an item carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub domain: Domain,
    pub nicename: String,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Domain {
    Category,
    PostTag,
    Other(String),
}

/// A comment. The writer's network address stands in the file and is not taken over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comment {
    pub external_id: String,
    pub parent_external_id: Option<String>,
    /// The account which wrote it; none for a guest.
    pub user_external_id: Option<String>,
    pub author_name: String,
    pub author_email: String,
    pub author_url: String,
    /// By the same rule as [`Item::date`].
    pub date: Option<DateTime<Utc>>,
    pub content: String,
    pub approved: Approved,
    pub kind: CommentKind,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Approved {
    Visible,
    /// Also where the file says something unknown.
    #[default]
    Pending,
    Spam,
    Trash,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CommentKind {
    #[default]
    Comment,
    Pingback,
    Trackback,
    Other(String),
}

/// The end of the item which was started last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemEnd {
    pub external_id: String,
    /// Terms which stood after the first comment, when the item had already been handed out.
    pub late_terms: Vec<Term>,
}

/// Something in the file which was not as it should be, and did not stop the reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Where the field ended.
    pub line: u64,
    /// The element, such as `content:encoded`.
    pub field: String,
    pub flaw: Flaw,
    /// How often it was in the field.
    pub count: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flaw {
    /// Characters which XML does not allow, left out.
    ControlCharacters,
    /// A bare `&`, or a reference to an entity nobody defined, kept as text.
    StrayReferences,
    /// Not a date, treated as absent.
    UnreadableDate,
    /// A field after the item's first comment, left out.
    LateField,
    /// A comment without a number, left out: importing the file twice could not recognise it.
    NoIdentifier,
}
