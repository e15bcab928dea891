//! The one error of the crate: a closed list of codes. It knows nothing of HTTP; `http::problem` renders it.

use diesel::result::{DatabaseErrorKind, Error as Db};
use std::borrow::Cow;
use uuid::Uuid;

/// What every fallible function of the server returns.
pub type Result<T> = std::result::Result<T, Error>;

/// Every way a request can fail. A client may rely on the code; the words around it may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The request is not valid HTTP or JSON, or a parameter has the wrong form.
    BadRequest,
    /// A cursor is damaged, or was made for another list, sort or filter.
    BadCursor,
    /// Fields are well-formed but not acceptable; `errors` names each.
    Validation,
    /// There is no token, or it is not valid any more.
    Unauthenticated,
    /// E-mail and password do not belong together.
    BadCredentials,
    /// A one-time code is wrong, used or expired.
    BadCode,
    /// A refresh token is wrong, expired, or was used before; in the last case its session has ended.
    BadRefreshToken,
    /// The password is right, and a code of the second factor is needed too.
    OneTimeCodeRequired,
    /// The actor is known but may not do this.
    Forbidden,
    /// The actor's role acts only in a session that has shown a second factor.
    SecondFactorRequired,
    /// This is done only shortly after the person has logged in.
    RecentLogInRequired,
    /// The account may not be used, for a while or for good.
    Banned,
    /// There is nothing here, or nothing that you may see.
    NotFound,
    /// The path exists, but not with this method.
    MethodNotAllowed,
    /// The body has a media type that is not JSON.
    UnsupportedMediaType,
    /// The body is larger than the server reads.
    BodyTooLarge,
    /// The article takes no more comments.
    CommentsClosed,
    /// The article takes no comments from guests.
    GuestsNotAllowed,
    /// The parent comment does not exist on this article.
    ParentElsewhere,
    /// A new guest's client is asked to do some work first.
    ChallengeRequired,
    /// What was sent for a challenge is wrong, too early, expired, used, or of no challenge of ours.
    ChallengeFailed,
    /// The same was posted in the same place shortly before.
    DuplicateComment,
    /// Something in the text is better said otherwise; `errors` names what. It is taken with `as_is`, and then looked at first.
    Rephrase,
    /// The person may not write for a while.
    Muted,
    /// A guest must first confirm that the address is theirs.
    AddressUnverified,
    /// Nobody but staff may answer this comment, or what is below it.
    ThreadLocked,
    /// The comment can no longer be changed; deleting it is always possible.
    EditWindowClosed,
    /// As many comments are pinned under the article as can be.
    TooManyPins,
    /// The slug belongs, or once belonged, to another article.
    SlugTaken,
    /// Somebody else changed it, or it is not in the state that this asks for.
    Conflict,
    /// `If-Match` names a revision that is not the present one.
    PreconditionFailed,
    /// `If-Match` is required here.
    PreconditionRequired,
    /// The `Idempotency-Key` was used with another request before.
    IdempotencyKeyReused,
    /// A request with this `Idempotency-Key` is still being worked on.
    IdempotencyKeyInFlight,
    /// More than is allowed in a while; try again after `Retry-After`.
    TooManyRequests,
    /// The database is away or the server has too much to do; try again after `Retry-After`.
    Unavailable,
    /// A fault of ours. It has been logged.
    Internal,
}

