//! What may be put in the light, and which pins an article has.

use super::{
    super::types::{CommentStatus, Pin, PlacedRow},
    path::LEVELS,
};
use crate::{
    articles,
    error::{Code, Error, Field, Result},
};
use uuid::Uuid;

/// Pinned comments under one article, at most.
pub const MAX_PINS: usize = 10;

/// Whether this comment has a place in the public thread. Of others nobody learns here that they exist.
///
/// # Errors
/// [`Code::NotFound`].
pub fn is_there(placed: &PlacedRow) -> Result<()> {
    let there = placed.comment.shown() && placed.status == articles::Status::Published.as_str();
    if there { Ok(()) } else { Err(Error::not_found()) }
}

/// Whether this comment can be featured.
///
/// # Errors
/// As [`is_there`]; [`Code::Conflict`] for a tombstone.
pub fn may_feature(placed: &PlacedRow) -> Result<()> {
    is_there(placed)?;
    match placed.comment.status {
        CommentStatus::Visible => Ok(()),
        status => Err(super::not_while(status)),
    }
}

/// Whether this comment can be pinned.
///
/// # Errors
/// As [`may_feature`]; [`Code::Conflict`] for a reply.
pub fn may_pin(placed: &PlacedRow) -> Result<()> {
    may_feature(placed)?;
    if placed.comment.parent_id.is_none() {
        return Ok(());
    }
    Err(Error::new(Code::Conflict, "Replies stand below what they reply to: only roots can be pinned."))
}

/// Whether the conversation below this comment can be locked.
///
/// # Errors
/// As [`is_there`]; [`Code::Conflict`] below the last level that paths tell apart.
pub fn may_lock(placed: &PlacedRow) -> Result<()> {
    is_there(placed)?;
    if usize::try_from(placed.comment.depth).is_ok_and(|depth| depth < LEVELS) {
        return Ok(());
    }
    let detail = format!("{LEVELS} levels below a root, replies go on flat, so nothing stands below this one alone.");
    Err(Error::new(Code::Conflict, detail))
}

/// A place among the pinned ones, as it was asked for: 1 is the first.
///
/// # Errors
/// [`Code::Validation`] for one that there is not.
pub fn check_place(place: Option<i32>) -> Result<Option<usize>> {
    let Some(place) = place else { return Ok(None) };
    match usize::try_from(place) {
        Ok(place) if (1..=MAX_PINS).contains(&place) => Ok(Some(place)),
        _ => {
            let field = Field::body("/place", "out_of_range", format!("must be 1 to {MAX_PINS}"));
            Err(Error::validation(vec![field]))
        }
    }
}

/// The pins of an article in their new order, once `id` is pinned at `place`: without one, where it is, or last. `pins`
/// are those that there are, in their order. Those of comments that are not visible keep their number as long as there is
/// room; then they give way, since whoever curates does not see them.
///
/// # Errors
/// [`Code::TooManyPins`].
pub fn pin(pins: &[Pin], id: Uuid, place: Option<usize>) -> Result<Vec<Uuid>> {
    if place.is_none() && pins.iter().any(|pin| pin.id == id) {
        return Ok(pins.iter().map(|pin| pin.id).collect());
    }
    let mut kept: Vec<Pin> = pins.iter().filter(|pin| pin.id != id).copied().collect();
    let visible = kept.iter().filter(|pin| pin.visible).count();
    if visible >= MAX_PINS {
        return Err(Error::new(Code::TooManyPins, format!("{MAX_PINS} comments are pinned here: unpin one first.")));
    }
    while kept.len() >= MAX_PINS {
        let hidden = kept.iter().rposition(|pin| !pin.visible);
        hidden.map(|at| kept.remove(at));
    }
    let before = place.and_then(|place| kept.iter().enumerate().filter(|(_, pin)| pin.visible).nth(place - 1));
    let at = before.map_or(kept.len(), |(at, _)| at);
    kept.insert(at, Pin { id, visible: true });
    Ok(kept.into_iter().map(|pin| pin.id).collect())
}

/// Whether somebody may answer a comment that is locked, itself or something above it.
///
/// # Errors
/// [`Code::ThreadLocked`] for others than staff.
pub fn may_answer(locked: bool, is_staff: bool) -> Result<()> {
    if !locked || is_staff {
        return Ok(());
    }
    let field = Field::body("/parent_id", "locked", "stands in a conversation that takes no more replies");
    Err(Error::new(Code::ThreadLocked, "This conversation takes no more replies.").at(field))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pins(visible: &[bool]) -> Vec<Pin> {
        visible
            .iter()
            .enumerate()
            .map(|(n, visible)| Pin { id: Uuid::from_u128(n as u128), visible: *visible })
            .collect()
    }

    proptest! {
        #[test]
        fn the_others_keep_their_order_and_the_new_one_has_its_place(
            visible in prop::collection::vec(any::<bool>(), 0..=MAX_PINS), pick in 0..14_u128, place in prop::option::of(1..=MAX_PINS),
        ) {
            let (before, id) = (pins(&visible), Uuid::from_u128(pick));
            let full = before.iter().filter(|pin| pin.visible && pin.id != id).count() == MAX_PINS;
            match pin(&before, id, place) {
                Err(error) => prop_assert!(full && error.code == Code::TooManyPins),
                Ok(after) => {
                    prop_assert!(!full && after.len() <= MAX_PINS);
                    prop_assert_eq!(after.iter().filter(|other| **other == id).count(), 1);
                    let shown = |other: &Uuid| *other == id || before.iter().any(|pin| pin.id == *other && pin.visible);
                    let others = |ids: Vec<Uuid>| ids.into_iter().filter(|other| *other != id && shown(other)).collect::<Vec<_>>();
                    // Whatever is visible stays pinned, in its order.
                    prop_assert_eq!(others(after.clone()), others(before.iter().map(|pin| pin.id).collect()));
                    if let Some(place) = place {
                        let seen: Vec<_> = after.iter().filter(|other| shown(other)).collect();
                        let at = seen.iter().position(|other| **other == id).unwrap();
                        prop_assert_eq!(at, (place - 1).min(seen.len() - 1));
                    }
                }
            }
        }
    }

    #[test]
    fn one_that_is_pinned_stays_where_it_is() {
        let before = pins(&[true; MAX_PINS]);
        let ids: Vec<_> = before.iter().map(|pin| pin.id).collect();
        assert_eq!(pin(&before, ids[3], None).unwrap(), ids);
    }
}
