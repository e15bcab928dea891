//! Who somebody is, by all that a sanction may lie on, and whether one keeps them from taking part.

use super::super::{
    queries::{claims, networks, people},
    types::{CommentOrigin, Writer},
};
use crate::{
    db::Conn,
    error::{Error, Result},
    screening::{self, OwnSanction, Person, SanctionKind},
    secrets::Secrets,
};
use chrono::{DateTime, Utc};
use ipnet::IpNet;
use uuid::Uuid;

/// Who wrote a comment, by all that is known of them.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound) when there is no such comment.
pub async fn origin_of(conn: &mut Conn, comment_id: Uuid) -> Result<CommentOrigin> {
    networks::origin(conn, comment_id).await?.ok_or_else(Error::not_found)
}

/// Whether there is a guest with this id.
///
/// # Errors
/// When the database is away.
pub async fn is_guest(conn: &mut Conn, id: Uuid) -> Result<bool> {
    Ok(claims::article_of(conn, id).await?.is_some())
}

/// Somebody by all that a sanction may lie on. Of the publication's own people only the account counts: nobody shuts them
/// out with a network that they share.
///
/// # Errors
/// When the database is away.
pub async fn person(conn: &mut Conn, writer: Writer, network: IpNet) -> Result<Person> {
    let known = Person { account_id: writer.account_id(), guest_id: writer.guest_id(), ..Person::default() };
    if writer.is_staff() {
        return Ok(known);
    }
    let email_hash = match writer.reader() {
        Some(reader) => people::address(conn, reader).await?,
        None => None,
    };
    Ok(Person { email_hash, network: Some(network), ..known })
}

/// What holds on somebody at present, as they are told of it; the newest 100.
///
/// # Errors
/// When the database is away.
pub async fn sanctions_on(
    conn: &mut Conn,
    secrets: &Secrets,
    writer: Writer,
    network: IpNet,
    now: DateTime<Utc>,
) -> Result<Vec<OwnSanction>> {
    let person = person(conn, writer, network).await?;
    screening::list_sanctions_on(conn, secrets, &person, now).await
}

/// Lets through whoever is not banned.
///
/// # Errors
/// [`Code::Muted`](crate::error::Code::Muted).
pub async fn not_banned(
    conn: &mut Conn,
    secrets: &Secrets,
    writer: Writer,
    network: IpNet,
    now: DateTime<Utc>,
) -> Result<()> {
    let person = person(conn, writer, network).await?;
    screening::forbid(conn, secrets, person, SanctionKind::Ban, now).await
}
