//! Who may report what, whose reports count, and what follows from them.

use super::{
    super::types::{AuthorKind, CommentRow, PlacedRow, Tally, Writer},
    is_public, manage_token,
};
use crate::error::{Code, Error, Result};

/// Decided reports from which on it is seen how somebody reports.
const ENOUGH: usize = 5;

/// Whether somebody may report this comment. `is_guest_here`: whether a guest is one of this article.
///
/// # Errors
/// [`Code::NotFound`] for what is not public, [`Code::Unauthenticated`] for guests of other articles, [`Code::Forbidden`]
/// for one's own.
pub fn may_report(placed: &PlacedRow, writer: Writer, is_guest_here: bool) -> Result<()> {
    is_public(placed)?;
    if matches!(writer, Writer::Guest(_)) && !is_guest_here {
        return Err(manage_token::bad());
    }
    if placed.comment.is_by(writer) {
        return Err(Error::new(Code::Forbidden, "This is your own comment: change it or delete it instead."));
    }
    Ok(())
}

/// Whether the next report of somebody counts whose last ones ended like this: `upheld` or not. More than four dismissed out
/// of five, and it does not.
#[must_use]
pub fn counts(upheld: &[bool]) -> bool {
    let dismissed = upheld.iter().filter(|upheld| !**upheld).count();
    upheld.len() < ENOUGH || dismissed * 5 <= upheld.len() * 4
}

/// Whether reports hold a comment back: `from` so many on, none for 0. Not what somebody looked at and let stand, nor what
/// the publication's own people write: readers do not take its word away.
#[must_use]
pub fn holds(tally: &Tally, from: u32, comment: &CommentRow) -> bool {
    let by_staff = !matches!(comment.author().kind, AuthorKind::Guest | AuthorKind::Reader);
    from > 0 && !by_staff && !tally.let_stand && tally.on_text >= from.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_reports_are_dismissed_again_and_again_counts_no_more() {
        let ended = |upheld: usize, dismissed: usize| [vec![true; upheld], vec![false; dismissed]].concat();
        for (upheld, dismissed, counted) in
            [(0, 0, true), (0, 4, true), (0, 5, false), (1, 4, true), (1, 5, false), (2, 8, true), (20, 81, false)]
        {
            assert_eq!(counts(&ended(upheld, dismissed)), counted, "{upheld} upheld, {dismissed} dismissed");
        }
    }
}
