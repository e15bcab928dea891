use super::own::{as_guest, guest_of, token};
use crate::world::{World, code_in};
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn a_guest_sees_what_is_known_and_never_the_address() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let body = json!({ "body": "Hello.", "guest": { "name": "Lantern", "email": "lantern@example.org" } });
    let posted = w.post(&format!("/v1/articles/{slug}/comments"), &body).await.expect(201);
    let me = async || as_guest(&w, token(&posted), Method::GET, "/v1/guests/me", None).await;
    let seen = me().await;
    let mut expected = json!({
        "id": posted["author"]["id"], "name": "Lantern", "article": slug, "has_email": true, "email_verified": false,
        "subscribed": true, "created_at": w.clock.now(),
    });
    assert_eq!(seen.expect(200), expected);
    assert_eq!(seen.header("cache-control"), "private, no-store");
    assert!(seen.header("vary").to_lowercase().contains("authorization"), "{}", seen.header("vary"));
    let code = json!({ "code": code_in(&w.nth_mail_to("lantern@example.org", 0).await) });
    w.post("/v1/guests/confirmations", &code).await.expect(204);
    expected["email_verified"] = json!(true);
    let seen = me().await;
    assert_eq!(seen.expect(200), expected);
    assert!(!seen.text().contains("example.org"));
}

#[actix_web::test]
async fn others_are_turned_away_and_so_is_who_is_gone() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let posted = guest_of(&w, &slug, "Lantern").await;
    w.get("/v1/guests/me").await.problem(401, "unauthenticated");
    as_guest(&w, "nonsense", Method::GET, "/v1/guests/me", None).await.problem(401, "unauthenticated");
    let ada = w.reader("Ada").await;
    w.get_as(&ada.access_token, "/v1/guests/me").await.problem(403, "forbidden");
    as_guest(&w, token(&posted), Method::DELETE, "/v1/guests/me?comments=remove", None).await.expect(204);
    as_guest(&w, token(&posted), Method::GET, "/v1/guests/me", None).await.problem(401, "unauthenticated");
}

/// Nothing that everybody sees ties somebody's comments under one article to theirs under another.
#[actix_web::test]
async fn one_person_is_another_guest_on_every_article() {
    let w = World::new().await;
    let mut ids = Vec::new();
    for title in ["One", "Two"] {
        let (slug, _) = w.article_taking(title, crate::world::OPEN).await;
        let path = format!("/v1/articles/{slug}/comments");
        let body = json!({ "body": "Hello.", "guest": { "name": "Lantern", "email": "lantern@example.org" } });
        let posted = w.post(&path, &body).await.expect(201);
        let guest = posted["author"]["id"].as_str().unwrap().to_owned();
        let comment = posted["id"].as_str().unwrap().to_owned();
        ids.push((guest, path, format!("/v1/comments/{comment}")));
    }
    let (one, two) = (&ids[0], &ids[1]);
    assert_ne!(one.0, two.0);
    for (guest, others) in [(&one.0, two), (&two.0, one)] {
        for page in [&others.1, &others.2] {
            let reply = w.get(page).await;
            reply.expect(200);
            let all = format!("{} {:?}", reply.text(), reply.headers);
            assert!(!all.contains(guest.as_str()) && !all.contains("example.org"), "{page}: {all}");
        }
    }
    // The token of one is good for nothing under the other.
    let body = json!({ "name": "Candle" });
    let introduced = w.post("/v1/articles/one/guests", &body).await.expect(201);
    let elsewhere = Some(json!({ "body": "Hello." }));
    let refused = as_guest(&w, token(&introduced), Method::POST, &two.1, elsewhere).await;
    refused.problem(401, "unauthenticated");
}
