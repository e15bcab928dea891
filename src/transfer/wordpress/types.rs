//! What stands in a WordPress export, item by item, as it is read.
//!
//! Identifiers are kept as the text the file has, since other programs which write this format do not keep to numbers.
//! An empty text means that the field was empty or absent. Titles, names and excerpts are as WordPress keeps them, which
//! is HTML: see [`plain_text`](super::markdown::plain_text).

use chrono::{DateTime, Utc};

/// One piece of an export, in the order of the file: the [`Site`] first, then its authors, categories and tags, then for
/// every item its start, its comments in batches, and its end. Warnings may stand anywhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The publication, once.
    Site(Site),
    /// One of its authors.
    Author(Author),
    /// One of its categories.
    Category(Category),
    /// One of its tags.
    Tag(Tag),
    /// All of an item but its comments.
    ItemStart(Box<Item>),
    /// Comments of the item which was started last, at most [`MAX_BATCH`](super::MAX_BATCH).
    Comments(Vec<Comment>),
    /// The end of the item which was started last.
    ItemEnd(ItemEnd),
    /// A fault which did not stop the reading.
    Warning(Warning),
}

/// The publication which was exported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// Its name.
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
    /// The number of the account.
    pub external_id: String,
    /// What items name their author by.
    pub login: String,
    /// Empty where the file has none.
    pub email: String,
    /// The login where the file has no display name.
    pub display_name: String,
}

/// A category of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Category {
    /// What addresses show.
    pub nicename: String,
    /// What readers see.
    pub name: String,
}

/// A tag of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tag {
    /// What addresses show.
    pub slug: String,
    /// What readers see.
    pub name: String,
}

/// A post, a page, or something else WordPress keeps as a post.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The post's number, else its guid, else its link.
    pub external_id: String,
    /// What it is.
    pub kind: ItemKind,
    /// Its title; drafts may have none.
    pub title: String,
    /// `post_name`; empty for most drafts.
    pub slug: String,
    /// The address under which the old site showed it.
    pub link: String,
    /// What feeds know it by, most often an address.
    pub guid: String,
    /// Who may see it.
    pub status: Status,
    /// When it was or will be published. The file's GMT date, else its local date read as UTC, since the export does not
    /// say the site's offset.
    pub date: Option<DateTime<Utc>>,
    /// When it was last changed, by the same rule. Exports before 2021 do not have it.
    pub modified: Option<DateTime<Utc>>,
    /// The [`Author::login`] of who wrote it.
    pub author_login: String,
    /// HTML with bare newlines as paragraphs, shortcodes and block comments: see
    /// [`markdown::article`](super::markdown::article).
    pub content_html: String,
    /// A summary by hand; most items have none.
    pub excerpt_html: String,
    /// Whether readers may comment.
    pub comments: Discussion,
    /// Whether other sites may ping.
    pub pings: Discussion,
    /// The item it is a part of.
    pub parent_external_id: Option<String>,
    /// It has a password, so it must not become public.
    pub is_protected: bool,
    /// It stays on top of the front page.
    pub is_sticky: bool,
    /// At most [`MAX_TERMS`](super::MAX_TERMS).
    pub terms: Vec<Term>,
}

/// What an item is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ItemKind {
    /// A post; also where the file names no kind.
    #[default]
    Post,
    /// A page.
    Page,
    /// A picture or another file.
    Attachment,
    /// `nav_menu_item`, `revision`, a plugin's own kind.
    Other(String),
}

/// Who may see an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// Everybody.
    Published,
    /// Nobody yet; also where the file names no status: what is not said to be public stays hidden.
    #[default]
    Draft,
    /// Nobody yet; it waits for review.
    Pending,
    /// Those who work on the site.
    Private,
    /// Everybody, once its date has come.
    Future,
    /// Nobody any more.
    Trash,
    /// Those who may see its parent (attachments).
    Inherit,
    /// A plugin's own.
    Other(String),
}

/// Whether an item takes new comments, or pings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Discussion {
    /// It does.
    Open,
    /// It does not; also where the file does not say.
    #[default]
    Closed,
}

/// A category, tag or other term an item carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Of which kind it is.
    pub domain: Domain,
    /// What addresses show.
    pub nicename: String,
    /// What readers see.
    pub name: String,
}

/// A kind of term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Domain {
    /// A [`Category`].
    Category,
    /// A [`Tag`].
    PostTag,
    /// `post_format`, a plugin's own taxonomy.
    Other(String),
}

/// A comment. The writer's network address stands in the file and is not taken over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comment {
    /// Its number.
    pub external_id: String,
    /// The comment it replies to, which may come later in the file or not at all.
    pub parent_external_id: Option<String>,
    /// The [`Author::external_id`] of who wrote it; none for a guest.
    pub user_external_id: Option<String>,
    /// The name its writer gave.
    pub author_name: String,
    /// The address its writer gave, which was not public.
    pub author_email: String,
    /// The site its writer gave.
    pub author_url: String,
    /// When it was written, by the same rule as [`Item::date`].
    pub date: Option<DateTime<Utc>>,
    /// Text with bare newlines and a few elements: see [`markdown::comment`](super::markdown::comment).
    pub content: String,
    /// Whether it is shown.
    pub approved: Approved,
    /// Whether a person wrote it.
    pub kind: CommentKind,
}

/// Whether a comment is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Approved {
    /// It is.
    Visible,
    /// It waits for a moderator; also where the file says something unknown.
    #[default]
    Pending,
    /// It is held for spam.
    Spam,
    /// It was thrown away.
    Trash,
}

/// Where a comment comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CommentKind {
    /// A reader.
    #[default]
    Comment,
    /// Another site which links to the item, found by asking it.
    Pingback,
    /// Another site which says that it links to the item.
    Trackback,
    /// A plugin.
    Other(String),
}

/// The end of the item which was started last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemEnd {
    /// Its [`Item::external_id`].
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
    /// What was wrong.
    pub flaw: Flaw,
    /// How often it was in the field.
    pub count: u64,
}

/// What can be wrong with a field.
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
