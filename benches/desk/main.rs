//! What Postgres touches for the first page of the coach desk over a million comments, filter by filter.
//! `cargo bench --bench desk`, with another number of comments as an argument.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on should stop"
)]

use colloquy::{
    accounts::{self, Email, Hasher, NewAccount},
    app,
    clock::Clock,
    config::Settings,
    db::{
        self, Pool, migrations,
        private::{Durability, Options, Private},
    },
    events::{Journal, Own},
    http::permission::Role,
    secrets::Secrets,
};
use diesel_async::SimpleAsyncConnection;
use secrecy::SecretString;
use serde_json::{Value, json};
use std::{fs, os::unix::fs::PermissionsExt, path::Path, sync::Arc};

const COMMENTS: &str = "1000000";
const EMAIL: &str = "marit@example.org";
const PASSWORD: &str = "four rivers under one bridge";
/// What finding a page's questions may touch.
const BOUND: u64 = 200;

/// Every statement with what it touched, into the log.
const EXPLAIN: &str = "
    ALTER DATABASE colloquy SET session_preload_libraries = 'auto_explain';
    ALTER DATABASE colloquy SET auto_explain.log_min_duration = 0;
    ALTER DATABASE colloquy SET auto_explain.log_analyze = on;
    ALTER DATABASE colloquy SET auto_explain.log_buffers = on;
    ALTER DATABASE colloquy SET auto_explain.log_format = json;";

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
    let arguments: Vec<String> = std::env::args().collect();
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let comments = arguments.iter().find(|argument| argument.parse::<u32>().is_ok());
    let comments = comments.map_or(COMMENTS, String::as_str);
    let directory = tempfile::tempdir().unwrap();
    // Whoever runs the private Postgres must be able to pass through.
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o711)).unwrap();
    let postgres = Private::open(&Options::new(directory.path(), Durability::Fast)).unwrap();
    actix_web::rt::System::new().block_on(count(&postgres, comments));
}

async fn count(postgres: &Private, comments: &str) {
    let (owner, url) = (postgres.url("postgres", "colloquy"), postgres.url("colloquy", "colloquy"));
    postgres.prepare("colloquy", "colloquy").await.unwrap();
    migrations::up(&owner, Some("colloquy")).await.unwrap();
    let settings = [("bind", "127.0.0.1:0"), ("workers", "1"), ("mail_dir", "/nowhere"), ("second_factor_roles", "")];
    let settings = Settings::with(&settings).unwrap();
    let secrets = Secrets::new("a benchmark's secret of more than 32 bytes").unwrap();
    let coach = coach(&url, &settings, &secrets).await;
    let fill = include_str!("fill.sql").replace("$comments", comments).replace("$coach", &coach);
    let mut conn = db::direct(&owner).await.unwrap();
    conn.batch_execute(&fill).await.unwrap();
    // The desk is filled: whoever keeps it need not look at everything.
    let read = "INSERT INTO event_readers SELECT 'desk', coalesce(max(number), 0) FROM events";
    conn.batch_execute(read).await.unwrap();
    conn.batch_execute("VACUUM ANALYZE").await.unwrap();
    conn.batch_execute(EXPLAIN).await.unwrap();
    let running = app::start(&url, settings, secrets, Clock::system(), app::no_pages).await.unwrap();
    let (client, base) = (reqwest::Client::new(), format!("http://{}/v1", running.address));
    let credentials = json!({ "email": EMAIL, "password": PASSWORD });
    let session = client.post(format!("{base}/sessions")).json(&credentials).send().await.unwrap();
    let session: Value = session.json().await.unwrap();
    let token = session["access_token"].as_str().unwrap();
    println!("{comments} questions; buffers of a first page, for finding them and for reading their comments");
    for page in PAGES {
        // Once before, so that connections and catalogs are warm.
        let url = format!("{base}/desk?{page}");
        let ask = async || client.get(&url).bearer_auth(token).send().await.unwrap().json::<Value>().await.unwrap();
        ask().await;
        let from = read_log(postgres.dir()).len();
        let shown = ask().await["items"].as_array().unwrap().len();
        let plans = plans(&read_log(postgres.dir())[from..]);
        let (found, whole) = (touched(&plans, "asked_of_me"), touched(&plans, "WHERE (\"comments\".\"id\" = ANY"));
        println!("{found:>6}{whole:>6}  {shown:>3} items  {page}");
        assert!(found <= BOUND, "{page} touches {found}");
    }
}

/// Somebody who works at the desk.
async fn coach(url: &str, settings: &Settings, secrets: &Secrets) -> String {
    let pool = Pool::new(url, settings, Arc::default()).unwrap();
    let journal = Journal::new(pool, Clock::system(), Arc::new(|_: &[String]| ()), Own::default());
    let hash = Hasher::new(settings).unwrap().hash(SecretString::from(PASSWORD)).await.unwrap();
    let email = Email::parse(EMAIL).unwrap();
    let new = NewAccount { display_name: "Marit", email: Some(&email), role: Role::Coach, password_hash: Some(hash) };
    let account = journal.write(async |tx| accounts::create_account(tx, secrets, new).await).await.unwrap();
    account.id.to_string()
}

fn read_log(directory: &Path) -> String {
    String::from_utf8_lossy(&fs::read(directory.join("server.log")).unwrap()).into_owned()
}

/// The plans in a part of the log.
fn plans(log: &str) -> Vec<Value> {
    let (mut plans, mut lines) = (Vec::new(), log.lines().peekable());
    while let Some(line) = lines.next() {
        if line.trim_end().ends_with("plan:") {
            let mut plan = String::new();
            while let Some(more) = lines.next_if(|line| line.starts_with('\t')) {
                plan.push_str(more);
            }
            plans.extend(serde_json::from_str::<Value>(&plan));
        }
    }
    plans
}

/// What the statements with these words touched.
fn touched(plans: &[Value], words: &str) -> u64 {
    let ours = plans.iter().filter(|plan| plan["Query Text"].as_str().unwrap().contains(words));
    let buffers = |plan: &Value, what: &str| plan["Plan"][what].as_u64().unwrap();
    ours.map(|plan| buffers(plan, "Shared Hit Blocks") + buffers(plan, "Shared Read Blocks")).sum()
}
