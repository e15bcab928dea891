//! Statements on guests as they are told of themselves.

use super::{
    super::types::{CommentRow, Lock, OwnGuest},
    with_authors,
};
use crate::{
    db::{
        Conn,
        schema::{articles, comments, guests, threads},
    },
    http::{cursor::Direction, list::Span},
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

/// A guest, as told to the guest.
pub async fn own(conn: &mut Conn, id: Uuid) -> QueryResult<Option<OwnGuest>> {
    guests::table
        .inner_join(articles::table)
        .filter(guests::id.eq(id))
        .select(OwnGuest::as_select())
        .first(conn)
        .await
        .optional()
}

/// Whether a guest of an article wants mail; none where this is no guest of that article.
pub async fn subscribed(conn: &mut Conn, id: Uuid, article_id: Uuid) -> QueryResult<Option<bool>> {
    let guest = guests::table.filter(guests::id.eq(id).and(guests::article_id.eq(article_id)));
    guest.select(guests::subscribed).first(conn).await.optional()
}

/// Takes the counter row of the thread that a guest takes part in; none before anybody wrote there.
pub async fn lock_thread(conn: &mut Conn, guest_id: Uuid) -> QueryResult<Option<Lock>> {
    let article = guests::table.filter(guests::id.eq(guest_id)).select(guests::article_id);
    diesel::update(threads::table.filter(threads::article_id.eq_any(article)))
        .set(threads::version.eq(threads::version + 1))
        .returning(Lock::as_returning())
        .get_result(conn)
        .await
        .optional()
}

/// Holds a guest until the end of the transaction: nobody writes as them, or mentions them. None where there is none.
pub async fn hold(conn: &mut Conn, id: Uuid) -> QueryResult<Option<Uuid>> {
    guests::table.find(id).select(guests::id).for_update().first(conn).await.optional()
}

/// Gives a guest another name.
pub async fn rename(conn: &mut Conn, id: Uuid, name: &str) -> QueryResult<usize> {
    diesel::update(guests::table.find(id)).set(guests::display_name.eq(name)).execute(conn).await
}

/// Notes whether a guest wants mail. No row where there is no such guest.
pub async fn subscribe(conn: &mut Conn, id: Uuid, subscribed: bool) -> QueryResult<usize> {
    diesel::update(guests::table.find(id)).set(guests::subscribed.eq(subscribed)).execute(conn).await
}

/// A guest's comments, whatever became of them, the newest first: from the span on in its direction, one more than its
/// limit.
pub async fn written(conn: &mut Conn, guest_id: Uuid, span: &Span<Uuid>) -> QueryResult<Vec<CommentRow>> {
    let own = with_authors()
        .filter(comments::guest_id.eq(guest_id))
        .select(CommentRow::as_select())
        .limit(span.limit + 1)
        .into_boxed();
    match span.direction {
        Direction::Next => own.filter(comments::id.lt(span.from.unwrap_or(Uuid::max()))).order(comments::id.desc()),
        Direction::Previous => own.filter(comments::id.gt(span.from.unwrap_or_default())).order(comments::id.asc()),
    }
    .load(conn)
    .await
}
