//! Coaches at their desk.

use super::{Person, Reply, World, id, until};
use colloquy::db::schema::desk_scans;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};

impl World {
    /// The comments in a part of the desk, in its order.
    pub async fn desk(&self, person: &Person, parameters: &str) -> Vec<String> {
        let page = self.see(person, &format!("/v1/desk?{parameters}")).await.expect(200);
        page["items"].as_array().unwrap().iter().map(|item| id(&item["comment"])).collect()
    }

    /// Waits until a part of the desk holds these comments in this order.
    pub async fn until_desk(&self, person: &Person, parameters: &str, comments: &[&str]) {
        until(&format!("{parameters}: {comments:?}"), async || self.desk(person, parameters).await == comments).await;
    }

    /// Waits until whoever keeps the desk has read all that happened and looked through all that it was about.
    pub async fn until_desk_rests(&self) {
        self.until_read("desk").await;
        let conn = &mut self.db.conn().await;
        let scans = desk_scans::table.count();
        until("all is looked through", async || scans.get_result::<i64>(conn).await.unwrap() == 0).await;
    }

    /// A question on the desk.
    pub async fn question(&self, person: &Person, comment: &str) -> Reply {
        self.see(person, &format!("/v1/desk/{comment}")).await
    }

    /// A question on the desk, once it stands as it should.
    pub async fn question_when(&self, person: &Person, comment: &str, state: &str) -> Value {
        let stands = async || self.question(person, comment).await.json()["state"] == state;
        until(&format!("{comment} is {state}"), stands).await;
        self.question(person, comment).await.expect(200)
    }

    /// Claims a question.
    pub async fn claim_question(&self, person: &Person, comment: &str) -> Reply {
        self.at_desk(person, comment, "claim", &json!({})).await
    }

    /// Gives a question back.
    pub async fn release_question(&self, person: &Person, comment: &str) -> Reply {
        let path = format!("/v1/desk/{comment}/claim");
        self.request(Method::DELETE, &path).bearer(&person.access_token).send().await
    }

    /// Something else that is done with a question.
    pub async fn at_desk(&self, person: &Person, comment: &str, what: &str, how: &Value) -> Reply {
        self.post_by(person, &format!("/v1/desk/{comment}/{what}"), how).await
    }

    /// A coach's reply: its id.
    pub async fn reply(&self, person: &Person, slug: &str, to: &str) -> String {
        let body = json!({ "body": format!("Let us look at it, {}.", self.clock.id()), "parent_id": to });
        id(&self.post_as(&person.access_token, slug, &body).await.expect(201))
    }
}
