//! Where somebody in need finds help.

use super::super::{
    queries::support as queries,
    rules,
    types::{KeptSupport, NewSupport, SupportResource},
};
use crate::{
    audit::{self, Entry},
    db::Conn,
    error::{Error, Result},
    events::{Event, Tx},
    http::{actor::Actor, precondition::IfMatch},
};
use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

/// What shows support resources.
pub const SUPPORT_TAG: &str = "support";

/// What a region and a language have, in the publication's order; see [`rules::asked`].
///
/// # Errors
/// When the database is away.
pub async fn list_support(
    conn: &mut Conn,
    region: Option<&str>,
    language: Option<&str>,
) -> Result<Vec<SupportResource>> {
    Ok(queries::list(conn, region, language).await?)
}

/// What stands in the answer to somebody whose text waits because of a safety phrase: what there is in the languages in which
/// they wrote, or all there is where there is nothing in those, or nobody knows which they are. In one statement.
///
/// # Errors
/// When the database is away.
pub async fn support(conn: &mut Conn, languages: &[String]) -> Result<Vec<SupportResource>> {
    let all = queries::list(conn, None, None).await?;
    let is_theirs = |resource: &SupportResource| {
        let spoken = resource.language.split('-').next().unwrap_or_default();
        languages.iter().any(|language| language == spoken)
    };
    let (theirs, others): (Vec<_>, Vec<_>) = all.into_iter().partition(is_theirs);
    Ok(if theirs.is_empty() { others } else { theirs })
}

/// All of them, each with whether it should be checked again.
///
/// # Errors
/// When the database is away.
pub async fn list_kept_support(conn: &mut Conn, today: NaiveDate, days: u32) -> Result<Vec<KeptSupport>> {
    let before = rules::stale_before(today, days);
    let all = queries::list(conn, None, None).await?;
    Ok(all.into_iter().map(|resource| rules::kept(resource, before)).collect())
}

/// How many should be checked again.
///
/// # Errors
/// When the database is away.
pub async fn count_stale_support(conn: &mut Conn, today: NaiveDate, days: u32) -> Result<i64> {
    Ok(queries::count_checked_before(conn, rules::stale_before(today, days)).await?)
}

/// Enters one.
///
/// # Errors
/// As [`rules::check_support`]; [`Code::Conflict`](crate::error::Code::Conflict) where there are too many.
pub async fn create_support(tx: &mut Tx<'_>, by: &Actor, new: NewSupport) -> Result<SupportResource> {
    let new = rules::check_support(new, tx.now.date_naive())?;
    if queries::count(tx.conn).await? >= rules::MAX_RESOURCES {
        return Err(rules::too_many());
    }
    let resource = queries::insert(tx.conn, tx.id(), &new).await?;
    announce(tx, "support.created", resource.id, resource.revision, by).await?;
    Ok(resource)
}

/// Enters it anew.
///
/// # Errors
/// As [`create_support`], [`Code::NotFound`](crate::error::Code::NotFound),
/// [`Code::PreconditionFailed`](crate::error::Code::PreconditionFailed).
pub async fn replace_support(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: Uuid,
    revision: &IfMatch,
    new: NewSupport,
) -> Result<SupportResource> {
    let present = queries::lock(tx.conn, id).await?.ok_or_else(Error::not_found)?;
    revision.check(present)?;
    let new = rules::check_support(new, tx.now.date_naive())?;
    let resource = queries::replace(tx.conn, id, &new).await?;
    announce(tx, "support.changed", id, resource.revision, by).await?;
    Ok(resource)
}

/// Takes it away.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound),
/// [`Code::PreconditionFailed`](crate::error::Code::PreconditionFailed).
pub async fn delete_support(tx: &mut Tx<'_>, by: &Actor, id: Uuid, revision: &IfMatch) -> Result<()> {
    let present = queries::lock(tx.conn, id).await?.ok_or_else(Error::not_found)?;
    revision.check(present)?;
    queries::delete(tx.conn, id).await?;
    announce(tx, "support.deleted", id, present + 1, by).await
}

/// Whoever could point people in need to a number of their own is remembered.
async fn announce(tx: &mut Tx<'_>, kind: &'static str, id: Uuid, version: i64, by: &Actor) -> Result<()> {
    let (tags, actor_id) = (vec![SUPPORT_TAG.to_owned()], Some(by.account_id));
    tx.append(Event { kind, stream: id, version, tags, data: json!({ "support_id": id }), actor_id });
    let entry = Entry { kind, actor_id, subject_id: Some(id), network_hash: None, data: json!({}) };
    audit::record(tx, entry).await
}
