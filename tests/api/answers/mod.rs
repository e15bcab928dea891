//! What helps coaches to answer, and answering.

mod answer_question;
mod create_saved_reply;
mod delete_answer_draft;
mod delete_saved_reply;
mod edit_saved_reply;
mod get_answer_draft;
mod get_saved_reply;
mod leaving;
mod list_answer_drafts;
mod list_saved_replies;
mod save_answer_draft;

use crate::world::{Person, Reply, World, id, until};
use reqwest::Method;
use serde_json::{Value, json};

/// A request by somebody.
async fn call(w: &World, by: &Person, method: Method, path: &str, body: &Value) -> Reply {
    let request = w.request(method, &format!("/v1/desk/{path}")).bearer(&by.access_token);
    if body.is_null() { request.send().await } else { request.json(body).send().await }
}

/// A question of a guest, once it is on the desk.
async fn ask(w: &World, slug: &str, coach: &Person, text: &str) -> String {
    let question = w.say(slug, text, None).await;
    until("the question is on the desk", async || {
        call(w, coach, Method::GET, &question, &Value::Null).await.status.as_u16() == 200
    })
    .await;
    question
}

async fn save_draft(w: &World, by: &Person, question: &str, body: &str) -> Reply {
    call(w, by, Method::PUT, &format!("{question}/draft"), &json!({ "body": body })).await
}

async fn draft_of(w: &World, by: &Person, question: &str) -> Reply {
    call(w, by, Method::GET, &format!("{question}/draft"), &Value::Null).await
}

async fn save_reply(w: &World, by: &Person, title: &str, shared: bool) -> String {
    let new = json!({ "title": title, "body": "We meet *every Thursday* at six.", "shared": shared });
    id(&call(w, by, Method::POST, "saved-replies", &new).await.expect(201))
}

/// With `If-Match`.
async fn matched(w: &World, by: &Person, method: Method, reply: &str, revision: &str, body: &Value) -> Reply {
    let request = w.request(method, &format!("/v1/desk/saved-replies/{reply}")).bearer(&by.access_token);
    let request = request.header("if-match", revision);
    if body.is_null() { request.send().await } else { request.json(body).send().await }
}

async fn answer(w: &World, by: &Person, question: &str, body: &Value) -> Reply {
    call(w, by, Method::POST, &format!("{question}/answer"), body).await
}
