//! Discreet mails to those who wrote a comment, and how they get no more.

mod answers;
mod approvals;
mod claiming;
mod discreet;
mod durable;
mod edit_notices;
mod get_notices;
mod get_unsubscription;
mod leaving;
mod unsubscribe;
mod waiting;

use crate::world::{Person, Reply, World, code_in, id};
use colloquy::{accounts::Email, db::schema::mails};
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use reqwest::Method;
use serde_json::{Value, json};

/// What a reader posts: the comment's id.
pub async fn ask(w: &World, person: &Person, slug: &str, parent: Option<&str>) -> String {
    id(&asked(w, person, slug, parent).await)
}

/// The answer to it, whatever the comment's status.
pub async fn asked(w: &World, person: &Person, slug: &str, parent: Option<&str>) -> Value {
    let text = format!("How do I say no? ({})", w.clock.id());
    w.post_as(&person.access_token, slug, &json!({ "body": text, "parent_id": parent })).await.expect(201)
}

/// A comment by a guest who confirmed this address: what was answered to them.
pub async fn guest_asks(w: &World, slug: &str, email: &str) -> Value {
    let posted = guest_with(w, slug, email).await;
    let code = code_in(&w.nth_mail_to(email, 0).await);
    w.post("/v1/guests/confirmations", &json!({ "code": code })).await.expect(204);
    posted
}

/// A comment by a guest who gave this address and has not confirmed it.
async fn guest_with(w: &World, slug: &str, email: &str) -> Value {
    let text = format!("How do I say no? ({})", w.clock.id());
    let body = json!({ "body": text, "guest": { "name": "Lantern", "email": email } });
    w.post(&format!("/v1/articles/{slug}/comments"), &body).await.expect(201)
}

/// Waits until all that happened was read by the one who tells of it.
pub async fn settled(w: &World) {
    w.until_read("notices").await;
}

/// Until this is dropped, nobody reads who tells of what happens.
async fn held_back(w: &World) -> AsyncPgConnection {
    settled(w).await;
    let mut conn = w.db.conn().await;
    conn.batch_execute("BEGIN; SELECT FROM event_readers WHERE name = 'notices' FOR UPDATE").await.unwrap();
    conn
}

/// The kinds of the notices that were written to an address, the oldest first, once all that happened was read.
pub async fn told(w: &World, email: &str) -> Vec<String> {
    settled(w).await;
    let hash = Email::parse(email).unwrap().hash(&w.secrets).unwrap();
    let notices = mails::table.filter(mails::to_hash.eq(hash).and(mails::kind.eq_any(["answer", "approval"])));
    notices.order(mails::id).select(mails::kind).load(&mut w.db.conn().await).await.unwrap()
}

/// A mail whose lines are whole again, in the body and in the header.
pub fn whole(mail: &str) -> String {
    mail.replace("\r\n", "\n").replace("=\n", "").replace("\n ", " ").replace("=3D", "=")
}

/// The token in the link by which one gets no more such mails.
pub fn token_in(mail: &str) -> String {
    let mail = whole(mail);
    let (_, token) = mail.split_once("/v1/unsubscriptions?token=").unwrap_or_else(|| panic!("no link in {mail}"));
    token.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-' && letter != '_').next().unwrap().into()
}

/// What a mail program sends.
pub async fn one_click(w: &World, token: &str) -> Reply {
    let request = w.request(Method::POST, &format!("/v1/unsubscriptions?token={token}"));
    request.raw("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click").send().await
}

pub async fn wishes(w: &World, person: &Person) -> Value {
    w.see(person, "/v1/accounts/me/notices").await.expect(200)
}

pub async fn wish(w: &World, person: &Person, wishes: Value) -> Reply {
    w.request(Method::PATCH, "/v1/accounts/me/notices").bearer(&person.access_token).json(&wishes).send().await
}
