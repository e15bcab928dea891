//! Every setting once: its name, default, meaning and type.
//!
//! A setting `name` is read from the environment variable `COLLOQUY_NAME`, else from the file named by
//! `COLLOQUY_CONFIG` (TOML, default `colloquy.toml` if it is there), else it has its default.

mod bounds;
mod links;
mod networks;
mod table;

pub use networks::Networks;
pub use table::{SAFETY, SETTINGS, Setting};

use anyhow::{Context, Result};
use config::{Config, Environment, File, FileFormat};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

/// The settings, typed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Address and port to listen on.
    pub bind: SocketAddr,
    /// See [`Settings::public_url`].
    public_url: String,
    /// Where the private Postgres lives.
    pub data_dir: PathBuf,
    database_url: SecretString,
    migrate_url: SecretString,
    secret: SecretString,
    private_keys: SecretString,
    /// Worker threads; 0 means one per core.
    pub workers: usize,
    /// Database connections per worker.
    pub connections_per_worker: usize,
    /// Longest SQL statement, milliseconds.
    pub statement_timeout_ms: u32,
    /// Cache budget, bytes.
    pub cache_bytes: u64,
    /// How long stale responses may be served, seconds.
    pub stale_if_error_seconds: u32,
    cors_origins: String,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Networks,
    /// Life of an access token, seconds.
    pub access_token_seconds: u32,
    /// Life of a session, days.
    pub session_days: u32,
    /// Time after which a session that nobody refreshed ends, days.
    pub session_idle_days: u32,
    /// How long a node remembers who may act, seconds.
    pub standing_seconds: u32,
    /// Time between the closing of an account and its erasure, days.
    pub erasure_grace_days: u32,
    /// Shortest password, characters.
    pub password_min_length: usize,
    password_reset_url: String,
    comment_url: String,
    guest_url: String,
    /// Memory of one password hash, KiB.
    pub argon2_memory_kib: u32,
    /// Passes of one password hash.
    pub argon2_iterations: u32,
    /// Lanes of one password hash.
    pub argon2_lanes: u32,
    /// Password hashes at the same time; 0 means one for every two cores.
    pub hashes_at_once: usize,
    second_factor_roles: String,
    issuers_file: String,
    smtp_url: SecretString,
    mail_dir: String,
    mail_from: String,
    /// The publication's name.
    pub publication_name: String,
    /// Levels below a root at which replies are shown within replies.
    pub thread_levels: u8,
    /// How long its author may change a comment, minutes; 0: until it has been answered.
    pub comment_edit_minutes: u32,
    /// Days after its publication at which an article takes no more comments; 0: never.
    pub comments_close_after_days: u32,
    reactions: String,
    /// Links in one comment, at most.
    pub comment_links: usize,
    /// Comments in a row, and then per minute, from one account or guest; 0: no limit.
    pub comments_per_minute: u32,
    /// The same from one network.
    pub comments_per_network: u32,
    comments_pace_ms: u32,
    /// Comments that wait to be written by one writer, at most.
    pub comments_waiting: usize,
    /// Who waits for a moderator: `open`, `first`, `guests` or `all`.
    pub comments_moderation: String,
    /// Comments of somebody that are shown before they are known.
    pub comments_known_after: u32,
    /// Links in a comment above which it is held.
    pub comment_links_held: u32,
    /// As many equal comments by others hold a comment; 0: never.
    pub comment_repeats: u32,
    /// Reports that hold a comment; 0: never.
    pub reports_hold: u32,
    safety: String,
    claim_minutes: u32,
    alert_minutes: u32,
    /// Days after which a support resource should be checked again.
    pub support_days: u32,
    screening_url: String,
    screening_secret: SecretString,
    screening_timeout_ms: u32,
    /// Zero bits of a SHA-256 that a guest's client looks for; 0: none.
    pub challenge_bits: u8,
    /// New guests in an hour from one network before a challenge is asked.
    pub challenge_after: u32,
    /// Shortest time between fetching a challenge and using it, seconds.
    pub challenge_seconds: u32,
    /// Log directives.
    pub log: String,
    /// How log lines look.
    pub log_format: LogFormat,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For people.
    Text,
}

