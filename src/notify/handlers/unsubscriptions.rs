//! No more mail, by the link in one. A mail program follows links to look at them, so only a POST changes anything.

use super::super::{
    types::{OneClick, Unsubscribe},
    wishes,
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
    get,
    http::header::{self, ContentType},
    post,
    web::{Bytes, Data},
};
use futures_util::future::LocalBoxFuture;
use secrecy::{ExposeSecret, SecretString};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(unsubscribe).service(get_unsubscription);
}

/// Ends mails like the one in which the token stood. It is good for ever, and for nothing else.
///
/// Takes the token as JSON, or in the address with a form that says `List-Unsubscribe=One-Click`, as mail programs send
/// it (RFC 8058).
#[utoipa::path(
    tag = "notices",
    params(OneClick),
    request_body(
        description = "The token; or the form of a mail program, with the token in the address.",
        content(
            (Unsubscribe = "application/json"),
            (String = "application/x-www-form-urlencoded", example = "List-Unsubscribe=One-Click"),
        ),
    ),
    responses(
        (status = 200, description = "For a form: a page that says so.", body = String, content_type = "text/html"),
        (status = 204, description = "No more such mails are sent."),
    ),
    extensions(("x-problems" = json!(["bad_code"]))),
)]
#[post("/unsubscriptions")]
pub async fn unsubscribe(
    UnsubscribeToken { token, by_form }: UnsubscribeToken,
    journal: Data<Journal>,
    secrets: Data<Secrets>,
) -> Result<HttpResponse> {
    journal.write(async |tx| wishes::unsubscribe(tx, &secrets, token.expose_secret()).await).await?;
    Ok(if by_form { page("<p>You will get no more mails like that one.</p>") } else { no_content() })
}

/// The page to which the link in a mail leads: it changes nothing, and asks whether you want no more such mails.
#[utoipa::path(
    tag = "notices",
    params(OneClick),
    responses((status = 200, description = "A page with a button.", body = String, content_type = "text/html")),
)]
#[get("/unsubscriptions")]
pub async fn get_unsubscription(Query(OneClick { token }): Query<OneClick>) -> Result<HttpResponse> {
    token.ok_or_else(token_missing)?;
    // Without an address of its own the form goes where the page is, with the token.
    let form = "<p>Do you want no more mails like the one that led you here?</p><form method=\"post\">\
                <input type=\"hidden\" name=\"List-Unsubscribe\" value=\"One-Click\">\
                <button>No more such mails</button></form>";
    Ok(page(form))
}

/// A page that tells nobody its address, in which the token stands, and does nothing by itself.
fn page(content: &str) -> HttpResponse {
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>Mails</title>{content}"
    );
    let policy = "default-src 'none'; form-action 'self'; frame-ancestors 'none'";
    HttpResponse::Ok()
        .content_type(ContentType::html())
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header((header::CONTENT_SECURITY_POLICY, policy))
        .body(page)
}

/// The token, wherever it stood.
pub struct UnsubscribeToken {
    token: SecretString,
    by_form: bool,
}

impl FromRequest for UnsubscribeToken {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let media_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let media_type = media_type.unwrap_or_default().to_ascii_lowercase();
        let form = ["application/x-www-form-urlencoded", "multipart/form-data"];
        if !form.iter().any(|form| media_type.starts_with(form)) {
            let body = Json::<Unsubscribe>::from_request(request, payload);
            return Box::pin(async move { Ok(Self { token: body.await?.0.token, by_form: false }) });
        }
        let query = Query::<OneClick>::from_request(request, payload);
        let body = Bytes::from_request(request, payload);
        Box::pin(async move {
            let token = query.await?.0.token.ok_or_else(token_missing)?;
            let body = body.await.map_err(|_| Error::new(Code::BadRequest, "The body broke off, or is too large."))?;
            let body = String::from_utf8_lossy(&body);
            if body.contains("List-Unsubscribe") && body.contains("One-Click") {
                return Ok(Self { token, by_form: true });
            }
            Err(refused(Field::body("/List-Unsubscribe", "required", "must be One-Click")))
        })
    }
}

fn token_missing() -> Error {
    refused(Field::parameter("token", "required", "must be given: the token out of the mail"))
}

fn refused(field: Field) -> Error {
    Error::new(Code::BadRequest, "This is not how a mail program says it (RFC 8058).").at(field)
}
