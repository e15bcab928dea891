//! What guests do with what is theirs: their addresses, and themselves.

use super::{
    super::{
        actions::{self, Reception},
        types::{ConfirmGuest, GuestErasure, Writer},
    },
    write::Known,
};
use crate::{
    config::Settings,
    error::{Code, Error, Result},
    events::Journal,
    http::{json::Json, query::Query, request::no_content},
    mail::Outbox,
    secrets::Secrets,
    throttle::Throttle,
};
use actix_web::{FromRequest, HttpRequest, HttpResponse, delete, dev::Payload, post, web::Data};
use futures_util::future::LocalBoxFuture;
use secrecy::ExposeSecret;
use uuid::Uuid;

/// Confirms that an address which was given for a guest is yours, by the code that was sent there. Until then nothing
/// else is sent to it.
#[utoipa::path(
    tag = "comments",
    request_body = ConfirmGuest,
    responses((status = 204, description = "The guest may be written to."))
)]
#[post("/guests/confirmations")]
pub async fn confirm_guest(
    throttle: Throttle,
    Json(input): Json<ConfirmGuest>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    throttle.code_shown().await?;
    actions::confirm(&journal, input.code.expose_secret()).await?;
    throttle.code_accepted().await?;
    Ok(no_content())
}

impl FromRequest for Reception {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let throttle = Throttle::from_request(request, payload);
        let secrets = request.app_data::<Data<Secrets>>().map(|secrets| secrets.get_ref().clone());
        let outbox = request.app_data::<Data<Outbox>>().map(|outbox| outbox.get_ref().clone());
        let publication = request.app_data::<Data<Settings>>().map(|settings| settings.publication_name.clone());
        Box::pin(async move {
            let (Some(secrets), Some(outbox), Some(publication)) = (secrets, outbox, publication) else {
                return Err(Error::internal(anyhow::anyhow!("guests need the secrets, the outbox and the settings")));
            };
            Ok(Self { secrets, outbox, publication, throttle: throttle.await? })
        })
    }
}

/// Erases the guest who holds the manage token, at once: the name, the address, and the comments or whose they were.
///
/// What waits for a moderator or was refused is deleted in any case. The token is good for nothing after that.
#[utoipa::path(
    tag = "privacy",
    params(GuestErasure),
    responses((status = 204, description = "Nothing is left.")),
    security(("guest" = [])),
)]
#[delete("/guests/me")]
pub async fn erase_guest(
    Guest(guest_id): Guest,
    Query(query): Query<GuestErasure>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    actions::erase_guest(&journal, guest_id, query.comments).await?;
    Ok(no_content())
}

/// A guest who was here before.
#[derive(Debug, Clone, Copy)]
pub struct Guest(pub Uuid);

impl FromRequest for Guest {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let known = Known::from_request(request, payload);
        Box::pin(async move {
            match known.await?.0 {
                Writer::Guest(id) => Ok(Self(id)),
                Writer::Member(..) | Writer::Anonymous => {
                    Err(Error::new(Code::Forbidden, "This is for guests; with an account, close that instead."))
                }
            }
        })
    }
}
