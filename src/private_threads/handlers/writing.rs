//! Messages as they are written.

use super::{
    super::{
        actions,
        types::{EditPrivateMessage, PrivateMessage, Said, SayPrivately, Who},
    },
    private,
};
use crate::{
    comments::{Known, Reception},
    config::Settings,
    db::Pool,
    error::Result,
    events::{Journal, Once, Tx},
    http::{idempotency::IdempotencyKey, json::Json, precondition::IfMatch, request::no_content},
    secrets::Secrets,
    throttle::Throttle,
};
use actix_web::{
    HttpResponse, HttpResponseBuilder, delete,
    http::header,
    patch, post,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(post_private_message).service(edit_private_message).service(delete_private_message);
}

/// Writes a message into a private thread that is open.
///
/// The others in it get one mail that says that there is something, until they have read it, however many messages there are.
#[utoipa::path(
    tag = "private threads",
    params(
        ("id" = Uuid, Path, description = "The thread."),
        ("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 255, description = "Sent twice, it happens once."),
    ),
    request_body = SayPrivately,
    responses((status = 201, description = "The message, as you see it.", body = PrivateMessage,
        headers(("ETag" = String, description = "Its revision, for `If-Match`.")))),
    security(("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!(["address_unverified", "muted", "conflict", "too_many_requests"]))),
)]
#[post("/private-threads/{id}/messages")]
#[expect(clippy::too_many_arguments, reason = "each is what actix hands to a handler")]
pub async fn post_private_message(
    Known(writer): Known,
    key: IdempotencyKey,
    id: Path<Uuid>,
    Json(input): Json<SayPrivately>,
    throttle: Throttle,
    journal: Data<Journal>,
    pool: Data<Pool>,
    office: Data<Reception>,
) -> Result<HttpResponse> {
    let (who, network) = (Who(writer), throttle.client().network());
    throttle.comment_posted(Some(who.id())).await?;
    let operation = format!("post_private_message {id}");
    let once = Once::private(&office.secrets, writer.scope(), key.0, operation, &input)?;
    let say = async |tx: &mut Tx<'_>| Ok(Said { no: actions::say(tx, &office, *id, (who, network), &input).await? });
    let Said { no } = journal.write_once(once, say).await?.value;
    office.outbox.wake();
    message(HttpResponse::Created(), &pool, &office.secrets, (*id, no), who).await
}

/// Changes what a message of yours says, for as long as comments can be changed. `If-Match` says which revision was read. What
/// it quotes stays.
#[utoipa::path(
    tag = "private threads",
    params(
        ("id" = Uuid, Path, description = "The thread."),
        ("no" = i64, Path, description = "The message."),
        ("If-Match" = String, Header, description = "The revision that was read, in quotes."),
    ),
    request_body = EditPrivateMessage,
    responses((status = 200, description = "The message as it is now.", body = PrivateMessage,
        headers(("ETag" = String, description = "Its revision, for `If-Match`.")))),
    security(("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!([
        "address_unverified", "forbidden", "muted", "conflict", "edit_window_closed", "too_many_requests"
    ]))),
)]
#[patch("/private-threads/{id}/messages/{no}")]
#[expect(clippy::too_many_arguments, reason = "each is what actix hands to a handler")]
pub async fn edit_private_message(
    Known(writer): Known,
    place: Path<(Uuid, i64)>,
    revision: IfMatch,
    Json(input): Json<EditPrivateMessage>,
    throttle: Throttle,
    journal: Data<Journal>,
    pool: Data<Pool>,
    settings: Data<Settings>,
    office: Data<Reception>,
) -> Result<HttpResponse> {
    let (who, network) = (Who(writer), throttle.client().network());
    throttle.comment_posted(Some(who.id())).await?;
    let wanted = (input.body.as_str(), settings.comment_edit_minutes);
    journal
        .write(async |tx| actions::edit_message(tx, &office, *place, (who, network), &revision, wanted).await)
        .await?;
    message(HttpResponse::Ok(), &pool, &office.secrets, *place, who).await
}

/// Deletes what a message of yours says, at any time; its number stays.
#[utoipa::path(
    tag = "private threads",
    params(("id" = Uuid, Path, description = "The thread."), ("no" = i64, Path, description = "The message.")),
    responses((status = 204, description = "It says nothing any more.")),
    security(("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!(["address_unverified", "forbidden"]))),
)]
#[delete("/private-threads/{id}/messages/{no}")]
pub async fn delete_private_message(
    Known(writer): Known,
    place: Path<(Uuid, i64)>,
    journal: Data<Journal>,
    secrets: Data<Secrets>,
) -> Result<HttpResponse> {
    let (id, no) = *place;
    journal.write(async |tx| actions::delete_message(tx, &secrets, id, no, Who(writer)).await).await?;
    Ok(no_content())
}

/// A message as it is now: a repeated request gets it so, too.
async fn message(
    mut response: HttpResponseBuilder,
    pool: &Pool,
    secrets: &Secrets,
    (id, no): (Uuid, i64),
    who: Who,
) -> Result<HttpResponse> {
    let message = actions::get_message(&mut *pool.get().await?, secrets, id, no, who).await?;
    response.insert_header((header::ETAG, format!("\"{}\"", message.revision)));
    Ok(private(response, &message))
}
