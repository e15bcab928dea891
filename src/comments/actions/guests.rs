//! People without an account, and their addresses: one is used for nothing until its owner has said so.

use super::super::{
    companion::GuestCompanion,
    letters,
    queries::{codes, networks, prints, write},
    rules::{self, manage_token},
    types::{Draft, GuestName, GuestRow, NewGuestCode, Newcomer, Writer},
};
use crate::{
    accounts::{self, Email},
    articles::{self, Slug},
    config::Settings,
    db::Conn,
    error::{Code, Error, Field, Result},
    events::{Journal, Tx},
    mail::Outbox,
    screening::{self, InForce, Person, Policy, Repeats, SanctionKind},
    secrets::{Secrets, random_token, token_hash},
    throttle::{self, Entry, Throttle},
};
use chrono::{DateTime, TimeDelta, Utc};
use ipnet::IpNet;
use uuid::Uuid;

/// How long it is kept from which network a comment came.
const NETWORKS_KEPT_FOR: TimeDelta = TimeDelta::days(30);

/// How long a guest's code is good.
const CODE_VALID: TimeDelta = TimeDelta::hours(24);

/// What it takes to receive guests. Cloning gives the same.
#[derive(Clone)]
pub struct Reception {
    /// By which addresses are found and sealed.
    pub secrets: Secrets,
    /// Takes the mail that asks.
    pub outbox: Outbox,
    /// The publication's name in it.
    pub publication: String,
    /// Days after which an article that says nothing else takes no more comments; 0: never.
    pub close_after_days: u32,
    /// The rules that texts are looked at by.
    pub rules: InForce,
    /// What is asked of texts on articles that say nothing else.
    pub policy: Policy,
    /// What was said lately.
    pub repeats: Repeats,
}

/// Whether an address in the draft may be asked. Who gives too many may go on writing: only the mails end.
///
/// # Errors
/// When the database is away.
pub async fn may_ask(throttle: &Throttle, draft: &Result<Draft>) -> Result<bool> {
    may_ask_guest(throttle, draft.as_ref().ok().and_then(|draft| draft.guest.as_ref())).await
}

/// The same of a guest who comes without a comment.
///
/// # Errors
/// As [`may_ask`].
pub async fn may_ask_guest(throttle: &Throttle, guest: Option<&GuestName>) -> Result<bool> {
    if guest.is_none_or(|guest| guest.email.is_none()) {
        return Ok(false);
    }
    match throttle.guest_address_given().await {
        Ok(_) => Ok(true),
        Err(error) if error.code == Code::TooManyRequests => Ok(false),
        Err(error) => Err(error),
    }
}

/// Introduces a guest under the article that has or had this slug, who writes nothing yet. `may_ask` is whether the
/// address may be asked.
///
/// # Errors
/// [`Code::NotFound`], [`Code::CommentsClosed`], [`Code::GuestsNotAllowed`], [`Code::Validation`],
/// [`Code::ChallengeRequired`], [`Code::Muted`] for a network or an address that is banned, and [`Code::ChallengeFailed`],
/// in this order.
pub async fn introduce(
    tx: &mut Tx<'_>,
    reception: &Reception,
    slug: &Slug,
    newcomer: Result<Newcomer>,
    network: IpNet,
    may_ask: bool,
) -> Result<Uuid> {
    let policy = articles::for_comments(tx.conn, &[slug.as_str()]).await?;
    let policy = policy.get(slug.as_str()).ok_or_else(Error::not_found)?;
    rules::may_post(&policy.clone().at(tx.now, reception.close_after_days), Writer::Anonymous)?;
    let Newcomer { name: guest, entry } = newcomer?;
    let email_hash = guest.email.as_ref().map(|email| email.hash(&reception.secrets)).transpose()?;
    let person = Person { email_hash, network: Some(network), ..Person::default() };
    screening::forbid(tx.conn, &reception.secrets, person, SanctionKind::Ban, tx.now).await?;
    let holders = accounts::name_holders(tx.conn, &[&guest.name]).await?;
    rules::may_be_called(&guest.name, holders.get(&guest.name).copied(), "/name")?;
    if let Entry::Worked(challenge) = entry
        && throttle::use_up(tx.conn, &[challenge]).await? != [true]
    {
        return Err(throttle::used());
    }
    let row = guest_row(&reception.secrets, tx.id(), policy.article_id, &guest, tx.now)?;
    let guest_id = row.id;
    write::insert_guests(tx.conn, &[row]).await?;
    if let (Some(email), true) = (&guest.email, may_ask) {
        ask(tx, reception, guest_id, email).await?;
    }
    Ok(guest_id)
}

