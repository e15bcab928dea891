//! The site that `generate` has built, and the server on it.

use crate::{chance::Chance, database::Database, explained, server::Server};
use colloquy::db::{
    migrations,
    private::{Durability, Options, Private},
};
use std::{
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

/// The article whose thread holds a tenth of all comments.
pub const GREAT: &str = "the-great-thread";
/// The slugs of articles with exactly [`SMALL_THREAD`] comments begin like this.
pub const SMALL: &str = "a-small-thread-";
pub const SMALL_THREAD: usize = 91;
/// Those of articles with as many comments, every fourth of which is a root that the next three reply to; the great thread
/// begins like them.
pub const FULL: &str = "a-full-thread-";
/// Those of all others.
pub const OTHER: &str = "another-thread-";

/// The database, the role of its server and that of its owner.
pub const NAME: &str = "colloquy";
pub const OWNER: &str = "postgres";

/// The site's Postgres, as long as this is there.
pub struct Site {
    pub postgres: Private,
    directory: PathBuf,
    small: Vec<String>,
    full: Vec<String>,
    others: Vec<String>,
}

impl Site {
    /// Opens what was built there, and brings its schema up to date.
    pub fn open(directory: &Path, durability: Durability) -> Self {
        let postgres = open(directory, durability);
        let owner = postgres.url(OWNER, NAME);
        actix_web::rt::System::new().block_on(migrations::up(&owner, Some(NAME))).unwrap();
        let database = Database::connect(&owner);
        // Benchmarks are over before autovacuum comes by, and tables that were empty when the site was built are not any more.
        database.run("ANALYZE");
        // A run that broke off may have left it on.
        database.run(&explained::end(NAME));
        let slugs = |prefix: &str| -> Vec<String> {
            let sql = "SELECT slug FROM articles WHERE starts_with(slug, $1) ORDER BY slug";
            database.rows(sql, &[&prefix]).iter().map(|row| row.get(0)).collect()
        };
        let [small, full, others] = [SMALL, FULL, OTHER].map(slugs);
        assert!(!small.is_empty(), "there is no site in {}: run `generate` first", directory.display());
        Self { postgres, directory: directory.to_owned(), small, full, others }
    }

    /// The server with these settings changed. It limits nobody: these are benchmarks of threads.
    pub fn serve(&self, changes: &[(&str, &str)]) -> Server {
        let unlimited = [
            ("COLLOQUY_COMMENTS_PER_MINUTE", "0"),
            ("COLLOQUY_COMMENTS_PER_NETWORK", "0"),
            ("COLLOQUY_CHALLENGE_BITS", "0"),
            ("COLLOQUY_ACCESS_TOKEN_SECONDS", "7200"),
        ];
        Server::start(&self.postgres, &self.directory, &[&unlimited, changes].concat())
    }

    pub fn owner(&self) -> Database {
        Database::connect(&self.postgres.url(OWNER, NAME))
    }

    /// Waits until everybody who reads the events has read all, and says how long that took.
    pub fn until_read(&self) -> Duration {
        let (database, begun) = (self.owner(), Instant::now());
        let read = "SELECT NOT EXISTS (SELECT FROM events WHERE number IS NULL)
                       AND (SELECT max(number) FROM events) <= (SELECT min(number) FROM event_readers)";
        while !database.one::<bool>(read, &[]) {
            assert!(begun.elapsed() < Duration::from_mins(10), "the events are not read");
            thread::sleep(Duration::from_millis(50));
        }
        begun.elapsed()
    }

    /// Some of the threads of 91 comments, different ones each time.
    pub fn some_small(&self, chance: &mut Chance, number: usize) -> Vec<&str> {
        some(&self.small, chance, number)
    }

    /// Some of those whose first page is full.
    pub fn some_full(&self, chance: &mut Chance, number: usize) -> Vec<&str> {
        some(&self.full, chance, number)
    }

    /// Some of the threads that are neither small nor the great one.
    pub fn some_others(&self, chance: &mut Chance, number: usize) -> Vec<&str> {
        some(&self.others, chance, number)
    }
}

fn some<'a>(slugs: &'a [String], chance: &mut Chance, number: usize) -> Vec<&'a str> {
    let mut left: Vec<&str> = slugs.iter().map(String::as_str).collect();
    (0..number.min(slugs.len())).map(|_| left.swap_remove(chance.below(left.len()))).collect()
}

/// What Postgres keeps in its memory, MiB: a tenth of what the site takes on disk.
const BUFFERS: u32 = 2048;

/// The Postgres of this directory.
pub fn open(directory: &Path, durability: Durability) -> Private {
    fs::create_dir_all(directory).unwrap();
    let progress = &|line: &str| println!("{line}");
    let options = Options { progress, shared_buffers_mib: BUFFERS, ..Options::new(directory, durability) };
    let postgres = Private::open(&options).unwrap();
    assert!(postgres.owns(), "another process uses {}", directory.display());
    postgres
}
