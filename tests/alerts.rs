//! Whoever is to be called is called, also when the program dies right after it took what somebody wrote.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on should stop")]

#[path = "support/demo.rs"]
mod demo;

use chrono::TimeDelta;
use colloquy::{app, cli::database, clock::Clock, config::Settings};
use demo::Demo;
use reqwest::{Client, Method};
use serde_json::{Value, json};
use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

/// Sends to a demo, as somebody with this role.
async fn send(demo: &Demo, role: &str, method: Method, path: &str, body: &Value) -> Value {
    let request = Client::new().request(method, format!("{}/v1/{path}", demo.url)).bearer_auth(demo.token(role));
    request.json(body).send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
}

/// Asks until there is an answer.
async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let mut looking = tokio::time::interval(Duration::from_millis(20));
    let asking = async {
        loop {
            looking.tick().await;
            if let Some(answer) = ask().await {
                return answer;
            }
        }
    };
    tokio::time::timeout(Duration::from_mins(2), asking).await.unwrap_or_else(|_| panic!("never: {what}"))
}

/// The mails in a directory that name this, their long lines made whole.
fn mails_about(directory: &Path, what: &str) -> Vec<String> {
    let files = fs::read_dir(directory).into_iter().flatten().flatten();
    let mails = files.filter_map(|file| fs::read_to_string(file.path()).ok());
    mails.map(|mail| mail.replace("=\r\n", "").replace("=\n", "")).filter(|mail| mail.contains(what)).collect()
}

#[actix_web::test]
async fn kill_9_right_after_the_201_keeps_nobody_from_being_called_and_then_the_next() {
    colloquy::db::private::install_if_asked(&|line| eprintln!("{line}")).expect("the PostgreSQL server is installed");
    let directory = tempfile::tempdir().unwrap();
    // The private Postgres' own user passes through, also when the test runs as root.
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o711)).unwrap();
    let first = Demo::start(directory.path());
    let coach = send(&first, "coach", Method::GET, "accounts/me", &Value::Null).await;
    let other = send(&first, "moderator", Method::GET, "accounts/me", &Value::Null).await;
    let on_call = json!({ "accounts": [coach["id"], other["id"]] });
    send(&first, "moderator", Method::PUT, "moderation/on-call", &on_call).await;
    let need = json!({ "body": "I am going to kill myself tonight.", "guest": { "name": "Lantern" } });
    let thread = format!("{}/v1/articles/the-second-cup/comments", first.url);
    let posted = Client::new().post(thread).json(&need).send().await.unwrap().error_for_status().unwrap();
    first.kill();
    let posted: Value = serde_json::from_slice(&posted.bytes().await.unwrap()).unwrap();
    assert_eq!(posted["status"], "held");

    let second = Demo::start(directory.path());
    let called = until("the coach is called", async || {
        let alerts = send(&second, "coach", Method::GET, "moderation/alerts", &Value::Null).await;
        let alerts = alerts["items"].as_array().unwrap().clone().into_iter();
        alerts.into_iter().find(|alert| alert["comment_id"] == posted["id"] && alert["calls"] == 1)
    })
    .await;
    let mails = second.greeting.lines().find_map(|line| line.trim().strip_prefix("mails it sends")).unwrap().trim();
    let mails = PathBuf::from(mails);
    let id = called["id"].as_str().unwrap();
    let mail = until("the mail comes", async || mails_about(&mails, id).pop()).await;
    assert!(mail.contains(coach["email"].as_str().unwrap()) && !mail.contains("kill myself"), "{mail}");
    // It dies again, and nobody answers: by the clock of whoever goes on, the time is over, and the next is called.
    second.kill();
    let path = directory.path().to_str().unwrap();
    let settings = Settings::with(&[("data_dir", path), ("bind", "127.0.0.1:0")]).unwrap().for_demo();
    let database = database::open(&settings, &|_| {}).await.unwrap();
    let clock = Clock::held_at(Clock::system().now() + TimeDelta::minutes(15));
    let third = app::start(&database.url, settings, database.secrets.clone(), clock, |_| {}).await.unwrap();
    let address = other["email"].as_str().unwrap();
    let to_other = || mails_about(&mails, id).into_iter().find(|mail| mail.contains(address));
    until("the next is called", async || to_other()).await;
    assert_eq!(mails_about(&mails, id).len(), 2, "each of them once");
    third.stop().await.unwrap();
}
