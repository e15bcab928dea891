//! Guests as they come, and their addresses.

use super::super::{
    actions::{self, Reception},
    companion::GuestCompanion,
    queries::own_guests as guests,
    rules::{self, manage_token},
    types::{ConfirmGuest, GuestHead, GuestReceipt, IntroduceGuest, Introduced, Writer},
};
use crate::{
    articles::Slug,
    config::Settings,
    db::Pool,
    error::{Code, Error, Result},
    events::{Journal, Once, Tx},
    http::{idempotency::IdempotencyKey, json::Json, request::no_content},
    throttle::{Entry, Throttle},
};
use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    post,
    web::{Data, Path},
};
use futures_util::future::LocalBoxFuture;
use secrecy::ExposeSecret;
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(introduce_guest).service(confirm_guest);
}

/// Introduces a guest on an article without a comment, so that they may react.
///
/// Names are checked and addresses asked as when a new guest posts.
#[utoipa::path(
    tag = "comments",
    params(
        ("slug" = String, Path, description = "The article's slug.", example = "how-to-listen"),
        ("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 255, description = "Sent twice, it happens once."),
    ),
    request_body = IntroduceGuest,
    responses((status = 201, description = "The guest, and the secret by which they come back.", body = Introduced)),
    extensions(("x-problems" = json!([
        "unauthenticated", "forbidden", "muted", "comments_closed", "guests_not_allowed", "challenge_required",
        "challenge_failed", "too_many_requests"
    ]))),
)]
#[post("/articles/{slug}/guests")]
#[expect(clippy::too_many_arguments, reason = "each is what actix hands to a handler")]
pub async fn introduce_guest(
    Newcomer(throttle): Newcomer,
    key: IdempotencyKey,
    slug: Path<Slug>,
    Json(input): Json<IntroduceGuest>,
    journal: Data<Journal>,
    pool: Data<Pool>,
    reception: Data<Reception>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    throttle.comment_posted(None).await?;
    let once = Once::new(Writer::Anonymous.scope(), key.0, format!("introduce_guest {}", slug.as_str()), &input)?;
    let newcomer =
        actions::let_newcomer_in(&throttle, rules::check_introduction(&input), input.challenge.as_ref()).await;
    let may_ask = actions::may_ask_guest(&throttle, newcomer.as_ref().ok().map(|newcomer| &newcomer.name)).await?;
    let entry = newcomer.as_ref().map_or(Entry::Free, |newcomer| newcomer.entry);
    let network = throttle.client().network();
    let introduce = async |tx: &mut Tx<'_>| {
        let guest_id = actions::introduce(tx, &reception, &slug, newcomer, network, may_ask).await?;
        Ok(GuestReceipt { guest_id })
    };
    let introduced = journal.write_once(once, introduce).await;
    actions::see_off(&throttle, entry, introduced.as_ref().is_ok_and(|done| !done.replayed)).await;
    let GuestReceipt { guest_id } = introduced?.value;
    if may_ask {
        reception.outbox.wake();
    }
    let guest = guests::own(&mut *pool.get().await?, guest_id).await?.ok_or_else(Error::not_found)?;
    let manage_token = manage_token::issue(&reception.secrets, guest_id)?;
    let manage_link = settings.guest_link(&manage_token);
    let guest = GuestHead { id: guest.id, name: guest.name };
    Ok(HttpResponse::Created().json(Introduced { guest, manage_token, manage_link }))
}

/// Confirms that an address which was given for a guest is yours, by the code that was sent there. Until then nothing
/// else is sent to it. Now the link by which the guest comes back is, where the publication has a page for that, and whom a
/// private thread waits for is told.
#[utoipa::path(
    tag = "comments",
    request_body = ConfirmGuest,
    responses((status = 204, description = "The guest may be written to.")),
    extensions(("x-problems" = json!(["bad_code", "too_many_requests"]))),
)]
#[post("/guests/confirmations")]
pub async fn confirm_guest(
    throttle: Throttle,
    Json(input): Json<ConfirmGuest>,
    journal: Data<Journal>,
    reception: Data<Reception>,
    settings: Data<Settings>,
    companion: Data<dyn GuestCompanion>,
) -> Result<HttpResponse> {
    throttle.code_shown().await?;
    actions::confirm(&journal, &reception, &settings, &**companion, input.code.expose_secret()).await?;
    reception.outbox.wake();
    throttle.code_accepted().await?;
    Ok(no_content())
}

/// Somebody who has neither an account nor a manage token, and what they do is counted by.
pub struct Newcomer(Throttle);

impl FromRequest for Newcomer {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let writer = Writer::from_request(request, payload);
        let throttle = Throttle::from_request(request, payload);
        Box::pin(async move {
            match writer.await? {
                Writer::Anonymous => Ok(Self(throttle.await?)),
                Writer::Member(..) | Writer::Guest(_) => Err(Error::new(Code::Forbidden, "You have a name here.")),
            }
        })
    }
}
