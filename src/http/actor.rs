//! Who is asking. A handler says by the type of an argument whom it serves.
//!
//! A bad token is never better than none: a request that carries one is refused, also where none is needed.

use super::permission::{Permission, Role, Scope};
use crate::{
    clock::Clock,
    error::{Code, Error, Result},
};
use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, http::header, web::Data};
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::LocalBoxFuture;
use tokio::sync::watch;
use uuid::Uuid;

/// An account whose token is good at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub account_id: Uuid,
    /// The session that the token belongs to; none for a service and for tokens of another issuer.
    pub session_id: Option<Uuid>,
    /// The role in which it acts now, whatever the token says.
    pub role: Role,
    /// The role that the account has, where it does not act because a second factor has not been shown.
    pub withheld: Option<Role>,
    /// What a service token is good for; empty for people.
    pub scopes: Vec<Scope>,
    /// When the person behind it last gave the password, or a code of the second factor.
    pub proven_at: DateTime<Utc>,
}

/// How long after a log-in what is grave may be done without another one.
pub const RECENT: TimeDelta = TimeDelta::minutes(15);

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

/// Anybody with an account of their own.
#[derive(Debug, Clone)]
pub struct Member(pub Actor);

/// Anybody with an account of their own who proved within [`RECENT`] who they are (ASVS 7.5.1).
#[derive(Debug, Clone)]
pub struct RecentMember(pub Actor);

/// Who may see drafts.
#[derive(Debug, Clone)]
pub struct DraftReader(pub Actor);

/// Who may write articles.
#[derive(Debug, Clone)]
pub struct Editor(pub Actor);

/// Who may put comments in the light.
#[derive(Debug, Clone)]
pub struct Curator(pub Actor);

/// Who may answer an alert.
#[derive(Debug, Clone)]
pub struct Responder(pub Actor);

/// Who may work at the coach desk.
#[derive(Debug, Clone)]
pub struct Coach(pub Actor);

/// Who may decide what is shown.
#[derive(Debug, Clone)]
pub struct Moderator(pub Actor);

/// Who may say who has which role.
#[derive(Debug, Clone)]
pub struct Admin(pub Actor);

/// An admin who proved within [`RECENT`] who they are.
#[derive(Debug, Clone)]
pub struct RecentAdmin(pub Actor);

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

/// An actor with this permission.
fn permit(visitor: Visitor, permission: Permission) -> Result<Actor> {
    let Visitor::Member(actor) = visitor else { return Err(unauthenticated("Sign in first.")) };
    permission.check(&actor)?;
    Ok(actor)
}

/// An actor with this permission who has lately proved who they are.
fn admit_recent<T: 'static>(
    request: &HttpRequest,
    permission: Permission,
    made: fn(Actor) -> T,
) -> LocalBoxFuture<'static, Result<T>> {
    let now = request.app_data::<Data<Clock>>().map(|clock| clock.now());
    admit(request, move |visitor| {
        let actor = permit(visitor, permission)?;
        if now.is_some_and(|now| now - actor.proven_at <= RECENT) {
            return Ok(made(actor));
        }
        Err(Error::new(Code::RecentLogInRequired, "Log in again, then repeat this within 15 minutes."))
    })
}

impl FromRequest for Visitor {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        admit(request, |visitor| {
            if let Self::Member(actor) = &visitor {
                Permission::TakePart.check(actor)?;
                if actor.withheld.is_some() {
                    // What it writes would carry the badge of a role that nobody has shown to be theirs.
                    let detail = "What you write would carry the badge of your role: show a second factor first.";
                    return Err(Error::new(Code::SecondFactorRequired, detail));
                }
            }
            Ok(visitor)
        })
    }
}

impl FromRequest for Member {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        admit(request, |visitor| permit(visitor, Permission::TakePart).map(Self))
    }
}

impl FromRequest for RecentMember {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        admit_recent(request, Permission::TakePart, Self)
    }
}

impl FromRequest for DraftReader {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        admit(request, |visitor| permit(visitor, Permission::ReadDrafts).map(Self))
    }
}

impl FromRequest for Editor {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        admit(request, |visitor| permit(visitor, Permission::WriteArticles).map(Self))
    }
}

impl FromRequest for Curator {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        admit(request, |visitor| permit(visitor, Permission::Curate).map(Self))
    }
}

impl FromRequest for Responder {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        admit(request, |visitor| permit(visitor, Permission::Respond).map(Self))
    }
}

impl FromRequest for Coach {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        admit(request, |visitor| permit(visitor, Permission::Coach).map(Self))
    }
}

impl FromRequest for Moderator {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        admit(request, |visitor| permit(visitor, Permission::Moderate).map(Self))
    }
}

impl FromRequest for Admin {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        admit(request, |visitor| permit(visitor, Permission::Administer).map(Self))
    }
}

impl FromRequest for RecentAdmin {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        admit_recent(request, Permission::Administer, Self)
    }
}
