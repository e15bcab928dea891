//! What a guest says of themselves once they are there.

use super::super::{
    queries::own_guests as guests,
    rules::{self, manage_token},
    types::{EditGuest, OwnGuest},
};
use crate::{
    accounts,
    db::Conn,
    error::{Code, Error, Field, Result},
    events::{Event, Tx},
    secrets::Secrets,
};
use serde_json::json;
use uuid::Uuid;

/// A guest, as told to the guest.
///
/// # Errors
/// [`Code::Unauthenticated`] when they were erased, or claimed by an account.
pub async fn own_guest(conn: &mut Conn, id: Uuid) -> Result<OwnGuest> {
    guests::own(conn, id).await?.ok_or_else(manage_token::bad)
}

/// Changes what a guest says of themselves. A new name stands beside all that they wrote.
///
/// # Errors
/// [`Code::Unauthenticated`] when they were erased, or claimed by an account; [`Code::Validation`].
pub async fn edit_guest(tx: &mut Tx<'_>, id: Uuid, changes: EditGuest) -> Result<()> {
    // The thread before the guest, as whoever posts takes them.
    let thread = guests::lock_thread(tx.conn, id).await?;
    let before = own_guest(tx.conn, id).await?;
    if let Some(subscribed) = changes.subscribed {
        guests::subscribe(tx.conn, id, subscribed).await?;
    }
    let Some(name) = changes.name else { return Ok(()) };
    let name = rules::check_name(&name, "/name").map_err(|flaw| Error::validation(vec![flaw]))?;
    if name == before.name {
        return Ok(());
    }
    let holders = accounts::name_holders(tx.conn, &[&name]).await?;
    rules::may_be_called(&name, holders.get(&name).copied(), "/name")?;
    guests::rename(tx.conn, id, &name).await?;
    // Where nobody has written anything, no page shows the name.
    if let Some(thread) = thread {
        tx.append(Event {
            kind: "thread.guest_renamed",
            stream: thread.article_id,
            version: thread.version,
            tags: vec![format!("thread:{}", thread.article_id)],
            data: json!({ "article_id": thread.article_id }),
            actor_id: None,
        });
    }
    Ok(())
}

/// Ends mail to the guest whom a token out of a mail is about. Doing it again does nothing, nor for whom there is nobody
/// to write to any more.
///
/// # Errors
/// [`Code::BadCode`] for a token that this server did not make for this.
pub async fn unsubscribe(tx: &mut Tx<'_>, secrets: &Secrets, token: &str) -> Result<()> {
    let guest_id = rules::unsubscribed_guest(secrets, token)?.ok_or_else(|| {
        let field = Field::body("/token", "bad_token", "is not one out of a mail of ours");
        Error::new(Code::BadCode, "The token is not one out of a mail of ours.").at(field)
    })?;
    guests::subscribe(tx.conn, guest_id, false).await?;
    Ok(())
}
