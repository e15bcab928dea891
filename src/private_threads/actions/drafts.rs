//! What somebody has begun to write: seen by nobody else in the thread either.

use super::{
    super::{
        queries::drafts,
        rules,
        types::{DraftRow, PrivateDraft, Who},
    },
    keep::{key_of, open_draft, seal_draft},
    seats::{hold, see, verified},
};
use crate::{
    db::Conn,
    error::{Error, Result},
    events::Tx,
    secrets::Secrets,
};
use uuid::Uuid;

/// One's own draft in a thread.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound), also where there is none; `AddressUnverified`.
pub async fn get_draft(conn: &mut Conn, secrets: &Secrets, id: Uuid, who: Who) -> Result<PrivateDraft> {
    let seated = see(conn, id, who).await?;
    verified(conn, secrets, who).await?;
    let draft = drafts::find(conn, id, who.id()).await?.ok_or_else(Error::not_found)?;
    let body = open_draft(&key_of(secrets, &seated.thread)?, id, seated.coach_id(), &draft.sealed)?;
    Ok(PrivateDraft { body, updated_at: draft.updated_at })
}

/// Keeps a draft instead of the one before.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound), `AddressUnverified`, `Validation`.
pub async fn keep_draft(tx: &mut Tx<'_>, secrets: &Secrets, id: Uuid, who: Who, body: &str) -> Result<PrivateDraft> {
    let seated = hold(tx, id, who).await?;
    verified(tx.conn, secrets, who).await?;
    let body = rules::check_draft(body)?;
    let sealed = seal_draft(&key_of(secrets, &seated.thread)?, id, seated.coach_id(), &body)?;
    drafts::keep(tx.conn, &DraftRow { thread_id: id, person_id: who.id(), sealed, updated_at: tx.now }).await?;
    Ok(PrivateDraft { body, updated_at: tx.now })
}

/// Throws a draft away. Where there is none, nothing happens.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound) for whoever is not in the thread.
pub async fn forget_draft(tx: &mut Tx<'_>, id: Uuid, who: Who) -> Result<()> {
    hold(tx, id, who).await?;
    drafts::forget(tx.conn, id, who.id()).await?;
    Ok(())
}
