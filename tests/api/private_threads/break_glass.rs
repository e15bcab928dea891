use super::{at, bearer, call, get, opened, post, said, taken};
use crate::world::{NOTHING, Person, World};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

const REASON: &str = "Somebody may be in danger: call of 14 March.";

/// Breaks the glass of a thread.
pub async fn broken(w: &World, admin: &Person, thread: &str) -> Value {
    post(w, &bearer(admin), &at(thread, "/break-glass"), json!({ "reason": REASON })).await.expect(201)
}

#[actix_web::test]
async fn an_admin_says_why_reads_for_an_hour_and_those_in_the_thread_are_told() {
    let w = World::new().await;
    let (june, reader, marit) = (w.admin("June").await, w.reader("Ada").await, w.coach("Marit").await);
    let ada = bearer(&reader);
    let thread = taken(&w, &ada, &marit).await;
    get(&w, &bearer(&june), &at(&thread, "")).await.problem(404, "not_found");
    get(&w, &bearer(&june), &at(&thread, "/break-glass")).await.problem(404, "not_found");
    let reply = post(&w, &bearer(&june), &at(&thread, "/break-glass"), json!({ "reason": REASON })).await;
    let shown = reply.expect(201);
    assert_eq!(reply.header("cache-control"), "private, no-store");
    let until = w.clock.now() + TimeDelta::hours(1);
    let access = json!({ "at": w.clock.now(), "by": { "id": june.id, "name": "June" }, "until": until });
    let mut reasoned = access.clone();
    reasoned["reason"] = json!(REASON);
    assert_eq!((&shown["accesses"], &shown["until"]), (&json!([reasoned]), &json!(until)));
    assert_eq!((&shown["reader"]["name"], &shown["coaches"][0]["name"]), (&json!("Ada"), &json!("Marit")));
    for who in [&ada, &bearer(&marit)] {
        assert_eq!(get(&w, who, &at(&thread, "")).await.expect(200)["accesses"], json!([access]));
        let listed = get(&w, who, "/v1/private-threads").await.expect(200);
        assert_eq!(listed["items"][0]["accesses"], json!([access]));
    }
    let mail = w.nth_mail_to(&reader.email, 0).await;
    assert!(mail.contains("You have a new message.") && !mail.contains("danger"), "{mail}");
    let audit = get(&w, &bearer(&june), "/v1/audit?kind=private_thread.opened").await;
    let noted = &audit.expect(200)["items"][0];
    assert_eq!((&noted["actor_id"], &noted["subject_id"]), (&json!(june.id), &json!(thread)));
    assert!(!audit.text().contains("danger"), "{}", audit.text());
}

#[actix_web::test]
async fn a_reader_who_has_left_is_told_too() {
    let w = World::new().await;
    let (june, ada, marit) = (w.admin("June").await, w.reader("Ada").await, w.coach("Marit").await);
    let thread = taken(&w, &bearer(&ada), &marit).await;
    post(&w, &bearer(&ada), &at(&thread, "/leave"), json!({})).await.expect(204);
    broken(&w, &june, &thread).await;
    assert!(w.nth_mail_to(&ada.email, 0).await.contains("You have a new message."));
}

#[actix_web::test]
async fn reading_is_all_that_it_is_for_and_only_there_and_only_then() {
    let w = World::new().await;
    let (june, other, marit) = (w.admin("June").await, w.admin("Noor").await, w.coach("Marit").await);
    let ada = bearer(&w.reader("Ada").await);
    let (thread, elsewhere) = (taken(&w, &ada, &marit).await, opened(&w, &ada).await);
    broken(&w, &june, &thread).await;
    for (method, rest) in [
        (Method::GET, ""),
        (Method::GET, "/messages"),
        (Method::GET, "/draft"),
        (Method::PUT, "/draft"),
        (Method::POST, "/messages"),
        (Method::PATCH, "/messages/1"),
        (Method::DELETE, "/messages/1"),
        (Method::POST, "/close"),
        (Method::DELETE, ""),
    ] {
        let request = w.request(method.clone(), &at(&thread, rest)).bearer(&june.access_token).header("if-match", "*");
        let reply = request.json(&json!({ "body": "I am here, too." })).send().await;
        assert_eq!(reply.status, 404, "{method} {rest}: {}", reply.text());
    }
    for rest in ["/break-glass", "/break-glass/messages"] {
        get(&w, &bearer(&june), &at(&thread, rest)).await.expect(200);
        get(&w, &bearer(&june), &at(&elsewhere, rest)).await.problem(404, "not_found");
        get(&w, &bearer(&other), &at(&thread, rest)).await.problem(404, "not_found");
    }
    assert_eq!(get(&w, &bearer(&june), "/v1/private-threads").await.expect(200)["items"], json!([]));
    w.clock.set(w.clock.now() + TimeDelta::hours(1));
    let (later, _) = w.log_in(&june.email).await;
    for rest in ["/break-glass", "/break-glass/messages"] {
        get(&w, &format!("Bearer {later}"), &at(&thread, rest)).await.problem(404, "not_found");
    }
    assert_eq!(said(&w, &format!("Bearer {}", w.log_in("ada@example.org").await.0), &thread).await.len(), 1);
}