/// Where mails go.
#[derive(Debug, Clone)]
pub enum MailRoute {
    /// To a mail server.
    Smtp(SecretString),
    /// Into a directory, one `.eml` file each.
    Directory(PathBuf),
    /// Nowhere: they wait in the database.
    None,
}

impl Settings {
    /// Reads the environment and the file.
    ///
    /// # Errors
    /// Names the setting that does not parse, or a name in the file that is not a setting.
    #[expect(clippy::disallowed_methods, reason = "the one place where the environment is read")]
    pub fn load() -> Result<Self> {
        let named = std::env::var("COLLOQUY_CONFIG").ok();
        let file = File::new(named.as_deref().unwrap_or("colloquy.toml"), FileFormat::Toml).required(named.is_some());
        let known = SETTINGS.iter().filter_map(|setting| {
            let variable = format!("COLLOQUY_{}", setting.name.to_uppercase());
            std::env::var(&variable).ok().map(|value| (variable, value))
        });
        let environment = Environment::with_prefix("COLLOQUY").source(Some(known.collect()));
        Self::from_sources(file, environment, std::env::var("DATABASE_URL").ok())
    }

    /// The defaults, changed by `changes`; for tests and tools that do not read the environment.
    ///
    /// # Errors
    /// Names the setting that does not parse.
    pub fn with(changes: &[(&str, &str)]) -> Result<Self> {
        let source =
            changes.iter().map(|(name, value)| (format!("COLLOQUY_{}", name.to_uppercase()), (*value).to_owned()));
        let environment = Environment::with_prefix("COLLOQUY").source(Some(source.collect()));
        Self::from_sources(File::new("", FileFormat::Toml).required(false), environment, None)
    }

    fn from_sources<F>(
        file: File<F, FileFormat>,
        environment: Environment,
        database_url: Option<String>,
    ) -> Result<Self>
    where
        F: config::FileSource<FileFormat> + Send + Sync + 'static,
    {
        let mut builder = Config::builder();
        for setting in SETTINGS {
            builder = builder.set_default(setting.name, setting.default)?;
        }
        if let Some(url) = database_url {
            builder = builder.set_default("database_url", url)?;
        }
        let settings: Self = builder
            .add_source(file)
            .add_source(environment)
            .build()?
            .try_deserialize()
            .context("a setting is not acceptable (see `colloquy help settings`)")?;
        settings.check()?;
        Ok(settings)
    }

