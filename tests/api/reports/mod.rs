//! What readers report, and what becomes of it.

mod list_comment_reports;
mod list_reports;
mod report_comment;

use crate::world::{Person, Reply, World};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU16, Ordering};
use uuid::Uuid;

/// A report, by whoever has this authorization, from a network from which nothing came before.
async fn report(w: &World, authorization: &str, comment: &str, body: &Value) -> Reply {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let [high, low] = NEXT.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    report_from(w, &format!("198.18.{high}.{low}"), authorization, comment, body).await
}

/// The same from somewhere.
async fn report_from(w: &World, network: &str, authorization: &str, comment: &str, body: &Value) -> Reply {
    let request = w.request(Method::POST, &format!("/v1/comments/{comment}/reports")).from(network);
    request.header("authorization", authorization).json(body).send().await
}

fn bearer(person: &Person) -> String {
    format!("Bearer {}", person.access_token)
}

fn spam() -> Value {
    json!({ "reason": "spam" })
}

/// So many guests of an article, as they authorize themselves.
async fn guests(w: &World, slug: &str, count: usize) -> Vec<String> {
    let mut guests = Vec::new();
    for n in 0..count {
        let body = json!({ "name": format!("Reader {n}") });
        let introduced = w.post(&format!("/v1/articles/{slug}/guests"), &body).await.expect(201);
        guests.push(format!("Guest {}", introduced["manage_token"].as_str().unwrap()));
    }
    guests
}

/// How a comment stands in the queue: its state, its number of reports, its priority.
async fn queued(w: &World, comment: &str) -> Option<(String, i32, i16)> {
    use colloquy::db::schema::reviews;
    reviews::table
        .find(comment.parse::<Uuid>().unwrap())
        .select((reviews::state, reviews::reports, reviews::priority))
        .first(&mut w.db.conn().await)
        .await
        .optional()
        .unwrap()
}

/// What is stored of a comment: its status.
async fn status(w: &World, comment: &str) -> String {
    use colloquy::db::schema::comments;
    let comment = comments::table.find(comment.parse::<Uuid>().unwrap()).select(comments::status);
    comment.first(&mut w.db.conn().await).await.unwrap()
}
