use super::{RULES, create, edit, path, words};
use crate::world::World;
use chrono::TimeDelta;
use colloquy::db::schema::audit;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn what_is_left_out_stays() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let made = create(&w, &moderator.access_token, &words(&["spam"])).await.expect(201);
    w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    let changes = json!({ "terms": ["casino", "poker"], "language": "de", "action": "reject" });
    let changed = edit(&w, &moderator.access_token, &made, &changes).await.expect(200);
    let mut expected = made.clone();
    expected["revision"] = json!(2);
    expected["updated_at"] = json!("2026-03-14T12:01:00Z");
    for (name, value) in changes.as_object().unwrap() {
        expected[name] = value.clone();
    }
    assert_eq!(changed, expected);
    let off = json!({ "enabled": false, "language": null, "name": "Games", "priority": 0 });
    let off = edit(&w, &moderator.access_token, &changed, &off).await.expect(200);
    assert_eq!((&off["enabled"], &off["language"], &off["name"]), (&json!(false), &Value::Null, &json!("Games")));
    let kinds: Vec<String> = audit::table
        .filter(audit::subject_id.eq(made["id"].as_str().unwrap().parse::<uuid::Uuid>().unwrap()))
        .order(audit::id)
        .select(audit::kind)
        .load(&mut w.db.conn().await)
        .await
        .unwrap();
    assert_eq!(kinds, ["screening_rule.created", "screening_rule.changed", "screening_rule.changed"]);
}

#[actix_web::test]
async fn the_rule_as_a_whole_has_to_work() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let made = create(&w, &moderator.access_token, &words(&["two words", "spam"])).await.expect(201);
    let refused =
        async |changes: Value| edit(&w, &moderator.access_token, &made, &changes).await.problem(422, "validation");
    assert_eq!(refused(json!({ "kind": "hosts" })).await, ["#/terms/0"]);
    assert_eq!(refused(json!({ "kind": "safety", "action": "nudge" })).await, ["#/action"]);
    assert_eq!(refused(json!({ "priority": 2 })).await, ["#/priority"]);
    assert_eq!(refused(json!({ "terms": [] })).await, ["#/terms"]);
    assert_eq!(refused(json!({ "name": "" })).await, ["#/name"]);
    edit(&w, &moderator.access_token, &made, &json!({ "revision": 2 })).await.problem(400, "bad_request");
    let seen = w.request(Method::GET, &path(&made)).bearer(&moderator.access_token).send().await.expect(200);
    assert_eq!(seen, made);
}

#[actix_web::test]
async fn nobody_overwrites_what_they_have_not_seen() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let made = create(&w, &moderator.access_token, &words(&["spam"])).await.expect(201);
    let off = json!({ "enabled": false });
    edit(&w, &moderator.access_token, &made, &off).await.expect(200);
    edit(&w, &moderator.access_token, &made, &off).await.problem(412, "precondition_failed");
    let request = w.request(Method::PATCH, &path(&made)).bearer(&moderator.access_token);
    request.json(&off).send().await.problem(428, "precondition_required");
    let nothing = json!({ "id": w.clock.id(), "revision": 1 });
    edit(&w, &moderator.access_token, &nothing, &off).await.problem(404, "not_found");
}

#[actix_web::test]
async fn only_moderators_change_rules() {
    let w = World::new().await;
    let (moderator, coach) = (w.moderator("Mo").await, w.coach("Colin").await);
    let made = create(&w, &moderator.access_token, &words(&["spam"])).await.expect(201);
    edit(&w, &coach.access_token, &made, &json!({ "enabled": false })).await.problem(403, "forbidden");
    let anybody = w.request(Method::PATCH, &format!("{RULES}/{}", w.clock.id())).json(&json!({}));
    anybody.send().await.problem(401, "unauthenticated");
}
