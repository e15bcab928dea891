//! Who may do what with a comment, and what becomes of it.

mod anchor;
mod answers;
mod curate;
mod decide;
mod edit;
mod external;
mod links;
pub mod manage_token;
mod mentions;
mod outcome;
pub mod path;
mod place;
mod prints;
mod rank;
mod react;
mod redact;
mod reports;
mod settle;
mod tree;

pub use anchor::{Anchor, could_be_section, is_orphaned, not_in_article, quoted};
pub use answers::answers;
pub use curate::{check_place, is_there, may_answer, may_feature, may_lock, may_pin, pin};
pub use decide::{Others, UNAWARE, claimed, may_decide, may_undo, waits_as};
pub use edit::{CORRECTION, EditWindow, check_correction};
pub use external::settle_checked;
pub use links::{few_links, has_link};
pub use mentions::{check_mentions, may_mention, mention_count, mention_rows};
pub use outcome::{after_edit, outcome, review, waiting};
pub use place::{Place, arrange};
pub use prints::{first_said, prints};
pub use rank::rank;
pub use react::{is_public, is_reaction, may_react};
pub use redact::{kinds, may_redact};
pub use reports::{counts, holds, may_report};
pub use settle::{Settled, settle};
pub use tree::{Last, flat, for_each, nest};

use super::types::{
    CommentStatus, Draft, EditComment, GuestName, IntroduceGuest, NewGuest, NewText, PlacedRow, PostComment, Text,
    Writer,
};
use crate::{
    accounts::{Email, NameHolder},
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

    /// Whether it decides what is shown.
    #[must_use]
    pub const fn moderates(self) -> bool {
        matches!(self, Self::Member(_, Role::Moderator | Role::Admin))
    }
}

/// Whether somebody may write under an article. The publication's own people may still answer where the conversation has been
/// closed.
///
/// # Errors
/// [`Code::NotFound`] under a draft, [`Code::CommentsClosed`], [`Code::GuestsNotAllowed`].
pub fn may_post(policy: &ThreadPolicy, writer: Writer) -> Result<()> {
    if policy.status != articles::Status::Published {
        return Err(Error::not_found());
    }
    if writer.is_staff() {
        return Ok(());
    }
    if !policy.comments.open {
        return Err(Error::new(Code::CommentsClosed, "This article takes no more comments."));
    }
    if !policy.comments.guests && !matches!(writer, Writer::Member(..)) {
        return Err(Error::new(Code::GuestsNotAllowed, "This article takes comments from people with an account."));
    }
    Ok(())
}

/// Whether somebody may change what this comment says.
///
/// # Errors
/// [`Code::Unauthenticated`] and [`Code::Forbidden`] for others than its author, [`Code::NotFound`] where they must
/// not learn that it exists, [`Code::Conflict`] after a moderator refused it.
pub fn may_edit(placed: &PlacedRow, writer: Writer) -> Result<()> {
    let status = placed.comment.status;
    is_known_to(placed, writer)?;
    match status {
        CommentStatus::Deleted => Err(Error::not_found()),
        _ if !placed.comment.is_by(writer) => Err(Error::new(Code::Forbidden, "Only its author may edit a comment.")),
        CommentStatus::Rejected => Err(not_while(status)),
        CommentStatus::Visible | CommentStatus::Pending | CommentStatus::Held => Ok(()),
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
    flaws.extend(check_website(input.website.as_deref()));
    let guest = match (&input.guest, writer) {
        (None, Writer::Anonymous) => {
            flaws.push(Field::body("/guest/name", "required", "must be given by somebody without an account"));
            None
        }
        (Some(guest), Writer::Anonymous) => check_guest(guest, "/guest").map_err(|found| flaws.extend(found)).ok(),
        (Some(_), _) => {
            flaws.push(Field::body("/guest", "not_a_guest", "must be left out: you have a name here"));
            None
        }
        (None, _) => None,
    };
    flaws.extend(check_mentions(&input.mentions));
    let quote = quoted(input).map_err(|flaw| flaws.push(flaw)).ok().flatten();
    match text {
        Some(text) if flaws.is_empty() => Ok(Draft { text, quote, guest, entry: Entry::Free }),
        _ => Err(Error::validation(flaws)),
    }
}

/// Checks what a new guest says who writes nothing yet.
///
/// # Errors
/// [`Code::Validation`] with every field that is not acceptable.
pub fn check_introduction(input: &IntroduceGuest) -> Result<GuestName> {
    let machine = check_website(input.website.as_deref());
    match (check_guest(&input.into(), ""), machine) {
        (Ok(guest), None) => Ok(guest),
        (guest, machine) => Err(Error::validation(guest.err().into_iter().flatten().chain(machine).collect())),
    }
}

/// The flaw of a field that people do not see, and machines fill in.
fn check_website(website: Option<&str>) -> Option<Field> {
    let filled = website.is_some_and(|website| !website.is_empty());
    filled.then(|| Field::body("/website", "must_be_empty", "must be left empty; people do not see it"))
}

/// Checks what somebody without an account says of themselves, `at` a place of the body.
///
/// # Errors
/// Every field that is not acceptable.
pub fn check_guest(guest: &NewGuest, at: &str) -> std::result::Result<GuestName, Vec<Field>> {
    let name = check_name(&guest.name, &format!("{at}/name"));
    let email = guest.email.as_deref().map(Email::parse).transpose();
    let email = email.map_err(|flaw| Field::body(&format!("{at}/email"), flaw.code, flaw.detail));
    match (name, email) {
        (Ok(name), Ok(email)) => Ok(GuestName { name, email }),
        (name, email) => Err(name.err().into_iter().chain(email.err()).collect()),
    }
}

/// A name as it is kept.
///
/// # Errors
/// The flaw that it has, `at` a place of the body.
pub fn check_name(name: &str, at: &str) -> std::result::Result<String, Field> {
    text::clean_name(name).map_err(|flaw| Field::body(at, flaw.code(), flaw.detail()))
}

/// Checks all that a comment is to say instead.
///
/// # Errors
/// [`Code::Validation`] with every field that is not acceptable.
pub fn check_edit(input: EditComment, writer: Writer, links: usize) -> Result<NewText> {
    let mut flaws: Vec<Field> = check_mentions(input.mentions.as_deref().unwrap_or_default()).into_iter().collect();
    let correction_note = input.correction_note.as_deref().map(|note| check_correction(note, writer)).transpose();
    let correction_note = correction_note.map_err(|flaw| flaws.push(flaw)).ok().flatten();
    match render(&input.body).and_then(|text| few_links(text, writer, links)) {
        Ok(text) if flaws.is_empty() => {
            Ok(NewText { text, mentions: input.mentions, as_is: input.as_is, correction_note })
        }
        text => Err(Error::validation(text.err().into_iter().chain(flaws).collect())),
    }
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

/// Whether somebody without an account may be called by a name, which stands `at` a place of the body; `holder` has one
/// that readers could take for it.
///
/// # Errors
/// [`Code::Validation`] with what to do instead.
pub fn may_be_called(name: &str, holder: Option<NameHolder>, at: &str) -> Result<()> {
    let detail = match holder {
        None => return Ok(()),
        Some(NameHolder::Staff) => "looks like the name of somebody who works here; please take another, so that \
                                    nobody mistakes you for them"
            .into(),
        Some(NameHolder::Member) => format!(
            "belongs to somebody with an account here; log in if that is you, or take another, such as {name} B."
        ),
    };
    Err(Error::validation(vec![Field::body(at, "name_taken", detail)]))
}
