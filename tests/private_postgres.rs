//! The private server: who starts it, who stops it, and what survives whom.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on should stop")]
#![expect(clippy::print_stdout, reason = "what is installed is shown, and a test talks to itself in another process")]

use colloquy::db::private::{self, Durability, Options, Private};
use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, geteuid};
use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Barrier, mpsc};
use std::time::Duration;
use tempfile::TempDir;
use tokio_postgres::{Error, NoTls, SimpleQueryMessage};

/// Set in the process which a test starts to own a server; holds the directory.
const OWNED_DIR: &str = "COLLOQUY_TEST_OWNED_DIR";

/// In memory where possible. The server's user may enter it, unlike a temporary directory as it comes.
fn temp_dir() -> TempDir {
    private::install_if_asked(&|line| println!("{line}")).unwrap();
    let shm = Path::new("/dev/shm");
    let temp = if shm.is_dir() { tempfile::tempdir_in(shm) } else { tempfile::tempdir() }.unwrap();
    set_mode(temp.path(), 0o711);
    temp
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn open(dir: &Path) -> Private {
    Private::open(&Options::new(dir, Durability::Fast)).unwrap()
}

fn refusal(dir: &Path) -> String {
    format!("{:#}", Private::open(&Options::new(dir, Durability::Fast)).unwrap_err())
}

/// The first column of the statement's last row, as the superuser.
fn ask(server: &Private, sql: &str) -> Result<String, Error> {
    ask_as(server, "postgres", "postgres", sql)
}

fn ask_as(server: &Private, role: &str, database: &str, sql: &str) -> Result<String, Error> {
    block_on(async {
        let (client, connection) = tokio_postgres::connect(&server.url(role, database), NoTls).await?;
        tokio::spawn(connection);
        let messages = client.simple_query(sql).await?;
        let rows = messages.iter().filter_map(|message| match message {
            SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
            _ => None,
        });
        Ok(rows.last().unwrap_or_default())
    })
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

fn postmaster(server: &Private) -> Pid {
    let file = fs::read_to_string(server.dir().join("data/postmaster.pid")).unwrap();
    Pid::from_raw(file.lines().next().unwrap().parse().unwrap())
}

/// Waits until no process of the server is left: until then they hold this lock.
fn wait_for_the_servers_end(home: &Path) {
    let lock = File::open(home.join("server.lock")).unwrap();
    let (waiting, ended) = mpsc::channel();
    std::thread::spawn(move || waiting.send(lock.lock()));
    ended.recv_timeout(Duration::from_mins(2)).expect("the server ends").unwrap();
}

/// This test binary once more, running only `test`, which in it calls [`own_until_told`]. Returns when its server runs.
fn another_owner(test: &str, dir: &Path) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env(OWNED_DIR, dir);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("the server runs")), "the other process starts a server");
    child
}

/// In a process started by [`another_owner`]: owns a server in which a row was committed, until the input ends. In the
/// test itself does nothing and returns false.
fn own_until_told() -> bool {
    #[expect(clippy::disallowed_methods, reason = "how a test talks to itself in another process")]
    let Some(dir) = std::env::var_os(OWNED_DIR).map(PathBuf::from) else { return false };
    let server = Private::open(&Options::new(dir, Durability::Durable)).unwrap();
    assert!(server.owns());
    ask(&server, "CREATE TABLE kept AS SELECT 'a row' AS row").unwrap();
    println!("the server runs");
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
    true
}

