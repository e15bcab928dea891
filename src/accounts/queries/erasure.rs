//! Statements that empty an account.

use super::super::types::AccountRow;
use crate::{
    db::{
        Conn,
        schema::{
            account_codes, accounts, external_identities, invites, recovery_codes, second_factors, sessions, signups,
        },
    },
    http::permission::Role,
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

pub async fn email_hash(conn: &mut Conn, id: Uuid) -> QueryResult<Option<Vec<u8>>> {
    accounts::table.find(id).select(accounts::email_hash).first(conn).await
}

/// Deletes all by which somebody could come in, or be known. Refresh tokens go with their sessions.
pub async fn forget_ways_in(conn: &mut Conn, id: Uuid) -> QueryResult<()> {
    diesel::delete(sessions::table.filter(sessions::account_id.eq(id))).execute(conn).await?;
    diesel::delete(invites::table.filter(invites::account_id.eq(id))).execute(conn).await?;
    diesel::delete(account_codes::table.filter(account_codes::account_id.eq(id))).execute(conn).await?;
    diesel::delete(second_factors::table.filter(second_factors::account_id.eq(id))).execute(conn).await?;
    diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(id))).execute(conn).await?;
    diesel::delete(external_identities::table.filter(external_identities::account_id.eq(id))).execute(conn).await?;
    Ok(())
}

pub async fn forget_signups(conn: &mut Conn, email_hash: &[u8]) -> QueryResult<usize> {
    diesel::delete(signups::table.filter(signups::email_hash.eq(email_hash))).execute(conn).await
}

pub async fn empty(conn: &mut Conn, id: Uuid, name: &str, now: DateTime<Utc>) -> QueryResult<AccountRow> {
    let nothing = (
        (accounts::display_name.eq(name), accounts::name_skeleton.eq(""), accounts::bio.eq("")),
        accounts::website.eq(None::<String>),
        (accounts::email_hash.eq(None::<Vec<u8>>), accounts::email_sealed.eq(None::<Vec<u8>>)),
        accounts::password_hash.eq(None::<String>),
        accounts::role.eq(Role::Reader.as_str()),
    );
    let over = (
        accounts::banned_at.eq(None::<DateTime<Utc>>),
        accounts::banned_until.eq(None::<DateTime<Utc>>),
        accounts::ban_reason.eq(None::<String>),
        accounts::erase_at.eq(None::<DateTime<Utc>>),
        accounts::erase_comments.eq(None::<String>),
    );
    diesel::update(accounts::table.find(id))
        .set((
            nothing,
            over,
            accounts::erased_at.eq(now),
            accounts::updated_at.eq(now),
            accounts::revision.eq(accounts::revision + 1),
        ))
        .returning(AccountRow::as_returning())
        .get_result(conn)
        .await
}
