//! Alerts, as those see and answer them who are called.

use super::{
    queries::alerts as queries,
    types::{Alert, AlertKey, AlertedComment},
};
use crate::{
    accounts,
    audit::{self, Entry},
    comments,
    db::Conn,
    error::{Code, Error, Result},
    events::Tx,
    http::{actor::Actor, list::Span},
    secrets::Secrets,
};
use serde_json::json;
use uuid::Uuid;

/// Alerts, those that nobody has answered first; one more than the span's limit.
///
/// # Errors
/// When the database is away.
pub async fn list_alerts(conn: &mut Conn, span: &Span<AlertKey>) -> Result<Vec<Alert>> {
    Ok(queries::page(conn, span).await?)
}

/// An alert with its comment.
///
/// # Errors
/// [`Code::NotFound`] when there is none, or it is over.
pub async fn see_alert(conn: &mut Conn, id: Uuid) -> Result<AlertedComment> {
    let alert = queries::find(conn, id).await?.ok_or_else(Error::not_found)?;
    let comment = comments::see_moderated(conn, alert.comment_id).await?;
    Ok(AlertedComment { alert, comment })
}

/// Answers an alert: nobody else is called. Doing it twice changes nothing.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::Conflict`], which names who was faster.
pub async fn acknowledge(tx: &mut Tx<'_>, by: &Actor, secrets: &Secrets, id: Uuid) -> Result<Alert> {
    let alert = queries::lock(tx.conn, id).await?.ok_or_else(Error::not_found)?;
    if let (Some(answered_by), Some(at)) = (alert.acknowledged_by, alert.acknowledged_at) {
        if answered_by == by.account_id {
            return Ok(alert);
        }
        let person = accounts::find_staff(tx.conn, secrets, &[answered_by], tx.now).await?.pop();
        let name =
            person.map_or_else(|| "Somebody who does not work here any more".into(), |person| person.display_name);
        let detail = format!("{name} has answered it already, at {}.", at.format("%Y-%m-%d %H:%M UTC"));
        return Err(Error::new(Code::Conflict, detail));
    }
    let (actor_id, data) = (Some(by.account_id), json!({ "comment_id": alert.comment_id, "calls": alert.calls }));
    let entry = Entry { kind: "alert.acknowledged", actor_id, subject_id: Some(id), network_hash: None, data };
    audit::record(tx, entry).await?;
    Ok(queries::acknowledge(tx.conn, id, by.account_id, tx.now).await?)
}
