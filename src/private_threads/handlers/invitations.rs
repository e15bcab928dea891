//! From a public comment into a private thread.

use super::{
    super::{
        actions,
        types::{Invitation, InviteCommenter, Opened, PrivateThread, Who},
    },
    created, private, thread,
};
use crate::{
    comments::{Known, Reception},
    db::Pool,
    error::Result,
    events::{Journal, Once, Tx},
    http::{actor::Coach, idempotency::IdempotencyKey, json::OptionalJson, request::no_content},
    secrets::Secrets,
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
    cfg.service(invite_commenter).service(accept_invitation).service(decline_invitation);
}

/// Invites whoever wrote a public comment to go on with you in private, with a first message if you like. They alone can
/// accept; nobody else learns of it, and the comment shows nothing.
///
/// Once for each comment, and not again where they declined, whoever asked (409). A commenter with an address that is known to be theirs gets a mail that says that there is
/// something.
#[utoipa::path(
    tag = "private threads",
    params(
        ("id" = Uuid, Path, description = "A comment that everybody sees."),
        ("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 255, description = "Sent twice, it happens once."),
    ),
    request_body(content = InviteCommenter, description = "May be left out."),
    responses((status = 201, description = "The thread, as you see it.", body = PrivateThread, headers(
        ("Location" = String, description = "Where it is."),
    ))),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict", "too_many_requests"]))),
)]
#[post("/comments/{id}/invitation")]
#[expect(clippy::too_many_arguments, reason = "each is what actix hands to a handler")]
pub async fn invite_commenter(
    Coach(actor): Coach,
    id: Path<Uuid>,
    key: IdempotencyKey,
    OptionalJson(input): OptionalJson<InviteCommenter>,
    throttle: Throttle,
    journal: Data<Journal>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    office: Data<Reception>,
) -> Result<HttpResponse> {
    let who = Who::from(&actor);
    throttle.comment_posted(Some(actor.account_id)).await?;
    let once = Once::private(&secrets, who.0.scope(), key.0, format!("invite_commenter {id}"), &input)?;
    let invitation = Invitation { comment_id: *id, coach_id: actor.account_id, body: input.body };
    let invite = async |tx: &mut Tx<'_>| Ok(Opened { thread_id: actions::invite(tx, &office, &invitation).await? });
    let Opened { thread_id } = journal.write_once(once, invite).await?.value;
    office.outbox.wake();
    Ok(created(&thread(&pool, &secrets, thread_id, who).await?))
}

/// Accepts an invitation into a private thread: from now on messages can be written.
///
/// Only whoever wrote the comment can: with the account, or as a guest with the manage token and an address that was confirmed.
#[utoipa::path(
    tag = "private threads",
    params(("id" = Uuid, Path, description = "The thread.")),
    responses((status = 200, description = "The thread, as you see it.", body = PrivateThread)),
    security(("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!(["address_unverified", "forbidden", "muted", "conflict"]))),
)]
#[post("/private-threads/{id}/accept")]
pub async fn accept_invitation(
    Known(writer): Known,
    id: Path<Uuid>,
    throttle: Throttle,
    journal: Data<Journal>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
) -> Result<HttpResponse> {
    let (who, network) = (Who(writer), throttle.client().network());
    journal.write(async |tx| actions::accept(tx, &secrets, *id, who, network).await).await?;
    Ok(private(HttpResponse::Ok(), &thread(&pool, &secrets, *id, who).await?))
}

/// Declines an invitation into a private thread. The coach who invited sees that; no coach can ask again because
/// of this comment (409).
#[utoipa::path(
    tag = "private threads",
    params(("id" = Uuid, Path, description = "The thread.")),
    responses((status = 204, description = "It is declined.")),
    security(("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!(["address_unverified", "forbidden", "conflict"]))),
)]
#[post("/private-threads/{id}/decline")]
pub async fn decline_invitation(
    Known(writer): Known,
    id: Path<Uuid>,
    journal: Data<Journal>,
    secrets: Data<Secrets>,
) -> Result<HttpResponse> {
    journal.write(async |tx| actions::decline(tx, &secrets, *id, Who(writer)).await).await?;
    Ok(no_content())
}
