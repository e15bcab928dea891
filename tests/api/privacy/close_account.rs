use crate::world::{PASSWORD, World};
use chrono::TimeDelta;
use colloquy::http::permission::Role;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn closing_ends_all_sessions_and_leaves_time_to_come_back() {
    let w = World::new().await;
    let (ada, june) = (w.reader("Ada").await, w.admin("June").await);
    let (other, _) = w.log_in(&ada.email).await;
    let closed = w.close_account(&ada.access_token, "remove").await.expect(202);
    assert_eq!(closed, json!({ "erased_after": "2026-03-28T12:00:00Z" }));
    for token in [&ada.access_token, &other] {
        w.get_as(token, "/v1/accounts/me").await.problem(401, "unauthenticated");
    }
    let refresh = json!({ "refresh_token": ada.refresh_token });
    w.post("/v1/sessions/refresh", &refresh).await.problem(401, "bad_refresh_token");
    let (again, _) = w.log_in(&ada.email).await;
    let me = w.get_as(&again, "/v1/accounts/me").await.expect(200);
    assert_eq!((&me["display_name"], &me["erased_after"]), (&json!("Ada"), &json!("2026-03-28T12:00:00Z")));
    let mail = w.nth_mail_to(&ada.email, 0).await;
    assert!(mail.contains("28 March 2026, 12:00 UTC") && !mail.contains("Ada,"), "{mail}");
    let audit = w
        .get_as(&june.access_token, &format!("/v1/audit?kind=account.closing&subject_id={}", ada.id))
        .await
        .expect(200);
    let record = &audit["items"][0];
    assert_eq!((&record["kind"], &record["data"]), (&json!("account.closing"), &json!({ "comments": "remove" })));
}

#[actix_web::test]
async fn closing_again_changes_how_and_not_when() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let first = w.close_account(&ada.access_token, "remove").await.expect(202);
    w.clock.set(w.clock.now() + TimeDelta::days(3));
    let (again, _) = w.log_in(&ada.email).await;
    assert_eq!(w.close_account(&again, "anonymise").await.expect(202), first);
}

#[actix_web::test]
async fn it_must_be_said_what_becomes_of_the_comments() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    for (path, parameter) in [
        ("/v1/accounts/me", "comments"),
        ("/v1/accounts/me?comments=burn", "comments"),
        ("/v1/accounts/me?comments=remove&now=1", "now"),
    ] {
        let refused = w.request(Method::DELETE, path).bearer(&ada.access_token).send().await;
        assert_eq!(refused.problem(400, "bad_request"), [parameter], "{path}");
    }
    let me = w.get_as(&ada.access_token, "/v1/accounts/me").await.expect(200);
    assert_eq!(me["erased_after"], Value::Null);
}

#[actix_web::test]
async fn the_last_admin_stays() {
    let w = World::new().await;
    let (june, august) = (w.admin("June").await, w.person("August", Role::Admin).await);
    w.close_account(&june.access_token, "remove").await.expect(202);
    w.close_account(&august.access_token, "remove").await.problem(409, "conflict");
    w.get_as(&august.access_token, "/v1/accounts/me").await.expect(200);
    // Once the other has come back, there are two again.
    let (june, _) = w.log_in(&june.email).await;
    w.post_as_owner(&june, "/v1/accounts/me/restore").await.expect(200);
    w.close_account(&august.access_token, "remove").await.expect(202);
}

#[actix_web::test]
async fn nobody_is_forgotten_before_the_time_or_after_a_change_of_mind() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    w.close_account(&ada.access_token, "remove").await.expect(202);
    w.clock.set(w.clock.now() + TimeDelta::days(14) - TimeDelta::seconds(1));
    assert_eq!(w.erase_due().await, 0);
    let (again, _) = w.log_in(&ada.email).await;
    w.post_as_owner(&again, "/v1/accounts/me/restore").await.expect(200);
    w.clock.set(w.clock.now() + TimeDelta::days(1));
    assert_eq!(w.erase_due().await, 0);
    let known = json!({ "email": ada.email, "password": PASSWORD });
    w.post("/v1/sessions", &known).await.expect(201);
}

#[actix_web::test]
async fn the_time_of_grace_is_a_setting() {
    let w = World::with(&[("erasure_grace_days", "0")]).await;
    let ada = w.reader("Ada").await;
    let closed = w.close_account(&ada.access_token, "remove").await.expect(202);
    assert_eq!(closed["erased_after"], "2026-03-14T12:00:00Z");
    assert_eq!(w.erase_due().await, 1);
    assert_eq!(w.erase_due().await, 0);
    let gone = json!({ "email": ada.email, "password": PASSWORD });
    w.post("/v1/sessions", &gone).await.problem(401, "bad_credentials");
}

#[actix_web::test]
async fn it_takes_a_recent_log_in() {
    let w = World::with(&[("access_token_seconds", "3600")]).await;
    let ada = w.reader("Ada").await;
    w.clock.set(w.clock.now() + TimeDelta::minutes(16));
    w.close_account(&ada.access_token, "remove").await.problem(403, "recent_log_in_required");
}
