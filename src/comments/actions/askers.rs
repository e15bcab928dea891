//! Whose comments were answered or approved, and where those without an account hear of it.

use super::super::{queries::askers as queries, types::Asker};
use crate::{accounts::Email, db::Conn, error::Result, events::Tx, secrets::Secrets};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Those who do not work here and whose comment one of `answers`, written by staff, replies to or stands under, or whose
/// comment was approved at this time, which nobody saw before. Only what everybody sees at this moment counts, answer and
/// comment. In one statement.
///
/// # Errors
/// When the database is away.
pub async fn list_askers(conn: &mut Conn, answers: &[Uuid], approved: &[(Uuid, DateTime<Utc>)]) -> Result<Vec<Asker>> {
    let (ids, at): (Vec<Uuid>, Vec<DateTime<Utc>>) = approved.iter().copied().unzip();
    Ok(queries::among(conn, answers, (&ids, &at)).await?)
}

/// Where those of some guests are written to who confirmed an address and want mail about their comments, in no order; in one
/// statement. None of them is erased until the end of the transaction. An address that does not open is nobody's.
///
/// # Errors
/// When the database is away.
pub async fn list_guest_addresses(tx: &mut Tx<'_>, secrets: &Secrets, ids: &[Uuid]) -> Result<Vec<(Uuid, String)>> {
    let sealed = queries::addresses(tx.conn, ids).await?;
    Ok(sealed.into_iter().filter_map(|(id, sealed)| Some((id, Email::open(secrets, id, &sealed).ok()?))).collect())
}
