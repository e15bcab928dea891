//! What people say of themselves.

use super::{
    super::{
        names,
        queries::accounts,
        rules::check_profile,
        types::{Account, AccountRow, EditMe, ProfileRow},
    },
    proof::gone,
};
use crate::{
    audit::{self, Entry},
    error::{Error, Result},
    events::{Journal, Tx},
    http::precondition::IfMatch,
    secrets::Secrets,
    text,
};
use uuid::Uuid;

/// Changes what is named of one's own profile. What changes nothing leaves the revision as it is.
///
/// # Errors
/// [`Code::Validation`](crate::error::Code::Validation) for what is not acceptable, a name like that of somebody who works
/// here among it, [`Code::PreconditionFailed`](crate::error::Code::PreconditionFailed) for another revision.
pub async fn edit(
    journal: &Journal,
    secrets: &Secrets,
    account_id: Uuid,
    revision: &IfMatch,
    given: EditMe,
) -> Result<Account> {
    let changes = check_profile(given).map_err(Error::validation)?;
    journal
        .write(async |tx| {
            let (held, _) = accounts::lock(tx.conn, account_id).await?.ok_or_else(gone)?;
            revision.check(held.revision)?;
            apply(tx, held, changes).await?.open(secrets)
        })
        .await
}

async fn apply(tx: &mut Tx<'_>, held: AccountRow, changes: EditMe) -> Result<AccountRow> {
    let (before, after) = ProfileRow::turn(&held, changes);
    if before == after {
        return Ok(held);
    }
    if before.display_name != after.display_name {
        let free = names::check_free(tx.conn, &after.display_name, Some(held.id)).await?;
        free.map_err(|flaw| Error::validation(vec![flaw]))?;
        audit::record(tx, Entry::own("account.renamed", held.id)).await?;
    }
    let skeleton = text::name_skeleton(&after.display_name);
    let row = accounts::set_profile(tx.conn, held.id, &after, &skeleton, tx.now).await?;
    tx.append(row.event("account.changed", Some(row.id)));
    Ok(row)
}
