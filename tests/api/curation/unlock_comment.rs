use super::{assert_hidden_is_not_there, assert_refused_to_others, curate};
use crate::world::World;
use reqwest::Method;

#[actix_web::test]
async fn a_conversation_goes_on() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let coach = w.coach("Marit").await;
    let root = w.say(&slug, "Root", None).await;
    curate(&w, &coach, Method::PUT, &root, "lock").await.expect(200);
    w.post_as_guest(&slug, "But!", Some(&root)).await.problem(409, "thread_locked");
    for _ in 0..2 {
        assert_eq!(curate(&w, &coach, Method::DELETE, &root, "lock").await.expect(200)["locked"], false);
    }
    w.say(&slug, "And so on.", Some(&root)).await;
    assert_refused_to_others(&w, Method::DELETE, &root, "lock").await;
}

#[actix_web::test]
async fn what_is_hidden_is_not_there() {
    let w = World::new().await;
    let coach = w.coach("Marit").await;
    assert_hidden_is_not_there(&w, &coach, Method::DELETE, "lock").await;
}
