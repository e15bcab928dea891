use super::{at, bearer, commenting_guest, get, post, said, verified_guest};
use crate::world::{World, id, too_often};
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_reader_opens_a_thread_that_waits_for_a_coach() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let ada = bearer(&w.reader("Ada").await);
    let wanted = json!({ "title": " About my brother ", "body": "I could not write this *there*.", "article": slug });
    let reply = post(&w, &ada, "/v1/private-threads", wanted).await;
    let thread = reply.expect(201);
    assert_eq!(reply.header("cache-control"), "private, no-store");
    assert_eq!(reply.header("location"), format!("/v1/private-threads/{}", id(&thread)));
    let now = json!(w.clock.now());
    let expected = json!({
        "id": thread["id"], "state": "open", "you": "reader", "title": "About my brother",
        "article_id": article_id, "comment_id": null,
        "reader": { "id": thread["reader"]["id"], "name": "Ada", "read_no": 1, "left": false },
        "coaches": [], "accesses": [], "created_at": now, "opened_at": now, "closed_at": null, "waiting_since": now, "last_at": now,
        "last_no": 1, "read_no": 1, "unread": 0, "disclosure": { "reader": false, "coaches": false },
    });
    assert_eq!(thread, expected);
    assert_eq!(get(&w, &ada, &at(&id(&thread), "")).await.expect(200), thread);
    assert_eq!(said(&w, &ada, &id(&thread)).await, ["I could not write this *there*."]);
}

#[actix_web::test]
async fn a_guest_opens_one_from_a_comment_and_asks_a_coach() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let (marit, joss) = (w.coach("Marit").await, w.coach("Joss").await);
    let guest = verified_guest(&w, &slug, "Lantern").await;
    let wanted = json!({ "body": "To you alone.", "comment_id": guest.comment, "coach_id": marit.id });
    let thread = post(&w, &guest.authorization, "/v1/private-threads", wanted).await.expect(201);
    assert_eq!((&thread["article_id"], &thread["comment_id"]), (&json!(article_id), &json!(guest.comment)));
    assert_eq!(thread["reader"]["name"], "Lantern");
    let waiting =
        async |coach| get(&w, &bearer(coach), "/v1/private-threads/waiting").await.expect(200)["items"].clone();
    let told = json!([{ "id": thread["id"], "since": w.clock.now(), "asked_you": true }]);
    assert_eq!((waiting(&marit).await, waiting(&joss).await), (told, json!([])));
    let mail = w.nth_mail_to(&marit.email, 0).await;
    assert!(mail.contains("You have a new message.") && !mail.contains("To you alone"), "{mail}");
    assert!(w.mails_to(&joss.email).is_empty());
    post(&w, &bearer(&joss), &at(&id(&thread), "/admission"), json!({})).await.problem(404, "not_found");
    post(&w, &bearer(&marit), &at(&id(&thread), "/admission"), json!({})).await.expect(200);
}

#[actix_web::test]
async fn sent_twice_it_happens_once() {
    let w = World::new().await;
    let ada = bearer(&w.reader("Ada").await);
    let send = async |body: Value| {
        let request = w.request(Method::POST, "/v1/private-threads").header("authorization", &ada);
        request.header("idempotency-key", "one-two-three").json(&body).send().await
    };
    let first = send(json!({ "body": "Once." })).await.expect(201);
    assert_eq!(send(json!({ "body": "Once." })).await.expect(201), first);
    send(json!({ "body": "Other." })).await.problem(422, "idempotency_key_reused");
    let mine = get(&w, &ada, "/v1/private-threads").await.expect(200);
    assert_eq!(mine["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn a_guest_without_a_confirmed_address_cannot() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let guest = commenting_guest(&w, &slug, "Lantern").await;
    let refused = post(&w, &guest.authorization, "/v1/private-threads", json!({ "body": "Hello." })).await;
    refused.problem(403, "address_unverified");
    assert_eq!(get(&w, &guest.authorization, "/v1/private-threads").await.expect(200)["items"], json!([]));
}

#[actix_web::test]
async fn every_flaw_is_named() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, bea) = (w.reader("Ada").await, w.reader("Bea").await);
    let by = bearer(&ada);
    let open = async |body: Value| post(&w, &by, "/v1/private-threads", body).await;
    let flaws = open(json!({ "title": " ", "body": "" })).await;
    assert_eq!(flaws.problem(422, "validation"), ["#/title", "#/body"]);
    let foreign = w.say(&slug, "Somebody else's.", None).await;
    let at_comment = open(json!({ "body": "Hello.", "comment_id": foreign })).await;
    assert_eq!(at_comment.problem(422, "validation"), ["#/comment_id"]);
    let at_article = open(json!({ "body": "Hello.", "article": "no-such" })).await;
    assert_eq!(at_article.problem(422, "validation"), ["#/article"]);
    let both = open(json!({ "body": "Hello.", "article": slug, "comment_id": foreign })).await;
    assert_eq!(both.problem(422, "validation"), ["#/article"]);
    for nobody in [bea.id.as_str(), ada.id.as_str(), crate::world::NOTHING] {
        let at_coach = open(json!({ "body": "Hello.", "coach_id": nobody })).await;
        assert_eq!(at_coach.problem(422, "validation"), ["#/coach_id"]);
    }
    open(json!({ "body": "Hello.", "subject": "?" })).await.problem(400, "bad_request");
    w.draft(&w.coach("Marit").await, json!({ "title": "Not yet" })).await;
    let draft = open(json!({ "body": "Hello.", "article": "not-yet" })).await;
    assert_eq!(draft.problem(422, "validation"), ["#/article"]);
    w.post("/v1/private-threads", &json!({ "body": "Hello." })).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn who_is_muted_cannot() {
    let w = World::new().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    let sanction = json!({ "kind": "mute", "subject": { "account_id": ada.id }, "reason": "abuse" });
    w.post_by(&moderator, "/v1/moderation/sanctions", &sanction).await.expect(201);
    let refused = post(&w, &bearer(&ada), "/v1/private-threads", json!({ "body": "Hello." })).await;
    refused.problem(403, "muted");
}

#[actix_web::test]
async fn too_many_at_once_are_refused() {
    let w = World::with(&[("comments_per_minute", "2")]).await;
    let ada = bearer(&w.reader("Ada").await);
    let open = async || post(&w, &ada, "/v1/private-threads", json!({ "body": "Hello." })).await;
    too_often(open).await.problem(429, "too_many_requests");
}
