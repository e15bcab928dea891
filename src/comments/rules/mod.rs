//! Who may do what with a comment, and what becomes of it.

mod curate;
mod edit;
mod fall;
mod links;
pub mod manage_token;
pub mod path;
mod place;
mod prints;
mod rank;
mod react;
mod tree;

pub use curate::{check_place, is_there, may_answer, may_feature, may_lock, may_pin, pin};
pub use edit::EditWindow;
pub use fall::{Fallen, fall};
pub use links::few_links;
pub use place::{Place, arrange};
pub use prints::{first_said, prints};
pub use rank::rank;
pub use react::{is_reaction, may_react};
pub use tree::nest;

use super::types::{CommentStatus, Draft, GuestName, NewGuest, PlacedRow, PostComment, Text, Writer};
use crate::{
    accounts::Email,
    articles::{self, ThreadPolicy},
    error::{Code, Error, Field, Result},
    http::{actor::unauthenticated, permission::Role},
    text::{self, Bounds},
    throttle::Entry,
};
use uuid::Uuid;

impl Writer {
    /// Whose idempotency keys these are.
    #[must_use]
    pub fn scope(self) -> String {
        match self {
            Self::Member(id, _) => format!("account:{id}"),
            Self::Guest(id) => format!("guest:{id}"),
            Self::Anonymous => "anonymous".into(),
        }
    }

    /// The account, if it is one.
    #[must_use]
    pub const fn account_id(self) -> Option<Uuid> {
        match self {
            Self::Member(id, _) => Some(id),
            Self::Guest(_) | Self::Anonymous => None,
        }
    }

    /// The guest, if it is one who was here before.
    #[must_use]
    pub const fn guest_id(self) -> Option<Uuid> {
        match self {
            Self::Guest(id) => Some(id),
            Self::Member(..) | Self::Anonymous => None,
        }
    }

    /// Whether the publication speaks through it.
    #[must_use]
    pub const fn is_staff(self) -> bool {
        matches!(self, Self::Member(_, Role::Coach | Role::Moderator | Role::Admin))
    }

    const fn moderates(self) -> bool {
        matches!(self, Self::Member(_, Role::Moderator | Role::Admin))
    }
}

/// The status of what somebody posts under an article. What the publication's own people write is never asked to
/// wait, and they may still answer where the conversation has been closed.
///
/// # Errors
/// [`Code::NotFound`] under a draft, [`Code::CommentsClosed`], [`Code::GuestsNotAllowed`].
pub fn may_post(policy: &ThreadPolicy, writer: Writer) -> Result<CommentStatus> {
    if policy.status != articles::Status::Published {
        return Err(Error::not_found());
    }
    if writer.is_staff() {
        return Ok(CommentStatus::Visible);
    }
    if !policy.comments.open {
        return Err(Error::new(Code::CommentsClosed, "This article takes no more comments."));
    }
    if !policy.comments.guests && !matches!(writer, Writer::Member(..)) {
        return Err(Error::new(Code::GuestsNotAllowed, "This article takes comments from people with an account."));
    }
    Ok(if policy.comments.premoderated { CommentStatus::Pending } else { CommentStatus::Visible })
}

/// Whether somebody may change what this comment says, and its status when they did: where a moderator looks first
/// at what is written, one looks again at what was changed.
///
/// # Errors
/// [`Code::Unauthenticated`] and [`Code::Forbidden`] for others than its author, [`Code::NotFound`] where they must
/// not learn that it exists, [`Code::Conflict`] after a moderator refused it.
pub fn may_edit(placed: &PlacedRow, writer: Writer) -> Result<CommentStatus> {
    let status = placed.comment.status;
    is_known_to(placed, writer)?;
    match status {
        CommentStatus::Deleted => Err(Error::not_found()),
        _ if !placed.comment.is_by(writer) => Err(Error::new(Code::Forbidden, "Only its author may edit a comment.")),
        CommentStatus::Rejected => Err(not_while(status)),
        CommentStatus::Visible if placed.premoderated && !writer.is_staff() => Ok(CommentStatus::Pending),
        CommentStatus::Visible | CommentStatus::Pending | CommentStatus::Held => Ok(status),
    }
}

/// Whether somebody may delete this comment.
///
/// # Errors
/// [`Code::Unauthenticated`] and [`Code::Forbidden`] for others than its author and moderators, [`Code::NotFound`]
/// where they must not learn that it exists.
pub fn may_delete(placed: &PlacedRow, writer: Writer) -> Result<()> {
    is_known_to(placed, writer)?;
    if placed.comment.is_by(writer) || writer.moderates() {
        return Ok(());
    }
    Err(Error::new(Code::Forbidden, "Only its author or a moderator may delete a comment."))
}