impl Code {
    /// The closed list, in the order of the documentation.
    pub const ALL: &[Self] = &[
        Self::BadRequest,
        Self::BadCursor,
        Self::Validation,
        Self::Unauthenticated,
        Self::BadCredentials,
        Self::BadCode,
        Self::BadRefreshToken,
        Self::OneTimeCodeRequired,
        Self::Forbidden,
        Self::SecondFactorRequired,
        Self::RecentLogInRequired,
        Self::Banned,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::UnsupportedMediaType,
        Self::BodyTooLarge,
        Self::CommentsClosed,
        Self::GuestsNotAllowed,
        Self::ParentElsewhere,
        Self::ChallengeRequired,
        Self::ChallengeFailed,
        Self::DuplicateComment,
        Self::Rephrase,
        Self::Muted,
        Self::AddressUnverified,
        Self::ThreadLocked,
        Self::EditWindowClosed,
        Self::TooManyPins,
        Self::SlugTaken,
        Self::Conflict,
        Self::PreconditionFailed,
        Self::PreconditionRequired,
        Self::IdempotencyKeyReused,
        Self::IdempotencyKeyInFlight,
        Self::TooManyRequests,
        Self::Unavailable,
        Self::Internal,
    ];
}

/// Where in the request a value was not acceptable.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A JSON Pointer (RFC 6901) into the body, as a URI fragment: `#/guest/name`.
    Pointer(String),
    /// The name of a query or path parameter.
    Parameter(String),
    /// The name of a header.
    Header(String),
}

/// One value that was not acceptable, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Field {
    /// Where it stood.
    #[serde(flatten)]
    pub place: Place,
    /// What is wrong with it, for programs: `blank`, `too_long`, …
    pub code: Cow<'static, str>,
    /// The same for people.
    pub detail: Cow<'static, str>,
}

impl Field {
    /// A field of the body, by its JSON Pointer without the `#`: `/body`.
    pub fn body(pointer: &str, code: impl Into<Cow<'static, str>>, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { place: Place::Pointer(format!("#{pointer}")), code: code.into(), detail: detail.into() }
    }

    /// The same inside a larger body, at a JSON Pointer: `/rule`.
    pub fn move_into(&mut self, pointer: &str) {
        if let Place::Pointer(place) = &mut self.place {
            *place = format!("#{pointer}{}", place.trim_start_matches('#'));
        }
    }

    /// A query or path parameter.
    pub fn parameter(name: &str, code: impl Into<Cow<'static, str>>, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { place: Place::Parameter(name.into()), code: code.into(), detail: detail.into() }
    }

    /// A header.
    pub fn header(name: &str, code: impl Into<Cow<'static, str>>, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { place: Place::Header(name.into()), code: code.into(), detail: detail.into() }
    }
}

/// What is left of a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// The limit's name.
    pub limit: &'static str,
    /// How often in a row, when nothing was done for a while.
    pub burst: u32,
    /// Seconds in which a whole burst is allowed again.
    pub window: u32,
    /// How often now.
    pub remaining: u32,
    /// Seconds after which it is once more than that.
    pub reset: u32,
}

/// A failed request. `detail` and `fields` are said to the client, `cause` is only logged.
#[derive(Debug, thiserror::Error)]
#[error("{code:?}: {detail}")]
pub struct Error {
    /// Which of the closed list.
    pub code: Code,
    /// One sentence for the client's developer; holds no internals.
    pub detail: Cow<'static, str>,
    /// The values that were not acceptable.
    pub fields: Vec<Field>,
    /// Seconds after which to try again, where that is known.
    pub retry_after: Option<u32>,
    /// The limit that refused it.
    pub quota: Option<Quota>,
    /// The comment that is in the way; only whoever wrote it is told.
    pub comment_id: Option<Uuid>,
    /// What went wrong underneath; logged, never sent.
    #[source]
    pub cause: Option<anyhow::Error>,
}

