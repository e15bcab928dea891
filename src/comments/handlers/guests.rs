//! Guests' addresses.

use super::super::{actions, types::ConfirmGuest};
use crate::{
    error::Result,
    events::Journal,
    http::{json::Json, request::no_content},
    throttle::Throttle,
};
use actix_web::{HttpResponse, post, web::Data};
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
