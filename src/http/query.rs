//! Reading query parameters, so that every refusal names the parameter.

use super::actor::admission;
use crate::error::{Code, Error, Field, Result};
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use chrono::{DateTime, Datelike, Utc};
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use std::borrow::Cow;

/// The query's parameters. An unknown one, one with a wrong form and a missing one are refused by name.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Query<T> {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (query, admission) = (parse(request.query_string()), admission(request));
        Box::pin(async move {
            admission.await;
            query.map(Self)
        })
    }
}

/// Whether a time's year has the four digits that RFC 3339 gives it. What reads times takes more, also those of long before
/// Postgres can compare with.
#[must_use]
pub fn has_plain_year(at: DateTime<Utc>) -> bool {
    (0..=9999).contains(&at.year())
}

/// Checks parameters that are times.
///
/// # Errors
/// [`Code::BadRequest`] naming the first whose year is not one of 0000 to 9999.
pub fn check_times<const N: usize>(times: [(&str, Option<DateTime<Utc>>); N]) -> Result<()> {
    let odd = times.into_iter().find(|(_, at)| at.is_some_and(|at| !has_plain_year(at)));
    let Some((name, _)) = odd else { return Ok(()) };
    let field = Field::parameter(name, "out_of_range", "must be a time of the years 0000 to 9999");
    Err(Error::new(Code::BadRequest, "A query parameter is not acceptable.").at(field))
}

fn parse<T: DeserializeOwned>(query: &str) -> Result<T> {
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    serde_path_to_error::deserialize(pairs).map_err(|failed| {
        let (path, said) = (failed.path().to_string(), failed.inner().to_string());
        // Serde knows the path of a value that is malformed, and quotes the name of one that is unknown or missing.
        let quoted = said.split('`').nth(1).map(str::to_owned);
        let name = if said.starts_with("unknown field") || path == "." { quoted } else { Some(path) };
        let refused = Error::new(Code::BadRequest, "A query parameter is not acceptable.");
        match name {
            Some(name) => refused.at(Field::parameter(&name, "malformed", Cow::Owned(said))),
            None => refused,
        }
    })
}
