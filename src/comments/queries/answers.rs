//! Answers: what the publication's own people reply to whoever began a conversation, there or further down.

use crate::db::{Conn, Fixed, Prepare, fixed, schema::comments};
use diesel::{
    prelude::*,
    sql_query,
    sql_types::{Array, Bool, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

diesel::alias!(comments as roots: Roots);

/// Those of these comments that are by who began their conversation, each with the account that is theirs, if they have one.
pub async fn askers(mut conn: &Conn, ids: &[Uuid]) -> QueryResult<Vec<(Uuid, Option<Uuid>)>> {
    let (id, account_id, guest_id) = roots.fields((comments::id, comments::account_id, comments::guest_id));
    let same = comments::id.eq(id).or(comments::account_id.eq(account_id)).or(comments::guest_id.eq(guest_id));
    comments::table
        .inner_join(roots.on(id.eq(comments::root_id)))
        .filter(comments::id.eq_any(ids))
        .filter(same.assume_not_null())
        .select((comments::id, account_id))
        .load(&mut conn)
        .await
}

/// Notes which of these comments, which were written elsewhere, are answers: by the roles that their authors have now.
#[expect(clippy::disallowed_methods, reason = "an update from several tables is not in the query builder")]
pub async fn mark(conn: &mut Conn, ids: &[Uuid]) -> QueryResult<usize> {
    sql_query(
        "UPDATE comments SET answers = 1
         FROM comments AS parents, comments AS roots, accounts
         WHERE comments.id = ANY($1) AND parents.id = comments.parent_id AND roots.id = comments.root_id
           AND accounts.id = comments.account_id AND accounts.role IN ('coach', 'moderator', 'admin')
           AND roots.account_id IS DISTINCT FROM comments.account_id
           AND (parents.id = roots.id OR parents.account_id = roots.account_id OR parents.guest_id = roots.guest_id)",
    )
    .bind::<Array<SqlUuid>, _>(ids)
    .prepared()
    .execute(conn)
    .await
}

/// Whether a root is answered. The number is in the text, since the planner uses no partial index for one that it is not told.
pub fn is_answered(answered: bool) -> Fixed<Bool> {
    fixed(if answered { "comments.answers > 0" } else { "comments.answers = 0" })
}
