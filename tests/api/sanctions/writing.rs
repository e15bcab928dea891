//! What sanctions mean for writing: comments, and what is changed in them.

use super::{account, lay, lift, on, post_from};
use crate::world::{Person, Reply, World, id};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

/// A comment that nobody has said before.
async fn post(w: &World, person: &Person, slug: &str) -> Reply {
    w.post_as(&person.access_token, slug, &json!({ "body": format!("Hello, {}.", w.clock.id()) })).await
}

async fn post_as_newcomer(w: &World, slug: &str, network: &str, email: &str) -> Reply {
    let body = json!({ "body": format!("Hello, {}.", w.clock.id()), "guest": { "name": "Candle", "email": email } });
    w.request(Method::POST, &format!("/v1/articles/{slug}/comments")).from(network).json(&body).send().await
}

async fn edit(w: &World, person: &Person, comment: &str, text: &str) -> Reply {
    let edit = w.request(Method::PATCH, &format!("/v1/comments/{comment}")).bearer(&person.access_token);
    edit.header("if-match", "*").json(&json!({ "body": text })).send().await
}

#[actix_web::test]
async fn all_that_somebody_writes_is_held_and_they_see_that_it_is() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    let before = id(&post(&w, &ada, &slug).await.expect(201));
    let laid = lay(&w, &moderator, &account("hold_all", &ada)).await.expect(201);
    let held = post(&w, &ada, &slug).await.expect(201);
    assert_eq!((&held["status"], &held["moderation"]["reasons"]), (&json!("held"), &json!(["sanction"])));
    w.get(&format!("/v1/comments/{}", id(&held))).await.problem(404, "not_found");
    // Nobody is banned without knowing: it stands among their own.
    let own = w.get_as(&ada.access_token, &format!("/v1/articles/{slug}/viewer")).await.expect(200);
    assert_eq!((&own["comments"][0]["id"], &own["comments"][0]["status"]), (&held["id"], &json!("held")));
    assert_eq!(edit(&w, &ada, &before, "Something else.").await.expect(200)["status"], "held");
    lift(&w, &moderator, &laid).await.expect(204);
    assert_eq!(post(&w, &ada, &slug).await.expect(201)["status"], "visible");
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn a_warning_forbids_nothing() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    lay(&w, &moderator, &account("warn", &ada)).await.expect(201);
    assert_eq!(post(&w, &ada, &slug).await.expect(201)["status"], "visible");
}

#[actix_web::test]
async fn the_severest_of_all_that_lies_on_somebody_counts() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    lay(&w, &moderator, &account("warn", &ada)).await.expect(201);
    lay(&w, &moderator, &account("hold_all", &ada)).await.expect(201);
    assert_eq!(post(&w, &ada, &slug).await.expect(201)["status"], "held");
    let mute = lay(&w, &moderator, &account("mute", &ada)).await.expect(201);
    post(&w, &ada, &slug).await.problem(403, "muted");
    lift(&w, &moderator, &mute).await.expect(204);
    assert_eq!(post(&w, &ada, &slug).await.expect(201)["status"], "held");
}

#[actix_web::test]
async fn a_guest_is_known_by_all_that_they_bring_along() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    // As the guest that they are.
    let posted = post_from(&w, &slug, "198.51.100.9", "lantern@example.org").await;
    lay(&w, &moderator, &on("mute", &json!({ "guest_id": posted["author"]["id"] }))).await.expect(201);
    let again = w.request(Method::POST, &format!("/v1/articles/{slug}/comments"));
    let again = again.from("198.51.100.9").guest(posted["manage_token"].as_str().unwrap());
    again.json(&json!({ "body": "Once more." })).send().await.problem(403, "muted");
    // By an address, whoever gives it.
    let wrote = id(&post(&w, &ada, &slug).await.expect(201));
    lay(&w, &moderator, &on("mute", &json!({ "comment_id": wrote, "by": "email" }))).await.expect(201);
    post_as_newcomer(&w, &slug, "198.51.100.10", &ada.email).await.problem(403, "muted");
    post_as_newcomer(&w, &slug, "198.51.100.10", "other@example.org").await.expect(201);
    // By where they come from.
    let posted = post_from(&w, &slug, "203.0.113.7", "somebody@example.org").await;
    let network = json!({ "comment_id": posted["id"], "by": "network" });
    lay(&w, &moderator, &on("hold_all", &network)).await.expect(201);
    let held: Value = post_as_newcomer(&w, &slug, "203.0.113.7", "new@example.org").await.expect(201);
    assert_eq!(held["status"], "held");
    let shown = post_as_newcomer(&w, &slug, "203.0.113.8", "newer@example.org").await.expect(201);
    assert_eq!(shown["status"], "visible");
}

#[actix_web::test]
async fn who_is_muted_by_their_network_writes_nothing_from_there() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    let posted = post_from(&w, &slug, "198.51.100.9", "lantern@example.org").await;
    let mut mute = on("mute", &json!({ "comment_id": posted["id"], "by": "network" }));
    mute["minutes"] = json!(60);
    lay(&w, &moderator, &mute).await.expect(201);
    post_as_newcomer(&w, &slug, "198.51.100.9", "new@example.org").await.problem(403, "muted");
    let from = async |network: &str| {
        let request = w.request(Method::POST, &format!("/v1/articles/{slug}/comments")).from(network);
        let body = json!({ "body": format!("Hello, {}.", w.clock.id()) });
        request.bearer(&ada.access_token).json(&body).send().await
    };
    from("198.51.100.9").await.problem(403, "muted");
    from("198.51.100.10").await.expect(201);
    w.clock.set(w.clock.now() + TimeDelta::minutes(60));
    post_as_newcomer(&w, &slug, "198.51.100.9", "newer@example.org").await.expect(201);
}

#[actix_web::test]
async fn what_is_held_by_an_address_is_held_until_that_is_over() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    let wrote = id(&post(&w, &ada, &slug).await.expect(201));
    let mut hold = on("hold_all", &json!({ "comment_id": wrote, "by": "email" }));
    hold["minutes"] = json!(30);
    lay(&w, &moderator, &hold).await.expect(201);
    assert_eq!(post(&w, &ada, &slug).await.expect(201)["status"], "held");
    let guest = post_as_newcomer(&w, &slug, "198.51.100.10", &ada.email).await.expect(201);
    assert_eq!(guest["moderation"]["reasons"], json!(["sanction"]));
    w.clock.set(w.clock.now() + TimeDelta::minutes(30) - TimeDelta::seconds(1));
    let (token, _) = w.log_in(&ada.email).await;
    let body = || json!({ "body": format!("Hello, {}.", w.clock.id()) });
    assert_eq!(w.post_as(&token, &slug, &body()).await.expect(201)["status"], "held");
    w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    assert_eq!(w.post_as(&token, &slug, &body()).await.expect(201)["status"], "visible");
}

#[actix_web::test]
async fn a_ban_by_minutes_ends_by_itself() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    let mut ban = account("ban", &ada);
    ban["minutes"] = json!(10);
    let laid = lay(&w, &moderator, &ban).await.expect(201);
    assert_eq!(laid["expires_at"], json!(w.clock.now() + TimeDelta::minutes(10)));
    let password = json!({ "email": ada.email, "password": crate::world::PASSWORD });
    w.post("/v1/sessions", &password).await.problem(403, "banned");
    w.clock.set(w.clock.now() + TimeDelta::minutes(10));
    let (token, _) = w.log_in(&ada.email).await;
    w.post_as(&token, &slug, &json!({ "body": "Hello again." })).await.expect(201);
}
