//! Erasing guests.

use super::{
    super::{
        actions,
        companion::GuestCompanion,
        types::{GuestErasure, Writer},
    },
    write::Known,
};
use crate::{
    error::{Code, Error, Result},
    events::Journal,
    http::{query::Query, request::no_content},
};
use actix_web::{FromRequest, HttpRequest, HttpResponse, delete, dev::Payload, web::Data};
use futures_util::future::LocalBoxFuture;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(erase_guest);
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
    companion: Data<dyn GuestCompanion>,
) -> Result<HttpResponse> {
    actions::erase_guest(&journal, &**companion, guest_id, query.comments).await?;
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
