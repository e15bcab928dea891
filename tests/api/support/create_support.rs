use super::{KEPT, but, create, line, names};
use crate::world::World;
use colloquy::db::schema::support_resources;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};

#[actix_web::test]
async fn it_is_kept_as_it_is_entered_and_shown_at_once() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    assert!(names(&w, "").await.is_empty());
    let new = json!({
        "name": "  Telefonseelsorge ", "region": "de", "language": "DE-at", "phone": " 0800 1110111 ",
        "url": "https://example.org/hilfe", "checked_on": "2026-03-14", "position": 7,
    });
    let made = create(&w, &moderator, &new).await.expect(201);
    let kept = json!({
        "id": made["id"], "revision": 1, "name": "Telefonseelsorge", "region": "DE", "language": "de-at",
        "phone": "0800 1110111", "url": "https://example.org/hilfe", "checked_on": "2026-03-14", "position": 7,
    });
    assert_eq!(made, kept);
    assert_eq!(w.get("/v1/support").await.expect(200)["items"], json!([kept]));
    let admin = w.admin("June").await;
    let audit = w.see(&admin, "/v1/audit?kind=support.created").await.expect(200);
    let entry = &audit["items"][0];
    assert_eq!((&entry["actor_id"], &entry["subject_id"]), (&json!(moderator.id), &made["id"]));
}

#[actix_web::test]
async fn what_cannot_be_kept_is_named() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let refused = async |changes: Value| {
        let reply = create(&w, &moderator, &but(line("A line", "DE", "de"), changes)).await;
        reply.problem(422, "validation")
    };
    for (changes, place) in [
        (json!({ "name": "" }), "#/name"),
        (json!({ "name": "x".repeat(121) }), "#/name"),
        (json!({ "name": "a\u{0}b" }), "#/name"),
        (json!({ "region": "DEU" }), "#/region"),
        (json!({ "region": "1A" }), "#/region"),
        (json!({ "language": "german" }), "#/language"),
        (json!({ "language": format!("de-{}", "a".repeat(33)) }), "#/language"),
        (json!({ "phone": null }), "#/phone"),
        (json!({ "phone": "  " }), "#/phone"),
        (json!({ "phone": "call us" }), "#/phone"),
        (json!({ "phone": "1".repeat(41) }), "#/phone"),
        (json!({ "url": "javascript:alert(1)" }), "#/url"),
        (json!({ "url": format!("https://example.org/{}", "a".repeat(481)) }), "#/url"),
        (json!({ "checked_on": "2026-03-16" }), "#/checked_on"),
        (json!({ "position": -1 }), "#/position"),
        (json!({ "position": 10_001 }), "#/position"),
    ] {
        assert_eq!(refused(changes.clone()).await, [place], "{changes}");
    }
    let all = json!({ "name": "", "region": "?", "language": "?", "phone": "?", "url": "?", "position": -1 });
    assert_eq!(refused(all).await, ["#/region", "#/language", "#/name", "#/phone", "#/url", "#/position"]);
    assert!(names(&w, "").await.is_empty());
    // What is at the bounds is taken.
    let longest = json!({
        "name": "x".repeat(120), "phone": "1".repeat(40), "url": format!("https://example.org/{}", "a".repeat(480)),
        "checked_on": "2026-03-15", "position": 10_000, "region": null, "language": format!("de-{}", ["abcdefgh"; 3].join("-")),
    });
    create(&w, &moderator, &but(line("A line", "DE", "de"), longest)).await.expect(201);
}

#[actix_web::test]
async fn a_body_that_is_no_resource_is_refused() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let bad = async |changes: Value| {
        create(&w, &moderator, &but(line("A line", "DE", "de"), changes)).await.problem(400, "bad_request")
    };
    bad(json!({ "checked_on": "yesterday" })).await;
    bad(json!({ "language": null })).await;
    bad(json!({ "colour": "blue" })).await;
}

#[actix_web::test]
async fn there_are_two_hundred_at_most() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let resource = |_| {
        (
            support_resources::id.eq(w.clock.id()),
            support_resources::language.eq("en"),
            support_resources::name.eq("A line"),
            support_resources::phone.eq("112"),
            support_resources::checked_on.eq(w.clock.now().date_naive()),
        )
    };
    let most: Vec<_> = (0..200).map(resource).collect();
    diesel::insert_into(support_resources::table).values(most).execute(&mut w.db.conn().await).await.unwrap();
    create(&w, &moderator, &line("One more", "", "en")).await.problem(409, "conflict");
}

#[actix_web::test]
async fn moderators_do_it() {
    let w = World::new().await;
    let (coach, reader) = (w.coach("Colin").await, w.reader("Wren").await);
    create(&w, &coach, &line("A line", "", "en")).await.problem(403, "forbidden");
    create(&w, &reader, &line("A line", "", "en")).await.problem(403, "forbidden");
    w.post(KEPT, &line("A line", "", "en")).await.problem(401, "unauthenticated");
}
