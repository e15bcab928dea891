//! Statements that leave nothing of a person.

use super::{super::types::AccountRow, sessions::end_all};
use crate::db::{
    Conn,
    schema::{
        account_codes, accounts, external_identities, invites, recovery_codes, refresh_tokens, second_factors,
        sessions, signups,
    },
};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// What must be known of an account to erase it.
#[derive(Queryable)]
pub struct Standing {
    pub email_hash: Option<Vec<u8>>,
    pub erased_at: Option<DateTime<Utc>>,
}

/// The account as it is now and stays until the end of the transaction.
pub async fn lock(conn: &mut Conn, id: Uuid) -> QueryResult<Option<Standing>> {
    accounts::table
        .find(id)
        .select((accounts::email_hash, accounts::erased_at))
        .for_no_key_update()
        .first(conn)
        .await
        .optional()
}

/// Ends its sessions and deletes all by which somebody could come back.
pub async fn forget_ways_in(conn: &mut Conn, id: Uuid, now: DateTime<Utc>) -> QueryResult<()> {
    end_all(conn, id, "erasure", now).await?;
    let own = sessions::table.filter(sessions::account_id.eq(id)).select(sessions::id);
    diesel::delete(refresh_tokens::table.filter(refresh_tokens::session_id.eq_any(own))).execute(conn).await?;
    diesel::delete(account_codes::table.filter(account_codes::account_id.eq(id))).execute(conn).await?;
    diesel::delete(invites::table.filter(invites::account_id.eq(id))).execute(conn).await?;
    diesel::delete(second_factors::table.find(id)).execute(conn).await?;
    diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(id))).execute(conn).await?;
    diesel::delete(external_identities::table.filter(external_identities::account_id.eq(id))).execute(conn).await?;
    Ok(())
}

/// Deletes what waits for a code that was mailed to this address.
pub async fn forget_signups(conn: &mut Conn, email_hash: &[u8]) -> QueryResult<usize> {
    diesel::delete(signups::table.filter(signups::email_hash.eq(email_hash))).execute(conn).await
}

/// Leaves the id, the role and the dates.
pub async fn blank(conn: &mut Conn, id: Uuid, name: &str, now: DateTime<Utc>) -> QueryResult<AccountRow> {
    diesel::update(accounts::table.find(id))
        .set((
            accounts::display_name.eq(name),
            accounts::name_skeleton.eq(""),
            accounts::email_hash.eq(None::<Vec<u8>>),
            accounts::email_sealed.eq(None::<Vec<u8>>),
            accounts::password_hash.eq(None::<String>),
            accounts::bio.eq(""),
            accounts::website.eq(None::<String>),
            accounts::erase_at.eq(None::<DateTime<Utc>>),
            accounts::erase_comments.eq(None::<String>),
            accounts::erased_at.eq(now),
            accounts::revision.eq(accounts::revision + 1),
            accounts::updated_at.eq(now),
        ))
        .returning(AccountRow::as_returning())
        .get_result(conn)
        .await
}
