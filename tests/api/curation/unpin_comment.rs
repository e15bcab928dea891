use super::{assert_hidden_is_not_there, assert_refused_to_others, curate, pinned};
use crate::world::World;
use reqwest::Method;

#[actix_web::test]
async fn a_pin_is_taken_off_and_the_others_stay() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let coach = w.coach("Marit").await;
    let (a, b, c) = (w.say(&slug, "A", None).await, w.say(&slug, "B", None).await, w.say(&slug, "C", None).await);
    for root in [&a, &b, &c] {
        curate(&w, &coach, Method::PUT, root, "pin").await.expect(200);
    }
    for _ in 0..2 {
        assert_eq!(curate(&w, &coach, Method::DELETE, &b, "pin").await.expect(200)["pinned"], false);
        assert_eq!(pinned(&w).await, [a.clone(), c.clone()]);
    }
    assert_refused_to_others(&w, Method::DELETE, &a, "pin").await;
}

#[actix_web::test]
async fn what_is_hidden_is_not_there() {
    let w = World::new().await;
    let coach = w.coach("Marit").await;
    assert_hidden_is_not_there(&w, &coach, Method::DELETE, "pin").await;
}
