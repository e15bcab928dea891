//! Password hashes (argon2id, RFC 9106), a few at a time: each takes memory and a core for a while.

use super::rules::{Checked, check_password_length, check_password_strength};
use crate::{
    config::Settings,
    error::{Error, Result},
};
use anyhow::{Context, anyhow};
use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version,
    password_hash::{Error as HashError, phc::PasswordHash},
};
use secrecy::{ExposeSecret, SecretString};
use std::{sync::Arc, thread, time::Duration};
use tokio::{
    sync::{Semaphore, oneshot},
    time::timeout,
};

/// How long somebody waits for a turn before being told to come back later.
const PATIENCE: Duration = Duration::from_secs(10);

/// How much less urgent a hash is than a request, in steps of `nice`: about a tenth of the share of a busy core.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// Computes and checks password hashes, for the whole process. Cloning gives the same hasher.
#[derive(Clone)]
pub struct Hasher {
    argon2: Argon2<'static>,
    turns: Arc<Semaphore>,
    /// Those who are about to wait for a turn.
    door: Arc<Semaphore>,
    /// A hash that no password has, of the same cost as those that some have.
    nobody: Arc<str>,
}

/// What came of checking a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// The password is the one that was hashed.
    pub matches: bool,
    /// The hash was made with other parameters than those in the settings.
    pub outdated: bool,
}

impl Hasher {
    /// A hasher with the parameters and the bound in the settings.
    ///
    /// # Errors
    /// When argon2 does not take the parameters.
    pub fn new(settings: &Settings) -> anyhow::Result<Self> {
        let (memory, passes, lanes) = (settings.argon2_memory_kib, settings.argon2_iterations, settings.argon2_lanes);
        let params = Params::new(memory, passes, lanes, None)
            .map_err(|error| anyhow!("{error}"))
            .context("the COLLOQUY_ARGON2_… settings are not acceptable")?;
        let nobody = format!(
            "$argon2id$v=19$m={memory},t={passes},p={lanes}$bm9ib2R5IG5vYm9keQ${}",
            "A".repeat(Params::DEFAULT_OUTPUT_LEN.div_ceil(3) * 4 - 1)
        );
        PasswordHash::new(&nobody).map_err(|error| anyhow!("{error}"))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let [turns, door] = [(); 2].map(|()| Arc::new(Semaphore::new(Self::at_once(settings))));
        Ok(Self { argon2, turns, door, nobody: nobody.into() })
    }

    /// Whether a hash costs at least what OWASP's password storage cheat sheet asks for: its least choice is 7 MiB and
    /// five passes.
    #[must_use]
    pub fn resists_guessing(settings: &Settings) -> bool {
        let work = u64::from(settings.argon2_memory_kib) * u64::from(settings.argon2_iterations);
        settings.argon2_memory_kib >= 7 * 1024 && work >= 5 * 7 * 1024
    }

    /// How many hashes are computed at the same time. Unless it is said otherwise, half of the cores stay free for those
    /// who read.
    #[must_use]
    pub fn at_once(settings: &Settings) -> usize {
        match settings.hashes_at_once {
            0 => thread::available_parallelism().map_or(1, |cores| cores.get() / 2).max(1),
            some => some,
        }
    }

    /// The hash of a new password, in PHC string format. Hold no connection meanwhile.
    ///
    /// # Errors
    /// [`Code::Unavailable`](crate::error::Code::Unavailable) when too many are waiting.
    pub async fn hash(&self, password: SecretString) -> Result<String> {
        let argon2 = self.argon2.clone();
        self.in_turn(move || {
            let hash: PasswordHash = argon2.hash_password(password.expose_secret().as_bytes()).map_err(internal)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Checks a password against a hash, or against nobody's, which takes as long. Hold no connection meanwhile.
    ///
    /// # Errors
    /// [`Code::Unavailable`](crate::error::Code::Unavailable) when too many are waiting.
    pub async fn verify(&self, password: SecretString, hash: Option<String>) -> Result<Verdict> {
        let (argon2, nobody) = (self.argon2.clone(), Arc::clone(&self.nobody));
        self.in_turn(move || {
            let known = PasswordHash::new(hash.as_deref().unwrap_or(&nobody)).map_err(internal)?;
            let matches = match argon2.verify_password(password.expose_secret().as_bytes(), &known) {
                Ok(()) => hash.is_some(),
                Err(HashError::PasswordInvalid) => false,
                Err(error) => return Err(internal(error)),
            };
            Ok(Verdict { matches, outdated: !is_of(&known, argon2.params()) })
        })
        .await
    }

    /// What is asked of the database before a password is looked at, for as many at a time as are hashed. Let in all at
    /// once, a crowd takes every connection, and readers wait behind it.
    ///
    /// # Errors
    /// [`Code::Unavailable`](crate::error::Code::Unavailable) when too many are waiting; else those of `asking`.
    pub async fn at_the_door<T>(&self, asking: impl Future<Output = Result<T>>) -> Result<T> {
        let place = timeout(PATIENCE, self.door.acquire()).await;
        let _place = place.map_err(Error::unavailable)?.map_err(Error::internal)?;
        asking.await
    }

    /// Heavy work, on a thread of its own that gives way to those that answer requests. The turn ends with the work, not
    /// with the request: one that is dropped leaves behind a hash that still has a core.
    ///
    /// # Errors
    /// [`Code::Unavailable`](crate::error::Code::Unavailable) when too many are waiting.
    pub async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let turn = timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned())
            .await
            .map_err(Error::unavailable)?
            .map_err(Error::internal)?;
        let (finished, finish) = oneshot::channel();
        let heavy = move || {
            let _turn = turn;
            give_way();
            // Whoever asked may have gone.
            let _ = finished.send(work());
        };
        thread::Builder::new().name("password".to_owned()).spawn(heavy).map_err(Error::unavailable)?;
        finish.await.map_err(Error::internal)?
    }
}

/// Lets every other thread go first when cores are short. For good: only a privileged process could take it back, so the
/// thread must not be one that is used again. Elsewhere than on Linux it would be the whole process that gives way.
fn give_way() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(NICENESS) {
        tracing::debug!(%error, "a password is hashed at the usual priority");
    }
}

/// Whether somebody may choose a password, of whom a name and an address are known. One that is too long is refused before
/// anything is computed of it.
pub async fn choose(
    hasher: &Hasher,
    settings: &Settings,
    password: &SecretString,
    about: [&str; 2],
) -> Result<Checked> {
    if let Err(flaw) = check_password_length(password.expose_secret(), settings.password_min_length) {
        return Ok(Err(flaw));
    }
    let [one, other] = about.map(str::to_owned);
    let (password, about) = (password.clone(), [one, other, settings.publication_name.clone()]);
    hasher.in_turn(move || Ok(check_password_strength(password.expose_secret(), &about))).await
}

fn is_of(hash: &PasswordHash, params: &Params) -> bool {
    let made_with = Params::try_from(hash);
    let same = |made: Params| {
        made.m_cost() == params.m_cost() && made.t_cost() == params.t_cost() && made.p_cost() == params.p_cost()
    };
    hash.algorithm.as_str() == "argon2id" && made_with.is_ok_and(same)
}

fn internal(error: impl std::fmt::Display) -> Error {
    Error::internal(anyhow!("a password could not be hashed: {error}"))
}
