//! What was imported from where.

use super::types::{Kind, Known, NewImport};
use crate::db::{Conn, schema::imports};
use diesel::{prelude::*, sql_query, sql_types::BigInt, upsert::excluded};
use diesel_async::RunQueryDsl;

/// Held by the transaction of an import, so that two imports of one file do not both find that nothing is there.
const IMPORT_LOCK: i64 = 7_241_000_005;

/// Makes a transaction one of an import: it waits for other imports, and may take longer than a request's.
#[expect(clippy::disallowed_methods, reason = "settings and advisory locks are not in the query builder")]
pub async fn begin(conn: &mut Conn) -> QueryResult<usize> {
    sql_query(
        "SELECT set_config('statement_timeout', '0', true),
                set_config('idle_in_transaction_session_timeout', '0', true),
                pg_advisory_xact_lock($1)",
    )
    .bind::<BigInt, _>(IMPORT_LOCK)
    .execute(conn)
    .await
}

/// Those of the external ids that were imported before.
pub async fn known(
    conn: &mut Conn,
    source: &str,
    kind: Kind,
    external_ids: &[impl AsRef<str>],
) -> QueryResult<Vec<Known>> {
    let external_ids: Vec<&str> = external_ids.iter().map(AsRef::as_ref).collect();
    imports::table
        .filter(imports::source.eq(source).and(imports::kind.eq(kind.as_str())))
        .filter(imports::external_id.eq_any(external_ids))
        .select(Known::as_select())
        .load(conn)
        .await
}

/// Keeps what became of what was imported. No external id stands there twice.
pub async fn remember(conn: &mut Conn, rows: &[NewImport<'_>]) -> QueryResult<usize> {
    diesel::insert_into(imports::table)
        .values(rows)
        .on_conflict((imports::source, imports::kind, imports::external_id))
        .do_update()
        .set((
            imports::local_id.eq(excluded(imports::local_id)),
            imports::digest.eq(excluded(imports::digest)),
            imports::imported_at.eq(excluded(imports::imported_at)),
        ))
        .execute(conn)
        .await
}
