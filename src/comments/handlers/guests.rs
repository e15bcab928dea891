//! Guests' addresses.

use super::super::{
    actions::{self, Reception},
    types::ConfirmGuest,
};
use crate::{
    config::Settings,
    error::{Error, Result},
    events::Journal,
    http::{json::Json, request::no_content},
    mail::Outbox,
    secrets::Secrets,
    throttle::Throttle,
};
use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload, post, web::Data};
use futures_util::future::LocalBoxFuture;
use secrecy::ExposeSecret;
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(confirm_guest);
}

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
        let settings = request.app_data::<Data<Settings>>();
        let settings =
            settings.map(|settings| (settings.publication_name.clone(), settings.comments_close_after_days));
        Box::pin(async move {
            let (Some(secrets), Some(outbox), Some((publication, close_after_days))) = (secrets, outbox, settings) else {
                return Err(Error::internal(anyhow::anyhow!("guests need the secrets, the outbox and the settings")));
            };
            Ok(Self { secrets, outbox, publication, throttle: throttle.await?, close_after_days })
        })
    }
}
