use crate::world::World;

#[actix_web::test]
async fn a_server_with_its_database_is_ready() {
    let w = World::new().await;
    w.get("/health/ready").await.expect(204);
}
