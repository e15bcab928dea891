//! `Idempotency-Key` (IETF draft): a request sent twice happens once.

use super::actor::admission;
use crate::error::{Code, Error, Field, Result};
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use futures_util::future::LocalBoxFuture;

/// The header's name.
pub const HEADER: &str = "Idempotency-Key";

/// The key that a client gave, if it gave one: 8 to 255 visible ASCII characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(pub Option<String>);

impl FromRequest for IdempotencyKey {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (key, admission) = (read(request), admission(request));
        Box::pin(async move {
            admission.await;
            key.map(Self)
        })
    }
}

fn read(request: &HttpRequest) -> Result<Option<String>> {
    let Some(value) = request.headers().get(HEADER) else { return Ok(None) };
    // The draft makes it a structured string, in quotes; most clients send it bare. Both mean the same key.
    let key = value.to_str().unwrap_or_default().trim().trim_matches('"');
    if (8..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(Some(key.to_owned()));
    }
    let field = Field::header(HEADER, "malformed", "must be 8 to 255 visible ASCII characters, such as a UUID");
    Err(Error::new(Code::BadRequest, "A header is not acceptable.").at(field))
}
