//! Which pages may call the API: those of listed origins, and no others.

use crate::world::{Reply, World};
use reqwest::Method;

const LISTED: &str = "https://longtable.example.org";

async fn ask(w: &World, origin: &str) -> Reply {
    w.request(Method::GET, "/v1/articles").header("origin", origin).send().await
}

async fn preflight(w: &World, origin: &str) -> Reply {
    let request = w.request(Method::OPTIONS, "/v1/articles/any/comments").header("origin", origin);
    let request = request.header("access-control-request-method", "POST");
    request.header("access-control-request-headers", "content-type, idempotency-key, authorization").send().await
}

#[actix_web::test]
async fn a_listed_origin_may_read_and_write() {
    let w = World::with(&[("cors_origins", LISTED)]).await;
    let reply = ask(&w, LISTED).await;
    reply.expect(200);
    assert_eq!(reply.header("access-control-allow-origin"), LISTED);
    assert!(reply.header("access-control-expose-headers").to_lowercase().contains("etag"), "{reply:?}");
    let allowed = preflight(&w, LISTED).await;
    assert!(allowed.status.is_success(), "{allowed:?}");
    assert!(allowed.header("access-control-allow-headers").to_lowercase().contains("idempotency-key"), "{allowed:?}");
}

#[actix_web::test]
async fn no_other_origin_is_allowed() {
    let listed = World::with(&[("cors_origins", LISTED)]).await;
    let none = World::new().await;
    let others =
        ["null", "http://longtable.example.org", "https://longtable.example.org.evil.example", "https://evil.example"];
    for w in [&listed, &none] {
        for origin in others {
            assert_eq!(ask(w, origin).await.header("access-control-allow-origin"), "", "{origin}");
            assert_eq!(preflight(w, origin).await.header("access-control-allow-origin"), "", "{origin}");
        }
    }
    assert_eq!(ask(&none, LISTED).await.header("access-control-allow-origin"), "");
}
