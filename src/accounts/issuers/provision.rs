//! An account for somebody who is seen for the first time.

use super::{claims::Person, configuration::Trusted};
use crate::{
    accounts::{
        actions::create_account,
        names::is_staff_name,
        queries::{accounts, identities},
        rules::Email,
        types::{IdentityRow, NewAccount, NewIdentity},
    },
    audit::{self, Entry},
    db::Pool,
    error::{Code, Error, OnConstraint, Result},
    events::{Journal, Tx},
    secrets::Secrets,
};
use chrono::DateTime;
use serde_json::json;

/// What somebody is called whose name is not acceptable here; it can be changed like any other.
const NAMELESS: &str = "Reader";

/// Makes an account for somebody, or finds the one that another request made meanwhile.
pub async fn provision(
    pool: &Pool,
    journal: &Journal,
    secrets: &Secrets,
    trusted: &Trusted,
    person: &Person,
    subject_hash: &[u8],
) -> Result<IdentityRow> {
    let email = person.email.as_deref().and_then(|written| Email::parse(written).ok());
    for email in [email.as_ref(), None] {
        let made = journal.write(async |tx| make(tx, secrets, trusted, person, subject_hash, email).await).await;
        match made.on_constraint("external_identities_pkey", taken) {
            // Somebody was quicker: with the same token, or with the address.
            Err(error) if error.code == Code::Conflict => {}
            done => done?,
        }
        let found = identities::find(&mut *pool.get().await?, &trusted.issuer, subject_hash).await?;
        if let Some(identity) = found {
            return Ok(identity);
        }
    }
    Err(Error::internal(anyhow::anyhow!("somebody new has no account after all")))
}

async fn make(
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    trusted: &Trusted,
    person: &Person,
    subject_hash: &[u8],
    email: Option<&Email>,
) -> Result<()> {
    let email = match email {
        // Whoever has the address at the issuer need not be who has the account here: nothing is joined, the older
        // account keeps its address and the new one has none.
        Some(email) if accounts::by_email_hash(tx.conn, &email.hash(secrets)?).await?.is_some() => None,
        email => email,
    };
    let role = trusted.first_role(&person.subject);
    let called = |display_name| NewAccount { display_name, email, role, password_hash: None };
    let name = match person.name.as_deref() {
        // An issuer's people may call themselves as they like, but not like those who work here.
        Some(name) if !role.is_staff() && is_staff_name(tx.conn, name).await? => NAMELESS,
        name => name.unwrap_or(NAMELESS),
    };
    let named = create_account(tx, secrets, called(name)).await;
    let account = match named {
        Err(error) if error.code == Code::Validation => create_account(tx, secrets, called(NAMELESS)).await?,
        named => named?,
    };
    let row = NewIdentity {
        issuer: &trusted.issuer,
        subject_hash,
        account_id: account.id,
        created_at: tx.now,
        // Tokens that are good were made before we first saw one of them.
        valid_from: DateTime::UNIX_EPOCH,
    };
    identities::insert(tx.conn, &row).await?;
    let data = json!({ "issuer": trusted.issuer, "role": role });
    audit::record(tx, Entry { data, ..Entry::own("account.provisioned", account.id) }).await
}

fn taken() -> Error {
    Error::new(Code::Conflict, "There is an account of this person already.")
}
