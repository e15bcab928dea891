//! What every answer says about itself.

use super::{operations, ready};
use crate::world::NOTHING;
use crate::world::{Reply, World};
use reqwest::Method;
use serde_json::json;

#[track_caller]
fn is_private(reply: &Reply, what: &str) {
    assert!(reply.header("cache-control").contains("no-store"), "{what}: {}", reply.header("cache-control"));
}

#[actix_web::test]
async fn no_type_is_guessed_and_nothing_private_is_kept() {
    let w = World::new().await;
    let admin = w.admin("June").await;
    let draft = w.article(&admin, json!({ "title": "How to listen" })).await;
    let export = w.export(&admin.access_token).await;
    for operation in operations() {
        let (token, _) = w.log_in(&admin.email).await;
        let own = if operation.path.contains("/exports/") { export.rsplit('/').next() } else { draft["id"].as_str() };
        let address = operation.address().replace(NOTHING, own.unwrap());
        for token in [None, Some("not a token"), Some(&token)] {
            let request = ready(w.request(operation.method.clone(), &address));
            let reply = match token {
                Some(token) => request.bearer(token).send().await,
                None => request.send().await,
            };
            let what = format!("{} {address}: {}", operation.method, reply.status);
            assert_eq!(reply.header("x-content-type-options"), "nosniff", "{what}");
            if operation.guarded || operation.method != Method::GET || !reply.status.is_success() {
                is_private(&reply, &what);
            }
        }
    }
    for (method, path) in [(Method::GET, "/nowhere"), (Method::PUT, "/v1/sessions"), (Method::GET, "/v1/articles/%00")]
    {
        let reply = w.request(method, path).send().await;
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        is_private(&reply, path);
    }
}
