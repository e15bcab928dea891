use super::{RULES, but, create, words};
use crate::world::{OPEN, Reply, World};
use colloquy::{
    comments::{self, CommentStatus, GuestName, ImportedAuthor, ImportedComment},
    db::schema::{audit, events},
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

async fn try_it(w: &World, token: &str, body: &Value) -> Reply {
    w.request(Method::POST, &format!("{RULES}/try")).bearer(token).json(body).send().await
}

/// So many comments; every tenth speaks of a casino, and its author is a guest like all the others.
async fn talk(w: &World, article_id: Uuid, size: usize) {
    let batch: Vec<_> = (0..size)
        .map(|n| ImportedComment {
            id: w.clock.id(),
            parent_id: None,
            author: ImportedAuthor::Guest(GuestName { name: "Annice".into(), email: None }),
            created_at: w.clock.now(),
            status: CommentStatus::Visible,
            body_markdown: if n % 10 == 0 { format!("The c a s i n o, {n} times.") } else { format!("Thought {n}.") },
            fragment: None,
        })
        .collect();
    for batch in batch.chunks(1000) {
        w.write(async |tx| comments::import_thread(tx, &w.secrets, article_id, batch).await).await.unwrap();
    }
    w.write(async |tx| comments::finish_import(tx, article_id).await).await.unwrap();
}

#[actix_web::test]
async fn what_would_change_over_ten_thousand_comments_is_told_before_it_does() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let (slug, article_id) = w.open_article().await;
    talk(&w, article_id, 10_000).await;
    let body = json!({ "rule": but(words(&["casino"]), json!({ "enabled": false })), "comments": 10_000 });
    let trial = try_it(&w, &moderator.access_token, &body).await.expect(200);
    let sums = json!([trial["looked_at"], trial["cut_short"], trial["matched"], trial["changed"]]);
    assert_eq!(sums, json!([10_000, false, 1000, 1000]));
    assert_eq!(trial["changes"], json!([{ "from": "visible", "to": "held", "comments": 1000 }]));
    let examples = trial["examples"].as_array().unwrap();
    let newest = &examples[0];
    assert_eq!((examples.len(), &newest["excerpt"]), (50, &json!("The c a s i n o, 9990 times.")));
    assert_eq!((&newest["from"], &newest["to"]), (&json!("visible"), &json!("held")));
    assert!(!newest["matched"].as_array().unwrap().is_empty());
    // Nothing happened.
    let rules = w.request(Method::GET, RULES).bearer(&moderator.access_token).send().await.expect(200);
    assert_eq!(rules["items"], json!([]));
    assert_eq!(w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200)["count"], 10_000);
    let mut conn = w.db.conn().await;
    let told: i64 =
        events::table.filter(events::kind.like("screening_rule%")).count().get_result(&mut conn).await.unwrap();
    let noted: i64 =
        audit::table.filter(audit::kind.like("screening_rule%")).count().get_result(&mut conn).await.unwrap();
    assert_eq!((told, noted), (0, 0));
    // One that is in force, changed: what would become of them otherwise.
    let made = create(&w, &moderator.access_token, &words(&["casino"])).await.expect(201);
    let stricter = but(words(&["casino", "thought 7"]), json!({ "action": "reject" }));
    let body = json!({ "id": made["id"], "rule": stricter, "comments": 10_000 });
    let trial = try_it(&w, &moderator.access_token, &body).await.expect(200);
    assert_eq!(
        (&trial["looked_at"], &trial["cut_short"], &trial["changed"]),
        (&json!(10_000), &json!(false), &json!(1001))
    );
    let expected = json!([
        { "from": "held", "to": "rejected", "comments": 1000 }, { "from": "visible", "to": "rejected", "comments": 1 },
    ]);
    assert_eq!(trial["changes"], expected);
}

