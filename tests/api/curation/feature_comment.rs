use super::{assert_hidden_is_not_there, assert_refused_to_others, curate};
use crate::world::{World, events};
use reqwest::Method;

#[actix_web::test]
async fn a_coach_features_any_comment() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, moderator) = (w.coach("Marit").await, w.moderator("Mo").await);
    let root = w.say(&slug, "Root", None).await;
    let reply = w.say(&slug, "Reply", Some(&root)).await;
    w.say(&slug, "Below it", Some(&reply)).await;
    let path = format!("/v1/comments/{reply}");
    w.get(&path).await.expect(200);
    assert_eq!(curate(&w, &coach, Method::PUT, &reply, "feature").await.expect(200)["featured"], true);
    assert_eq!(w.get(&path).await.expect(200)["featured"], true);
    let told = events(&mut w.db.conn().await).await.len();
    curate(&w, &moderator, Method::PUT, &reply, "feature").await.expect(200);
    assert_eq!(events(&mut w.db.conn().await).await.len(), told);
    // It goes with the comment, and comes back with it.
    w.decide(&moderator.access_token, &reply, "reject").await.expect(200);
    assert_eq!(w.get(&path).await.expect(200)["featured"], false);
    curate(&w, &coach, Method::PUT, &reply, "feature").await.problem(409, "conflict");
    w.decide(&moderator.access_token, &reply, "approve").await.expect(200);
    assert_eq!(w.get(&path).await.expect(200)["featured"], true);
    assert_refused_to_others(&w, Method::PUT, &root, "feature").await;
}

#[actix_web::test]
async fn what_is_hidden_is_not_there() {
    let w = World::new().await;
    let coach = w.coach("Marit").await;
    assert_hidden_is_not_there(&w, &coach, Method::PUT, "feature").await;
}
