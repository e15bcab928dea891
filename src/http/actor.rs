//! Who is asking. A handler says by the type of an argument whom it serves.
//!
//! A bad token is never better than none: a request that carries one is refused, also where none is needed.

use crate::error::{Code, Error, Result};
use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, http::header, web::Data};
use futures_util::future::LocalBoxFuture;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use utoipa::ToSchema;
use uuid::Uuid;

/// What an account may do. Each includes what a reader may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Comments.
    Reader,
    /// Writes articles and answers with a badge.
    Coach,
    /// Decides what is shown.
    Moderator,
    /// Everything, and who has which role.
    Admin,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Reader, Self::Coach, Self::Moderator, Self::Admin];

    /// Its name in the database, in tokens and in documents.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reader => "reader",
            Self::Coach => "coach",
            Self::Moderator => "moderator",
            Self::Admin => "admin",
        }
    }
}

impl TryFrom<String> for Role {
    type Error = anyhow::Error;

    fn try_from(name: String) -> anyhow::Result<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name).ok_or_else(|| anyhow::anyhow!("no such role: {name}"))
    }
}

/// Somebody with an account, whose session is alive at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub account_id: Uuid,
    /// The session that the token belongs to.
    pub session_id: Uuid,
    /// The role that the account has now, whatever the token says.
    pub role: Role,
}

/// What a request carries in `Authorization`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credentials {
    /// `Bearer …`: an access token (RFC 6750).
    Bearer(String),
    /// `Guest …`: the secret that a guest was given.
    Guest(String),
}

impl Credentials {
    /// Reads the header. Nothing where there is none.
    ///
    /// # Errors
    /// [`Code::Unauthenticated`] for a header that is not one of the two.
    pub fn of(request: &HttpRequest) -> Result<Option<Self>> {
        let mut headers = request.headers().get_all(header::AUTHORIZATION);
        let Some(value) = headers.next() else { return Ok(None) };
        let words = value.to_str().ok().and_then(|text| text.split_once(' '));
        match (words, headers.next()) {
            (Some((scheme, token)), None) if scheme.eq_ignore_ascii_case("bearer") => {
                Ok(Some(Self::Bearer(token.trim().into())))
            }
            (Some((scheme, token)), None) if scheme.eq_ignore_ascii_case("guest") => {
                Ok(Some(Self::Guest(token.trim().into())))
            }
            _ => Err(unauthenticated("The Authorization header is not one this server knows.")),
        }
    }
}

/// Turns an access token into the actor behind it. The room that knows sessions implements it.
pub trait Identify {
    /// The actor, if the token is good and its session is alive.
    fn identify(&self, token: String) -> LocalBoxFuture<'static, Result<Actor>>;
}

/// The error for a request without a good token.
#[must_use]
pub fn unauthenticated(detail: &'static str) -> Error {
    Error::new(Code::Unauthenticated, detail)
}

/// Anybody with an account.
#[derive(Debug, Clone)]
pub struct Member(pub Actor);

/// A coach, or an admin.
#[derive(Debug, Clone)]
pub struct Coach(pub Actor);

/// A moderator, or an admin.
#[derive(Debug, Clone)]
pub struct Moderator(pub Actor);

/// Anybody who may write in a thread: an account, a guest who was here before, or somebody new.
#[derive(Debug, Clone)]
pub enum Visitor {
    /// With an account.
    Member(Actor),
    /// With the secret of a guest. It has not been checked yet: only the room that made it can.
    Guest(String),
    /// With nothing.
    Anonymous,
}

/// Opens when the actor has been let in.
#[derive(Clone)]
struct Gate(watch::Receiver<bool>);

/// Waits until the actor has been let in, where the handler names one before. What is wrong with a body or a header is
/// only told to those who may send it.
pub(super) fn admission(request: &HttpRequest) -> impl Future<Output = ()> + use<> {
    let gate = request.extensions().get::<Gate>().cloned();
    async move {
        if let Some(Gate(mut gate)) = gate {
            // Closed means turned away, and then nobody reads what comes of waiting.
            let _ = gate.wait_for(|open| *open).await;
        }
    }
}

/// Identifies whoever asks, and lets in whom `check` accepts.
fn admit<T>(
    request: &HttpRequest,
    check: impl FnOnce(Visitor) -> Result<T> + 'static,
) -> LocalBoxFuture<'static, Result<T>> {
    let credentials = Credentials::of(request);
    let identify = request.app_data::<Data<dyn Identify>>().cloned();
    let (open, gate) = watch::channel(false);
    request.extensions_mut().insert(Gate(gate));
    Box::pin(async move {
        let visitor = match (credentials?, identify) {
            (None, _) => Visitor::Anonymous,
            (Some(Credentials::Guest(secret)), _) => Visitor::Guest(secret),
            (Some(Credentials::Bearer(token)), Some(identify)) => Visitor::Member(identify.identify(token).await?),
            (Some(Credentials::Bearer(_)), None) => {
                return Err(Error::internal(anyhow::anyhow!("nobody identifies actors")));
            }
        };
        let admitted = check(visitor)?;
        open.send_replace(true);
        Ok(admitted)
    })
}

fn member(visitor: Visitor) -> Result<Actor> {
    match visitor {
        Visitor::Member(actor) => Ok(actor),
        Visitor::Guest(_) | Visitor::Anonymous => Err(unauthenticated("Sign in first.")),
    }
}

/// A member with this role, or an admin.
fn with_role(visitor: Visitor, role: Role) -> Result<Actor> {
    let actor = member(visitor)?;
    if actor.role == role || actor.role == Role::Admin {
        Ok(actor)
    } else {
        Err(Error::new(Code::Forbidden, "Your role does not allow this."))
    }
}

impl FromRequest for Visitor {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        admit(request, Ok)
    }
}

impl FromRequest for Member {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        admit(request, |visitor| member(visitor).map(Self))
    }
}

impl FromRequest for Coach {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        admit(request, |visitor| with_role(visitor, Role::Coach).map(Self))
    }
}

impl FromRequest for Moderator {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        admit(request, |visitor| with_role(visitor, Role::Moderator).map(Self))
    }
}
