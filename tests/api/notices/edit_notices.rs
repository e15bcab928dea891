use super::{wish, wishes};
use crate::world::World;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn what_is_named_changes_and_the_rest_stays() {
    let w = World::new().await;
    let (wren, robin) = (w.reader("Wren").await, w.reader("Robin").await);
    let changed = wish(&w, &wren, json!({ "answers": false, "messages": false })).await.expect(200);
    assert_eq!(changed, json!({ "answers": false, "approvals": true, "messages": false }));
    let changed = wish(&w, &wren, json!({ "answers": true })).await.expect(200);
    assert_eq!(changed, json!({ "answers": true, "approvals": true, "messages": false }));
    for same in [json!({}), json!({ "answers": true, "messages": false })] {
        assert_eq!(wish(&w, &wren, same).await.expect(200), changed);
    }
    assert_eq!(wishes(&w, &wren).await, changed);
    assert_eq!(wishes(&w, &robin).await, json!({ "answers": true, "approvals": true, "messages": true }));
}

#[actix_web::test]
async fn what_is_no_wish_is_refused() {
    let w = World::new().await;
    let wren = w.reader("Wren").await;
    assert_eq!(wish(&w, &wren, json!({ "answers": "no" })).await.problem(400, "bad_request"), ["#/answers"]);
    wish(&w, &wren, json!({ "letters": false })).await.problem(400, "bad_request");
    let request = w.request(Method::PATCH, "/v1/accounts/me/notices").json(&json!({ "answers": false }));
    request.send().await.problem(401, "unauthenticated");
    assert_eq!(wishes(&w, &wren).await, json!({ "answers": true, "approvals": true, "messages": true }));
}
