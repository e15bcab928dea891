//! Bodies that are too large, too deep, too wide, or no JSON that anybody means (Synapse CVE-2018-10657, diesel
//! RUSTSEC-2024-0365): each is turned away with a 4xx wherever a body is taken.

use super::operations;
use crate::world::World;
use colloquy::http::json::MAX_BODY_BYTES;
use reqwest::Method;
use serde_json::json;

const MIB: usize = 1024 * 1024;

#[actix_web::test]
async fn what_nobody_means_is_a_4xx_wherever_a_body_is_taken() {
    let w = World::new().await;
    let admin = w.admin("June").await;
    let many: Vec<String> = (0..100_000).map(|key| format!("\"k{key}\":0")).collect();
    let bodies = [
        format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)),
        format!("{}1{}", "{\"email\":".repeat(129), "}".repeat(129)),
        format!("{{{}}}", many.join(",")),
        r#"{"email":"a@example.org","email":"b@example.org","password":"x","code":"x","body":"x","body":"y"}"#.into(),
        r#"{"email":1e400,"password":NaN}"#.into(),
        r#"{"email":-9223372036854775809,"code":18446744073709551616,"body":1e308}"#.into(),
        r#"{"email":"\ud800","password":"\udfff","code":"\ud800","body":"\udead"}"#.into(),
        r#"{"email":{"$ne":null},"password":["x"],"code":{"$gt":""},"body":[]}"#.into(),
        "\u{feff}{}".into(),
        String::new(),
    ];
    for operation in operations().into_iter().filter(|operation| operation.takes_body) {
        let (token, _) = w.log_in(&admin.email).await;
        for body in &bodies {
            let request = w.request(operation.method.clone(), &operation.address()).bearer(&token);
            let request = request.header("if-match", "\"1\"").raw("application/json", body.as_str());
            let reply = request.send().await;
            let shown: String = body.chars().take(60).collect();
            assert!(reply.status.is_client_error(), "{} {shown}: {}", operation.path, reply.text());
        }
    }
}

/// A bound value of four gigabytes broke the protocol to the database; here nothing of four megabytes gets so far.
#[actix_web::test]
async fn a_body_has_an_end_whether_it_is_announced_or_not() {
    let w = World::new().await;
    let log_in = |password: String| json!({ "email": "ada@example.org", "password": password }).to_string();
    let post = || w.request(Method::POST, "/v1/sessions");
    let long = post().raw("application/json", log_in("x".repeat(3 * MIB))).send().await;
    assert_eq!(long.problem(422, "validation"), ["#/password"]);
    post().raw("application/json", log_in("x".repeat(MAX_BODY_BYTES))).send().await.problem(413, "body_too_large");
    let bomb = post().header("content-encoding", "gzip").raw("application/json", vec![0x1f, 0x8b, 8, 0, 0, 0]);
    bomb.send().await.problem(400, "bad_request");
}