#[actix_web::test]
async fn a_rule_that_is_there_is_tried_in_its_own_place() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let (_, article_id) = w.open_article().await;
    talk(&w, article_id, 100).await;
    let made = create(&w, &moderator.access_token, &words(&["casino"])).await.expect(201);
    let attempt = async |rule: Value| {
        let body = json!({ "id": made["id"], "rule": rule });
        let trial = try_it(&w, &moderator.access_token, &body).await.expect(200);
        (trial["matched"].clone(), trial["changes"].clone())
    };
    assert_eq!(attempt(words(&["casino"])).await, (json!(10), json!([])));
    let stricter = attempt(but(words(&["casino"]), json!({ "action": "reject" }))).await;
    assert_eq!(stricter, (json!(10), json!([{ "from": "held", "to": "rejected", "comments": 10 }])));
    let narrower = attempt(words(&["casino floor"])).await;
    assert_eq!(narrower.1, json!([{ "from": "held", "to": "visible", "comments": 10 }]));
    // As another rule, it changes nothing that the first does not.
    let body = json!({ "rule": words(&["casino"]) });
    let beside = try_it(&w, &moderator.access_token, &body).await.expect(200);
    assert_eq!((&beside["matched"], &beside["changed"]), (&json!(10), &json!(0)));
}

#[actix_web::test]
async fn the_last_that_came_in_are_looked_at_under_one_article_if_one_is_named() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let (slug, article_id) = w.open_article().await;
    let (other, other_id) = w.article_taking("How to speak", OPEN).await;
    talk(&w, article_id, 600).await;
    talk(&w, other_id, 40).await;
    let gone = w.say(&other, "The casino is gone.", None).await;
    w.delete(&moderator.access_token, &gone).await.expect(204);
    let coach = w.coach("Colin").await;
    w.post_as(&coach.access_token, &other, &json!({ "body": "We say casino." })).await.expect(201);
    let attempt = async |changes: Value| {
        let body = but(json!({ "rule": words(&["casino"]) }), changes);
        let trial = try_it(&w, &moderator.access_token, &body).await.expect(200);
        (trial["looked_at"].as_u64().unwrap(), trial["matched"].as_u64().unwrap())
    };
    // What staff wrote is looked at, and nothing is ever found in it.
    assert_eq!(attempt(json!({})).await, (641, 64));
    assert_eq!(attempt(json!({ "comments": 41 })).await, (41, 4));
    assert_eq!(attempt(json!({ "article": other })).await, (41, 4));
    assert_eq!(attempt(json!({ "article": slug })).await, (600, 60));
    assert_eq!(attempt(json!({ "article": slug, "comments": 300 })).await, (300, 30));
}

#[actix_web::test]
async fn what_could_not_work_is_named() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let refused = async |body: Value| try_it(&w, &moderator.access_token, &body).await.problem(422, "validation");
    let rule = words(&["spam", "…"]);
    assert_eq!(refused(json!({ "rule": rule })).await, ["#/rule/terms/1"]);
    assert_eq!(refused(json!({ "rule": rule, "comments": 0 })).await, ["#/rule/terms/1", "#/comments"]);
    let rule = words(&["spam"]);
    assert_eq!(refused(json!({ "rule": rule, "comments": 10_001 })).await, ["#/comments"]);
    assert_eq!(refused(json!({ "rule": rule, "article": "nowhere" })).await, ["#/article"]);
    let token = &moderator.access_token;
    try_it(&w, token, &json!({ "rule": rule, "comments": -1 })).await.problem(400, "bad_request");
    try_it(&w, token, &json!({ "rule": rule, "all": true })).await.problem(400, "bad_request");
    try_it(&w, token, &json!({})).await.problem(400, "bad_request");
    let coach = w.coach("Colin").await;
    try_it(&w, &coach.access_token, &json!({ "rule": rule })).await.problem(403, "forbidden");
    w.post(&format!("{RULES}/try"), &json!({ "rule": rule })).await.problem(401, "unauthenticated");
}
