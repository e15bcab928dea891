use crate::world::{World, until};
use chrono::TimeDelta;
use serde_json::{Value, json};

impl World {
    /// Asks for an export and waits until it is ready. Returns its address.
    pub async fn export(&self, token: &str) -> String {
        let reply = self.post_as_owner(token, "/v1/accounts/me/exports").await;
        reply.expect(202);
        let location = reply.header("location").to_owned();
        let ready = async || self.get_as(token, &location).await.expect(200)["status"] == "ready";
        until("an export is prepared", ready).await;
        location
    }
}

#[actix_web::test]
async fn it_is_prepared_in_the_background_and_a_mail_tells() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let reply = w.post_as_owner(&ada.access_token, "/v1/accounts/me/exports").await;
    let export = reply.expect(202);
    assert_eq!(reply.header("location"), format!("/v1/accounts/me/exports/{}", export["id"].as_str().unwrap()));
    assert_eq!((&export["status"], &export["links"]), (&json!("preparing"), &Value::Null));
    assert_eq!(export["expires_at"], "2026-03-21T12:00:00Z");
    let mail = w.nth_mail_to(&ada.email, 0).await;
    assert!(mail.contains("ready") && !mail.contains(export["id"].as_str().unwrap()), "{mail}");
}

#[actix_web::test]
async fn one_at_a_time_and_three_a_day() {
    let w = World::with(&[("access_token_seconds", "3600")]).await;
    let ada = w.reader("Ada").await;
    for _ in 0..3 {
        w.export(&ada.access_token).await;
        w.clock.set(w.clock.now() + TimeDelta::minutes(4));
    }
    let refused = w.post_as_owner(&ada.access_token, "/v1/accounts/me/exports").await;
    refused.problem(429, "too_many_requests");
    let wait: i64 = refused.header("retry-after").parse().unwrap();
    assert_eq!(wait, (TimeDelta::days(1) - TimeDelta::minutes(12)).num_seconds());
    // Nobody else has to wait.
    let eve = w.reader("Eve").await;
    w.export(&eve.access_token).await;
    w.clock.set(w.clock.now() + TimeDelta::seconds(wait));
    let (again, _) = w.log_in(&ada.email).await;
    w.export(&again).await;
}

#[actix_web::test]
async fn of_ten_requests_at_once_one_is_taken() {
    let w = World::with(&[("workers", "2")]).await;
    let ada = w.reader("Ada").await;
    // Another node is at it, and does not come to an end.
    w.unfinished_export(&ada).await;
    let asked = (0..10).map(|_| w.post_as_owner(&ada.access_token, "/v1/accounts/me/exports"));
    for refused in futures_util::future::join_all(asked).await {
        refused.problem(429, "too_many_requests");
        assert_eq!(refused.header("retry-after"), "60");
    }
}

#[actix_web::test]
async fn it_takes_a_recent_log_in() {
    let w = World::with(&[("access_token_seconds", "3600")]).await;
    let ada = w.reader("Ada").await;
    w.clock.set(w.clock.now() + TimeDelta::minutes(15));
    w.export(&ada.access_token).await;
    w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    w.post_as_owner(&ada.access_token, "/v1/accounts/me/exports").await.problem(403, "recent_log_in_required");
    w.close_account(&ada.access_token, "remove").await.problem(403, "recent_log_in_required");
    w.post_as_owner("nonsense", "/v1/accounts/me/exports").await.problem(401, "unauthenticated");
}
