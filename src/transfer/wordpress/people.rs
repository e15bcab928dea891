//! Authors as accounts.

use super::{markdown, types::Author};
use crate::{
    accounts::{self, Email},
    error::Result,
    events::Tx,
    http::permission::Role,
    secrets::{Purpose, Secrets},
    text,
    transfer::{
        queries,
        report::Tally,
        types::{Kind, NewImport},
    },
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use std::collections::HashMap;
use uuid::Uuid;

/// What an author is called whose name cannot be shown.
const NAMELESS: &str = "Author";

/// The accounts of those of the users that were imported, by [`login`](Author::login) or [`number`].
pub async fn accounts_of(
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    source: &str,
    users: &[String],
) -> Result<HashMap<String, Uuid>> {
    if users.is_empty() {
        return Ok(HashMap::new());
    }
    let kept: Vec<String> = users.iter().map(|user| kept_as(secrets, user)).collect::<Result<_>>()?;
    let known = queries::known(tx.conn, source, Kind::Account, &kept).await?;
    let known: HashMap<String, Uuid> = known.into_iter().map(|known| (known.external_id, known.local_id)).collect();
    let found = users.iter().zip(&kept).filter_map(|(user, kept)| Some((user.clone(), *known.get(kept)?)));
    Ok(found.collect())
}

/// How it is remembered who a user is. A login is a name, so only a keyed hash of it is kept, which outlives the person's
/// erasure: the same export does not bring them back.
fn kept_as(secrets: &Secrets, user: &str) -> Result<String> {
    if user.starts_with('#') {
        return Ok(user.to_owned());
    }
    Ok(URL_SAFE_NO_PAD.encode(secrets.mac(Purpose::ImportedAuthor, user.as_bytes())?))
}

/// By what a user's number is known. No login begins with `#`.
pub fn number(user_external_id: &str) -> String {
    format!("#{user_external_id}")
}

/// The account of an author: that of an earlier import, else the one that has the address, else a new one, which belongs
/// to nobody until it is claimed by an invitation.
///
/// # Errors
/// When the database is away.
pub async fn take(
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    source: &str,
    author: &Author,
    tally: &mut Tally,
) -> Result<Uuid> {
    let mut names = vec![author.login.clone()];
    if !author.external_id.is_empty() {
        names.push(number(&author.external_id));
    }
    let known = accounts_of(tx, secrets, source, &names).await?;
    let account_id = match known.get(&author.login) {
        Some(id) => {
            tally.authors_found += 1;
            *id
        }
        None => find_or_create(tx, secrets, author, tally).await?,
    };
    let new: Vec<String> = names
        .iter()
        .filter(|name| known.get(*name) != Some(&account_id))
        .map(|name| kept_as(secrets, name))
        .collect::<Result<_>>()?;
    let rows: Vec<_> = new
        .iter()
        .map(|name| NewImport {
            source,
            kind: Kind::Account.as_str(),
            external_id: name,
            local_id: account_id,
            digest: None,
            imported_at: tx.now,
        })
        .collect();
    if !rows.is_empty() {
        queries::remember(tx.conn, &rows).await?;
    }
    Ok(account_id)
}

async fn find_or_create(tx: &mut Tx<'_>, secrets: &Secrets, author: &Author, tally: &mut Tally) -> Result<Uuid> {
    let email = Email::parse(&author.email).ok();
    if email.is_none() && !author.email.is_empty() {
        tally.change("authors without their e-mail address, which is none", 1);
    }
    if let Some(email) = &email
        && let Some(account) = accounts::find_by_email(tx.conn, secrets, email.as_str()).await?
    {
        if !matches!(account.role, Role::Coach | Role::Admin) {
            tally.change(format!("authors whose account stays that of a {}", account.role.as_str()), 1);
        }
        tally.authors_found += 1;
        return Ok(account.id);
    }
    let name = [&author.display_name, &author.login].into_iter().find_map(|name| shown_name(name, tally));
    tally.authors_created += 1;
    accounts::import_account(tx, secrets, email.as_ref(), name.as_deref().unwrap_or(NAMELESS)).await
}

/// A name as it can be shown, if anything of it can.
pub fn shown_name(name: &str, tally: &mut Tally) -> Option<String> {
    let name = text::mend_name(&markdown::plain_text(name))?;
    tally.change("names that were too long or held what no name may", name.changed.into());
    Some(name.text)
}
