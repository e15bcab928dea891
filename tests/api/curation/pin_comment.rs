use super::{assert_hidden_is_not_there, assert_refused_to_others, curate, pin_at, pinned};
use crate::world::{World, events};
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_coach_pins_roots_in_an_order() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, moderator) = (w.coach("Marit").await, w.moderator("Mo").await);
    let (a, b, c) = (w.say(&slug, "A", None).await, w.say(&slug, "B", None).await, w.say(&slug, "C", None).await);
    let path = format!("/v1/comments/{a}");
    assert_eq!(w.get(&path).await.expect(200)["pinned"], false);
    let answer = pin_at(&w, &coach, &a, Value::Null).await.expect(200);
    assert_eq!(
        (&answer["pinned"], &answer["body"]["text"], &answer["revision"]),
        (&json!(true), &json!("A"), &json!(1))
    );
    assert_eq!(w.get(&path).await.expect(200)["pinned"], true);
    pin_at(&w, &moderator, &b, Value::Null).await.expect(200);
    assert_eq!(pinned(&w).await, [a.clone(), b.clone()]);
    pin_at(&w, &coach, &c, json!(1)).await.expect(200);
    assert_eq!(pinned(&w).await, [c.clone(), a.clone(), b.clone()]);
    pin_at(&w, &coach, &c, json!(2)).await.expect(200);
    assert_eq!(pinned(&w).await, [a.clone(), c.clone(), b.clone()]);
    // Behind the last is last; and once more changes nothing.
    pin_at(&w, &coach, &a, json!(10)).await.expect(200);
    assert_eq!(pinned(&w).await, [c.clone(), b.clone(), a.clone()]);
    let told = events(&mut w.db.conn().await).await.len();
    for again in [Value::Null, json!(1)] {
        pin_at(&w, &coach, &c, again).await.expect(200);
    }
    assert_eq!(events(&mut w.db.conn().await).await.len(), told);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn ten_are_enough() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, moderator) = (w.coach("Marit").await, w.moderator("Mo").await);
    let mut roots = Vec::new();
    for n in 0..12 {
        roots.push(w.say(&slug, &format!("Root {n}"), None).await);
    }
    for root in &roots[..10] {
        pin_at(&w, &coach, root, Value::Null).await.expect(200);
    }
    pin_at(&w, &coach, &roots[10], Value::Null).await.problem(409, "too_many_pins");
    // One that is pinned can still move.
    pin_at(&w, &coach, &roots[9], json!(1)).await.expect(200);
    // A hidden one keeps its pin until somebody needs the room.
    w.decide(&moderator.access_token, &roots[0], "reject").await.expect(200);
    w.decide(&moderator.access_token, &roots[0], "approve").await.expect(200);
    assert_eq!(w.get(&format!("/v1/comments/{}", roots[0])).await.expect(200)["pinned"], true);
    w.decide(&moderator.access_token, &roots[0], "reject").await.expect(200);
    pin_at(&w, &coach, &roots[10], Value::Null).await.expect(200);
    w.decide(&moderator.access_token, &roots[0], "approve").await.expect(200);
    assert_eq!(w.get(&format!("/v1/comments/{}", roots[0])).await.expect(200)["pinned"], false);
    assert_eq!(pinned(&w).await.len(), 10);
}

#[actix_web::test]
async fn only_roots_that_everybody_sees_are_pinned() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Another", crate::world::OPEN).await;
    let coach = w.coach("Marit").await;
    let root = w.say(&slug, "Root", None).await;
    let reply = w.say(&slug, "Reply", Some(&root)).await;
    pin_at(&w, &coach, &reply, Value::Null).await.problem(409, "conflict");
    for place in [0, 11, -1] {
        assert_eq!(pin_at(&w, &coach, &root, json!(place)).await.problem(422, "validation"), ["#/place"]);
    }
    assert_eq!(pin_at(&w, &coach, &root, json!("first")).await.problem(400, "bad_request"), ["#/place"]);
    assert_hidden_is_not_there(&w, &coach, Method::PUT, "pin").await;
    assert_refused_to_others(&w, Method::PUT, &root, "pin").await;
    let admin = w.admin("June").await;
    w.delete(&admin.access_token, &root).await.expect(204);
    // Its tombstone says nothing that could be pinned.
    curate(&w, &coach, Method::PUT, &root, "pin").await.problem(409, "conflict");
}
