//! Moderators at work.

use super::{Person, Reply, World, id};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

impl World {
    /// GET, as somebody.
    pub async fn see(&self, person: &Person, path: &str) -> Reply {
        self.request(Method::GET, path).bearer(&person.access_token).send().await
    }

    /// POST of a JSON body, as somebody.
    pub async fn post_by(&self, person: &Person, path: &str, body: &Value) -> Reply {
        self.request(Method::POST, path).bearer(&person.access_token).json(body).send().await
    }

    /// A verdict with what is said of it.
    pub async fn give(&self, person: &Person, comment: &str, verdict: &str, why: Value) -> Reply {
        self.post_by(person, &format!("/v1/moderation/comments/{comment}/{verdict}"), &why).await
    }

    /// Claims a comment.
    pub async fn claim(&self, person: &Person, comment: &str) -> Reply {
        let path = format!("/v1/moderation/comments/{comment}/claim");
        self.request(Method::POST, &path).bearer(&person.access_token).send().await
    }

    /// The comments in a part of the queue, in its order.
    pub async fn queued(&self, person: &Person, parameters: &str) -> Vec<String> {
        let page = self.see(person, &format!("/v1/moderation/queue?{parameters}")).await.expect(200);
        page["items"].as_array().unwrap().iter().map(|item| id(&item["comment"])).collect()
    }

    /// A reader reports a comment that everybody sees: as it is stored.
    pub async fn reported(&self, comment: &str, reason: &str) -> Uuid {
        use colloquy::db::schema::{comments, reports, reviews};
        let (conn, now, comment_id) = (&mut self.db.conn().await, self.clock.now(), comment.parse::<Uuid>().unwrap());
        let (article_id, guest_id): (Uuid, Option<Uuid>) = comments::table
            .find(comment_id)
            .select((comments::article_id, comments::guest_id))
            .first(conn)
            .await
            .unwrap();
        let review = (
            reviews::comment_id.eq(comment_id),
            reviews::article_id.eq(article_id),
            reviews::state.eq("reported"),
            reviews::queued_at.eq(now),
            reviews::author_id.eq(guest_id.unwrap_or_default()),
            reviews::by_guest.eq(guest_id.is_some()),
            reviews::has_link.eq(false),
            reviews::first_time.eq(false),
            reviews::edited.eq(false),
        );
        diesel::insert_into(reviews::table).values(review).on_conflict_do_nothing().execute(conn).await.unwrap();
        let reporter_id = self.clock.id();
        let report = (
            reports::id.eq(self.clock.id()),
            reports::comment_id.eq(comment_id),
            reports::reporter_id.eq(reporter_id),
            reports::by_guest.eq(false),
            reports::reason.eq(reason),
            reports::revision.eq(1),
            reports::counts.eq(true),
            reports::created_at.eq(now),
        );
        diesel::insert_into(reports::table).values(report).execute(conn).await.unwrap();
        reporter_id
    }

    /// What came of the reports on a comment.
    pub async fn outcomes(&self, comment: &str) -> Vec<Option<String>> {
        use colloquy::db::schema::reports;
        let of = reports::table.filter(reports::comment_id.eq(comment.parse::<Uuid>().unwrap()));
        of.select(reports::outcome).load(&mut self.db.conn().await).await.unwrap()
    }

    /// Says how soon somebody should look at a comment that waits.
    pub async fn prioritise(&self, comment: &str, priority: i16) {
        use colloquy::db::schema::reviews;
        let review = reviews::table.find(comment.parse::<Uuid>().unwrap());
        let conn = &mut self.db.conn().await;
        diesel::update(review).set(reviews::priority.eq(priority)).execute(conn).await.unwrap();
    }
}

/// An item of a request for many verdicts.
pub fn verdict(comment: &str, verdict: &str) -> Value {
    json!({ "comment_id": comment, "verdict": verdict })
}
