//! No more mail, by the link in one. A mail program follows links to look at them, so only a POST changes anything.

use super::super::{
    actions,
    types::{OneClick, Unsubscribe},
};
use crate::{
    error::{Code, Error, Field, Result},
    events::Journal,
    http::{json::Json, query::Query, request::no_content},
    secrets::Secrets,
};
use actix_web::{
    FromRequest, HttpRequest, HttpResponse,
    dev::Payload,
    http::header,
    post,
    web::{Bytes, Data},
};
use futures_util::future::LocalBoxFuture;
use secrecy::{ExposeSecret, SecretString};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(unsubscribe_guest);
}

/// Ends mail to a guest, by the token in a mail. It is good for ever, and for nothing else.
///
/// Takes the token as JSON, or in the address with a form that says `List-Unsubscribe=One-Click`, as mail programs send
/// it (RFC 8058).
#[utoipa::path(
    tag = "comments",
    params(OneClick),
    request_body(
        description = "The token; or the form of a mail program, with the token in the address.",
        content(
            (Unsubscribe = "application/json"),
            (String = "application/x-www-form-urlencoded", example = "List-Unsubscribe=One-Click"),
        ),
    ),
    responses((status = 204, description = "No more mail is sent to the guest.")),
    extensions(("x-problems" = json!(["bad_code"]))),
)]
#[post("/guests/unsubscriptions")]
pub async fn unsubscribe_guest(
    token: UnsubscribeToken,
    journal: Data<Journal>,
    secrets: Data<Secrets>,
) -> Result<HttpResponse> {
    journal.write(async |tx| actions::unsubscribe(tx, &secrets, token.0.expose_secret()).await).await?;
    Ok(no_content())
}

/// The token, wherever it stood.
pub struct UnsubscribeToken(SecretString);

impl FromRequest for UnsubscribeToken {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let media_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let media_type = media_type.unwrap_or_default().to_ascii_lowercase();
        let form = ["application/x-www-form-urlencoded", "multipart/form-data"];
        if !form.iter().any(|form| media_type.starts_with(form)) {
            let body = Json::<Unsubscribe>::from_request(request, payload);
            return Box::pin(async move { Ok(Self(body.await?.0.token)) });
        }
        let query = Query::<OneClick>::from_request(request, payload);
        let body = Bytes::from_request(request, payload);
        Box::pin(async move {
            let token = query.await?.0.token.ok_or_else(|| {
                refused(Field::parameter("token", "required", "must be given: the token out of the mail"))
            })?;
            let body = body.await.map_err(|_| Error::new(Code::BadRequest, "The body broke off, or is too large."))?;
            let body = String::from_utf8_lossy(&body);
            if body.contains("List-Unsubscribe") && body.contains("One-Click") {
                return Ok(Self(token));
            }
            Err(refused(Field::body("/List-Unsubscribe", "required", "must be One-Click")))
        })
    }
}

fn refused(field: Field) -> Error {
    Error::new(Code::BadRequest, "This is not how a mail program says it (RFC 8058).").at(field)
}