#[test]
fn the_first_start_makes_a_durable_database_and_the_next_finds_it() {
    let temp = temp_dir();
    let told = RefCell::new(Vec::new());
    let tell = |line: &str| told.borrow_mut().push(line.to_owned());
    let mut options = Options::new(temp.path().join("new/dir"), Durability::Durable);
    options.progress = &tell;
    options.max_connections = 17;

    let server = Private::open(&options).unwrap();
    assert!(server.owns());
    assert!(told.borrow()[0].starts_with("making an empty database in"), "{told:?}");
    for setting in ["fsync", "synchronous_commit", "full_page_writes", "data_checksums"] {
        assert_eq!(ask(&server, &format!("SHOW {setting}")).unwrap(), "on", "{setting}");
    }
    assert_eq!(ask(&server, "SHOW max_connections").unwrap(), "17");
    assert_eq!(ask(&server, "SHOW timezone").unwrap(), "UTC");
    assert_eq!(ask(&server, "SHOW listen_addresses").unwrap(), "");
    assert_eq!(ask(&server, "SELECT lower('GRÜN')").unwrap(), "grün");
    ask(&server, "CREATE TABLE kept AS SELECT 'a row' AS row").unwrap();
    let home = server.dir().to_owned();
    server.stop().unwrap();
    wait_for_the_servers_end(&home);
    assert!(!home.join("data/postmaster.pid").exists(), "it ended in good order");

    told.borrow_mut().clear();
    let server = Private::open(&options).unwrap();
    assert!(server.owns());
    assert_eq!(ask(&server, "SELECT row FROM kept").unwrap(), "a row");
    assert!(told.borrow().iter().all(|line| line.starts_with("starting PostgreSQL")), "{told:?}");
}

#[test]
fn a_fast_server_forces_nothing_to_disk() {
    let temp = temp_dir();
    let server = open(temp.path());
    for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
        assert_eq!(ask(&server, &format!("SHOW {setting}")).unwrap(), "off", "{setting}");
    }
}

#[test]
fn whoever_comes_while_it_runs_attaches_and_leaves_it_running() {
    let temp = temp_dir();
    let owner = open(temp.path());
    let guest = open(temp.path());
    assert!(owner.owns() && !guest.owns());
    assert_eq!(ask(&guest, "SELECT 1").unwrap(), "1");
    guest.stop().unwrap();
    assert_eq!(ask(&owner, "SELECT 1").unwrap(), "1");
}

#[test]
fn of_many_who_come_at_once_one_owns_it_and_all_can_use_it() {
    let temp = temp_dir();
    let start = Barrier::new(4);
    let servers: Vec<Private> = std::thread::scope(|scope| {
        let come = || {
            start.wait();
            let server = open(temp.path());
            block_on(server.prepare("colloquy", "colloquy")).unwrap();
            server
        };
        let comers = [(); 4].map(|()| scope.spawn(come));
        comers.into_iter().map(|comer| comer.join().unwrap()).collect()
    });
    assert_eq!(servers.iter().filter(|server| server.owns()).count(), 1);
    for server in &servers {
        assert_eq!(ask_as(server, "colloquy", "colloquy", "SELECT current_user").unwrap(), "colloquy");
    }
    let may = "SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = 'colloquy'";
    assert_eq!(ask(&servers[0], may).unwrap(), "f");
}

#[test]
fn when_the_owner_is_killed_the_server_ends_and_what_was_committed_stays() {
    if own_until_told() {
        return;
    }
    let test = "when_the_owner_is_killed_the_server_ends_and_what_was_committed_stays";
    let temp = temp_dir();
    let pid_file = temp.path().join("postgres/data/postmaster.pid");
    let mut owner = another_owner(test, temp.path());
    assert!(pid_file.exists());
    owner.kill().unwrap();
    owner.wait().unwrap();
    wait_for_the_servers_end(&temp.path().join("postgres"));
    assert!(!pid_file.exists(), "with nobody's help it ended in good order");
    let server = open(temp.path());
    assert!(server.owns());
    assert_eq!(ask(&server, "SELECT row FROM kept").unwrap(), "a row");
}

