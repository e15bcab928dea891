//! What Postgres touches for the first page of the coach desk over a million comments, filter by filter.
//!
//! `cargo bench --bench desk`, or with another number of comments: `… -- 100000`.
#![expect(
    clippy::unwrap_used,
    clippy::get_unwrap,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    reason = "a benchmark that cannot go on should stop, its numbers are small, and it has no requests that could wait"
)]

#[path = "../threads/explained.rs"]
#[expect(dead_code, reason = "the other benchmark that uses it tells statements apart by their processes")]
mod explained;
#[path = "../log_ins/server.rs"]
#[expect(dead_code, reason = "what log-ins cost in memory is for the other benchmark that uses it")]
mod server;

use colloquy::{
    accounts::{self, Email, Hasher, NewAccount},
    clock::Clock,
    config::Settings,
    db::{
        self, Pool, migrations,
        private::{Durability, Options, Private},
    },
    events::{Journal, Own, begin_reading},
    http::permission::Role,
    secrets::Secrets,
};
use diesel_async::SimpleAsyncConnection;
use explained::{Statement, read_log, touched};
use secrecy::SecretString;
use serde_json::{Value, json};
use server::{Connection, Server};
use std::{
    fs::{self, File},
    io::{Read, Seek, SeekFrom},
    net::Ipv4Addr,
    os::unix::fs::PermissionsExt,
    path::Path,
    sync::Arc,
};

const SECRET: &str = "a benchmark's secret of more than 32 bytes";
const NAME: &str = "colloquy";
const OWNER: &str = "postgres";
const COMMENTS: u32 = 1_000_000;
const EMAIL: &str = "ada@example.org";
const PASSWORD: &str = "four rivers under one bridge";
/// Buffers that a page may touch, all its statements together.
const BOUND: f64 = 200.0;
/// What a page asks for, and words by which its statement is known: its questions, their comments, the names of those who have
/// to do with them, and the tag.
const STATEMENTS: [(&str, &str); 4] = [
    ("finding", "AS place WHERE"),
    ("reading", "WHERE (\"comments\".\"id\" = ANY"),
    ("names", "WHERE (\"accounts\".\"id\" = ANY"),
    ("tag", "WHERE (\"tags\".\"slug\" = "),
];

/// One for each filter and each order, as they are asked for.
const PAGES: [&str; 16] = [
    "",
    "sort=priority",
    "state=claimed",
    "state=snoozed",
    "state=answered",
    "state=answered_elsewhere",
    "state=dismissed",
    "article_id=00000000-0000-7000-a000-000000000014",
    "article_id=00000000-0000-7000-a000-000000000014&section_id=part-0",
    "tag=tag-7",
    "language=de",
    "priority=2",
    "guest=true",
    "guest=false",
    "asked=me",
    "asked_after=2024-01-15T00:00:00Z&asked_before=2024-02-01T00:00:00Z",
];

fn main() {
    // `cargo test` builds and runs benchmarks too; it only wants to know that this one starts.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let comments = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(COMMENTS);
    let directory = tempfile::tempdir().unwrap();
    // Whoever runs the private Postgres must be able to pass through.
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o711)).unwrap();
    let postgres = Private::open(&Options::new(directory.path(), Durability::Fast)).unwrap();
    actix_web::rt::System::new().block_on(fill(&postgres, comments));
    count(&postgres, directory.path(), comments);
}

/// A desk on which so many questions stand, most of which were answered.
async fn fill(postgres: &Private, comments: u32) {
    let owner = postgres.url(OWNER, NAME);
    postgres.prepare(NAME, NAME).await.unwrap();
    migrations::up(&owner, Some(NAME)).await.unwrap();
    let coach = prepare(&postgres.url(NAME, NAME)).await;
    let questions = include_str!("../../tests/api/desk/fill.sql");
    let questions = questions.replace("$comments", &comments.to_string()).replace("$coach", &coach);
    let mut conn = db::direct(&owner).await.unwrap();
    conn.batch_execute(&questions).await.unwrap();
    conn.batch_execute("VACUUM ANALYZE").await.unwrap();
    conn.batch_execute(&explained::begin(NAME)).await.unwrap();
}

/// Somebody who works at the desk, and a desk that has looked at everything that is there already.
async fn prepare(url: &str) -> String {
    let (settings, secrets) = (Settings::with(&[]).unwrap(), Secrets::new(SECRET).unwrap());
    let journal = Journal::new(
        Pool::new(url, &settings, Arc::default()).unwrap(),
        Clock::system(),
        Arc::new(|_| ()),
        Own::default(),
    );
    let hash = Hasher::new(&settings).unwrap().hash(SecretString::from(PASSWORD)).await.unwrap();
    let email = Email::parse(EMAIL).unwrap();
    let new =
        NewAccount { display_name: "Ada Quill", email: Some(&email), role: Role::Coach, password_hash: Some(hash) };
    let account = journal.write(async |tx| {
        begin_reading(tx, "desk").await?;
        accounts::create_account(tx, &secrets, new).await
    });
    account.await.unwrap().id.to_string()
}

/// Prints what the first pages touch, and fails where that is too much.
fn count(postgres: &Private, directory: &Path, comments: u32) {
    let one =
        [("COLLOQUY_WORKERS", "1"), ("COLLOQUY_CONNECTIONS_PER_WORKER", "1"), ("COLLOQUY_SECOND_FACTOR_ROLES", "")];
    let server = Server::start(postgres, directory, &one);
    let mut connection = server.connect();
    let credentials = json!({ "email": EMAIL, "password": PASSWORD });
    let session = ask(&mut connection, &server::post("/v1/sessions", Ipv4Addr::LOCALHOST, &credentials));
    let token = session["access_token"].as_str().unwrap();
    let log = postgres.dir().join("server.log");
    println!("{comments} questions; buffers that a first page touches");
    let parts = STATEMENTS.map(|(part, _)| format!("{part:>9}")).concat();
    println!("    whole{parts}");
    let mut too_much = Vec::new();
    for page in PAGES {
        let request =
            format!("GET /v1/desk?{page} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\r\n");
        // Once before, so that connections and catalogs are warm.
        ask(&mut connection, &request);
        let mut log = File::open(&log).unwrap();
        log.seek(SeekFrom::End(0)).unwrap();
        let shown = ask(&mut connection, &request)["items"].as_array().unwrap().len();
        let mut written = String::new();
        log.read_to_string(&mut written).unwrap();
        let statements = read_log(&written);
        let parts = STATEMENTS.map(|(_, words)| buffers(&statements, words));
        let whole: f64 = parts.iter().sum();
        println!("{whole:>9.0}{}  {shown:>3} items  {page}", parts.map(|part| format!("{part:>9.0}")).concat());
        if whole > BOUND {
            too_much.push(page);
        }
    }
    assert!(too_much.is_empty(), "more than {BOUND}: {too_much:?}");
}

fn ask(connection: &mut Connection, request: &str) -> Value {
    let (status, _) = connection.send(request);
    let body: Value = serde_json::from_slice(connection.body()).unwrap();
    assert!((200..300).contains(&status), "{status}: {body}");
    body
}

/// What the statements with these words touched.
fn buffers(statements: &[Statement], words: &str) -> f64 {
    let ours = statements.iter().filter(|statement| statement.text.contains(words));
    ours.map(|statement| touched(std::slice::from_ref(statement))).fold(0.0, |sum, one| sum + one)
}