    /// What `serve` cannot start without, each line naming one missing setting; empty when all is there.
    #[must_use]
    pub fn missing_for_production(&self) -> Vec<&'static str> {
        [
            (
                self.database_url().is_none(),
                "DATABASE_URL: the Postgres to use, such as postgres://colloquy@db.example.org/colloquy",
            ),
            (
                self.secret().is_none(),
                "COLLOQUY_SECRET: at least 32 random bytes, such as from `openssl rand -base64 48`",
            ),
            (
                self.public_url.is_empty(),
                "COLLOQUY_PUBLIC_URL: the address that clients use, such as https://api.example.org",
            ),
            (
                matches!(self.mail_route(), MailRoute::None),
                "COLLOQUY_SMTP_URL (or COLLOQUY_MAIL_DIR): without mail nobody can sign up",
            ),
            (self.mail_from.is_empty(), "COLLOQUY_MAIL_FROM: the sender of mails, such as hello@example.org"),
        ]
        .into_iter()
        .filter_map(|(missing, what)| missing.then_some(what))
        .collect()
    }

    /// The production database, if one is configured.
    #[must_use]
    pub fn database_url(&self) -> Option<&str> {
        some(self.database_url.expose_secret())
    }

    /// The database as the owner of its tables sees it.
    #[must_use]
    pub fn migrate_url(&self) -> Option<&str> {
        some(self.migrate_url.expose_secret()).or_else(|| self.database_url())
    }

    /// The master secret, if one is configured.
    #[must_use]
    pub fn secret(&self) -> Option<&str> {
        some(self.secret.expose_secret())
    }

    /// The keys of private threads, as `Secrets::with_private_keys` takes them; empty when none are configured.
    #[must_use]
    pub fn private_keys(&self) -> &str {
        self.private_keys.expose_secret()
    }

    /// The address that clients use, without a slash at the end.
    #[must_use]
    pub fn public_url(&self) -> String {
        some(self.public_url.trim_end_matches('/')).map_or_else(|| format!("http://{}", self.bind), str::to_owned)
    }

    /// The file that names issuers of tokens beside this server, if there is one.
    #[must_use]
    pub fn issuers_file(&self) -> Option<&Path> {
        some(&self.issuers_file).map(Path::new)
    }

    /// Origins whose pages may call the API.
    pub fn cors_origins(&self) -> impl Iterator<Item = &str> {
        self.cors_origins.split(',').map(str::trim).filter(|origin| !origin.is_empty())
    }

    /// Roles that act only in sessions with a second factor.
    pub fn second_factor_roles(&self) -> impl Iterator<Item = &str> {
        self.second_factor_roles.split(',').map(str::trim).filter(|role| !role.is_empty())
    }

    /// The shortest time between two transactions in which a few comments of an article are written.
    #[must_use]
    pub const fn comments_pace(&self) -> Duration {
        Duration::from_millis(self.comments_pace_ms as u64)
    }

    /// How long a moderator who has claimed a comment has it alone.
    #[must_use]
    pub const fn claim_time(&self) -> Duration {
        Duration::from_secs(self.claim_minutes as u64 * 60)
    }

    /// How long somebody on call has to acknowledge an alert.
    #[must_use]
    pub const fn alert_time(&self) -> Duration {
        Duration::from_secs(self.alert_minutes as u64 * 60)
    }

    /// The endpoint that looks at every comment, what signs for it, and how long it may take; if there is one.
    #[must_use]
    pub fn screening_endpoint(&self) -> Option<(&str, &str, Duration)> {
        let timeout = Duration::from_millis(self.screening_timeout_ms.into());
        some(&self.screening_url).map(|url| (url, self.screening_secret.expose_secret(), timeout))
    }

    /// The kinds of reactions that readers may give to comments.
    pub fn reactions(&self) -> impl Iterator<Item = &str> {
        self.reactions.split(',').map(str::trim).filter(|kind| !kind.is_empty())
    }

    /// What looks for people who may be in danger: languages of phrase lists, and `likeness`.
    pub fn safety(&self) -> impl Iterator<Item = &str> {
        self.safety.split(',').map(str::trim).filter(|name| !name.is_empty())
    }

    /// Where mails go.
    #[must_use]
    pub fn mail_route(&self) -> MailRoute {
        match (some(self.smtp_url.expose_secret()), some(&self.mail_dir)) {
            (Some(_), _) => MailRoute::Smtp(self.smtp_url.clone()),
            (None, Some(directory)) => MailRoute::Directory(directory.into()),
            (None, None) => MailRoute::None,
        }
    }

    /// The same for a demo: mails go into the data directory unless it is said where else, and staff may look around
    /// without an authenticator app.
    #[must_use]
    pub fn for_demo(mut self) -> Self {
        self.second_factor_roles.clear();
        if matches!(self.mail_route(), MailRoute::None) {
            self.mail_dir = self.data_dir.join("mail").to_string_lossy().into_owned();
        }
        self
    }

    /// The directory into which mails are written; empty when they are sent.
    #[must_use]
    pub fn mail_dir(&self) -> &str {
        &self.mail_dir
    }

    /// The sender of mails.
    #[must_use]
    pub fn mail_from(&self) -> &str {
        some(&self.mail_from).unwrap_or("colloquy@localhost")
    }

    /// What is configured, for `doctor`: every setting with its value, secrets as "(set)" or "(not set)".
    #[must_use]
    pub fn missing_or_set(&self, name: &str) -> &'static str {
        let set = match name {
            "database_url" => self.database_url().is_some(),
            "migrate_url" => some(self.migrate_url.expose_secret()).is_some(),
            "secret" => self.secret().is_some(),
            "private_keys" => some(self.private_keys.expose_secret()).is_some(),
            "smtp_url" => some(self.smtp_url.expose_secret()).is_some(),
            "screening_secret" => some(self.screening_secret.expose_secret()).is_some(),
            _ => true,
        };
        if set { "set" } else { "not set" }
    }
}

fn some(value: &str) -> Option<&str> {
    (!value.is_empty()).then_some(value)
}
