//! What a guest says of themselves once they are there.

use super::super::{
    queries::own_guests as guests,
    rules::{self, manage_token},
    types::{EditGuest, OwnGuest},
};
use crate::{
    accounts,
    db::Conn,
    error::{Error, Result},
    events::{Event, Tx},
    mail,
};
use serde_json::json;
use uuid::Uuid;

/// The kinds of mails about one's own comments: an answer to one, the approval of one.
pub const NOTICES: [&str; 2] = ["answer", "approval"];

/// A guest, as told to the guest.
///
/// # Errors
/// [`Code::Unauthenticated`](crate::error::Code::Unauthenticated) when they were erased, or claimed by an account.
pub async fn own_guest(conn: &mut Conn, id: Uuid) -> Result<OwnGuest> {
    guests::own(conn, id).await?.ok_or_else(manage_token::bad)
}

/// Changes what a guest says of themselves. A new name stands beside all that they wrote.
///
/// # Errors
/// [`Code::Unauthenticated`](crate::error::Code::Unauthenticated) when they were erased, or claimed by an
/// account; [`Code::Validation`](crate::error::Code::Validation).
pub async fn edit_guest(tx: &mut Tx<'_>, id: Uuid, changes: EditGuest) -> Result<()> {
    // The thread before the guest, as whoever posts takes them.
    let thread = guests::lock_thread(tx.conn, id).await?;
    let before = own_guest(tx.conn, id).await?;
    if let Some(subscribed) = changes.subscribed {
        if subscribed {
            guests::subscribe(tx.conn, id, true).await?;
            // Whatever they had enough of by the link in a mail.
            mail::forget_unsubscriptions(tx, id).await?;
        } else {
            unsubscribe(tx, id).await?;
        }
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

/// Ends mail to a guest about their comments, also what waits to be sent. Doing it again does nothing, nor for whom there is nobody to write to any more.
///
/// # Errors
/// When the database is away.
pub async fn unsubscribe(tx: &mut Tx<'_>, guest_id: Uuid) -> Result<()> {
    guests::subscribe(tx.conn, guest_id, false).await?;
    mail::take_back(tx, guest_id, &NOTICES).await
}
