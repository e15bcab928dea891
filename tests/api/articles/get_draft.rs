use crate::world::{World, titled};
use reqwest::Method;

#[actix_web::test]
async fn coaches_read_drafts_and_nobody_keeps_them() {
    let w = World::new().await;
    let (ada, ben) = (w.coach("Ada").await, w.coach("Ben").await);
    let draft = w.draft(&ada, titled("Hidden")).await;
    let path = format!("/v1/drafts/{}", draft["id"].as_str().unwrap());
    for coach in [&ada, &ben, &w.admin("Root").await] {
        let reply = w.request(Method::GET, &path).bearer(&coach.access_token).send().await;
        assert_eq!(reply.expect(200), draft);
        assert_eq!((reply.header("etag"), reply.header("cache-control")), ("\"1\"", "private, no-store"));
        assert_eq!(reply.header("cache-tag"), "");
    }
    let published = w.act(&ada, &draft, "publish").await.expect(200);
    let reply = w.request(Method::GET, &path).bearer(&ada.access_token).send().await;
    assert_eq!((reply.expect(200), reply.header("etag")), (published, "\"2\""));
}

#[actix_web::test]
async fn nobody_else_reads_them() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let draft = w.draft(&ada, titled("Hidden")).await;
    let path = format!("/v1/drafts/{}", draft["id"].as_str().unwrap());
    w.get(&path).await.problem(401, "unauthenticated");
    w.request(Method::GET, &path).bearer("nonsense").send().await.problem(401, "unauthenticated");
    for other in [w.reader("Rita").await, w.moderator("Mo").await] {
        w.request(Method::GET, &path).bearer(&other.access_token).send().await.problem(403, "forbidden");
    }
    for unknown in ["00000000-0000-7000-8000-000000000000", "hidden", "%00"] {
        let path = format!("/v1/drafts/{unknown}");
        w.request(Method::GET, &path).bearer(&ada.access_token).send().await.problem(404, "not_found");
    }
}
