//! Reading query parameters, so that every refusal names the parameter.

use super::actor::admission;
use crate::error::{Code, Error, Field, Result};
use actix_web::{FromRequest, HttpRequest, dev::Payload};
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
