//! What curators make of comments. The comment itself stays as it is: its revision does not move.

use super::{
    super::{
        queries::{curation, thread},
        rules,
        types::{Light, Lock, PlacedRow},
    },
    change::hold,
    news::News,
};
use crate::{
    error::{Error, Result},
    events::Tx,
    http::actor::Actor,
};
use uuid::Uuid;

/// Pins a root above the others of its article, at a place among those that are pinned. Where it is already, nothing
/// happens.
///
/// # Errors
/// As [`rules::may_pin`] and [`rules::pin`].
pub async fn pin(tx: &mut Tx<'_>, id: Uuid, curator: &Actor, place: Option<usize>) -> Result<PlacedRow> {
    let (lock, placed) = hold(tx, id).await?;
    rules::may_pin(&placed)?;
    let pins = curation::pins(tx.conn, lock.article_id).await?;
    let wanted = rules::pin(&pins, id, place)?;
    if pins.iter().map(|pin| pin.id).eq(wanted.iter().copied()) {
        return Ok(placed);
    }
    curation::set_pins(tx.conn, lock.article_id, &wanted).await?;
    conclude(tx, "comment.pinned", &lock, id, curator).await
}

/// Takes a pin off.
///
/// # Errors
/// As [`rules::is_there`].
pub async fn unpin(tx: &mut Tx<'_>, id: Uuid, curator: &Actor) -> Result<PlacedRow> {
    let (lock, placed) = hold(tx, id).await?;
    rules::is_there(&placed)?;
    if !placed.comment.marks.pinned {
        return Ok(placed);
    }
    let pins = curation::pins(tx.conn, lock.article_id).await?;
    let left: Vec<Uuid> = pins.iter().map(|pin| pin.id).filter(|pinned| *pinned != id).collect();
    curation::set_pins(tx.conn, lock.article_id, &left).await?;
    conclude(tx, "comment.unpinned", &lock, id, curator).await
}

/// Features or locks a comment, or stops that.
///
/// # Errors
/// As [`rules::may_feature`] and [`rules::may_lock`]; stopping it, as [`rules::is_there`].
pub async fn light(tx: &mut Tx<'_>, id: Uuid, curator: &Actor, light: Light) -> Result<PlacedRow> {
    let (lock, placed) = hold(tx, id).await?;
    let (is_so, kind) = match light {
        Light::Featured(true) => {
            rules::may_feature(&placed).map(|()| (placed.comment.marks.featured, "comment.featured"))
        }
        Light::Locked(true) => rules::may_lock(&placed).map(|()| (placed.comment.marks.locked, "comment.locked")),
        Light::Featured(false) => {
            rules::is_there(&placed).map(|()| (!placed.comment.marks.featured, "comment.unfeatured"))
        }
        Light::Locked(false) => rules::is_there(&placed).map(|()| (!placed.comment.marks.locked, "comment.unlocked")),
    }?;
    if is_so {
        return Ok(placed);
    }
    match light {
        Light::Featured(featured) => curation::feature(tx.conn, id, featured.then_some(tx.now)).await?,
        Light::Locked(locked) => curation::lock(tx.conn, id, locked).await?,
    };
    conclude(tx, kind, &lock, id, curator).await
}

async fn conclude(tx: &mut Tx<'_>, kind: &'static str, lock: &Lock, id: Uuid, curator: &Actor) -> Result<PlacedRow> {
    tx.append(News::of(kind, lock, id).by(Some(curator.account_id)).public(true).into());
    thread::find(tx.conn, id).await?.ok_or_else(Error::not_found)
}