/// Asks by mail whether the address that was given for a guest is the guest's.
pub(super) async fn ask(tx: &mut Tx<'_>, reception: &Reception, guest_id: Uuid, email: &Email) -> Result<()> {
    let code = random_token()?;
    let letter = letters::is_it_yours(email, guest_id, &reception.publication, &code);
    if !reception.outbox.enqueue(tx, &letter).await? {
        return Ok(());
    }
    let row = NewGuestCode {
        code_hash: token_hash(&code),
        guest_id,
        email_hash: email.hash(&reception.secrets)?,
        created_at: tx.now,
        expires_at: tx.now + CODE_VALID,
    };
    codes::insert_code(tx.conn, &row).await?;
    Ok(())
}

/// A guest with the address hashed, to be found by, and sealed, to be written to.
pub(super) fn guest_row(
    secrets: &Secrets,
    id: Uuid,
    article_id: Uuid,
    guest: &GuestName,
    created_at: DateTime<Utc>,
) -> Result<GuestRow> {
    let email = guest.email.as_ref();
    Ok(GuestRow {
        id,
        article_id,
        display_name: guest.name.clone(),
        email_hash: email.map(|email| email.hash(secrets)).transpose()?,
        email_sealed: email.map(|email| email.seal(secrets, id)).transpose()?,
        created_at,
    })
}

/// The owner of the address shows the code: from now on the guest may be written to, gets the link by which they come back, and
/// hears of what waits for them. A code is good once.
///
/// # Errors
/// [`Code::BadCode`].
pub async fn confirm(
    journal: &Journal,
    reception: &Reception,
    settings: &Settings,
    companion: &dyn GuestCompanion,
    code: &str,
) -> Result<()> {
    let confirmed = journal.write(async |tx| {
        let asked = codes::take_code(tx.conn, &token_hash(code), tx.now).await?;
        let (guest_id, email_hash) = asked.ok_or_else(bad_code)?;
        if codes::verify(tx.conn, guest_id, &email_hash, tx.now).await? == 0 {
            return Err(bad_code());
        }
        send_link(tx, reception, settings, guest_id).await?;
        companion.tell_confirmed(tx, reception, guest_id).await
    });
    confirmed.await
}

/// Mails the link by which a guest comes back, also when their browser has forgotten them.
async fn send_link(tx: &mut Tx<'_>, reception: &Reception, settings: &Settings, guest_id: Uuid) -> Result<()> {
    let Some(link) = settings.guest_link(&manage_token::issue(&reception.secrets, guest_id)?) else { return Ok(()) };
    if let Some(to) = verified_guest_address(tx.conn, &reception.secrets, guest_id).await? {
        let letter = letters::your_link(&to, guest_id, &reception.publication, &link);
        reception.outbox.enqueue(tx, &letter).await?;
    }
    Ok(())
}

fn bad_code() -> Error {
    let field = Field::body("/code", "bad_code", "is wrong, used or expired");
    Error::new(Code::BadCode, "The code is wrong, used or expired.").at(field)
}

/// The address to which a guest may be written: none until its owner has confirmed it. Whoever writes to guests gets
/// their addresses here and nowhere else.
///
/// # Errors
/// When the database is away, or the address was sealed with another secret.
pub async fn verified_guest_address(conn: &mut Conn, secrets: &Secrets, guest_id: Uuid) -> Result<Option<String>> {
    let sealed = codes::verified(conn, guest_id).await?;
    sealed.map(|sealed| Email::open(secrets, guest_id, &sealed)).transpose()
}

/// The keyed hash of the address that a guest gave, whether or not it was confirmed.
///
/// # Errors
/// When the database is away.
pub async fn guest_email_hash(conn: &mut Conn, guest_id: Uuid) -> Result<Option<Vec<u8>>> {
    Ok(codes::given(conn, guest_id).await?)
}

/// Forgets codes that have expired, what was said too long ago, and where it came from. Returns how many.
///
/// # Errors
/// When the database is away.
pub async fn sweep(journal: &Journal) -> Result<usize> {
    journal
        .write(async |tx| {
            let codes = codes::forget_codes(tx.conn, tx.now).await?;
            let networks = networks::sweep(tx.conn, tx.now - NETWORKS_KEPT_FOR).await?;
            Ok(codes + networks + prints::sweep(tx.conn, tx.now).await?)
        })
        .await
}
