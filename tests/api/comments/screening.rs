//! What is written is looked at before it is shown.

mod held;
mod modes;
mod watch;

use crate::world::World;
use colloquy::db::schema::{comment_hits, comment_prints, reviews};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;

/// More links than are shown at once.
pub const LINKS: &str = "See https://one.example, https://two.example and https://three.example for more.";

/// A place in the queue: state, whether by a guest, with a link, the first of its author, changed after it was shown.
pub type Waiting = (String, bool, bool, bool, bool);

/// The place of a comment in the queue, if it has one.
pub async fn waiting(w: &World, id: &Value) -> Option<Waiting> {
    let of = reviews::table.find(id.as_str().unwrap().parse::<Uuid>().unwrap());
    let shape = (reviews::state, reviews::by_guest, reviews::has_link, reviews::first_time, reviews::edited);
    of.select(shape).first(&mut w.db.conn().await).await.optional().unwrap()
}

/// What was found in a comment: revision, check and action of each.
pub async fn hits(w: &World, id: &Value) -> Vec<(i64, String, String)> {
    comment_hits::table
        .filter(comment_hits::comment_id.eq(id.as_str().unwrap().parse::<Uuid>().unwrap()))
        .order((comment_hits::revision, comment_hits::place))
        .select((comment_hits::revision, comment_hits::check_name, comment_hits::action))
        .load(&mut w.db.conn().await)
        .await
        .unwrap()
}

pub async fn prints(w: &World) -> i64 {
    comment_prints::table.count().get_result(&mut w.db.conn().await).await.unwrap()
}

/// Somebody whose three comments are shown.
pub async fn known(w: &World, name: &str, slug: &str) -> String {
    let token = w.reader(name).await.access_token;
    for text in ["One.", "Two.", "Three."] {
        assert_eq!(w.post_as(&token, slug, &json!({ "body": text })).await.expect(201)["status"], "visible");
    }
    token
}

/// Asserts that a comment waits for these reasons.
#[track_caller]
pub fn waits(comment: &Value, status: &str, reasons: &[&str]) {
    let explained = json!({ "reasons": reasons, "decision": null });
    assert_eq!((&comment["status"], &comment["moderation"]), (&json!(status), &explained));
}
