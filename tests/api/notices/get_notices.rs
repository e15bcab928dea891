use super::wishes;
use crate::world::World;
use serde_json::json;

#[actix_web::test]
async fn all_is_wanted_until_somebody_says_otherwise() {
    let w = World::new().await;
    let wren = w.reader("Wren").await;
    assert_eq!(wishes(&w, &wren).await, json!({ "answers": true, "approvals": true, "messages": true }));
    let reply = w.see(&wren, "/v1/accounts/me/notices").await;
    assert_eq!(reply.header("cache-control"), "private, no-store");
    w.get("/v1/accounts/me/notices").await.problem(401, "unauthenticated");
}
