use crate::world::World;
use chrono::TimeDelta;
use serde_json::{Value, json};

#[actix_web::test]
async fn who_comes_back_in_time_finds_everything_as_it_was() {
    let w = World::new().await;
    let (ada, june) = (w.reader("Ada").await, w.admin("June").await);
    let (slug, _) = w.open_article().await;
    w.post_as(&ada.access_token, &slug, &json!({ "body": "I was here." })).await.expect(201);
    w.close_account(&ada.access_token, "remove").await.expect(202);
    w.clock.set(w.clock.now() + TimeDelta::days(13));
    let (again, _) = w.log_in(&ada.email).await;
    let account = w.post_as_owner(&again, "/v1/accounts/me/restore").await.expect(200);
    assert_eq!((&account["display_name"], &account["erased_after"]), (&json!("Ada"), &Value::Null));
    let thread = w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200);
    assert_eq!(thread["items"][0]["author"]["name"], "Ada");
    let mail = w.nth_mail_to(&ada.email, 1).await;
    assert!(mail.contains("open again"), "{mail}");
    let audit = w.get_as(&w.log_in(&june.email).await.0, "/v1/audit?kind=account.restored").await.expect(200);
    assert_eq!(audit["items"][0]["subject_id"], ada.id.as_str());
}

#[actix_web::test]
async fn what_is_not_closed_cannot_be_restored() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    w.post_as_owner(&ada.access_token, "/v1/accounts/me/restore").await.problem(409, "conflict");
}

#[actix_web::test]
async fn when_the_time_is_over_it_is_over() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    w.close_account(&ada.access_token, "remove").await.expect(202);
    w.clock.set(w.clock.now() + TimeDelta::days(14));
    // The job has not come by yet.
    let (again, _) = w.log_in(&ada.email).await;
    w.post_as_owner(&again, "/v1/accounts/me/restore").await.problem(409, "conflict");
    assert_eq!(w.erase_due().await, 1);
    w.get_as(&again, "/v1/accounts/me").await.problem(401, "unauthenticated");
}
