//! Accounts: how they come to be, change and end.

mod actions;
mod change_email;
mod change_password;
mod claim_account;
mod confirm_account;
mod confirm_email;
mod edit_me;
mod erasure;
mod get_me;
mod redeem_password_reset;
mod request_password_reset;
mod sign_up;
mod staff_names;

use crate::world::{Person, Reply, Request, World, code_in};
use chrono::TimeDelta;
use colloquy::db::schema::audit;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};

/// A password that nobody has yet.
const OTHER: &str = "seven lanterns on the quay";

/// A sign-up that is acceptable.
fn form(email: &str) -> Value {
    json!({ "email": email, "password": crate::world::PASSWORD, "display_name": "Ada" })
}

/// All that a client can tell two answers apart by, save what differs for every request.
fn seen(reply: &Reply) -> (u16, Vec<(String, String)>, String) {
    let own = ["x-request-id", "date"];
    let headers = reply.headers.iter().filter(|(name, _)| !own.contains(&name.as_str()));
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    (reply.status.as_u16(), headers, reply.text())
}

/// A request as somebody who is signed in.
fn by(w: &World, person: &Person, method: Method, path: &str) -> Request {
    w.request(method, path).bearer(&person.access_token)
}

/// One's own account as it is now.
async fn me(w: &World, person: &Person) -> Value {
    by(w, person, Method::GET, "/v1/accounts/me").send().await.expect(200)
}

/// A second goes by: ids, and so mails and what the audit holds, are in the order of their times.
fn tick(w: &World) {
    w.clock.set(w.clock.now() + TimeDelta::seconds(1));
}

/// Asks for a code for a lost password, and waits for the mail with it: the `n`th to this address.
async fn reset_code(w: &World, email: &str, n: usize) -> String {
    tick(w);
    w.post("/v1/password-resets", &json!({ "email": email })).await.expect(202);
    tick(w);
    code_in(&w.nth_mail_to(email, n).await)
}

/// What the audit holds of an account, log-ins and sessions apart, the oldest first.
async fn audited(w: &World, id: &str) -> Vec<String> {
    let id: uuid::Uuid = id.parse().unwrap();
    let rows: Vec<(String, Value)> = audit::table
        .filter(audit::subject_id.eq(id).and(audit::kind.not_like("session.%")).and(audit::kind.not_like("log_in.%")))
        .order(audit::id)
        .select((audit::kind, audit::data))
        .load(&mut w.db.conn().await)
        .await
        .unwrap();
    assert!(rows.iter().all(|(_, data)| *data == json!({})), "ids only: {rows:?}");
    rows.into_iter().map(|(kind, _)| kind).collect()
}
