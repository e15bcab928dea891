use super::{assert_hidden_is_not_there, assert_refused_to_others, curate};
use crate::world::{World, id};
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn nobody_but_staff_answers_in_a_locked_conversation() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, reader) = (w.coach("Marit").await, w.reader("Robin").await);
    let root = w.say(&slug, "Root", None).await;
    let middle = w.say(&slug, "Middle", Some(&root)).await;
    let leaf = w.say(&slug, "Leaf", Some(&middle)).await;
    let beside = w.say(&slug, "Beside", Some(&root)).await;
    assert_eq!(curate(&w, &coach, Method::PUT, &middle, "lock").await.expect(200)["locked"], true);
    assert_eq!(curate(&w, &coach, Method::PUT, &middle, "lock").await.expect(200)["locked"], true);
    assert_eq!(w.get(&format!("/v1/comments/{middle}")).await.expect(200)["locked"], true);
    for locked in [&middle, &leaf] {
        let by_guest = w.post_as_guest(&slug, "But!", Some(locked)).await;
        assert_eq!(by_guest.problem(409, "thread_locked"), ["#/parent_id"]);
        let reply = json!({ "body": "But!", "parent_id": locked });
        w.post_as(&reader.access_token, &slug, &reply).await.problem(409, "thread_locked");
    }
    for open in [&root, &beside] {
        w.say(&slug, "And so on.", Some(open)).await;
    }
    w.say(&slug, "Another root", None).await;
    let word = json!({ "body": "The last word.", "parent_id": leaf });
    let word = id(&w.post_as(&coach.access_token, &slug, &word).await.expect(201));
    w.post_as_guest(&slug, "But!", Some(&word)).await.problem(409, "thread_locked");
    // A locked root closes all that is below it.
    curate(&w, &coach, Method::PUT, &root, "lock").await.expect(200);
    w.post_as_guest(&slug, "But!", Some(&beside)).await.problem(409, "thread_locked");
    w.assert_counters_right().await;
    assert_refused_to_others(&w, Method::PUT, &root, "lock").await;
}

#[actix_web::test]
async fn a_lock_reaches_down_to_where_replies_go_on_flat() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let coach = w.coach("Marit").await;
    let mut chain = vec![w.say(&slug, "Root", None).await];
    for depth in 1..=27 {
        let parent = chain.last().cloned();
        chain.push(w.say(&slug, &format!("Depth {depth}"), parent.as_deref()).await);
    }
    let beside = w.say(&slug, "Beside", Some(&chain[22])).await;
    curate(&w, &coach, Method::PUT, &chain[23], "lock").await.expect(200);
    for deep in &chain[23..] {
        w.post_as_guest(&slug, "But!", Some(deep)).await.problem(409, "thread_locked");
    }
    w.say(&slug, "And so on.", Some(&beside)).await;
    w.say(&slug, "And so on.", Some(&chain[22])).await;
    for deep in &chain[24..] {
        curate(&w, &coach, Method::PUT, deep, "lock").await.problem(409, "conflict");
    }
}

#[actix_web::test]
async fn what_is_hidden_is_not_there_and_a_tombstone_is() {
    let w = World::new().await;
    let coach = w.coach("Marit").await;
    assert_hidden_is_not_there(&w, &coach, Method::PUT, "lock").await;
    let (slug, admin) = (w.article_taking("Another", crate::world::OPEN).await.0, w.admin("June").await);
    let root = w.say(&slug, "Root", None).await;
    let reply = w.say(&slug, "Reply", Some(&root)).await;
    w.delete(&admin.access_token, &root).await.expect(204);
    let locked = curate(&w, &coach, Method::PUT, &root, "lock").await.expect(200);
    assert_eq!((&locked["locked"], &locked["body"]), (&json!(true), &json!(null)));
    w.post_as_guest(&slug, "But!", Some(&reply)).await.problem(409, "thread_locked");
}
