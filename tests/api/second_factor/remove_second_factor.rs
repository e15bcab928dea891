use super::{GUARDED, PATH, log_in, send, set_up};
use crate::world::World;
use chrono::TimeDelta;
use colloquy::accounts::{self, Who};
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn then_the_password_is_enough_again_and_staff_acts_as_a_reader() {
    let w = World::with(&[GUARDED]).await;
    let ada = w.coach("Ada").await;
    set_up(&w, &ada.access_token).await;
    send(&w, Method::DELETE, PATH, &ada.access_token, &json!(null)).await.expect(204);
    send(&w, Method::DELETE, PATH, &ada.access_token, &json!(null)).await.problem(404, "not_found");
    let drafts = send(&w, Method::GET, "/v1/drafts", &ada.access_token, &json!(null)).await;
    drafts.problem(403, "second_factor_required");
    assert!(w.nth_mail_to(&ada.email, 1).await.contains("no code"));
    let session = log_in(&w, &ada, None).await.expect(201);
    let token = session["access_token"].as_str().unwrap();
    send(&w, Method::GET, "/v1/drafts", token, &json!(null)).await.problem(403, "second_factor_required");
}

#[actix_web::test]
async fn whoever_runs_the_server_can_take_it_away_from_somebody_who_lost_it() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    set_up(&w, &ada.access_token).await;
    let who = Who::Email(ada.email.clone());
    assert!(w.write(async |tx| accounts::reset_second_factor(tx, &w.secrets, &who).await).await.unwrap());
    let me = send(&w, Method::GET, "/v1/accounts/me", &ada.access_token, &json!(null)).await;
    me.problem(401, "unauthenticated");
    log_in(&w, &ada, None).await.expect(201);
    assert!(!w.write(async |tx| accounts::reset_second_factor(tx, &w.secrets, &who).await).await.unwrap());
}

#[actix_web::test]
async fn only_shortly_after_a_log_in() {
    let w = World::with(&[("access_token_seconds", "3600")]).await;
    let ada = w.reader("Ada").await;
    set_up(&w, &ada.access_token).await;
    w.clock.set(w.clock.now() + TimeDelta::minutes(16));
    let late = send(&w, Method::DELETE, PATH, &ada.access_token, &json!(null)).await;
    late.problem(403, "recent_log_in_required");
}
