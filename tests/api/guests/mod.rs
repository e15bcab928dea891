//! People without an account, and their addresses.

mod claim_guest;
mod confirm_guest;
mod edit_guest;
mod flooding;
mod get_guest;
mod introduce_guest;
mod list_guest_comments;
mod names;
mod own;

use crate::world::{World, id};
use colloquy::{comments, db::schema::comments as rows};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

/// What a guest with this address writes; never the same twice.
fn body(w: &World, email: &str) -> Value {
    let text = format!("My mother's name was Orlaith. ({})", w.clock.id());
    json!({ "body": text, "guest": { "name": "Lantern", "email": email } })
}

/// Posts as a new guest with this address, from somewhere. Returns the guest.
async fn post(w: &World, slug: &str, email: &str, from: &str) -> Uuid {
    let request = w.request(Method::POST, &format!("/v1/articles/{slug}/comments")).from(from);
    let posted = request.json(&body(w, email)).send().await.expect(201);
    guest(w, &id(&posted)).await
}

async fn guest(w: &World, comment_id: &str) -> Uuid {
    let comment = rows::table.find(comment_id.parse::<Uuid>().unwrap()).select(rows::guest_id.assume_not_null());
    comment.first(&mut w.db.conn().await).await.unwrap()
}

/// The address to which the guest may be written.
async fn address(w: &World, guest: Uuid) -> Option<String> {
    comments::verified_guest_address(&mut w.db.conn().await, &w.secrets, guest).await.unwrap()
}
