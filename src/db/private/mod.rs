//! A private Postgres server, run from the machine's binaries, for whoever gave no `DATABASE_URL`.
//!
//! Everything is in one directory: the cluster, the socket folder (there is no TCP port), the server's log and three lock
//! files. Whoever opens the directory first starts the server, owns it and stops it; whoever comes while it runs attaches.
//! The kernel keeps the books, so nothing goes stale when a process is killed:
//!
//! | lock file     | held by                | free means                                   |
//! |---------------|------------------------|----------------------------------------------|
//! | `turn.lock`   | who starts or stops    | nobody is changing the server's state        |
//! | `owner.lock`  | the owning process     | the owner is gone; its server ends by itself |
//! | `server.lock` | all server processes   | no server process works on the cluster       |
//!
//! The environment may say where the programs are (`PG_BIN`, else the places where packages put them and `PATH`) and, for
//! root, as whom a new cluster's server runs (`PG_USER`, else `postgres` or `nobody`).

mod binaries;
mod install;
mod locks;
mod place;
mod prepare;
mod server;
mod user;

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};

pub use install::{Missing, install, install_if_asked};

use binaries::Search;
use place::Place;
use server::Server;

/// How long another process may take to start the server or to stop it.
const TURN: Duration = Duration::from_mins(3);

/// How long a server whose owner is gone may take to end.
const ORPHAN: Duration = Duration::from_secs(30);

/// How long an owner without server may take to leave.
const LEAVING: Duration = Duration::from_secs(2);

/// What a crash may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// What was committed survives a crash of the process, the server and the machine.
    Durable,
    /// For tests: nothing is forced to disk, so a crash of the machine may ruin the cluster.
    Fast,
}

/// How a private server is to run.
pub struct Options<'a> {
    /// Where the cluster lives; made when missing. The same directory is the same database.
    pub dir: PathBuf,
    /// Given by whoever starts the server; who attaches takes it as it is.
    pub durability: Durability,
    /// The server's bound on connections at once.
    pub max_connections: u16,
    /// What the server keeps of the database in its memory, MiB.
    pub shared_buffers_mib: u32,
    /// Told in plain words, before each step which takes time or may surprise.
    pub progress: &'a dyn Fn(&str),
}

impl Options<'_> {
    /// A server in `dir` with up to 100 connections and 128 MiB of buffers, started without a word.
    pub fn new(dir: impl Into<PathBuf>, durability: Durability) -> Self {
        Self { dir: dir.into(), durability, max_connections: 100, shared_buffers_mib: 128, progress: &|_| {} }
    }
}

/// A running private server. Dropping it stops the server if this value owns it, which blocks until the server has ended.
#[derive(Debug)]
pub struct Private {
    place: Place,
    owned: Option<Owned>,
}

/// What the starter has as long as the server is its own.
#[derive(Debug)]
struct Owned {
    server: Server,
    /// Closing it, also by being killed, tells the others that the server has no owner any more.
    _owner: File,
}

impl Private {
    /// Attaches to the server of `options.dir`, or starts it where it does not run, making the cluster where there is none.
    ///
    /// Takes about 50 ms, a second when it makes the cluster, and blocks meanwhile: not for a thread of an async runtime.
    ///
    /// # Errors
    /// [`Missing`] (by `downcast_ref`) when no server is installed. Otherwise what stands in the way and how to go on.
    pub fn open(options: &Options<'_>) -> Result<Self> {
        let place = Place::find(options)?;
        let dir = place.home.display();
        let Some(_turn) = locks::take(&place.lock("turn"), TURN, || {
            (options.progress)("waiting for another process which starts or stops the database");
        })?
        else {
            bail!("another process has been starting or stopping the database in {dir} for {} s", TURN.as_secs());
        };
        let runs = UnixStream::connect(place.socket()).is_ok();
        let patience = if runs { Duration::ZERO } else { LEAVING };
        let Some(mut owner) = locks::take(&place.lock("owner"), patience, || {})? else {
            let process = fs::read_to_string(place.lock("owner")).unwrap_or_default();
            ensure!(
                runs,
                "process {process} owns the database in {dir}, but its server is gone: end it and start again"
            );
            (options.progress)(&format!("using the database which process {process} runs in {dir}"));
            return Ok(Self { place, owned: None });
        };
        owner.set_len(0)?;
        write!(owner, "{}", std::process::id())?;
        let server = Self::start(&place, options)?;
        Ok(Self { place, owned: Some(Owned { server, _owner: owner }) })
    }

