use super::{RULES, but, create, words};
use crate::world::World;
use colloquy::db::schema::{audit, events};
use diesel::prelude::*;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use serde_json::{Value, json};
use uuid::Uuid;

#[actix_web::test]
async fn a_rule_is_kept_as_it_is_written() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let rule = but(words(&[" casino* ", "online pharmacy"]), json!({ "language": "en", "enabled": false }));
    let reply = create(&w, &moderator.access_token, &rule).await;
    let made = reply.expect(201);
    assert_eq!(reply.header("location"), format!("{RULES}/{}", made["id"].as_str().unwrap()));
    let expected = json!({
        "id": made["id"], "revision": 1, "name": "Casino spam", "kind": "words", "action": "hold", "language": "en",
        "priority": 0, "terms": ["casino*", "online pharmacy"], "enabled": false,
        "created_at": "2026-03-14T12:00:00Z", "updated_at": "2026-03-14T12:00:00Z",
    });
    assert_eq!(made, expected);
    let path = reply.header("location").to_owned();
    let seen = w.request(reqwest::Method::GET, &path).bearer(&moderator.access_token).send().await.expect(200);
    assert_eq!(seen, made);
}

#[actix_web::test]
async fn it_is_told_and_noted_without_what_it_looks_for() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let made = create(&w, &moderator.access_token, &words(&["unmistakable"])).await.expect(201);
    let mut conn = w.db.conn().await;
    let told: (String, Value, Option<Uuid>) = events::table
        .filter(events::kind.eq("screening_rule.created"))
        .select((events::tags, events::data, events::actor_id))
        .first(&mut conn)
        .await
        .unwrap();
    assert_eq!(told, ("screening".into(), json!({ "rule_id": made["id"] }), Some(moderator.id.parse().unwrap())));
    let noted: (Option<Uuid>, Value) = audit::table
        .filter(audit::kind.eq("screening_rule.created"))
        .select((audit::subject_id, audit::data))
        .first(&mut conn)
        .await
        .unwrap();
    let data = json!({ "revision": 1, "kind": "words", "action": "hold", "enabled": true, "terms": 1 });
    assert_eq!(noted, (Some(made["id"].as_str().unwrap().parse().unwrap()), data));
}

#[actix_web::test]
async fn what_could_not_work_is_named() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let refused = async |rule: Value| create(&w, &moderator.access_token, &rule).await.problem(422, "validation");
    assert_eq!(refused(words(&["spam", "…", "*", "\u{200b}"])).await, ["#/terms/1", "#/terms/2", "#/terms/3"]);
    assert_eq!(refused(words(&[])).await, ["#/terms"]);
    assert_eq!(refused(words(&["x"; 1001])).await, ["#/terms"]);
    assert_eq!(refused(words(&["spam", &"x".repeat(101), "a\0b", " "])).await, ["#/terms/1", "#/terms/2", "#/terms/3"]);
    let hosts = ["example.com", "https://example.com/", "*.example.com", "two words", "Bücher.example"];
    assert_eq!(refused(but(words(&hosts), json!({ "kind": "hosts" }))).await, ["#/terms/1", "#/terms/2", "#/terms/3"]);
    let rule = json!({ "name": " ", "language": "english", "priority": 4 });
    assert_eq!(refused(but(words(&["spam"]), rule)).await, ["#/name", "#/language", "#/priority"]);
    assert_eq!(
        refused(but(words(&["spam"]), json!({ "name": "x".repeat(81), "priority": 1 }))).await,
        ["#/name", "#/priority"]
    );
    let safety = but(words(&["nobody would miss me"]), json!({ "kind": "safety", "action": "reject" }));
    assert_eq!(refused(safety).await, ["#/action"]);
}

#[actix_web::test]
async fn what_is_no_rule_is_refused() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    for wrong in [
        json!({ "kind": "letters" }),
        json!({ "action": "wait" }),
        json!({ "enabled": null }),
        json!({ "terms": "spam" }),
        json!({ "priority": 1.5 }),
        json!({ "id": moderator.id }),
    ] {
        create(&w, &moderator.access_token, &but(words(&["spam"]), wrong)).await.problem(400, "bad_request");
    }
}

#[actix_web::test]
async fn the_largest_rule_is_taken() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let terms: Vec<String> = (0..1000).map(|n| format!("{n:0>100}")).collect();
    let rule = json!({
        "name": "n".repeat(80), "kind": "safety", "action": "hold", "language": "zh-Hant-TW", "priority": 3,
        "terms": terms, "enabled": true,
    });
    let made = create(&w, &moderator.access_token, &rule).await.expect(201);
    assert_eq!((made["terms"].as_array().unwrap().len(), &made["priority"]), (1000, &json!(3)));
}

#[actix_web::test]
async fn there_are_two_hundred_at_most() {
    let w = World::new().await;
    let admin = w.admin("June").await;
    let many = "INSERT INTO screening_rules (id, name, kind, action, terms, enabled, created_at, updated_at)
                SELECT gen_random_uuid(), 'Rule ' || n, 'words', 'hold', ARRAY['spam'], false, now(), now()
                FROM generate_series(1, 199) AS n";
    w.db.conn().await.batch_execute(many).await.unwrap();
    let rule = words(&["spam"]);
    let make = || create(&w, &admin.access_token, &rule);
    // Three at once are one too many, twice.
    let (one, two, three) = tokio::join!(make(), make(), make());
    let made = [one, two, three].iter().filter(|reply| reply.status == 201).count();
    assert_eq!(made, 1);
    make().await.problem(409, "conflict");
}

#[actix_web::test]
async fn only_moderators_make_rules() {
    let w = World::new().await;
    w.post(RULES, &words(&["spam"])).await.problem(401, "unauthenticated");
    for person in [w.reader("Ada").await, w.coach("Colin").await] {
        create(&w, &person.access_token, &words(&["spam"])).await.problem(403, "forbidden");
    }
}
