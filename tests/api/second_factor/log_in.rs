use super::{GUARDED, code, log_in, next_code, send, set_up};
use crate::world::World;
use chrono::TimeDelta;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn a_log_in_asks_for_a_code_after_the_password() {
    let w = World::with(&[GUARDED]).await;
    let ada = w.coach("Ada").await;
    let (app, _) = set_up(&w, &ada.access_token).await;
    let asked = log_in(&w, &ada, None).await;
    assert_eq!(asked.problem(401, "one_time_code_required"), ["#/one_time_code"]);
    let wrong = w.post("/v1/sessions", &json!({ "email": ada.email, "password": "not the password at all" })).await;
    wrong.problem(401, "bad_credentials");
    let session = log_in(&w, &ada, Some(&next_code(&w, &app))).await.expect(201);
    let token = session["access_token"].as_str().unwrap();
    send(&w, Method::GET, "/v1/drafts", token, &json!(null)).await.expect(200);
}

#[actix_web::test]
async fn a_code_is_good_once_and_not_for_long() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let (app, _) = set_up(&w, &ada.access_token).await;
    assert_eq!(log_in(&w, &ada, Some(&code(&w, &app))).await.problem(401, "bad_credentials"), ["#/one_time_code"]);
    let late = next_code(&w, &app);
    w.clock.set(w.clock.now() + TimeDelta::seconds(61));
    log_in(&w, &ada, Some(&late)).await.problem(401, "bad_credentials");
    let good = next_code(&w, &app);
    let replies = join_all((0..10).map(|_| log_in(&w, &ada, Some(&good)))).await;
    let entered = replies.iter().filter(|reply| reply.status == 201).count();
    assert_eq!(entered, 1, "of ten who come with the same code one gets in");
}

#[actix_web::test]
async fn a_recovery_code_does_as_well_and_once() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let (_, codes) = set_up(&w, &ada.access_token).await;
    let typed = codes[0].to_uppercase().replace('-', " ");
    log_in(&w, &ada, Some(&typed)).await.expect(201);
    log_in(&w, &ada, Some(&codes[0])).await.problem(401, "bad_credentials");
    let bea = w.reader("Bea").await;
    set_up(&w, &bea.access_token).await;
    log_in(&w, &bea, Some(&codes[1])).await.problem(401, "bad_credentials");
}
