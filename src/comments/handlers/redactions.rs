//! Taking personal data out of comments.

use super::{
    super::{
        actions, rules,
        types::{Comment, RedactComment},
    },
    write::{Known, as_written, etag},
};
use crate::{
    db::Pool,
    error::Result,
    events::Journal,
    http::{json::Json, precondition::IfMatch},
    throttle::Throttle,
};
use actix_web::{
    HttpResponse, post,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(redact_comment);
}

/// Takes personal data out of a comment: e-mail addresses, telephone and account numbers, full names of people close to its
/// author. Each is replaced by what it was, such as `[e-mail removed]`.
///
/// Its author may at any time, and so may moderators. What it said before is not kept, and its earlier texts are redacted
/// too. A comment that holds none stays as it is. 409 for a moderator while another has claimed it.
#[utoipa::path(
    tag = "comments",
    params(
        ("id" = Uuid, Path, description = "The comment."),
        ("If-Match" = String, Header, description = "The revision that was read, in quotes."),
    ),
    request_body = RedactComment,
    responses((status = 200, description = "The comment as it is now.", body = Comment,
        headers(("ETag" = String, description = "Its revision, for `If-Match`.")))),
    security(("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!(["conflict", "too_many_requests"]))),
)]
#[post("/comments/{id}/redact")]
pub async fn redact_comment(
    Known(writer): Known,
    id: Path<Uuid>,
    revision: IfMatch,
    Json(input): Json<RedactComment>,
    throttle: Throttle,
    journal: Data<Journal>,
    pool: Data<Pool>,
) -> Result<HttpResponse> {
    let kinds = rules::kinds(input)?;
    // Moderators clear up in one go what many have said.
    if !writer.moderates() {
        throttle.comment_posted(writer.account_id().or(writer.guest_id())).await?;
    }
    journal.write(async |tx| actions::redact(tx, *id, writer, &revision, &kinds).await).await?;
    let comment = as_written(&pool, *id).await?;
    Ok(HttpResponse::Ok().insert_header(etag(&comment)).json(comment))
}
