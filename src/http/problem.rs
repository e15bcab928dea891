//! Problem documents (RFC 9457): the only place that knows which status a code has.

use super::rate_limit;
use crate::error::{Code, Error, Field};
use actix_web::{
    HttpRequest, HttpResponse, ResponseError,
    http::{StatusCode, header},
    web::PathConfig,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The media type of a problem document.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// A problem document (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// A page of this server that explains the code.
    #[serde(rename = "type")]
    #[schema(example = "/problems/validation")]
    pub kind: String,
    /// The code in words, the same for every occurrence.
    pub title: &'static str,
    /// The HTTP status.
    #[schema(example = 422)]
    pub status: u16,
    /// Which of the closed list.
    pub code: Code,
    /// This occurrence, for the client's developer.
    pub detail: String,
    /// The values that were not acceptable, each with its place in the request.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Field>,
    /// Your comment that is in the way, for `duplicate_comment`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment_id: Option<Uuid>,
}

/// The status of a code.
#[must_use]
pub const fn status(code: Code) -> StatusCode {
    match code {
        Code::BadRequest | Code::BadCursor => StatusCode::BAD_REQUEST,
        Code::Unauthenticated | Code::BadCredentials | Code::BadRefreshToken | Code::OneTimeCodeRequired => {
            StatusCode::UNAUTHORIZED
        }
        Code::Forbidden
        | Code::SecondFactorRequired
        | Code::RecentLogInRequired
        | Code::Banned
        | Code::Muted
        | Code::AddressUnverified
        | Code::CommentsClosed
        | Code::GuestsNotAllowed
        | Code::ChallengeRequired => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Code::DuplicateComment
        | Code::ThreadLocked
        | Code::EditWindowClosed
        | Code::TooManyPins
        | Code::SlugTaken
        | Code::Conflict
        | Code::IdempotencyKeyInFlight => StatusCode::CONFLICT,
        Code::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
        Code::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::Validation
        | Code::BadCode
        | Code::ParentElsewhere
        | Code::ChallengeFailed
        | Code::Rephrase
        | Code::IdempotencyKeyReused => StatusCode::UNPROCESSABLE_ENTITY,
        Code::PreconditionRequired => StatusCode::PRECONDITION_REQUIRED,
        Code::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// The code in words.
#[must_use]
pub const fn title(code: Code) -> &'static str {
    match code {
        Code::BadRequest => "Bad request",
        Code::BadCursor => "Bad cursor",
        Code::Validation => "Some fields are not acceptable",
        Code::Unauthenticated => "Not signed in",
        Code::BadCredentials => "E-mail and password do not match",
        Code::BadCode => "The code is not valid",
        Code::BadRefreshToken => "The refresh token is not valid",
        Code::OneTimeCodeRequired => "A code of the second factor is needed",
        Code::Forbidden => "Not allowed",
        Code::SecondFactorRequired => "A second factor is needed",
        Code::RecentLogInRequired => "Log in again first",
        Code::Banned => "The account is banned",
        Code::NotFound => "Not found",
        Code::MethodNotAllowed => "Method not allowed",
        Code::UnsupportedMediaType => "Unsupported media type",
        Code::BodyTooLarge => "Body too large",
        Code::CommentsClosed => "Comments are closed",
        Code::GuestsNotAllowed => "Guests cannot comment here",
        Code::ParentElsewhere => "No such parent comment",
        Code::ChallengeRequired => "A challenge is to be met first",
        Code::ChallengeFailed => "The challenge is not met",
        Code::DuplicateComment => "Said before",
        Code::Rephrase => "Better said otherwise",
        Code::Muted => "You may not write for a while",
        Code::AddressUnverified => "Confirm your address first",
        Code::ThreadLocked => "The conversation is locked",
        Code::EditWindowClosed => "Too late to change it",
        Code::TooManyPins => "Too many pinned comments",
        Code::SlugTaken => "Slug taken",
        Code::Conflict => "Conflict with the present state",
        Code::PreconditionFailed => "Changed in the meantime",
        Code::PreconditionRequired => "If-Match required",
        Code::IdempotencyKeyReused => "Idempotency key used before",
        Code::IdempotencyKeyInFlight => "Still being worked on",
        Code::TooManyRequests => "Too many requests",
        Code::Unavailable => "Try again shortly",
        Code::Internal => "Our fault",
    }
}

/// What a code means, for the page that its `type` leads to.
#[must_use]
pub const fn explanation(code: Code) -> &'static str {
    match code {
        Code::BadRequest => "The request is not valid HTTP or JSON, or a parameter has the wrong form.",
        Code::BadCursor => "A cursor is damaged, or was made for another list, sort or filter.",
        Code::Validation => "Fields are well-formed but not acceptable; errors names each.",
        Code::Unauthenticated => "There is no token, or it is not valid any more.",
        Code::BadCredentials => "E-mail and password do not belong together.",
        Code::BadCode => "A one-time code is wrong, used or expired.",
        Code::BadRefreshToken => {
            "A refresh token is wrong, expired, or was used before; in the last case its session has ended."
        }
        Code::OneTimeCodeRequired => {
            "The password is right; send it again with one_time_code: a code of the authenticator app, or a recovery code."
        }
        Code::Forbidden => "The actor is known but may not do this.",
        Code::SecondFactorRequired => {
            "The account's role acts only in sessions that have shown a second factor; until then it acts as a reader."
        }
        Code::RecentLogInRequired => "This is done only within minutes after a log-in: log in again, then repeat it.",
        Code::Banned => "The account may not be used, for a while or for good.",
        Code::NotFound => "There is nothing here, or nothing that you may see.",
        Code::MethodNotAllowed => "The path exists, but not with this method.",
        Code::UnsupportedMediaType => "The body has a media type that is not JSON.",
        Code::BodyTooLarge => "The body is larger than the server reads.",
        Code::CommentsClosed => "The article takes no more comments.",
        Code::GuestsNotAllowed => "The article takes no comments from guests.",
        Code::ParentElsewhere => "The parent comment does not exist on this article.",
        Code::ChallengeRequired => {
            "Many new guests have come from this network: get a challenge from POST /v1/challenges, find its nonce, and send both as challenge."
        }
        Code::ChallengeFailed => {
            "What was sent for a challenge is wrong, too early, expired, used, or of no challenge of this server; errors says which. Get another one."
        }
        Code::DuplicateComment => {
            "The same person posted the same text in the same place within a day; comment_id names it, if you have shown that it is yours."
        }
        Code::Rephrase => {
            "Something in the text is better said otherwise; errors says what. Nothing was kept. Sent again with as_is it is taken; a moderator may look at it first."
        }
        Code::Muted => "The person may not write for a while; detail says until when and why.",
        Code::AddressUnverified => {
            "A guest must first show that the e-mail address is theirs, by the code that was sent there: POST /v1/guests/confirmations. A guest without an address needs an account."
        }
        Code::ThreadLocked => "Nobody but staff may answer this comment, or what is below it.",
        Code::EditWindowClosed => "The comment can no longer be changed; deleting it is always possible.",
        Code::TooManyPins => "As many comments are pinned under the article as can be.",
        Code::SlugTaken => "The slug belongs, or once belonged, to another article.",
        Code::Conflict => "Somebody else changed it, or it is not in the state that this asks for.",
        Code::PreconditionFailed => "If-Match names a revision that is not the present one.",
        Code::PreconditionRequired => "If-Match is required here.",
        Code::IdempotencyKeyReused => "The Idempotency-Key was used with another request before.",
        Code::IdempotencyKeyInFlight => "A request with this Idempotency-Key is still being worked on.",
        Code::TooManyRequests => "More than is allowed in a while; there is room again after Retry-After.",
        Code::Unavailable => "The database is away or the server has too much to do; try again after Retry-After.",
        Code::Internal => "A fault of ours. It has been logged.",
    }
}