impl Error {
    /// An error that the client can understand and mend.
    pub fn new(code: Code, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code,
            detail: detail.into(),
            fields: Vec::new(),
            retry_after: None,
            quota: None,
            comment_id: None,
            cause: None,
        }
    }

    /// The same, naming one value.
    #[must_use]
    pub fn at(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    /// Fields that are well-formed but not acceptable (422).
    #[must_use]
    pub fn validation(fields: Vec<Field>) -> Self {
        Self { fields, ..Self::new(Code::Validation, "Some fields are not acceptable.") }
    }

    /// The same answer for what does not exist and what the actor may not see.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(Code::NotFound, "There is nothing here.")
    }

    /// A fault of ours.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self { cause: Some(cause.into()), ..Self::new(Code::Internal, "Something went wrong on our side.") }
    }

    /// More than is allowed; there is room again after this many seconds.
    #[must_use]
    pub fn too_many(retry_after: u32) -> Self {
        let detail = "That was too often; try again later.";
        Self { retry_after: Some(retry_after), ..Self::new(Code::TooManyRequests, detail) }
    }

    /// More than a limit allows.
    #[must_use]
    pub fn over(quota: Quota) -> Self {
        Self { quota: Some(quota), ..Self::too_many(quota.reset) }
    }

    /// The same, told to another who asked for the same.
    #[must_use]
    pub fn again(&self) -> Self {
        Self {
            code: self.code,
            detail: self.detail.clone(),
            fields: self.fields.clone(),
            retry_after: self.retry_after,
            quota: self.quota,
            comment_id: self.comment_id,
            cause: self.cause.as_ref().map(|cause| anyhow::anyhow!("{cause:#}")),
        }
    }

    /// Whether somebody else was in the way: a lock or statement took too long, or two waited for each other.
    #[must_use]
    pub fn is_contention(&self) -> bool {
        let cause = self.cause.as_ref().and_then(|cause| cause.downcast_ref::<Db>());
        let Some(Db::DatabaseError(_, info)) = cause else { return false };
        ["canceling statement due to lock timeout", "canceling statement due to statement timeout", "deadlock detected"]
            .contains(&info.message())
    }

    /// The database is away, or there is too much to do.
    pub fn unavailable(cause: impl Into<anyhow::Error>) -> Self {
        Self {
            cause: Some(cause.into()),
            ..Self::new(Code::Unavailable, "The service is busy or its database is away; try again shortly.")
        }
    }
}

impl From<Db> for Error {
    fn from(error: Db) -> Self {
        match error {
            Db::NotFound => Self::not_found(),
            Db::BrokenTransactionManager
            | Db::DatabaseError(DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::SerializationFailure, _) => {
                Self::unavailable(error)
            }
            // Statement and lock time-outs, a server that is starting or stopping, too many connections:
            // diesel has no kind for them, and the SQLSTATE is not to be had, so the (untranslated) words decide.
            Db::DatabaseError(_, ref info) if passes_by_itself(info.message()) => Self::unavailable(error),
            error => Self::internal(error),
        }
    }
}

fn passes_by_itself(message: &str) -> bool {
    [
        "canceling statement due to",
        "deadlock detected",
        "the database system is",
        "terminating connection",
        "too many clients",
        "remaining connection slots",
        "connection closed",
        "error communicating with the server",
    ]
    .iter()
    .any(|known| message.contains(known))
}

/// Turns a named constraint into a code; every other failure passes through.
pub trait OnConstraint<T> {
    /// When the constraint `name` was violated, the answer is `error()` instead.
    ///
    /// # Errors
    /// The given error, or whatever else went wrong.
    fn on_constraint(self, name: &str, error: impl FnOnce() -> Error) -> Result<T>;
}

impl<T> OnConstraint<T> for Result<T> {
    fn on_constraint(self, name: &str, error: impl FnOnce() -> Error) -> Self {
        self.map_err(|failed| {
            let violated =
                failed.cause.as_ref().and_then(|cause| cause.downcast_ref::<Db>()).is_some_and(|db| violates(db, name));
            if violated { error() } else { failed }
        })
    }
}

impl<T> OnConstraint<T> for diesel::QueryResult<T> {
    fn on_constraint(self, name: &str, error: impl FnOnce() -> Error) -> Result<T> {
        self.map_err(|failed| if violates(&failed, name) { error() } else { failed.into() })
    }
}

fn violates(error: &Db, constraint: &str) -> bool {
    matches!(error, Db::DatabaseError(_, info) if info.constraint_name() == Some(constraint))
}