    /// Starts the server as its owner.
    fn start(place: &Place, options: &Options<'_>) -> Result<Server> {
        let data = place.data();
        let made_by = made_by(&data)?;
        let binaries = Search::system().find(made_by.map(|major| (data.as_path(), major)))?;
        let mut orphan = Ok(());
        let Some(lock) = locks::take(&place.lock("server"), ORPHAN, || {
            (options.progress)("waiting for the server of an earlier run to end");
            orphan = server::end_orphan(place);
        })?
        else {
            bail!("the server of an earlier run in {} does not end: end it by hand", place.home.display());
        };
        orphan?;
        if made_by.is_none() {
            (options.progress)(&format!("making an empty database in {}", place.home.display()));
            server::create(place, &binaries, options.durability, &lock)?;
        }
        (options.progress)(&format!("starting PostgreSQL {} in {}", binaries.major, place.home.display()));
        server::start(place, &binaries, options, lock)
    }

    /// The connection string for `role` and `database`, as `tokio_postgres::Config` and `psql` read it.
    #[must_use]
    pub fn url(&self, role: &str, database: &str) -> String {
        let host = self.place.sockets();
        let [host, role, database] = [&host.to_string_lossy(), role, database].map(quoted);
        format!("host={host} user={role} dbname={database}")
    }

    /// Where the cluster is: in the directory that was asked for, or elsewhere if the server's user cannot enter that.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.place.home
    }

    /// Whether this value started the server and stops it.
    #[must_use]
    pub fn owns(&self) -> bool {
        self.owned.is_some()
    }

    /// Stops the server if this value owns it: ends open transactions and writes everything out.
    ///
    /// # Errors
    /// When it took the server too long, so that it was killed: it then recovers at the next start.
    pub fn stop(mut self) -> Result<()> {
        self.end()
    }

    fn end(&mut self) -> Result<()> {
        let Some(mut owned) = self.owned.take() else { return Ok(()) };
        // Whoever comes meanwhile waits, instead of attaching to a server that is about to be gone.
        let turn = locks::take(&self.place.lock("turn"), ORPHAN, || {});
        let stopped = owned.server.stop();
        let sockets = self.place.sockets();
        if !sockets.starts_with(&self.place.home) {
            let _ = fs::remove_dir(sockets);
        }
        drop(owned);
        drop(turn);
        stopped
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        if let Err(error) = self.end() {
            tracing::warn!("stopping the private PostgreSQL: {error:#}");
        }
    }
}

/// A variable of the environment, also for where Postgres is and as whom it runs: those are facts about the machine, by the
/// names which its other tools use, and no settings of the application.
#[expect(clippy::disallowed_methods, reason = "config holds the application's settings, not the machine's facts")]
fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// The major version of the server that made the cluster, if there is one.
fn made_by(data: &Path) -> Result<Option<u32>> {
    if !data.try_exists()? {
        return Ok(None);
    }
    let file = data.join("PG_VERSION");
    let version = fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))?;
    let major = version.trim().split('.').next().and_then(|major| major.parse().ok());
    Ok(Some(major.with_context(|| format!("{} holds no version", file.display()))?))
}

/// A value in a connection string of keywords and values.
fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\\', "\\\\").replace('\'', "\\'"))
}
