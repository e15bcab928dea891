//! Statements on what is looked through page by page.

use super::super::types::Scan;
use crate::db::{Conn, schema::desk_scans};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// Begins scans. One that is under way goes on, and begins again at its end: begun anew at once, it would never get there while
/// events keep coming.
pub async fn begin(conn: &mut Conn, scans: &[Scan]) -> QueryResult<usize> {
    diesel::insert_into(desk_scans::table)
        .values(scans)
        .on_conflict((desk_scans::kind, desk_scans::article_id))
        .do_update()
        .set(desk_scans::again.eq(true))
        .execute(conn)
        .await
}

/// A scan that is under way: what a change asked for before what is only caught up with.
pub async fn next(conn: &mut Conn) -> QueryResult<Option<Scan>> {
    let some = desk_scans::table.order((desk_scans::kind.eq("everything"), desk_scans::kind, desk_scans::article_id));
    some.select(Scan::as_select()).first(conn).await.optional()
}

/// Notes how far a scan has come.
pub async fn go_on(conn: &mut Conn, scan: &Scan, after_id: Uuid) -> QueryResult<usize> {
    let under_way = desk_scans::table.find((&scan.kind, scan.article_id));
    diesel::update(under_way).set(desk_scans::after_id.eq(after_id)).execute(conn).await
}

/// Ends a scan, or begins it again where that was asked for meanwhile.
pub async fn end(conn: &mut Conn, scan: &Scan) -> QueryResult<usize> {
    let over = desk_scans::table.find((&scan.kind, scan.article_id));
    let anew = (desk_scans::after_id.eq(Uuid::nil()), desk_scans::again.eq(false));
    match diesel::update(over.filter(desk_scans::again)).set(anew).execute(conn).await? {
        0 => diesel::delete(over).execute(conn).await,
        begun => Ok(begun),
    }
}
