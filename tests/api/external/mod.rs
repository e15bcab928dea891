//! The external check: an endpoint of the publication's choice that looks at what is held until it has answered.

mod answers;
mod endpoint;
mod failures;
mod late;

use crate::world::{TestDb, World, noon, until};
use chrono::{DateTime, Utc};
use colloquy::{
    clock::Clock,
    db::schema::{comment_hits, comments, reviews},
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use endpoint::SECRET;
pub use endpoint::{Endpoint, Mood};
use serde_json::json;
use uuid::Uuid;

/// A server that asks an endpoint.
pub async fn asking(endpoint: &Endpoint) -> World {
    asking_for(endpoint, &[]).await
}

/// The same with some settings changed.
async fn asking_for(endpoint: &Endpoint, changes: &[(&str, &str)]) -> World {
    // An endpoint on a machine that is busy is not one that does not answer.
    let mut settings =
        vec![("screening_timeout_ms", "60000"), ("screening_url", endpoint.url.as_str()), ("screening_secret", SECRET)];
    settings.extend_from_slice(changes);
    let clock = Clock::held_at(noon());
    endpoint.go_by(&clock);
    World::on(TestDb::new().await, clock, &settings).await
}

/// Where a comment stands: its status, when it is asked about next, and how often it was.
async fn standing(w: &World, id: &str) -> (String, Option<Option<DateTime<Utc>>>, Option<i16>) {
    let id: Uuid = id.parse().unwrap();
    let mut conn = w.db.conn().await;
    let status = comments::table.find(id).select(comments::status).first(&mut conn).await.unwrap();
    let asked = reviews::table.find(id).select((reviews::external_at, reviews::external_tries));
    let asked: Option<(Option<DateTime<Utc>>, i16)> = asked.first(&mut conn).await.optional().unwrap();
    (status, asked.map(|(at, _)| at), asked.map(|(_, tries)| tries))
}

async fn status(w: &World, id: &str) -> String {
    standing(w, id).await.0
}

/// Waits until the external check was asked about a comment so often, and the last try is over.
async fn tried(w: &World, id: &str, times: i16, next_at: Option<DateTime<Utc>>) {
    until("the failed try is noted", async || {
        let (status, at, tries) = standing(w, id).await;
        assert_eq!(status, "held", "what fails shows nothing");
        (at, tries) == (Some(next_at), Some(times))
    })
    .await;
}

/// What the external check left at a comment: action and reason.
async fn hit(w: &World, id: &str) -> (String, String) {
    comment_hits::table
        .filter(comment_hits::comment_id.eq(id.parse::<Uuid>().unwrap()))
        .filter(comment_hits::check_name.eq("external"))
        .order(comment_hits::revision.desc())
        .select((comment_hits::action, comment_hits::detail))
        .first(&mut w.db.conn().await)
        .await
        .unwrap()
}

/// Posts as a guest; what is posted is held, whatever the endpoint does.
async fn posted(w: &World, slug: &str, text: &str) -> String {
    let posted = w.post_as_guest(slug, text, None).await.expect(201);
    assert_eq!(posted["status"], json!("held"), "{posted}");
    crate::world::id(&posted)
}

async fn shown(w: &World, slug: &str) -> i64 {
    w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200)["count"].as_i64().unwrap()
}
