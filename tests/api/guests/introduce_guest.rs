use super::address;
use crate::{
    sanctions::{lay, on},
    world::{OPEN, Reply, World, code_in, titled, too_often},
};
use colloquy::articles::CommentPolicyInput;
use reqwest::Method;
use serde_json::{Value, json};

async fn introduce(w: &World, slug: &str, guest: &Value) -> Reply {
    w.post(&format!("/v1/articles/{slug}/guests"), guest).await
}

#[actix_web::test]
async fn a_guest_comes_without_a_comment_and_writes_later() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let introduced = introduce(&w, &slug, &json!({ "name": " Lantern " })).await.expect(201);
    assert_eq!(introduced["guest"]["name"], "Lantern");
    assert_eq!(w.stored(article_id).await, 0);
    let token = introduced["manage_token"].as_str().unwrap();
    let path = format!("/v1/articles/{slug}/comments");
    let posted =
        w.request(Method::POST, &path).guest(token).json(&json!({ "body": "Hello." })).send().await.expect(201);
    assert_eq!(posted["author"], json!({ "id": introduced["guest"]["id"], "name": "Lantern", "kind": "guest" }));
    assert_eq!(posted["manage_token"], Value::Null);
}

#[actix_web::test]
async fn what_is_sent_twice_introduces_one() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let send = async |name: &str| {
        let request = w.request(Method::POST, &format!("/v1/articles/{slug}/guests"));
        request.header("idempotency-key", "a-key-of-my-own").json(&json!({ "name": name })).send().await
    };
    assert_eq!(send("Lantern").await.expect(201), send("Lantern").await.expect(201));
    send("Candle").await.problem(422, "idempotency_key_reused");
}

#[actix_web::test]
async fn an_address_is_asked_as_when_a_guest_posts() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let guest = json!({ "name": "Lantern", "email": "lantern@example.org" });
    let introduced = introduce(&w, &slug, &guest).await.expect(201);
    let id = introduced["guest"]["id"].as_str().unwrap().parse().unwrap();
    assert_eq!(address(&w, id).await, None);
    let code = json!({ "code": code_in(&w.nth_mail_to("lantern@example.org", 0).await) });
    w.post("/v1/guests/confirmations", &code).await.expect(204);
    assert_eq!(address(&w, id).await.as_deref(), Some("lantern@example.org"));
}

#[actix_web::test]
async fn whoever_could_not_comment_is_turned_away() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let lantern = json!({ "name": "Lantern" });
    let long = "n".repeat(61);
    for (guest, place) in [
        (json!({}), "#/name"),
        (json!({ "name": long }), "#/name"),
        (json!({ "name": "Lantern", "email": "nobody" }), "#/email"),
    ] {
        assert_eq!(introduce(&w, &slug, &guest).await.problem(422, "validation"), [place], "{guest}");
    }
    introduce(&w, &slug, &json!({ "name": "Lantern", "body": "x" })).await.problem(400, "bad_request");
    introduce(&w, "nowhere", &lantern).await.problem(404, "not_found");
    let (closed, _) = w.article_taking("Closed", CommentPolicyInput { open: Some(false), ..OPEN }).await;
    introduce(&w, &closed, &lantern).await.problem(403, "comments_closed");
    let (members, _) = w.article_taking("Members", CommentPolicyInput { guests: Some(false), ..OPEN }).await;
    introduce(&w, &members, &lantern).await.problem(403, "guests_not_allowed");
    let draft = w.draft(&w.coach("Marit").await, titled("Unseen")).await;
    introduce(&w, draft["slug"].as_str().unwrap(), &lantern).await.problem(404, "not_found");
    let ada = w.reader("Ada").await;
    let path = format!("/v1/articles/{slug}/guests");
    w.request(Method::POST, &path).bearer(&ada.access_token).json(&lantern).send().await.problem(403, "forbidden");
    w.request(Method::POST, &path).guest("nonsense").json(&lantern).send().await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn a_machine_fills_in_what_nobody_sees() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let guest = json!({ "name": "Lantern", "website": "https://example.org" });
    assert_eq!(introduce(&w, &slug, &guest).await.problem(422, "validation"), ["#/website"]);
    introduce(&w, &slug, &json!({ "name": "Lantern", "website": "" })).await.expect(201);
}

#[actix_web::test]
async fn after_some_new_guests_of_a_network_the_next_is_asked_for_work() {
    let w = World::with(&[("challenge_bits", "6"), ("challenge_after", "2")]).await;
    let (slug, _) = w.open_article().await;
    for name in ["Lantern", "Candle"] {
        introduce(&w, &slug, &json!({ "name": name })).await.expect(201);
    }
    let asked = introduce(&w, &slug, &json!({ "name": "Torch" })).await;
    assert_eq!(asked.problem(403, "challenge_required"), ["#/challenge"]);
    let challenge = w.met_challenge().await;
    let with_it = |name: &str| json!({ "name": name, "challenge": challenge });
    introduce(&w, &slug, &with_it("Torch")).await.expect(201);
    let again = introduce(&w, &slug, &with_it("Beacon")).await;
    assert_eq!(again.problem(422, "challenge_failed"), ["#/challenge"]);
    assert_eq!(again.json()["errors"][0]["code"], "used");
}

#[actix_web::test]
async fn introductions_are_counted_like_comments_of_the_network() {
    let w = World::with(&[("comments_per_network", "5")]).await;
    let (slug, _) = w.open_article().await;
    let refused = too_often(async || introduce(&w, &slug, &json!({ "name": "Lantern" })).await).await;
    refused.problem(429, "too_many_requests");
}

#[actix_web::test]
async fn nobody_comes_back_as_somebody_else_from_a_network_that_is_banned() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let mo = w.moderator("Mo").await;
    let rude = w.post_as_guest(&slug, "Rude.", None).await.expect(201);
    lay(&w, &mo, &on("ban", &json!({ "comment_id": rude["id"], "by": "network" }))).await.expect(201);
    introduce(&w, &slug, &json!({ "name": "Candle" })).await.problem(403, "muted");
}