#[test]
fn who_comes_right_after_the_owner_was_killed_waits_for_its_server_to_end() {
    if own_until_told() {
        return;
    }
    let test = "who_comes_right_after_the_owner_was_killed_waits_for_its_server_to_end";
    let temp = temp_dir();
    let mut owner = another_owner(test, temp.path());
    let guest = open(temp.path());
    assert!(!guest.owns());
    assert_eq!(ask(&guest, "SELECT row FROM kept").unwrap(), "a row");
    owner.kill().unwrap();
    owner.wait().unwrap();
    let next = open(temp.path());
    assert!(next.owns());
    assert_eq!(ask(&next, "SELECT row FROM kept").unwrap(), "a row");
}

#[test]
fn when_the_owner_ends_the_next_who_comes_owns_the_server() {
    if own_until_told() {
        return;
    }
    let temp = temp_dir();
    let mut owner = another_owner("when_the_owner_ends_the_next_who_comes_owns_the_server", temp.path());
    drop(owner.stdin.take());
    // It may still be met, running or stopping, but then it was not too late to attach.
    drop(open(temp.path()));
    assert!(owner.wait().unwrap().success());
    assert!(open(temp.path()).owns());
}

#[test]
fn a_killed_server_loses_nothing_and_its_owner_can_start_another() {
    let temp = temp_dir();
    let server = Private::open(&Options::new(temp.path(), Durability::Durable)).unwrap();
    ask(&server, "CREATE TABLE kept AS SELECT 'a row' AS row").unwrap();
    kill(postmaster(&server), Signal::SIGKILL).unwrap();
    wait_for_the_servers_end(server.dir());
    assert!(ask(&server, "SELECT 1").is_err());
    assert!(refusal(temp.path()).contains("its server is gone"));

    drop(server);
    let server = open(temp.path());
    assert_eq!(ask(&server, "SELECT row FROM kept").unwrap(), "a row");
}

#[cfg(target_os = "linux")]
#[test]
fn the_server_outlives_the_thread_that_started_it() {
    let temp = temp_dir();
    let (server, thread) = std::thread::scope(|scope| {
        let starting = scope.spawn(|| (open(temp.path()), fs::read_link("/proc/thread-self").unwrap()));
        starting.join().unwrap()
    });
    // A thread is joined a moment before the kernel sends the signal at its death; then its entry goes.
    while Path::new("/proc").join(&thread).exists() {
        std::thread::yield_now();
    }
    assert_eq!(ask(&server, "SELECT 1").unwrap(), "1");
    let log = fs::read_to_string(server.dir().join("server.log")).unwrap();
    assert!(!log.contains("shutdown"), "{log}");
}

#[test]
fn the_log_holds_nothing_that_people_wrote() {
    let temp = temp_dir();
    let server = open(temp.path());
    ask(&server, "CREATE TABLE notes (text text PRIMARY KEY CHECK (text <> 'private-three'))").unwrap();
    ask(&server, "INSERT INTO notes VALUES ('private-one')").unwrap();
    for refused in [
        "INSERT INTO notes VALUES ('private-one')",
        "SELECT 'private-two'::integer",
        "INSERT INTO notes VALUES ('private-three')",
        "private-four",
        "DO $$ BEGIN RAISE WARNING 'private-five'; RAISE EXCEPTION 'private-six'; END $$",
    ] {
        assert!(ask(&server, refused).is_err(), "{refused}");
    }
    let log = fs::read_to_string(server.dir().join("server.log")).unwrap();
    assert!(log.contains("ready to accept connections") && !log.contains("private-"), "{log}");
}

