use super::{lay, on};
use crate::world::World;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn a_guest_sees_what_holds_on_them() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let posted = w.post_as_guest(&slug, "Hello.", None).await.expect(201);
    let own = async || {
        let request = w.request(Method::GET, "/v1/guests/me/sanctions");
        request.guest(posted["manage_token"].as_str().unwrap()).send().await
    };
    assert_eq!(own().await.expect(200), json!({ "items": [] }));
    lay(&w, &moderator, &on("warn", &json!({ "guest_id": posted["author"]["id"] }))).await.expect(201);
    let seen = own().await;
    assert_eq!(
        (&seen.expect(200)["items"][0]["kind"], &seen.json()["items"][0]["by"]),
        (&json!("warn"), &json!("guest"))
    );
    assert_eq!(seen.header("cache-control"), "no-store");
}

/// Whoever gives an address, or sits in the same café, learns that something lies on it, and not what somebody else did.
#[actix_web::test]
async fn what_lies_on_an_address_or_a_network_is_told_without_its_reason() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let posted = w.post_as_guest(&slug, "Hello.", None).await.expect(201);
    let subject = json!({ "comment_id": posted["id"], "by": "network" });
    let sanction = json!({ "kind": "warn", "subject": subject, "reason": "spam", "message": "Enough adverts, Bruno." });
    lay(&w, &moderator, &sanction).await.expect(201);
    let other = w.post_as_guest(&slug, "Good morning.", None).await.expect(201);
    let request = w.request(Method::GET, "/v1/guests/me/sanctions");
    let seen = request.guest(other["manage_token"].as_str().unwrap()).send().await.expect(200);
    let seen = &seen["items"][0];
    assert_eq!((&seen["kind"], &seen["by"]), (&json!("warn"), &json!("network")));
    assert_eq!((&seen["reason"], &seen["message"]), (&json!(null), &json!(null)));
}

#[actix_web::test]
async fn it_is_for_guests() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    w.get("/v1/guests/me/sanctions").await.problem(401, "unauthenticated");
    w.get_as(&ada.access_token, "/v1/guests/me/sanctions").await.problem(403, "forbidden");
}

/// Nobody leaves a sanction behind by becoming somebody else.
#[actix_web::test]
async fn what_lies_on_a_guest_goes_over_into_their_account() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    let posted = w.post_as_guest(&slug, "Hello.", None).await.expect(201);
    lay(&w, &moderator, &on("mute", &json!({ "guest_id": posted["author"]["id"] }))).await.expect(201);
    let claim = w.request(Method::POST, "/v1/accounts/me/claims").bearer(&ada.access_token);
    claim.json(&json!({ "manage_token": posted["manage_token"] })).send().await.expect(200);
    let own = w.get_as(&ada.access_token, "/v1/accounts/me/sanctions").await.expect(200);
    assert_eq!((&own["items"][0]["kind"], &own["items"][0]["by"]), (&json!("mute"), &json!("account")));
}
