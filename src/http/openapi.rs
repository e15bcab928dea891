//! The base of the OpenAPI document, and what every operation has in common.

use super::problem::{MEDIA_TYPE, Problem};
use crate::error::{Code, Field, Place};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        self, ContentBuilder, Ref, RefOr, ResponseBuilder,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

/// Title, shared schemas, ways to authenticate.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Colloquy",
        description = "A headless content and comment API: a publication's articles and the threaded conversation under them. \
            Public reads are the same bytes for everybody and ignore `Authorization`. Every failure is a problem document (RFC 9457)."
    ),
    components(schemas(Problem, Code, Field, Place)),
    modifiers(&Shared)
)]
pub struct Base;

/// Adds to the document what holds for every operation.
pub struct Shared;

impl Modify for Shared {
    fn modify(&self, api: &mut openapi::OpenApi) {
        let components = api.components.get_or_insert_default();
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .description(Some("An access token from `POST /v1/sessions`."))
            .build();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        let guest = ApiKeyValue::with_description(
            "Authorization",
            "`Guest <manage_token>`, as a guest got it with the first comment.",
        );
        components.add_security_scheme("guest", SecurityScheme::ApiKey(ApiKey::Header(guest)));
    }
}

/// Declares on every operation that it may answer with a problem document; handlers list only what they add.
pub fn declare_problems(api: &mut openapi::OpenApi) {
    let body = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let problem =
        ResponseBuilder::new().description("A problem document; see `code`.").content(MEDIA_TYPE, body).build();
    for item in api.paths.paths.values_mut() {
        for operation in
            [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten()
        {
            operation.responses.responses.entry("default".into()).or_insert_with(|| RefOr::T(problem.clone()));
        }
    }
}
