//! From a public comment into a private thread: a coach asks, the commenter alone answers.

use super::{
    super::{
        queries::{coaches, threads},
        rules,
        types::{Invitation, NewCoach, NewThread, ThreadState, Who},
    },
    open::write,
    seats::{hold, may_write, verified},
    tell::tell,
};
use crate::{
    accounts,
    comments::{self, PublicComment, Reception},
    error::{Code, Error, OnConstraint, Result},
    events::Tx,
    secrets::{Secrets, ThreadKey},
};
use ipnet::IpNet;
use uuid::Uuid;

/// Invites whoever wrote a public comment to go on in private. Nobody else learns of it; the first message, if there is one,
/// can be read before answering. Returns the thread.
///
/// # Errors
/// [`Code::NotFound`] for a comment that not everybody sees; [`Code::Conflict`] where nobody can be invited: the comment is the
/// coach's own, its author is unknown or has declined before, or she has invited them because of it; [`Code::Validation`] at
/// `/body`.
pub async fn invite(tx: &mut Tx<'_>, office: &Reception, invitation: &Invitation) -> Result<Uuid> {
    let Invitation { comment_id, coach_id, body } = invitation;
    let content = body.as_deref().map(|body| rules::check_body(body, None)).transpose()?;
    let comment = comments::see_public(tx.conn, *comment_id).await?.ok_or_else(Error::not_found)?;
    let PublicComment { article_id, account_id, guest_id, .. } = comment;
    if account_id == Some(*coach_id) || (account_id.is_none() && guest_id.is_none()) {
        return Err(nobody());
    }
    // Whoever asked then: a no is to all of them, and in the same words as where there is nobody.
    if threads::is_declined(tx.conn, *comment_id).await? {
        return Err(nobody());
    }
    if let Some(account_id) = account_id
        && !accounts::hold_account(tx, account_id).await?
    {
        return Err(nobody());
    }
    let id = tx.id();
    let (key, key_sealed) = ThreadKey::make(&office.secrets, id)?;
    let row = NewThread {
        id,
        article_id: Some(article_id),
        comment_id: Some(*comment_id),
        reader_account_id: account_id,
        reader_guest_id: guest_id,
        state: ThreadState::Invited.as_str(),
        key_sealed,
        title_sealed: None,
        invited_by: Some(*coach_id),
        asked_coach_id: None,
        waiting_since: None,
        created_at: tx.now,
        opened_at: None,
        last_at: tx.now,
    };
    let twice = || Error::new(Code::Conflict, "You have invited them because of this comment already.");
    let inserted = threads::insert(tx.conn, &row).await.on_constraint("private_threads_one_invitation", twice);
    // A guest may have been erased, or become a member, just now.
    let thread = inserted.on_constraint("private_threads_reader_guest_id_fkey", nobody)?;
    let coach = NewCoach { thread_id: id, account_id: *coach_id, admitted_by: *coach_id, admitted_at: tx.now };
    coaches::admit(tx.conn, &coach).await?;
    let no = match &content {
        Some(content) => write(tx, &key, &thread, Some(*coach_id), content).await?,
        None => 0,
    };
    tell(tx, office, &thread, Some(*coach_id), no).await?;
    Ok(id)
}

fn nobody() -> Error {
    Error::new(Code::Conflict, "Nobody can be invited because of this comment.")
}

/// The commenter accepts: from now on messages can be written.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::Forbidden`] for the coach; [`Code::AddressUnverified`] for a guest, `Muted`, and
/// [`Code::Conflict`] where there is no invitation.
pub async fn accept(tx: &mut Tx<'_>, secrets: &Secrets, id: Uuid, who: Who, network: IpNet) -> Result<()> {
    let seated = hold(tx, id, who).await?;
    rules::only_reader(&seated)?;
    verified(tx.conn, secrets, who).await?;
    may_write(tx, secrets, who, network).await?;
    rules::must_be(&seated.thread, ThreadState::Invited)?;
    threads::accept(tx.conn, id, tx.now).await?;
    threads::wait_without_coach(tx.conn, &[id], tx.now).await?;
    Ok(())
}

/// The commenter does not want it.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::Forbidden`] for the coach; [`Code::AddressUnverified`] for a guest; [`Code::Conflict`] where there
/// is no invitation.
pub async fn decline(tx: &mut Tx<'_>, secrets: &Secrets, id: Uuid, who: Who) -> Result<()> {
    let seated = hold(tx, id, who).await?;
    rules::only_reader(&seated)?;
    verified(tx.conn, secrets, who).await?;
    rules::must_be(&seated.thread, ThreadState::Invited)?;
    threads::decline(tx.conn, id).await?;
    Ok(())
}
