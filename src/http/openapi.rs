//! The base of the OpenAPI document, and what every operation has in common.

use super::{
    idempotency,
    problem::{MEDIA_TYPE, Problem},
};
use crate::error::{Code, Field, Place};
use serde_json::{Value, json};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        self, ContentBuilder, Ref, RefOr, ResponseBuilder,
        extensions::ExtensionsBuilder,
        path::{Operation, ParameterIn},
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
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

/// The member of an operation that lists the codes of its problems. A handler names those that are its own; those that
/// follow from what it takes are added.
pub const PROBLEMS: &str = "x-problems";

/// Declares on every operation with which problems it may answer.
pub fn declare_problems(api: &mut openapi::OpenApi) {
    for item in api.paths.paths.values_mut() {
        for operation in
            [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten()
        {
            declare(operation);
        }
    }
}

fn declare(operation: &mut Operation) {
    let codes = problems_of(operation);
    let names: Vec<&str> = codes.iter().filter_map(Value::as_str).collect();
    let body = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let description = format!("A problem document, whose `code` is one of {}.", names.join(", "));
    let problem = ResponseBuilder::new().description(description).content(MEDIA_TYPE, body).build();
    operation.responses.responses.entry("default".into()).or_insert_with(|| RefOr::T(problem));
    let list = ExtensionsBuilder::new().add(PROBLEMS, Value::Array(codes)).build();
    operation.extensions.get_or_insert_default().merge(list);
}

/// What the handler names itself, and what follows from what it takes.
fn problems_of(operation: &Operation) -> Vec<Value> {
    let own = operation.extensions.as_ref().and_then(|extensions| extensions.get(PROBLEMS));
    let own = own.and_then(Value::as_array).cloned().unwrap_or_default();
    let parameters = || {
        let listed = operation.parameters.iter().flatten();
        listed.filter_map(|parameter| if let RefOr::T(parameter) = parameter { Some(parameter) } else { None })
    };
    let takes = |place: ParameterIn, name: Option<&str>| {
        parameters().any(|one| one.parameter_in == place && name.is_none_or(|name| one.name == name))
    };
    let shows = |token: &SecurityRequirement| operation.security.iter().flatten().any(|one| one == token);
    let (body, secured) = (operation.request_body.is_some(), operation.security.is_some());
    let bearer = shows(&SecurityRequirement::new("bearer", [""; 0]));
    let follows = [
        (body, &[Code::BadRequest, Code::UnsupportedMediaType, Code::BodyTooLarge, Code::Validation][..]),
        (takes(ParameterIn::Path, None), &[Code::BadRequest, Code::NotFound]),
        (takes(ParameterIn::Query, None), &[Code::BadRequest]),
        (takes(ParameterIn::Query, Some("cursor")), &[Code::BadCursor]),
        (
            takes(ParameterIn::Header, Some("If-Match")),
            &[Code::BadRequest, Code::PreconditionRequired, Code::PreconditionFailed],
        ),
        (
            takes(ParameterIn::Header, Some(idempotency::HEADER)),
            &[Code::BadRequest, Code::IdempotencyKeyReused, Code::IdempotencyKeyInFlight],
        ),
        (secured, &[Code::Unauthenticated, Code::Forbidden]),
        (bearer, &[Code::Banned, Code::SecondFactorRequired]),
        // What is counted by the client: a server that passes requests on shows a token to say who that is.
        (own.contains(&json!(Code::TooManyRequests)), &[Code::Unauthenticated, Code::Forbidden]),
        (true, &[Code::Unavailable, Code::Internal]),
    ];
    let follows = follows
        .into_iter()
        .filter(|(so, _)| *so)
        .flat_map(|(_, codes)| codes)
        .filter_map(|code| serde_json::to_value(code).ok());
    let mut codes: Vec<Value> = Vec::new();
    for code in own.into_iter().chain(follows) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}
