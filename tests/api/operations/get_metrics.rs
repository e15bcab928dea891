use crate::world::World;

#[actix_web::test]
async fn requests_are_counted_by_route() {
    let w = World::new().await;
    w.get("/health/live").await.expect(204);
    let reply = w.get("/metrics").await;
    reply.expect(200);
    assert!(reply.header("content-type").starts_with("text/plain"));
    let counted = reply
        .text()
        .lines()
        .any(|line| line.starts_with("colloquy_http_requests_total") && line.contains("route=\"/health/live\""));
    assert!(counted, "{}", reply.text());
}