#[actix_web::test]
async fn twice_within_the_hour_is_a_conflict_and_afterwards_another_access() {
    let w = World::new().await;
    let (june, ada) = (w.admin("June").await, bearer(&w.reader("Ada").await));
    let thread = opened(&w, &ada).await;
    broken(&w, &june, &thread).await;
    let again = post(&w, &bearer(&june), &at(&thread, "/break-glass"), json!({ "reason": "Once more." })).await;
    again.problem(409, "conflict");
    assert!(again.text().contains("until 2026-03-14T13:00:00Z"), "{}", again.text());
    w.clock.set(w.clock.now() + TimeDelta::hours(1));
    let (token, _) = w.log_in(&june.email).await;
    let anew = post(&w, &format!("Bearer {token}"), &at(&thread, "/break-glass"), json!({ "reason": "Later." })).await;
    let reasons: Vec<_> =
        anew.expect(201)["accesses"].as_array().unwrap().iter().map(|it| it["reason"].clone()).collect();
    assert_eq!(reasons, [json!("Later."), json!(REASON)]);
}

#[actix_web::test]
async fn a_reason_is_asked_for_and_a_thread() {
    let w = World::new().await;
    let (june, ada) = (w.admin("June").await, bearer(&w.reader("Ada").await));
    let thread = opened(&w, &ada).await;
    for reason in ["", "  ", &"x".repeat(501), "a\u{0}b"] {
        let body = json!({ "reason": reason });
        let places = post(&w, &bearer(&june), &at(&thread, "/break-glass"), body).await.problem(422, "validation");
        assert_eq!(places, ["#/reason"]);
    }
    post(&w, &bearer(&june), &at(NOTHING, "/break-glass"), json!({ "reason": "x" })).await.problem(404, "not_found");
    assert_eq!(get(&w, &ada, &at(&thread, "")).await.expect(200)["accesses"], json!([]));
    let longest = json!({ "reason": "x".repeat(500) });
    post(&w, &bearer(&june), &at(&thread, "/break-glass"), longest).await.expect(201);
}

#[actix_web::test]
async fn it_takes_an_admin_who_has_just_logged_in() {
    let w = World::new().await;
    let (june, marit, mo) = (w.admin("June").await, w.coach("Marit").await, w.moderator("Mo").await);
    let ada = bearer(&w.reader("Ada").await);
    let (path, body) = (at(&taken(&w, &ada, &marit).await, "/break-glass"), json!({ "reason": REASON }));
    for who in [&ada, &bearer(&marit), &bearer(&mo)] {
        post(&w, who, &path, body.clone()).await.problem(403, "forbidden");
    }
    w.post(&path, &body).await.problem(401, "unauthenticated");
    w.clock.set(w.clock.now() + TimeDelta::minutes(16));
    let refreshed = w.post("/v1/sessions/refresh", &json!({ "refresh_token": june.refresh_token })).await.expect(200);
    let stale = format!("Bearer {}", refreshed["access_token"].as_str().unwrap());
    post(&w, &stale, &path, body.clone()).await.problem(403, "recent_log_in_required");
    let (fresh, _) = w.log_in(&june.email).await;
    call(&w, &format!("Bearer {fresh}"), Method::POST, &path, Some(body)).await.expect(201);
}

#[actix_web::test]
async fn an_invitation_can_be_read_as_it_stands() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (june, marit) = (w.admin("June").await, w.coach("Marit").await);
    let guest = super::verified_guest(&w, &slug, "Lantern").await;
    let thread = super::invited(&w, &marit, &guest.comment).await;
    let shown = broken(&w, &june, &thread).await;
    assert_eq!((&shown["state"], &shown["comment_id"]), (&json!("invited"), &json!(guest.comment)));
    assert_eq!(get(&w, &guest.authorization, &at(&thread, "")).await.expect(200)["accesses"][0]["by"]["name"], "June");
}
