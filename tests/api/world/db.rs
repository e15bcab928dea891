//! One private Postgres for the test run, and a database of its own for each test, copied from a migrated template.

use colloquy::db::{
    self, Conn, migrations,
    private::{Durability, Options, Private, install_if_asked},
};
use diesel::prelude::*;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, LazyLock,
        atomic::{AtomicU32, Ordering},
    },
};

static NEXT: AtomicU32 = AtomicU32::new(0);

/// Started by the first test that needs it; it stops when this process ends, however that happens.
static CLUSTER: LazyLock<Private> = LazyLock::new(|| {
    let cluster = std::thread::spawn(|| {
        install_if_asked(&|line| eprintln!("{line}")).expect("the PostgreSQL server is installed");
        let home = home();
        sweep(&home);
        let cluster =
            Private::open(&Options::new(home.join(format!("colloquy-test-{}", std::process::id())), Durability::Fast))
                .expect("a private Postgres");
        block_on(async {
            cluster.prepare("template_colloquy", "colloquy").await.unwrap();
            migrations::up(&cluster.url("postgres", "template_colloquy"), Some("colloquy")).await.unwrap();
        });
        cluster
    });
    cluster.join().expect("the private Postgres of the tests starts")
});

/// Memory where there is some: fsync is off, the data is thrown away, nothing is lost by it.
fn home() -> PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() }
}

/// Removes what earlier runs left behind.
fn sweep(home: &Path) {
    for entry in fs::read_dir(home).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let owner =
            name.to_str().and_then(|name| name.strip_prefix("colloquy-test-")).and_then(|pid| pid.parse::<u32>().ok());
        if owner.is_some_and(|pid| !Path::new("/proc").join(pid.to_string()).exists()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Transactions of the server that wait for a row.
#[expect(clippy::disallowed_methods, reason = "Postgres's views are not in the schema")]
pub async fn blocked(conn: &mut Conn) -> i64 {
    #[derive(QueryableByName)]
    struct Blocked {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        number: i64,
    }
    let waiting = "SELECT count(*) AS number FROM pg_stat_activity
                   WHERE datname = current_database() AND wait_event_type = 'Lock'";
    diesel::sql_query(waiting).get_result::<Blocked>(conn).await.unwrap().number
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

/// The address of any database of the test run's cluster.
pub fn cluster_url(role: &str, database: &str) -> String {
    CLUSTER.url(role, database)
}

/// A database of one test. Clones are the same database; the last one drops it.
#[derive(Clone)]
pub struct TestDb(Arc<Database>);

struct Database {
    name: String,
}

impl TestDb {
    /// A migrated database with nothing in it.
    pub async fn new() -> Self {
        // The cluster starts on a thread of its own; a runtime must not wait for another inside itself.
        let url = tokio::task::spawn_blocking(|| cluster_url("postgres", "postgres")).await.unwrap();
        let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let mut admin = db::direct(&url).await.unwrap();
        admin
            .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE template_colloquy STRATEGY file_copy"))
            .await
            .unwrap();
        Self(Arc::new(Database { name }))
    }

    /// Its address as the server sees it.
    pub fn url(&self) -> String {
        cluster_url("colloquy", &self.0.name)
    }

    /// Its address as the owner of the tables sees it.
    pub fn owner_url(&self) -> String {
        cluster_url("postgres", &self.0.name)
    }

    /// Takes the database away from its servers: open connections end, new ones are refused.
    pub async fn close(&self) {
        self.allow_connections(false).await;
    }

    /// Gives it back.
    pub async fn open(&self) {
        self.allow_connections(true).await;
    }

    async fn allow_connections(&self, allow: bool) {
        let name = &self.0.name;
        let mut admin = db::direct(&cluster_url("postgres", "postgres")).await.unwrap();
        admin.batch_execute(&format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS {allow}")).await.unwrap();
        if !allow {
            let end = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
            admin.batch_execute(&end).await.unwrap();
        }
    }

    /// A connection of its owner, to look at what HTTP cannot show.
    pub async fn conn(&self) -> Conn {
        db::direct(&self.owner_url()).await.unwrap()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("kept database {} as long as this test run goes on", self.name);
            return;
        }
        let drop_it = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        let dropping = std::thread::spawn(move || {
            block_on(async {
                let mut admin = db::direct(&cluster_url("postgres", "postgres")).await?;
                anyhow::Ok(admin.batch_execute(&drop_it).await?)
            })
        });
        dropping.join().unwrap().unwrap();
    }
}
