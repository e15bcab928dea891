use super::{GUARDED, PATH, app_of, code, send, set_up};
use crate::world::World;
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn a_code_of_the_app_takes_it_into_use_and_ends_the_other_sessions() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let (elsewhere, _) = w.log_in(&ada.email).await;
    let (_, codes) = set_up(&w, &ada.access_token).await;
    assert_eq!(codes.len(), 10);
    assert!(codes.iter().all(|code| code.len() == 11 && code.as_bytes()[5] == b'-'), "{codes:?}");
    let me = |token: String| async { w.request(Method::GET, "/v1/accounts/me").bearer(&{ token }).send().await };
    me(elsewhere).await.problem(401, "unauthenticated");
    me(ada.access_token.clone()).await.expect(200);
    let mail = w.nth_mail_to(&ada.email, 0).await;
    assert!(
        mail.contains("authenticator")
            && !mail.lines().any(|line| line.starts_with("Subject:") && line.contains("code"))
    );
}

#[actix_web::test]
async fn a_wrong_code_changes_nothing() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let app = app_of(&w, &ada.access_token).await;
    let right = code(&w, &app);
    let wrong = if right == "000000" { "000001" } else { "000000" };
    let confirm = format!("{PATH}/confirmations");
    for code in [wrong, "", "12345", "1234567", "abcdef"] {
        let refused = send(&w, Method::POST, &confirm, &ada.access_token, &json!({ "code": code })).await;
        assert_eq!(refused.problem(422, "bad_code"), ["#/code"]);
    }
    send(&w, Method::POST, &confirm, &ada.access_token, &json!({ "code": right })).await.expect(200);
    let again = send(&w, Method::POST, &confirm, &ada.access_token, &json!({ "code": right })).await;
    again.problem(409, "conflict");
}

#[actix_web::test]
async fn nobody_gets_a_badge_by_a_password_alone() {
    let w = World::with(&[GUARDED]).await;
    let coach = w.coach("Marit").await;
    let (slug, _) = w.open_article().await;
    let said = json!({ "body": "I am a coach, am I not?" });
    w.post_as(&coach.access_token, &slug, &said).await.problem(403, "second_factor_required");
    set_up(&w, &coach.access_token).await;
    let posted = w.post_as(&coach.access_token, &slug, &said).await.expect(201);
    assert_eq!(posted["author"]["kind"], "coach");
}

#[actix_web::test]
async fn staff_acts_as_a_reader_until_then() {
    let w = World::with(&[GUARDED]).await;
    let admin = w.admin("June").await;
    let audit = async || send(&w, Method::GET, "/v1/audit", &admin.access_token, &json!(null)).await;
    audit().await.problem(403, "second_factor_required");
    send(&w, Method::GET, "/v1/drafts", &w.reader("Wren").await.access_token, &json!(null))
        .await
        .problem(403, "forbidden");
    set_up(&w, &admin.access_token).await;
    audit().await.expect(200);
}

#[actix_web::test]
async fn only_shortly_after_a_log_in() {
    let w = World::with(&[("access_token_seconds", "3600")]).await;
    let ada = w.reader("Ada").await;
    let app = app_of(&w, &ada.access_token).await;
    w.clock.set(w.clock.now() + TimeDelta::minutes(16));
    let late =
        send(&w, Method::POST, &format!("{PATH}/confirmations"), &ada.access_token, &json!({ "code": code(&w, &app) }))
            .await;
    late.problem(403, "recent_log_in_required");
}
