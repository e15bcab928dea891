//! Who may react to what.

use super::{
    super::types::{CommentStatus, PlacedRow, Writer},
    manage_token,
};
use crate::{
    articles,
    error::{Code, Error, Result},
};

/// Whether everybody sees this comment with its text. To nobody else is there anything to react to, or to curate.
///
/// # Errors
/// [`Code::NotFound`].
pub fn is_public(placed: &PlacedRow) -> Result<()> {
    let published = placed.status == articles::Status::Published.as_str();
    if published && placed.comment.status == CommentStatus::Visible { Ok(()) } else { Err(Error::not_found()) }
}

/// Whether somebody may give this comment a reaction, or take one back. `is_guest_here`: whether a guest is one of this
/// article.
///
/// # Errors
/// [`Code::NotFound`] for giving to what is not public, [`Code::Unauthenticated`] for guests of other articles,
/// [`Code::Forbidden`] for giving one to one's own.
pub fn may_react(placed: &PlacedRow, writer: Writer, is_guest_here: bool, gives: bool) -> Result<()> {
    if gives {
        is_public(placed)?;
    }
    if matches!(writer, Writer::Guest(_)) && !is_guest_here {
        return Err(manage_token::bad());
    }
    if gives && placed.comment.is_by(writer) {
        return Err(Error::new(Code::Forbidden, "This is your own comment: reactions are for those of others."));
    }
    Ok(())
}

/// Whether the publication has this kind of reaction. What was given can be taken back also when it has it no more.
///
/// # Errors
/// [`Code::NotFound`], naming those that it has.
pub fn is_reaction<'a>(kind: &str, gives: bool, kinds: impl Iterator<Item = &'a str>) -> Result<()> {
    let kinds: Vec<_> = kinds.collect();
    let could_be = kind.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
    if kinds.contains(&kind) || (!gives && could_be) {
        return Ok(());
    }
    Err(Error::new(Code::NotFound, format!("There is no such reaction here; there is: {}.", kinds.join(", "))))
}
