//! A server with its own database, somebody to talk to it, and the people and articles that a test begins with.

mod articles;
mod challenges;
mod client;
mod db;
mod desk;
mod document;
mod events;
mod held;
mod metrics;
mod moderation;
mod people;
mod plans;
mod threads;
mod tokens;

pub use articles::{BODY, slugs, titled};
pub use challenges::meet;
pub use client::{Reply, Request, too_often};
pub use db::{TestDb, blocked};
pub use document::{Document, NOTHING, Operation};
pub use events::events;
pub use metrics::metered;
pub use moderation::verdict;
pub use people::{PASSWORD, Person, code_in};
pub use plans::Plans;
pub use threads::{CAREFUL, OPEN, Walk, id};
pub use tokens::{encode, part, signed};

use chrono::{DateTime, TimeZone, Utc};
use colloquy::{
    app::{self, Running},
    clock::Clock,
    config::Settings,
    secrets::Secrets,
};
use reqwest::Method;
use serde_json::Value;
use std::{
    sync::atomic::Ordering,
    time::{Duration, Instant},
};
use tokio::process::Command;

/// The secret of every test server.
pub const SECRET: &str = "a test secret of more than thirty-two bytes";

/// How long a test waits for what should come soon: also a machine with other work gets there in that time.
pub const PATIENCE: Duration = Duration::from_mins(2);

/// A server, its database and its clock.
pub struct World {
    pub db: TestDb,
    pub server: Running,
    pub settings: Settings,
    pub clock: Clock,
    pub secrets: Secrets,
    pub mails: tempfile::TempDir,
    http: reqwest::Client,
}

impl World {
    /// A server with the usual settings.
    pub async fn new() -> Self {
        Self::with(&[]).await
    }

    /// A server with some settings changed.
    pub async fn with(changes: &[(&str, &str)]) -> Self {
        Self::on(TestDb::new().await, Clock::held_at(noon()), changes).await
    }

    /// A server on a database that another server may be using too.
    pub async fn on(db: TestDb, clock: Clock, changes: &[(&str, &str)]) -> Self {
        let mails = tempfile::tempdir().unwrap();
        // Password hashes are made cheap: what they cost is not what most tests are about.
        let mut settings = vec![
            ("bind", "127.0.0.1:0"),
            ("workers", "1"),
            ("trusted_proxies", "127.0.0.1"),
            ("mail_dir", mails.path().to_str().unwrap()),
            ("mail_from", "The Long Table <hello@example.org>"),
            ("argon2_memory_kib", "64"),
            ("argon2_iterations", "1"),
            // Nor is waiting for them, on a machine that is busy.
            ("hashes_at_once", "16"),
            // What a second factor is asked for, tests of it say.
            ("second_factor_roles", ""),
            // What is counted by the minute has tests of its own.
            ("comments_per_minute", "0"),
            ("comments_per_network", "0"),
            ("challenge_bits", "0"),
            // A machine that is busy is not a database that is away.
            ("statement_timeout_ms", "60000"),
            // Nobody waits for others here; the pace has a test of its own.
            ("comments_pace_ms", "0"),
        ];
        settings.extend_from_slice(changes);
        let mut settings = Settings::with(&settings).unwrap();
        let secrets = Secrets::new(SECRET).unwrap().with_private_keys(settings.private_keys()).unwrap();
        // Much larger than whatever a test holds beside it.
        let url = db.url();
        let start = Box::pin(app::start(&url, settings.clone(), secrets.clone(), clock.clone(), app::no_pages));
        let server = start.await.unwrap();
        settings.bind = server.address;
        // What the server forgets by itself at its start, it does not forget in the middle of a test.
        server.tidied.clone().wait_for(|tidied| *tidied).await.unwrap();
        // The server hangs up after five seconds without a request; one must not be sent just then.
        let http = reqwest::Client::builder().pool_idle_timeout(Duration::from_secs(2));
        let http = http.redirect(reqwest::redirect::Policy::none()).no_proxy().build().unwrap();
        Self { db, server, settings, clock, secrets, mails, http }
    }

    /// The address of a path on this server.
    pub fn url(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { format!("http://{}{path}", self.server.address) }
    }

    /// A request, to be given headers and a body, and sent.
    pub fn request(&self, method: Method, path: &str) -> Request {
        Request::new(self.http.request(method, self.url(path)))
    }

    /// GET, as anybody.
    pub async fn get(&self, path: &str) -> Reply {
        self.request(Method::GET, path).send().await
    }

    /// POST of a JSON body, as anybody.
    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        self.request(Method::POST, path).json(body).send().await
    }

    /// The program itself, on this server's database.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_colloquy"));
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("COLLOQUY_")) {
            command.env_remove(name);
        }
        command.env("DATABASE_URL", self.db.url()).env("COLLOQUY_SECRET", SECRET).env("COLLOQUY_LOG_FORMAT", "text");
        command
    }

    /// SQL statements that the server sends while `work` runs.
    pub async fn statements<T>(&self, work: impl Future<Output = T>) -> (u64, T) {
        let before = self.statements_so_far();
        let value = work.await;
        (self.statements_so_far() - before, value)
    }

    /// Waits until the server has been told of everything that is committed by now.
    pub async fn followed(&self) {
        let now = Instant::now();
        let told = async || self.server.standings.caught_up_with().is_some_and(|moment| moment >= now);
        until("everything is told", told).await;
    }

    /// SQL statements that the server has sent.
    pub fn statements_so_far(&self) -> u64 {
        self.server.statements.load(Ordering::Relaxed)
    }
}

/// When every test begins.
pub fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 14, 12, 0, 0).unwrap()
}

/// Asks until the answer is as it should be; every server gets there by itself.
pub async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let asking = async {
        let mut looking = tokio::time::interval(Duration::from_millis(5));
        while !is_so().await {
            looking.tick().await;
        }
    };
    tokio::time::timeout(PATIENCE, asking).await.unwrap_or_else(|_| panic!("never: {what}"));
}