/// A code as it stands in a document: `bad_request`.
#[must_use]
pub fn name(code: Code) -> String {
    serde_json::to_value(code).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The logged part of a failed request, kept beside the response for the request's one log line.
#[derive(Debug, Clone)]
pub struct Cause(pub String);

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        status(self.code)
    }

    fn error_response(&self) -> HttpResponse {
        let status = status(self.code);
        let mut response = HttpResponse::build(status);
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        match self.code {
            _ if self.retry_after.is_some() => {
                response.insert_header((header::RETRY_AFTER, self.retry_after.unwrap_or_default()))
            }
            Code::Unavailable => response.insert_header((header::RETRY_AFTER, "2")),
            Code::IdempotencyKeyInFlight => response.insert_header((header::RETRY_AFTER, "1")),
            // RFC 9110 §15.5.2 wants a challenge with every 401.
            Code::Unauthenticated | Code::BadCredentials | Code::BadRefreshToken | Code::OneTimeCodeRequired => {
                response.insert_header((header::WWW_AUTHENTICATE, "Bearer"))
            }
            _ => &mut response,
        };
        rate_limit::say(&mut response, self.quota.as_ref());
        let problem = Problem {
            kind: format!("/problems/{}", name(self.code)),
            title: title(self.code),
            status: status.as_u16(),
            code: self.code,
            detail: self.detail.clone().into_owned(),
            errors: self.fields.clone(),
            comment_id: self.comment_id,
        };
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = response.content_type(MEDIA_TYPE).body(body);
        if let Some(cause) = &self.cause {
            response.extensions_mut().insert(Cause(format!("{cause:#}")));
        }
        response
    }
}

/// An id in a path that is no id: there is nothing there.
#[must_use]
pub fn path() -> PathConfig {
    PathConfig::default().error_handler(|_, _| Error::not_found().into())
}

/// Methods of every path of the API, to tell a wrong method from a wrong path.
#[derive(Debug, Clone, Default)]
pub struct Methods(Vec<(actix_web::dev::ResourceDef, Vec<&'static str>)>);

impl Methods {
    /// Reads them from the OpenAPI document.
    #[must_use]
    pub fn of(api: &utoipa::openapi::OpenApi) -> Self {
        let paths = api.paths.paths.iter().map(|(path, item)| {
            let operations = [
                ("GET", &item.get),
                ("POST", &item.post),
                ("PUT", &item.put),
                ("PATCH", &item.patch),
                ("DELETE", &item.delete),
            ];
            let mut methods: Vec<_> =
                operations.into_iter().filter(|(_, operation)| operation.is_some()).map(|(name, _)| name).collect();
            if item.get.is_some() {
                methods.push("HEAD");
            }
            (actix_web::dev::ResourceDef::new(path.as_str()), methods)
        });
        Self(paths.collect())
    }

    /// What no operation answers: 405 with `Allow` where the path has other methods, else 404.
    #[must_use]
    pub fn refuse(&self, request: &HttpRequest) -> HttpResponse {
        let allowed: Vec<_> = self
            .0
            .iter()
            .filter(|(path, _)| path.is_match(request.path()))
            .flat_map(|(_, methods)| methods)
            .copied()
            .collect();
        if allowed.is_empty() {
            return Error::not_found().error_response();
        }
        let mut response =
            Error::new(Code::MethodNotAllowed, "This path does not answer to that method.").error_response();
        if let Ok(value) = header::HeaderValue::from_str(&allowed.join(", ")) {
            response.headers_mut().insert(header::ALLOW, value);
        }
        response
    }
}
