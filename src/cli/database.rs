//! Which database a command works on: the configured one, or the private Postgres of the data directory.

use crate::{
    clock::Clock,
    config::Settings,
    db::{
        Pool, direct, migrations,
        private::{Durability, Options, Private},
    },
    error,
    events::{self, Journal, Own, Tx},
    secrets::{Secrets, random_token},
};
use anyhow::{Context, Result};
use std::{
    fs::{self, OpenOptions, Permissions},
    io::{ErrorKind, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
    sync::Arc,
};

/// The role that a server of the private Postgres runs under; it does not own the tables.
const APP_ROLE: &str = "colloquy";
const DATABASE: &str = "colloquy";

/// A database to work on.
pub struct Database {
    /// Its address as the server sees it.
    pub url: String,
    /// Its address as the owner of the tables sees it.
    pub owner_url: String,
    /// The keys that belong to its data.
    pub secrets: Secrets,
    /// Kept so that a Postgres which this command started stops when the command ends.
    _private: Option<Private>,
    settings: Settings,
}

impl Database {
    /// A pool for this command.
    ///
    /// # Errors
    /// When the settings do not fit.
    pub fn pool(&self) -> Result<Pool> {
        Pool::new(&self.url, &self.settings, Arc::default())
    }

    /// A way to write. It keeps no cache of its own; servers hear of its writes when they are announced.
    ///
    /// # Errors
    /// As [`Self::pool`].
    pub fn journal(&self) -> Result<Journal> {
        Ok(Journal::new(self.pool()?, Clock::system(), Arc::new(|_| ()), Own::default()))
    }

    /// Writes once, and wakes the servers that run on the same database.
    ///
    /// # Errors
    /// As what is done, and when the database is away.
    pub async fn write<T>(&self, work: impl AsyncFnOnce(&mut Tx<'_>) -> error::Result<T>) -> error::Result<T> {
        let value = self.journal().map_err(error::Error::internal)?.write(work).await?;
        self.announce().await?;
        Ok(value)
    }

    /// Wakes the servers that run on the same database.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn announce(&self) -> error::Result<()> {
        let mut conn = direct(&self.url).await.map_err(error::Error::unavailable)?;
        Ok(events::announce(&mut conn).await?)
    }
}

/// Opens the configured database; without one, the private Postgres, started if need be and migrated.
///
/// # Errors
/// When it cannot be reached, or started and migrated.
pub async fn open(settings: &Settings, progress: &dyn Fn(&str)) -> Result<Database> {
    if let Some(url) = settings.database_url() {
        let secret = settings.secret().context("COLLOQUY_SECRET must be set where DATABASE_URL is")?;
        let owner_url = settings.migrate_url().unwrap_or(url).to_owned();
        let secrets = Secrets::new(secret)?.with_private_keys(settings.private_keys())?;
        return Ok(Database { url: url.to_owned(), owner_url, secrets, _private: None, settings: settings.clone() });
    }
    let private = Private::open(&Options { progress, ..Options::new(&settings.data_dir, Durability::Durable) })?;
    private.prepare(DATABASE, APP_ROLE).await?;
    let (url, owner_url) = (private.url(APP_ROLE, DATABASE), private.url("postgres", DATABASE));
    let applied = migrations::up(&owner_url, Some(APP_ROLE)).await?;
    if !applied.is_empty() {
        progress(&format!("applied {} migrations", applied.len()));
    }
    let secret = match settings.secret() {
        Some(secret) => secret.to_owned(),
        None => own_secret(&settings.data_dir)?,
    };
    let secrets = Secrets::new(&secret)?.with_private_keys(settings.private_keys())?;
    Ok(Database { url, owner_url, secrets, _private: Some(private), settings: settings.clone() })
}

/// The data directory's own secret, made at the first start. Its addresses cannot be read without it.
fn own_secret(data_dir: &Path) -> Result<String> {
    fs::create_dir_all(data_dir)?;
    let path = data_dir.join("secret");
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
        Ok(mut file) => {
            let secret = random_token()?;
            file.write_all(secret.as_bytes())?;
            file.sync_all()?;
            Ok(secret)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            fs::set_permissions(&path, Permissions::from_mode(0o600))?;
            Ok(fs::read_to_string(&path)?)
        }
        Err(error) => Err(error).with_context(|| format!("the secret {} cannot be made", path.display())),
    }
}
