use super::{address, body, guest, post};
use crate::world::{World, code_in, id};
use chrono::TimeDelta;
use colloquy::{
    comments,
    db::Pool,
    events::{Journal, Own},
};
use reqwest::Method;
use serde_json::json;
use std::sync::Arc;

const HERE: &str = "198.51.100.1";

#[actix_web::test]
async fn an_address_is_asked_and_may_be_written_to_once_its_owner_says_so() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let guest = post(&w, &slug, "Lantern@Example.org", HERE).await;
    assert_eq!(address(&w, guest).await, None);
    let mail = w.nth_mail_to("Lantern@example.org", 0).await;
    assert!(mail.contains("Subject: Your address at Colloquy"), "{mail}");
    assert!(!mail.contains("Orlaith") && !mail.contains("Lantern "), "nothing that the guest chose: {mail}");
    assert!(!mail.contains("How to listen") && !mail.contains(&slug), "nor what it was about: {mail}");
    let code = json!({ "code": code_in(&mail) });
    let reply = w.post("/v1/guests/confirmations", &code).await;
    reply.expect(204);
    assert!(reply.bytes.is_empty());
    assert_eq!(address(&w, guest).await.as_deref(), Some("Lantern@example.org"));
    w.post("/v1/guests/confirmations", &code).await.problem(422, "bad_code");
    assert_eq!(address(&w, guest).await.as_deref(), Some("Lantern@example.org"), "once is enough");
}

#[actix_web::test]
async fn only_the_guest_who_was_asked_about_is_confirmed() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let one = post(&w, &slug, "ada@example.org", HERE).await;
    let mail = w.nth_mail_to("ada@example.org", 0).await;
    let other = post(&w, &slug, "ada@example.org", HERE).await;
    w.post("/v1/guests/confirmations", &json!({ "code": code_in(&mail) })).await.expect(204);
    assert!(address(&w, one).await.is_some());
    assert_eq!(address(&w, other).await, None, "somebody else may have given it");
}

#[actix_web::test]
async fn a_code_is_good_for_a_day_and_forgotten_then() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let guest = post(&w, &slug, "ada@example.org", HERE).await;
    let code = json!({ "code": code_in(&w.nth_mail_to("ada@example.org", 0).await) });
    let pool = Pool::new(&w.db.url(), &w.settings, Arc::default()).unwrap();
    let journal = Journal::new(pool, w.clock.clone(), Arc::new(|_| ()), Own::default());
    assert_eq!(comments::sweep(&journal).await.unwrap(), 0);
    w.clock.set(w.clock.now() + TimeDelta::hours(24));
    w.post("/v1/guests/confirmations", &code).await.problem(422, "bad_code");
    assert_eq!(address(&w, guest).await, None);
    assert_eq!(comments::sweep(&journal).await.unwrap(), 3, "the code, and the two prints of what was said");
}

#[actix_web::test]
async fn what_is_no_code_is_refused_and_guessing_has_an_end() {
    let w = World::new().await;
    for wrong in [json!({}), json!({ "code": 7 }), json!({ "code": "x", "guest": "me" })] {
        w.post("/v1/guests/confirmations", &wrong).await.problem(400, "bad_request");
    }
    let guess = json!({ "code": "guess" });
    for _ in 0..30 {
        assert_eq!(w.post("/v1/guests/confirmations", &guess).await.problem(422, "bad_code"), ["#/code"]);
    }
    let refused = w.post("/v1/guests/confirmations", &guess).await;
    refused.problem(429, "too_many_requests");
    assert_eq!(refused.header("retry-after"), "20");
}

#[actix_web::test]
async fn of_twenty_who_show_a_code_at_once_one_is_heard() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    post(&w, &slug, "ada@example.org", HERE).await;
    let code = json!({ "code": code_in(&w.nth_mail_to("ada@example.org", 0).await) });
    let all = futures_util::future::join_all((0..20).map(|_| w.post("/v1/guests/confirmations", &code))).await;
    assert_eq!(all.iter().filter(|reply| reply.status == 204).count(), 1);
    assert_eq!(all.iter().filter(|reply| reply.status == 422).count(), 19);
}

#[actix_web::test]
async fn what_is_sent_twice_asks_once_and_without_an_address_nobody_is_asked() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    w.say(&slug, "No address.", None).await;
    let path = format!("/v1/articles/{slug}/comments");
    let body = body(&w, "ada@example.org");
    let send = async || {
        let request = w.request(Method::POST, &path).header("idempotency-key", "a-key-of-my-own");
        request.json(&body).send().await.expect(201)
    };
    assert_eq!(id(&send().await), id(&send().await));
    w.clock.set(w.clock.now() + TimeDelta::hours(2));
    let posted = send().await;
    assert_eq!(address(&w, guest(&w, &id(&posted)).await).await, None);
    post(&w, &slug, "last@example.org", HERE).await;
    w.nth_mail_to("last@example.org", 0).await;
    assert_eq!(std::fs::read_dir(w.mails.path()).unwrap().count(), 2);
}

#[actix_web::test]
async fn who_confirms_gets_the_link_by_which_they_come_back() {
    let page = "https://example.org/mine";
    let w = World::with(&[("guest_url", page)]).await;
    let (slug, _) = w.open_article().await;
    let body = json!({ "body": "Thank you.", "guest": { "name": "Lantern", "email": "lantern@example.org" } });
    let posted = w.post(&format!("/v1/articles/{slug}/comments"), &body).await.expect(201);
    let link = format!("{page}#manage_token={}", posted["manage_token"].as_str().unwrap());
    assert_eq!(posted["manage_link"], json!(link));
    let introduced = w.post(&format!("/v1/articles/{slug}/guests"), &json!({ "name": "Candle" })).await.expect(201);
    let token = introduced["manage_token"].as_str().unwrap();
    assert_eq!(introduced["manage_link"], json!(format!("{page}#manage_token={token}")));
    // Nothing goes to an address that may be somebody else's.
    let asked = w.nth_mail_to("lantern@example.org", 0).await;
    assert!(!asked.contains("manage_token"), "{asked}");
    w.post("/v1/guests/confirmations", &json!({ "code": code_in(&asked) })).await.expect(204);
    let mail =
        w.nth_mail_to("lantern@example.org", 1).await.replace("=\r\n", "").replace("=\n", "").replace("=3D", "=");
    assert!(mail.contains("Subject: Your way back to Colloquy") && mail.contains(&link), "{mail}");
    assert!(!mail.contains("Thank you") && !mail.contains("Lantern ") && !mail.contains(&slug), "{mail}");
}

#[actix_web::test]
async fn without_a_page_there_is_no_link() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let posted = w.post_as_guest(&slug, "Hello.", None).await.expect(201);
    assert_eq!(posted.get("manage_link"), None);
}