#[test]
fn a_path_no_socket_can_have_gets_a_short_socket_folder() {
    let temp = temp_dir();
    for name in ["long/".repeat(30), "it's, \"quoted\" \\ and größer".into()] {
        let dir = temp.path().join(name);
        let server = open(&dir);
        let sockets = ask(&server, "SHOW unix_socket_directories").unwrap();
        assert!(sockets.starts_with("/tmp/colloquy-"), "{sockets}");
        let found = fs::symlink_metadata(&sockets).unwrap();
        assert_eq!(found.mode() & 0o777, 0o700);
        assert_eq!(found.uid(), fs::metadata(server.dir().join("data")).unwrap().uid());

        server.stop().unwrap();
        assert!(!Path::new(&sockets).exists());
        // Somebody else may have been there first: never through a link.
        std::os::unix::fs::symlink(temp.path(), &sockets).unwrap();
        let said = refusal(&dir);
        fs::remove_file(&sockets).unwrap();
        assert!(said.contains(&format!("{sockets} is there, but is not a private directory")), "{said}");
    }
}

#[test]
fn a_directory_which_the_servers_user_cannot_enter_gets_its_database_elsewhere() {
    if !geteuid().is_root() {
        // Everybody else's server runs as themselves.
        return;
    }
    let temp = temp_dir();
    set_mode(temp.path(), 0o700);
    let dir = temp.path().join("clone/.colloquy");
    let told = RefCell::new(Vec::new());
    let tell = |line: &str| told.borrow_mut().push(line.to_owned());
    let server = Private::open(&Options { progress: &tell, ..Options::new(&dir, Durability::Fast) }).unwrap();
    let home = server.dir().to_owned();
    assert!(home.starts_with("/var/lib/colloquy"), "{}", home.display());
    let said = &told.borrow()[0];
    assert!(said.contains(&format!("cannot enter {}:", temp.path().display())), "{said}");
    assert!(said.contains(&format!("goes to {}", home.display())), "{said}");
    ask(&server, "CREATE TABLE kept AS SELECT 'a row' AS row").unwrap();
    drop(server);

    let moved = temp.path().join("moved");
    fs::rename(&dir, &moved).unwrap();
    let server = open(&moved);
    assert_eq!(server.dir(), home);
    assert_eq!(ask(&server, "SELECT row FROM kept").unwrap(), "a row");
    drop(server);
    fs::remove_dir_all(&home).unwrap();
}

#[test]
fn a_database_is_never_left_behind_for_an_empty_one_elsewhere() {
    if !geteuid().is_root() {
        return;
    }
    let temp = temp_dir();
    let dir = temp.path().join("inside");
    drop(open(&dir));
    set_mode(temp.path(), 0o700);
    let said = refusal(&dir);
    assert!(said.contains(&format!("cannot enter {}: let it in (chmod o+x)", temp.path().display())), "{said}");
    set_mode(temp.path(), 0o711);
    assert!(open(&dir).owns());
}

#[test]
fn a_database_of_another_version_is_refused_with_the_way_on() {
    let temp = temp_dir();
    drop(open(temp.path()));
    fs::write(temp.path().join("postgres/data/PG_VERSION"), "9.6\n").unwrap();
    let said = refusal(temp.path());
    assert!(said.contains("was made by PostgreSQL 9, but installed here is PostgreSQL 1"), "{said}");
    assert!(said.contains("pg_upgrade"), "{said}");
}

#[test]
fn an_interrupted_making_is_begun_again() {
    let temp = temp_dir();
    let half = temp.path().join("postgres/data.new");
    fs::create_dir_all(half.join("base")).unwrap();
    fs::write(half.join("PG_VERSION"), "").unwrap();
    assert_eq!(ask(&open(temp.path()), "SELECT 1").unwrap(), "1");
    assert!(!half.exists());
}

#[test]
fn a_server_that_does_not_start_says_why() {
    let temp = temp_dir();
    drop(open(temp.path()));
    fs::remove_file(temp.path().join("postgres/data/global/pg_control")).unwrap();
    let said = refusal(temp.path());
    assert!(said.contains("PostgreSQL did not start") && said.contains("pg_control"), "{said}");
}

#[test]
fn where_a_server_is_installed_nothing_is_installed() {
    let temp = temp_dir();
    drop(open(temp.path()));
    private::install(&|line| panic!("installing: {line}")).unwrap();
}
