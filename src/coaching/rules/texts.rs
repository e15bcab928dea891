//! What coaches keep: drafts and saved replies.

use super::super::types::{SavedReplyRow, SavedText};
use crate::{
    error::{Code, Error, Field, Result},
    http::{actor::Actor, permission::Role},
    text::{self, Bounds},
};
use uuid::Uuid;

/// How long the title of a saved reply is, characters.
const TITLE: Bounds = Bounds { min: 1, max: 120 };

/// What a draft says, as it is kept.
///
/// # Errors
/// [`Code::Validation`] for what no comment may say.
pub fn check_draft(body: &str) -> Result<String> {
    check_body(body).map_err(|flaw| Error::validation(vec![flaw]))
}

/// What a saved reply says, as it is kept.
///
/// # Errors
/// [`Code::Validation`] with every field that is not acceptable.
pub fn check_saved_reply(title: &str, body: &str, shared: bool) -> Result<SavedText> {
    let title = text::clean_line(title, TITLE).map_err(|flaw| Field::body("/title", flaw.code(), flaw.detail()));
    match (title, check_body(body)) {
        (Ok(title), Ok(body_markdown)) => Ok(SavedText { title, body_markdown, shared }),
        (title, body) => Err(Error::validation(title.err().into_iter().chain(body.err()).collect())),
    }
}

fn check_body(body: &str) -> std::result::Result<String, Field> {
    text::clean(body, Bounds::COMMENT).map_err(|flaw| Field::body("/body", flaw.code(), flaw.detail()))
}

/// Whether somebody may change a saved reply that they may use.
///
/// # Errors
/// [`Code::Forbidden`] for others than who wrote it and admins.
pub fn may_change(reply: &SavedReplyRow, by: &Actor) -> Result<()> {
    if reply.author_id == Some(by.account_id) || by.role == Role::Admin {
        return Ok(());
    }
    Err(Error::new(Code::Forbidden, "Only who wrote it or an admin may change a saved reply."))
}

/// Whether a saved reply may be `shared` or not: one without an author would be nobody's.
///
/// # Errors
/// [`Code::Conflict`].
pub fn may_withdraw(author_id: Option<Uuid>, shared: bool) -> Result<()> {
    if shared || author_id.is_some() {
        return Ok(());
    }
    Err(Error::new(Code::Conflict, "Who wrote it is gone: it can be deleted, and not be kept for them alone."))
}

/// The error for one more draft than there may be.
#[must_use]
pub fn too_many_drafts(most: i64) -> Error {
    Error::new(Code::Conflict, format!("You have {most} drafts. Post or delete some first."))
}

/// The error for one more saved reply than there may be.
#[must_use]
pub fn too_many_saved_replies(most: i64) -> Error {
    Error::new(Code::Conflict, format!("You have {most} saved replies. Delete some first."))
}

/// Checks what saved replies are looked for by.
///
/// # Errors
/// [`Code::BadRequest`] for what no title holds.
pub fn check_words(q: Option<&str>) -> Result<()> {
    let fits = |q: &str| (TITLE.min..=TITLE.max).contains(&q.chars().count()) && !q.contains('\0');
    if q.is_none_or(fits) {
        return Ok(());
    }
    let field = Field::parameter("q", "out_of_range", "must be 1 to 120 characters of a title");
    Err(Error::new(Code::BadRequest, "A query parameter is not acceptable.").at(field))
}
