//! The public keys by which others check our access tokens.

use super::super::{keys, tokens::Tokens, types::KeySet};
use crate::{error::Result, http::representation::Representation, published::Published};
use actix_web::{HttpRequest, HttpResponse, get, web::Data};

/// The keys that access tokens are signed with (RFC 7517).
#[utoipa::path(
    tag = "sessions",
    responses((status = 200, body = KeySet), (status = 304, description = "You have it."))
)]
#[get("/.well-known/jwks.json")]
pub async fn get_jwks(request: HttpRequest, published: Data<Published>, tokens: Data<Tokens>) -> Result<HttpResponse> {
    let tokens = tokens.into_inner();
    let page = published
        .page(request.path(), || async move { Representation::json(&tokens.published(), vec![keys::TAG.into()]) });
    Ok(page.await?.answer(&request))
}
