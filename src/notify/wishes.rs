//! Who wants which mails.

use super::{
    rules::{KINDS, tells_of_comments},
    types::{EditNotices, Notices},
};
use crate::{
    accounts, comments,
    db::Conn,
    error::{Code, Error, Field, Result},
    events::Tx,
    http::actor::unauthenticated,
    mail,
    secrets::Secrets,
};
use uuid::Uuid;

/// Which mails somebody with an account wants.
///
/// # Errors
/// When the database is away.
pub async fn see(conn: &mut Conn, account_id: Uuid) -> Result<Notices> {
    let unwanted = mail::list_unsubscriptions(conn, account_id).await?;
    let [answers, approvals, messages] = KINDS.map(|kind| unwanted.iter().all(|it| it.kind != kind));
    Ok(Notices { answers, approvals, messages })
}

/// Says which mails somebody with an account wants.
///
/// # Errors
/// [`Code::Unauthenticated`] when the account was erased meanwhile.
pub async fn edit(tx: &mut Tx<'_>, account_id: Uuid, changes: EditNotices) -> Result<Notices> {
    if !accounts::hold_account(tx, account_id).await? {
        return Err(unauthenticated("The account is gone."));
    }
    let said = KINDS.into_iter().zip([changes.answers, changes.approvals, changes.messages]);
    let those = |wanted: bool| said.clone().filter(move |it| it.1 == Some(wanted)).map(|it| it.0).collect::<Vec<_>>();
    mail::subscribe(tx, account_id, &those(true)).await?;
    mail::unsubscribe(tx, account_id, &those(false)).await?;
    see(tx.conn, account_id).await
}

/// Ends mails of a kind to the person whom a token out of a mail is about; of a guest who has an account now, to that. Doing it
/// again does nothing, nor for whom there is nobody to write to any more.
///
/// # Errors
/// [`Code::BadCode`] for a token that this server did not make for this.
pub async fn unsubscribe(tx: &mut Tx<'_>, secrets: &Secrets, token: &str) -> Result<()> {
    let (addressee, kind) = mail::read_unsubscribe_token(secrets, token)?.ok_or_else(|| {
        let field = Field::body("/token", "bad_token", "is not one out of a mail of ours");
        Error::new(Code::BadCode, "The token is not one out of a mail of ours.").at(field)
    })?;
    let person_id = mail::person_now(tx.conn, secrets, addressee).await?;
    let is_guest = comments::is_guest(tx.conn, person_id).await?;
    if is_guest && tells_of_comments(&kind) {
        comments::unsubscribe(tx, person_id).await?;
    } else if is_guest || accounts::hold_account(tx, person_id).await? {
        mail::unsubscribe(tx, person_id, &[&kind]).await?;
    }
    Ok(())
}
