//! Everybody who looks.

use crate::{
    private_threads::{bearer, verified_guest},
    world::{Person, World},
};
use colloquy::http::permission::Scope;

/// Where accounts find themselves; and how services, that are nobody, are told so apart from tokens that are good no more.
const ACCOUNT: (&str, u16) = ("/v1/accounts/me", 200);
const SERVICE: (&str, u16) = ("/v1/accounts/me", 403);
const GUEST: (&str, u16) = ("/v1/guests/me", 200);
const NOBODY: (&str, u16) = ("/v1/accounts/me", 401);

/// Somebody who looks.
pub struct Looker {
    pub name: String,
    /// What they send as `Authorization`.
    pub authorization: Option<String>,
    /// What they are answered, and where, for as long as they are who they are.
    pub home: (&'static str, u16),
    /// Whether they decide what is shown.
    pub decides: bool,
}

impl Looker {
    fn new(name: &str, authorization: Option<String>, home: (&'static str, u16)) -> Self {
        Self { name: name.to_owned(), authorization, home, decides: false }
    }

    pub fn account(name: &str, person: &Person) -> Self {
        Self::new(name, Some(bearer(person)), ACCOUNT)
    }

    pub fn guest(name: &str, authorization: &str) -> Self {
        Self::new(name, Some(authorization.to_owned()), GUEST)
    }

    pub fn nobody() -> Self {
        Self::new("nobody", None, NOBODY)
    }

    fn deciding(self) -> Self {
        Self { decides: true, ..self }
    }
}

/// One of every kind, those first who may do least.
pub async fn lookers(w: &World, slug: &str, moderator: &Person) -> Vec<Looker> {
    let admin = w.admin("June").await;
    let guest = w.post_as_guest(slug, "Good evening.", None).await.expect(201);
    let mut lookers = vec![
        Looker::nobody(),
        Looker::guest("guest", &format!("Guest {}", guest["manage_token"].as_str().unwrap())),
        Looker::guest("verified guest", &verified_guest(w, slug, "Gwen").await.authorization),
        Looker::account("reader", &w.reader("Robin").await),
        Looker::account("coach", &w.coach("Marit").await),
    ];
    for scope in Scope::ALL {
        let token = w.service(&admin, &[scope.as_str()]).await.1;
        let looker = Looker::new(scope.as_str(), Some(format!("Bearer {token}")), SERVICE);
        lookers.push(if scope == Scope::Moderation { looker.deciding() } else { looker });
    }
    lookers.extend([Looker::account("moderator", moderator).deciding(), Looker::account("admin", &admin).deciding()]);
    lookers
}

/// One of every kind who comes when the others have gone.
pub async fn newcomers(w: &World) -> Vec<Looker> {
    vec![
        Looker::nobody(),
        Looker::account("reader", &w.reader("Nico").await),
        Looker::account("coach", &w.coach("Nora").await),
        Looker::account("moderator", &w.moderator("Nadia").await).deciding(),
        Looker::account("admin", &w.admin("Nils").await).deciding(),
    ]
}
