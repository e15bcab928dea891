//! Others' software with ours: a service that verifies our tokens, and an issuer whose tokens we take. Both are well-kept
//! Python libraries. A target of its own, because it needs them: `docs/CONTRIBUTING.md` says how they are installed.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on should stop"
)]

#[path = "interop/log_in.rs"]
mod log_in;
#[expect(dead_code, unused_imports, reason = "two programs talking need less of it than the API's own tests")]
#[path = "api/world/mod.rs"]
mod world;

use colloquy::clock::Clock;
use log_in::{REDIRECT_URI, log_in};
use reqwest::Method;
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};
use world::{TestDb, World};

/// By what the issuer names our API.
const AUDIENCE: &str = "https://api.example.org";

/// Python, in the environment that has what the scripts need.
fn interpreter() -> Command {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/ci/venv/bin/python");
    assert!(python.exists(), "{} is missing; docs/CONTRIBUTING.md says how to make it", python.display());
    Command::new(python)
}

/// A script of `tests/interop`.
fn python(script: &str) -> Command {
    let mut command = interpreter();
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/interop");
    command.arg(scripts.join(script)).env("no_proxy", "*");
    command
}

/// A server by the system's clock, which is the one that others go by.
async fn server(changes: &[(&str, &str)]) -> World {
    World::on(TestDb::new().await, Clock::system(), changes).await
}

/// What PyJWT makes of a token: its claims, or what is wrong with it.
async fn verified(issuer: &str, token: &str) -> Result<Value, String> {
    let mut verify = python("verify.py");
    verify.args([issuer, token]);
    let output = tokio::task::spawn_blocking(move || verify.output().unwrap()).await.unwrap();
    let said = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().trim().to_owned();
    if output.status.success() { Ok(serde_json::from_slice(&output.stdout).unwrap()) } else { Err(said(output.stderr)) }
}

#[actix_web::test]
async fn a_service_verifies_our_tokens_by_the_published_keys_alone() {
    let w = server(&[]).await;
    let wren = w.reader("Wren").await;
    let claims = verified(&w.url(""), &wren.access_token).await.unwrap();
    assert_eq!((claims["sub"].as_str(), claims["role"].as_str()), (Some(wren.id.as_str()), Some("reader")));
    // One bit in the middle of the signature.
    let (signed, signature) = wren.access_token.rsplit_once('.').unwrap();
    let (before, after) = signature.split_at(signature.len() / 2);
    let flipped = if after.starts_with('A') { 'B' } else { 'A' };
    let forged = format!("{signed}.{before}{flipped}{}", after.get(1..).unwrap());
    assert_eq!(verified(&w.url(""), &forged).await.unwrap_err(), "InvalidSignatureError");
}

/// The issuer's process; it must not outlive a test that failed.
struct Issuer {
    process: Child,
    url: String,
}

impl Issuer {
    fn start() -> Self {
        let mut issuer = python("issuer.py");
        issuer.args([AUDIENCE, REDIRECT_URI]).stdout(Stdio::piped());
        let mut process = issuer.spawn().unwrap();
        let mut url = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut url).unwrap();
        Self { process, url: url.trim().to_owned() }
    }
}

impl Drop for Issuer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[actix_web::test]
async fn a_reader_of_a_real_issuer_logs_in_and_comments() {
    let issuer = Issuer::start();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("issuers.toml");
    let table = format!("[[issuer]]\nissuer = '{}'\naudience = '{AUDIENCE}'\nalgorithm = 'RS256'\n", issuer.url);
    std::fs::write(&file, table + "email_claim = 'email'\n").unwrap();
    let w = server(&[("issuers_file", file.to_str().unwrap())]).await;
    let (slug, _) = w.open_article().await;
    let tokens = log_in(&issuer.url, "wren", "a cup of tea").await;
    let token = tokens["access_token"].as_str().unwrap();
    let comment = w.post_as(token, &slug, &json!({ "body": "Good evening." })).await.expect(201);
    assert_eq!(comment["author"]["name"], "Wren");
    let account = w.request(Method::GET, "/v1/accounts/me").bearer(token).send().await.expect(200);
    assert_eq!((&account["role"], &account["email"]), (&json!("reader"), &json!("wren@example.org")));
    // The ID token is for the site, not for us.
    let id_token = tokens["id_token"].as_str().unwrap();
    w.post_as(id_token, &slug, &json!({ "body": "Again." })).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn the_python_of_the_guide_meets_a_challenge() {
    let w = server(&[("challenge_bits", "12"), ("challenge_after", "0"), ("challenge_seconds", "0")]).await;
    let (slug, _) = w.open_article().await;
    let issued = w.challenge().await;
    let guide = include_str!("../docs/API.md").split("```python").nth(1).expect("the guide has Python in it");
    let script = format!(
        "{}\nimport json, sys\nprint(json.dumps(meet(sys.argv[1], int(sys.argv[2]))))",
        guide.split("```").next().unwrap()
    );
    let mut meet = interpreter();
    meet.args(["-c", &script, issued["challenge"].as_str().unwrap(), &issued["bits"].to_string()]);
    let output = tokio::task::spawn_blocking(move || meet.output().unwrap()).await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let met: Value = serde_json::from_slice(&output.stdout).unwrap();
    let body = json!({ "body": "Hello.", "guest": { "name": "Wendy" }, "challenge": met });
    w.post(&format!("/v1/articles/{slug}/comments"), &body).await.expect(201);
}
