//! Reading JSON bodies, so that every refusal is a problem document that names the place.

use super::actor::admission;
use crate::error::{Code, Error, Field, Result};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use futures_util::{StreamExt, future::LocalBoxFuture};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};

/// The largest body that is read, bytes: an article of half a million characters with room for escapes.
pub const MAX_BODY_BYTES: usize = 4 * 1024 * 1024;

/// Reads a member, so that null, which says something, is told from one that is left out.
///
/// # Errors
/// As reading `T`.
pub fn said<'de, D, T>(deserializer: D) -> std::result::Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// A JSON body. Unknown fields, wrong types and missing fields are refused with a pointer to the place.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Json<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let media_type = is_json(request);
        let payload = payload.take();
        let admission = admission(request);
        Box::pin(async move {
            admission.await;
            media_type?;
            parse(&read(payload).await?).map(Self)
        })
    }
}

/// A JSON body that may be left out: then it says nothing.
#[derive(Debug)]
pub struct OptionalJson<T>(pub T);

impl<T: DeserializeOwned + Default> FromRequest for OptionalJson<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let media_type = is_json(request);
        let payload = payload.take();
        let admission = admission(request);
        Box::pin(async move {
            admission.await;
            let body = read(payload).await?;
            if body.is_empty() {
                return Ok(Self(T::default()));
            }
            media_type?;
            parse(&body).map(Self)
        })
    }
}

/// Only `application/json` is read: a form on another site can post text/plain without asking.
fn is_json(request: &HttpRequest) -> Result<()> {
    let given = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if given.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    let field = Field::header("Content-Type", "unsupported", "must be application/json");
    Err(Error::new(Code::UnsupportedMediaType, "The body must be JSON.").at(field))
}

async fn read(mut payload: Payload) -> Result<web::BytesMut> {
    let mut body = web::BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Error::new(Code::BadRequest, "The body broke off."))?;
        if body.len() + chunk.len() > MAX_BODY_BYTES {
            return Err(Error::new(Code::BodyTooLarge, format!("A body may have at most {MAX_BODY_BYTES} bytes.")));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T> {
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|failed| {
        let pointer = pointer(failed.path());
        refuse(&pointer, failed.inner())
    })?;
    json.end().map_err(|error| refuse("", &error))?;
    Ok(value)
}

fn refuse(pointer: &str, error: &serde_json::Error) -> Error {
    if error.is_data() {
        let field = Field::body(pointer, "malformed", error.to_string());
        return Error::new(Code::BadRequest, "The body does not have the form that this operation takes.").at(field);
    }
    Error::new(Code::BadRequest, format!("The body is not valid JSON: {error}."))
}

/// RFC 6901; a missing or unknown field is named by serde's words, its parent by the path.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => pointer.push_str(&format!("/{}", key.replace('~', "~0").replace('/', "~1"))),
            Segment::Enum { variant } => pointer.push_str(&format!("/{variant}")),
            Segment::Unknown => {}
        }
    }
    pointer
}