/// Nobody learns of a comment that is not shown to everybody, but its author and moderators.
fn is_known_to(placed: &PlacedRow, writer: Writer) -> Result<()> {
    if writer == Writer::Anonymous {
        return Err(unauthenticated("Sign in, or show the manage token that came with the comment."));
    }
    let public = placed.comment.shown() && placed.status == articles::Status::Published.as_str();
    if public || placed.comment.is_by(writer) || writer.moderates() { Ok(()) } else { Err(Error::not_found()) }
}

/// The error for a comment whose text is gone for good.
#[must_use]
pub fn nothing_to_restore() -> Error {
    Error::new(Code::Conflict, "There is no text to restore: its author deleted it, or it was deleted too long ago.")
}

/// Whether a moderator's verdict applies to a comment as it is.
///
/// # Errors
/// [`Code::Conflict`], naming the present status, when there is nothing to decide.
pub fn may_decide(present: CommentStatus, verdict: CommentStatus) -> Result<()> {
    let open = present != verdict && present != CommentStatus::Deleted;
    if open { Ok(()) } else { Err(not_while(present)) }
}

pub fn not_while(present: CommentStatus) -> Error {
    Error::new(Code::Conflict, format!("The comment is {}.", present.as_str()))
}

/// Checks all that a new comment says by itself; it may hold `links` links.
///
/// # Errors
/// [`Code::Validation`] with every field that is not acceptable.
pub fn check(input: &PostComment, writer: Writer, links: usize) -> Result<Draft> {
    let mut flaws = Vec::new();
    let text = render(&input.body).and_then(|text| few_links(text, writer, links));
    let text = text.map_err(|flaw| flaws.push(flaw)).ok();
    if input.website.as_ref().is_some_and(|website| !website.is_empty()) {
        flaws.push(Field::body("/website", "must_be_empty", "must be left empty; people do not see it"));
    }
    let guest = match (&input.guest, writer) {
        (None, Writer::Anonymous) => {
            flaws.push(Field::body("/guest/name", "required", "must be given by somebody without an account"));
            None
        }
        (Some(guest), Writer::Anonymous) => check_guest(guest).map_err(|found| flaws.extend(found)).ok(),
        (Some(_), _) => {
            flaws.push(Field::body("/guest", "not_a_guest", "must be left out: you have a name here"));
            None
        }
        (None, _) => None,
    };
    match text {
        Some(text) if flaws.is_empty() => Ok(Draft { text, guest, entry: Entry::Free }),
        _ => Err(Error::validation(flaws)),
    }
}

fn check_guest(guest: &NewGuest) -> std::result::Result<GuestName, Vec<Field>> {
    let name = text::clean_name(&guest.name).map_err(|flaw| Field::body("/guest/name", flaw.code(), flaw.detail()));
    let email = guest.email.as_deref().map(Email::parse).transpose();
    let email = email.map_err(|flaw| Field::body("/guest/email", flaw.code, flaw.detail));
    match (name, email) {
        (Ok(name), Ok(email)) => Ok(GuestName { name, email }),
        (name, email) => Err(name.err().into_iter().chain(email.err()).collect()),
    }
}

/// Whether a section can have this id. (The database refuses to look for some that cannot.)
#[must_use]
pub fn could_be_section(id: &str) -> bool {
    !id.chars().any(char::is_control)
}

/// What a body is kept as.
///
/// # Errors
/// The flaw that it has, at `/body`.
pub fn render(body: &str) -> std::result::Result<Text, Field> {
    let markdown =
        text::clean(body, Bounds::COMMENT).map_err(|flaw| Field::body("/body", flaw.code(), flaw.detail()))?;
    Ok(derive(markdown))
}

/// What a body is kept as that has been checked elsewhere.
#[must_use]
pub fn derive(markdown: String) -> Text {
    let rendered = text::comment(&markdown);
    Text {
        body_html: rendered.html,
        body_text: rendered.text,
        body_markdown: markdown,
        renderer: text::RENDERER_VERSION,
    }
}

/// The error for a guest's name that cannot be told apart from that of somebody of the publication: readers would take one
/// for the other.
#[must_use]
pub fn name_taken() -> Error {
    let detail =
        "looks like the name of somebody who works here; please take another, so that nobody mistakes you for them";
    Error::validation(vec![Field::body("/guest/name", "name_taken", detail)])
}
