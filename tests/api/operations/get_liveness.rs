use crate::world::World;
use reqwest::Method;

#[actix_web::test]
async fn the_server_is_alive() {
    let w = World::new().await;
    let reply = w.get("/health/live").await;
    reply.expect(204);
    assert!(!reply.header("x-request-id").is_empty());
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
}

#[actix_web::test]
async fn another_method_is_refused_with_what_is_allowed() {
    let w = World::new().await;
    let reply = w.request(Method::DELETE, "/health/live").send().await;
    reply.problem(405, "method_not_allowed");
    assert_eq!(reply.header("allow"), "GET, HEAD");
}

#[actix_web::test]
async fn an_unknown_path_is_a_problem_document() {
    let w = World::new().await;
    w.get("/v1/nothing-here").await.problem(404, "not_found");
}
