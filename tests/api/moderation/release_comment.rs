use crate::world::{CAREFUL, Person, Reply, World};
use reqwest::Method;

async fn release(w: &World, person: &Person, comment: &str) -> Reply {
    let path = format!("/v1/moderation/comments/{comment}/claim");
    w.request(Method::DELETE, &path).bearer(&person.access_token).send().await
}

#[actix_web::test]
async fn what_is_given_back_is_anybodys() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (mo, hollis) = (w.moderator("Mo").await, w.moderator("Hollis").await);
    let comment = w.say(&slug, "Hello.", None).await;
    w.claim(&mo, &comment).await.expect(200);
    let refused = release(&w, &hollis, &comment).await;
    refused.problem(409, "conflict");
    assert!(refused.json()["detail"].as_str().unwrap().starts_with("Mo has claimed it until"));
    release(&w, &mo, &comment).await.expect(204);
    // Twice is as good as once.
    release(&w, &mo, &comment).await.expect(204);
    w.claim(&hollis, &comment).await.expect(200);
}

#[actix_web::test]
async fn only_moderators_and_only_what_there_is() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let comment = w.say(&slug, "Hello.", None).await;
    release(&w, &w.reader("Ada").await, &comment).await.problem(403, "forbidden");
    let moderator = w.moderator("Mo").await;
    release(&w, &moderator, &comment).await.expect(204);
    release(&w, &moderator, &w.clock.id().to_string()).await.problem(404, "not_found");
}
