use crate::world::World;
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::json;

#[actix_web::test]
async fn it_shows_what_would_be_posted_and_keeps_nothing() {
    let w = World::new().await;
    let (_, article_id) = w.open_article().await;
    let body = "**Thank you**, see <https://example.org> and [this](https://example.com). <script>x</script>";
    let preview = w.post("/v1/previews", &json!({ "body": body })).await;
    let shown = preview.expect(200);
    assert!(shown["html"].as_str().unwrap().starts_with("<p><strong>Thank you</strong>, see <a "), "{shown}");
    assert!(!shown["html"].as_str().unwrap().contains("<script"));
    assert_eq!((&shown["links"], preview.header("cache-control")), (&json!(2), "no-store"));
    assert!(shown["text"].as_str().unwrap().starts_with("Thank you, see"));
    assert_eq!(w.stored(article_id).await, 0);
    World::assert_absent(&w.dump().await, "the text", b"Thank you");
}

#[actix_web::test]
async fn it_refuses_what_a_comment_would_be_refused_for() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let long = "x".repeat(20_001);
    let links = (0..60).map(|n| format!("https://example.org/{n}")).collect::<Vec<_>>().join(" ");
    for body in [" ", &long, "\u{0}", "a\u{202e}b", &links] {
        let preview = w.post("/v1/previews", &json!({ "body": body })).await;
        let posted = json!({ "body": body, "guest": { "name": "Lantern" } });
        let posted = w.post(&format!("/v1/articles/{slug}/comments"), &posted).await;
        assert_eq!(preview.status, posted.status, "{body:.9}");
        if preview.status.as_u16() == 422 {
            assert_eq!(preview.problem(422, "validation"), ["#/body"]);
            assert_eq!(preview.json()["errors"], posted.json()["errors"]);
        }
    }
    w.post("/v1/previews", &json!({})).await.problem(400, "bad_request");
    w.post("/v1/previews", &json!({ "body": "x", "guest": {} })).await.problem(400, "bad_request");
    let bad = w.request(reqwest::Method::POST, "/v1/previews").bearer("nonsense").json(&json!({ "body": "x" }));
    bad.send().await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn thirty_in_a_row_and_then_one_in_two_seconds() {
    let w = World::new().await;
    let preview = async |from: &str| {
        let request = w.request(reqwest::Method::POST, "/v1/previews").from(from);
        request.json(&json!({ "body": "Hello." })).send().await
    };
    for _ in 0..30 {
        preview("198.51.100.1").await.expect(200);
    }
    let refused = preview("198.51.100.1").await;
    refused.problem(429, "too_many_requests");
    assert_eq!(refused.header("retry-after"), "2");
    preview("198.51.100.2").await.expect(200);
}

/// Whatever is written: the preview is what posting stores.
#[actix_web::test]
async fn a_preview_is_what_posting_stores() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let piece = prop_oneof![
        "[a-z <>&\"'*_`~\\[\\]()#|\\n-]{1,40}",
        Just("[word](https://example.org/a?b=c&d)".to_owned()),
        Just("![image](https://example.org/i.png)".to_owned()),
        Just("<b onclick=x>raw</b>".to_owned()),
        Just("> quoted\n\n1. one\n2. two\n".to_owned()),
        Just("```\ncode <i>\n```\n".to_owned()),
    ];
    let bodies = prop::collection::vec(piece, 1..5).prop_map(|pieces| pieces.concat());
    for n in 0..40_u8 {
        // Nobody says the same twice.
        let body = format!("{} {n}", bodies.new_tree(&mut runner).unwrap().current());
        let from = format!("198.51.100.{n}");
        let preview = w.request(reqwest::Method::POST, "/v1/previews").from(&from).json(&json!({ "body": body }));
        let preview = preview.send().await;
        let comment = json!({ "body": body, "guest": { "name": "Lantern" } });
        let posted = w.post(&format!("/v1/articles/{slug}/comments"), &comment).await;
        if preview.status.as_u16() != 200 {
            assert_eq!(preview.json()["errors"], posted.json()["errors"], "{body:?}");
            continue;
        }
        let (shown, stored) = (preview.json(), posted.expect(201));
        assert_eq!((&shown["html"], &shown["text"]), (&stored["body"]["html"], &stored["body"]["text"]), "{body:?}");
    }
}
