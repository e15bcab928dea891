//! What one reader and the coaches let in say to each other.

mod accept_invitation;
mod admit_coach;
mod break_glass;
mod close_private_thread;
mod conversation;
mod decline_invitation;
mod delete_private_draft;
mod delete_private_message;
mod disclose_private_thread;
mod discreet_mails;
mod edit_private_message;
mod erase_private_thread;
mod forgetting;
mod get_opened_thread;
mod get_private_draft;
mod get_private_thread;
mod hand_over_thread;
mod invite_commenter;
mod leave_private_thread;
mod list_opened_messages;
mod list_private_messages;
mod list_private_threads;
mod list_waiting_threads;
mod mails;
mod mark_private_thread_read;
mod open_private_thread;
mod outsiders;
mod plans;
mod post_private_message;
mod races;
mod reopen_private_thread;
mod rotation;
mod save_private_draft;
mod succession;

use crate::world::{Person, Reply, World, code_in, id};
use reqwest::Method;
use serde_json::{Value, json};

/// A guest with a comment, who has shown that the address is theirs.
pub struct VerifiedGuest {
    pub authorization: String,
    pub email: String,
    pub comment: String,
}

/// What a person sends as `Authorization`.
pub fn bearer(person: &Person) -> String {
    format!("Bearer {}", person.access_token)
}

/// A request, as somebody.
pub async fn call(w: &World, by: &str, method: Method, path: &str, body: Option<Value>) -> Reply {
    let request = w.request(method, path).header("authorization", by);
    match body {
        Some(body) => request.json(&body).send().await,
        None => request.send().await,
    }
}

pub async fn get(w: &World, by: &str, path: &str) -> Reply {
    call(w, by, Method::GET, path, None).await
}

pub async fn post(w: &World, by: &str, path: &str, body: Value) -> Reply {
    call(w, by, Method::POST, path, Some(body)).await
}

/// The address of a thread, or of what hangs on it: `/messages`.
pub fn at(thread: &str, rest: &str) -> String {
    format!("/v1/private-threads/{thread}{rest}")
}

/// A guest who comments, and confirms the address.
pub async fn verified_guest(w: &World, slug: &str, name: &str) -> VerifiedGuest {
    let guest = commenting_guest(w, slug, name).await;
    confirm(w, &guest).await;
    guest
}

/// The guest shows that the address is theirs.
pub async fn confirm(w: &World, guest: &VerifiedGuest) {
    let code = code_in(&w.nth_mail_to(&guest.email, 0).await);
    w.post("/v1/guests/confirmations", &json!({ "code": code })).await.expect(204);
}

/// A comment of somebody with an account.
pub async fn comment_of(w: &World, person: &Person, slug: &str, text: &str) -> String {
    id(&w.post_as(&person.access_token, slug, &json!({ "body": text })).await.expect(201))
}

/// A guest who comments, and has not confirmed the address.
pub async fn commenting_guest(w: &World, slug: &str, name: &str) -> VerifiedGuest {
    guest_at(w, slug, name, &format!("{}@guests.example", name.to_lowercase())).await
}

/// The same, with an address.
pub async fn guest_at(w: &World, slug: &str, name: &str, email: &str) -> VerifiedGuest {
    let comment = json!({ "body": format!("I am {name}, and I do not know what to say to him."),
                          "guest": { "name": name, "email": email } });
    let posted = w.post(&format!("/v1/articles/{slug}/comments"), &comment).await.expect(201);
    let authorization = format!("Guest {}", posted["manage_token"].as_str().unwrap());
    VerifiedGuest { authorization, email: email.to_owned(), comment: id(&posted) }
}

/// A thread that a reader opens; it waits for a coach.
pub async fn opened(w: &World, by: &str) -> String {
    id(&post(w, by, "/v1/private-threads", json!({ "body": "I could not write this *there*." })).await.expect(201))
}

/// A thread that a reader opens and a coach takes.
pub async fn taken(w: &World, reader: &str, coach: &Person) -> String {
    let thread = opened(w, reader).await;
    post(w, &bearer(coach), &at(&thread, "/admission"), json!({})).await.expect(200);
    thread
}

/// A thread to which a coach invites the writer of a comment.
pub async fn invited(w: &World, coach: &Person, comment: &str) -> String {
    let path = format!("/v1/comments/{comment}/invitation");
    id(&post(w, &bearer(coach), &path, json!({ "body": "Shall we talk by ourselves?" })).await.expect(201))
}

/// Says something in a thread. Returns the message.
pub async fn say(w: &World, by: &str, thread: &str, text: &str) -> Value {
    post(w, by, &at(thread, "/messages"), json!({ "body": text })).await.expect(201)
}

/// What stands in a thread, the oldest first, as somebody sees it.
pub async fn said(w: &World, by: &str, thread: &str) -> Vec<String> {
    let page = get(w, by, &at(thread, "/messages?limit=100")).await.expect(200);
    let markdown = |message: &Value| message["body"]["markdown"].as_str().unwrap_or("–").to_owned();
    page["items"].as_array().unwrap().iter().rev().map(markdown).collect()
}

/// From now on somebody may not write.
pub async fn mute(w: &World, person: &Person) {
    let moderator = w.moderator("Mo").await;
    let sanction = json!({ "kind": "mute", "subject": { "account_id": person.id }, "reason": "abuse" });
    w.post_by(&moderator, "/v1/moderation/sanctions", &sanction).await.expect(201);
}

/// A reader and a coach in an open thread, which neither the comment nor the article says more of.
pub async fn pair(w: &World) -> (String, String, String) {
    let (ada, marit) = (w.reader("Ada").await, w.coach("Marit").await);
    let thread = taken(w, &bearer(&ada), &marit).await;
    (bearer(&ada), bearer(&marit), thread)
}

/// A guest's thread, taken by a coach, and an invitation by her: the guest has not shown that the address is theirs.
pub async fn unverified_pair(w: &World) -> (String, String) {
    let (slug, _) = w.open_article().await;
    let marit = w.coach("Marit").await;
    let guest = commenting_guest(w, &slug, "Lantern").await;
    let thread = invited(w, &marit, &guest.comment).await;
    (guest.authorization, thread)
}

/// How many threads and messages the database holds.
pub async fn stored(w: &World) -> (i64, i64) {
    use colloquy::db::schema::{private_messages, private_threads};
    use diesel::prelude::*;
    use diesel_async::RunQueryDsl;
    let conn = &mut w.db.conn().await;
    let threads = private_threads::table.count().get_result(conn).await.unwrap();
    (threads, private_messages::table.count().get_result(conn).await.unwrap())
}
