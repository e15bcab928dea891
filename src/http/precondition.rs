//! `If-Match` on the revision of what is changed, so that nobody overwrites what they have not seen.

use super::actor::admission;
use crate::error::{Code, Error, Field, Result};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};
use futures_util::future::LocalBoxFuture;

/// The revisions that a change was based on (RFC 9110 §13.1.1). Required: without it the answer is 428.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IfMatch(String);

impl IfMatch {
    /// Goes on only if the present revision is one of those named.
    ///
    /// # Errors
    /// [`Code::PreconditionFailed`] otherwise.
    pub fn check(&self, revision: i64) -> Result<()> {
        let present = format!("\"{revision}\"");
        let matches = self.0.split(',').map(str::trim).any(|named| named == "*" || named == present);
        if matches {
            return Ok(());
        }
        let field = Field::header("If-Match", "stale", format!("the present revision is {present}"));
        Err(Error::new(Code::PreconditionFailed, "It was changed after you read it.").at(field))
    }
}

/// The error where a revision must be named and none is.
#[must_use]
pub fn required() -> Error {
    let field = Field::header("If-Match", "missing", "must hold the revision you read, in quotes: \"3\"");
    Error::new(Code::PreconditionRequired, "Say which revision you are changing.").at(field)
}

impl FromRequest for IfMatch {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        // What is no text matches nothing, and is not the same as no header: where that is enough, it must not act.
        let value = request.headers().get(header::IF_MATCH);
        let value = value.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let admission = admission(request);
        Box::pin(async move {
            admission.await;
            value.map(Self).ok_or_else(required)
        })
    }
}
