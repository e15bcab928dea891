use super::{assert_hidden_is_not_there, assert_refused_to_others, curate};
use crate::world::World;
use reqwest::Method;

#[actix_web::test]
async fn what_was_featured_is_so_no_longer() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let coach = w.coach("Marit").await;
    let root = w.say(&slug, "Root", None).await;
    curate(&w, &coach, Method::PUT, &root, "feature").await.expect(200);
    for _ in 0..2 {
        assert_eq!(curate(&w, &coach, Method::DELETE, &root, "feature").await.expect(200)["featured"], false);
    }
    assert_eq!(w.get(&format!("/v1/comments/{root}")).await.expect(200)["featured"], false);
    assert_refused_to_others(&w, Method::DELETE, &root, "feature").await;
}

#[actix_web::test]
async fn what_is_hidden_is_not_there() {
    let w = World::new().await;
    let coach = w.coach("Marit").await;
    assert_hidden_is_not_there(&w, &coach, Method::DELETE, "feature").await;
}
