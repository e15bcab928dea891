//! What the public comment says: nothing, or that it was continued in private, if both sides agree.

use super::{
    super::{
        queries::threads,
        types::{Part, Seated, Who},
    },
    seats::{hold, see, verified},
};
use crate::{
    comments,
    error::{Code, Error, Result},
    events::Tx,
    secrets::Secrets,
};
use uuid::Uuid;

/// Does what may change whether both sides agree, and has the public comment say so. The comment's thread is locked first, as
/// everywhere.
pub async fn within<T>(
    tx: &mut Tx<'_>,
    comment_id: Option<Uuid>,
    work: impl AsyncFnOnce(&mut Tx<'_>) -> Result<T>,
) -> Result<T> {
    let Some(comment_id) = comment_id else { return work(tx).await };
    comments::hold_thread(tx, comment_id).await?;
    let value = work(tx).await?;
    let continued = threads::is_disclosed(tx.conn, comment_id).await?;
    comments::mark_continued(tx, comment_id, continued).await?;
    Ok(value)
}

/// Says for one side whether the public comment may say that it was continued in private.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::AddressUnverified`]; [`Code::Conflict`] where there is no public comment, or the invitation was
/// not accepted.
pub async fn disclose(tx: &mut Tx<'_>, secrets: &Secrets, id: Uuid, who: Who, agree: bool) -> Result<()> {
    let Seated { thread, .. } = see(tx.conn, id, who).await?;
    within(tx, thread.comment_id, async |tx| {
        let seated = hold(tx, id, who).await?;
        verified(tx.conn, secrets, who).await?;
        if seated.thread.comment_id.is_none() || seated.thread.opened_at.is_none() {
            return Err(Error::new(Code::Conflict, "There is no public comment that it continues."));
        }
        let (reader, coaches) = match seated.part() {
            Part::Reader => (agree, seated.thread.coaches_agree),
            Part::Coach => (seated.thread.reader_agrees, agree),
        };
        threads::disclose(tx.conn, id, reader, coaches).await?;
        Ok(())
    })
    .await
}
