//! What log-ins cost others, and what they tell: whether readers wait while two hundred people log in, how much memory
//! that takes, and whether an address that has an account is answered as fast as one that has none.
//! `cargo bench --bench log_ins`, or one half of it: `cargo bench --bench log_ins -- readers`, `… -- pairs`.
#![expect(
    clippy::unwrap_used,
    clippy::get_unwrap,
    clippy::panic,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    reason = "a benchmark that cannot go on should stop, and it has no requests that could wait while it sleeps"
)]

use colloquy::{
    accounts::{self, Email, Hasher, NewAccount},
    cli::demo,
    clock::Clock,
    config::Settings,
    db::{
        Pool, migrations,
        private::{Durability, Options, Private},
    },
    error::Error,
    events::Journal,
    http::permission::Role,
    secrets::Secrets,
};
use secrecy::SecretString;
use std::{
    fs,
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use tokio::sync::Notify;

const SECRET: &str = "a benchmark's secret of more than 32 bytes";

/// People who log in at the same time, each from an address of their own.
const CROWD: usize = 200;
const READERS: u32 = 4;
/// Time between two requests of a reader.
const PACE: Duration = Duration::from_millis(20);
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_secs(4);

const PAIRS: usize = 2000;
/// Pairs that are asked first and not counted.
const WARMING_UP: usize = 50;
const RESAMPLES: usize = 2000;

fn main() {
    // `cargo test` builds and runs benchmarks too; it only wants to know that this one starts.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let halves = ["readers", "pairs"];
    let asked = |half: &str| {
        arguments.iter().any(|word| word == half) || !arguments.iter().any(|word| halves.contains(&&**word))
    };
    let directory = tempfile::tempdir().unwrap();
    // Whoever runs the private Postgres must be able to pass through.
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o711)).unwrap();
    let postgres = Private::open(&Options::new(directory.path(), Durability::Fast)).unwrap();
    let settings = prepare(&postgres);
    if asked("readers") {
        let (hashes, size) = (Hasher::at_once(&settings), f64::from(settings.argon2_memory_kib) / 1024.0);
        println!(
            "{READERS} readers ask for a page every {PACE:?} each, with and without {CROWD} log-ins under way; {ROUNDS} rounds of \
             {ROUND:?} each, interleaved; medians of the rounds. Hashes may take {hashes} x {size} = {} MiB.",
            hashes as f64 * size
        );
        println!(
            "{:<16}{:>14}{:>14}{:>8}{:>14}{:>14}{:>8}{:>12}{:>10}{:>12}{:>12}",
            "thread page",
            "median, ms",
            "with",
            "ratio",
            "99th, ms",
            "with",
            "ratio",
            "log-ins/s",
            "refused",
            "peak, MiB",
            "with, MiB"
        );
        readers("kept", &Server::start(&postgres, directory.path(), &[]));
        readers("made each time", &Server::start(&postgres, directory.path(), &[("COLLOQUY_CACHE_BYTES", "0")]));
    }
    if asked("pairs") {
        println!("{PAIRS} pairs of an address with an account and one without, in random order");
        println!(
            "{:<12}{:>12}{:>14}{:>18}{:>28}",
            "", "known, ms", "unknown, ms", "difference, ms", "95% interval, % of median"
        );
        pairs(&Server::start(&postgres, directory.path(), &[]));
    }
}

/// The demo's content, and people whose password is the demo's.
fn prepare(postgres: &Private) -> Settings {
    let (owner, url) = (postgres.url("postgres", "colloquy"), postgres.url("colloquy", "colloquy"));
    let settings = Settings::with(&[]).unwrap();
    let prepared = actix_web::rt::System::new().block_on(async {
        postgres.prepare("colloquy", "colloquy").await?;
        migrations::up(&owner, Some("colloquy")).await?;
        let (secrets, clock) = (Secrets::new(SECRET)?, Clock::system());
        demo::seed(&url, &settings, &secrets, &clock, &|_| ()).await?;
        let password = Hasher::new(&settings)?.hash(SecretString::from(demo::PASSWORD)).await?;
        let pool = Pool::new(&url, &settings, Arc::default())?;
        let journal = Journal::new(pool, clock, Arc::new(|_| ()), Arc::new(Notify::new()));
        let writing = journal.write(async |tx| {
            for number in 0..PAIRS + WARMING_UP {
                let email = Email::parse(&known(number)).map_err(|field| Error::validation(vec![field]))?;
                let (name, password_hash) = (format!("Reader {number}"), Some(password.clone()));
                let new = NewAccount { display_name: &name, email: Some(&email), role: Role::Reader, password_hash };
                accounts::create_account(tx, &secrets, new).await?;
            }
            Ok(())
        });
        writing.await?;
        anyhow::Ok(())
    });
    prepared.unwrap();
    settings
}

fn known(number: usize) -> String {
    format!("k{number:05}@example.org")
}

/// As long as [`known`].
fn unknown(number: usize) -> String {
    format!("u{number:05}@example.org")
}

/// The server as it runs in production: a process of its own, its parameters the defaults.
struct Server {
    process: Child,
    address: SocketAddr,
}

impl Server {
    fn start(postgres: &Private, directory: &Path, changes: &[(&str, &str)]) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_colloquy"));
        command.arg("serve").current_dir(directory).env_clear().stdout(Stdio::null());
        command.env("DATABASE_URL", postgres.url("colloquy", "colloquy")).env("COLLOQUY_SECRET", SECRET);
        command.env("COLLOQUY_BIND", address.to_string()).env("COLLOQUY_PUBLIC_URL", "https://api.example.org");
        command.env("COLLOQUY_MAIL_DIR", directory.join("mail")).env("COLLOQUY_MAIL_FROM", "hello@example.org");
        command.env("COLLOQUY_TRUSTED_PROXIES", "127.0.0.1/32").env("COLLOQUY_LOG", "error");
        command.envs(changes.iter().copied());
        let mut server = Self { process: command.spawn().unwrap(), address };
        while server.ready() != Some(204) {
            assert!(server.process.try_wait().unwrap().is_none(), "the server does not start");
            thread::sleep(Duration::from_millis(20));
        }
        server
    }

    fn ready(&self) -> Option<u16> {
        Some(Connection::open(self.address)?.send("GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n").0)
    }

    fn connect(&self) -> Connection {
        Connection::open(self.address).unwrap()
    }

    /// Forgets the greatest memory so far.
    fn forget_peak(&self) {
        fs::write(format!("/proc/{}/clear_refs", self.process.id()), "5").unwrap();
    }

    /// The most memory that was resident since then, MiB.
    fn peak(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A client's connection: one request after the other, every answer read to its end.
struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    fn open(address: SocketAddr) -> Option<Self> {
        let stream = TcpStream::connect(address).ok()?;
        stream.set_nodelay(true).unwrap();
        Some(Self { stream, buffer: vec![0; 128 * 1024] })
    }

    /// The status, and when the answer was there.
    fn send(&mut self, request: &str) -> (u16, Instant) {
        self.stream.write_all(request.as_bytes()).unwrap();
        let (mut have, mut want) = (0, usize::MAX);
        while have < want {
            let read = self.stream.read(self.buffer.get_mut(have..).unwrap()).unwrap();
            assert!(read > 0, "the server closed the connection");
            have += read;
            if want == usize::MAX {
                want = answer_length(self.buffer.get(..have).unwrap()).unwrap_or(usize::MAX);
            }
        }
        let end = Instant::now();
        let status = self.buffer.get(9..12).and_then(|digits| str::from_utf8(digits).ok()).unwrap();
        (status.parse().unwrap(), end)
    }
}

fn answer_length(answer: &[u8]) -> Option<usize> {
    let head = answer.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let lines = str::from_utf8(answer.get(..head)?).unwrap().lines();
    let body =
        lines.filter_map(|line| line.split_once(": ")).find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    Some(head + body.map_or(0, |(_, length)| length.parse::<usize>().unwrap()))
}

/// A POST of a client at this address behind the proxy.
fn post(path: &str, client: Ipv4Addr, body: &serde_json::Value) -> String {
    let body = body.to_string();
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {client}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// What readers saw in one round, and what it took.
struct Round {
    median: f64,
    last_percent: f64,
    peak: f64,
    log_ins: u32,
    refused: u32,
}

/// Rounds without and with log-ins in turn.
fn readers(name: &str, server: &Server) {
    round(server, false);
    let (mut quiet, mut busy) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        quiet.push(round(server, false));
        busy.push(round(server, true));
    }
    let of = |rounds: &[Round], what: fn(&Round) -> f64| median(rounds.iter().map(what).collect());
    let (median, with) = (of(&quiet, |round| round.median), of(&busy, |round| round.median));
    let (last, last_with) = (of(&quiet, |round| round.last_percent), of(&busy, |round| round.last_percent));
    let rate = of(&busy, |round| f64::from(round.log_ins)) / ROUND.as_secs_f64();
    let refused: u32 = busy.iter().map(|round| round.refused).sum();
    // Later rounds without log-ins begin with what log-ins have left behind.
    let (peak, peak_with) = (quiet.first().unwrap().peak, busy.iter().map(|round| round.peak).fold(f64::MIN, f64::max));
    println!(
        "{name:<16}{median:>14.2}{with:>14.2}{:>8.2}{last:>14.2}{last_with:>14.2}{:>8.2}{rate:>12.0}{refused:>10}{peak:>12.0}{peak_with:>12.0}",
        with / median,
        last_with / last
    );
}

fn round(server: &Server, crowded: bool) -> Round {
    server.forget_peak();
    let stop = AtomicBool::new(!crowded);
    thread::scope(|scope| {
        let crowd: Vec<_> = (0..CROWD)
            .filter(|_| crowded)
            .map(|person| {
                scope.spawn({
                    let stop = &stop;
                    move || log_in_until(server, person, stop)
                })
            })
            .collect();
        let until = Instant::now() + ROUND;
        let readers: Vec<_> = (0..READERS)
            .map(|number| scope.spawn(move || read_until(server, PACE * number / READERS, until)))
            .collect();
        let mut times: Vec<f64> = readers.into_iter().flat_map(|reader| reader.join().unwrap()).collect();
        stop.store(true, Ordering::Relaxed);
        let counts: Vec<(u32, u32)> = crowd.into_iter().map(|person| person.join().unwrap()).collect();
        times.sort_by(f64::total_cmp);
        Round {
            median: quantile(&times, 0.5),
            last_percent: quantile(&times, 0.99),
            peak: server.peak(),
            log_ins: counts.iter().map(|(done, _)| done).sum(),
            refused: counts.iter().map(|(_, refused)| refused).sum(),
        }
    })
}

/// Milliseconds of each request. Where one was late because the answer before it was, the wait counts.
fn read_until(server: &Server, delay: Duration, until: Instant) -> Vec<f64> {
    let mut connection = server.connect();
    let request = format!(
        "GET /v1/articles/{}/comments?limit=20&replies=3 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        demo::THREAD_ARTICLE
    );
    // One after the other, not all at the same moment.
    let (mut due, mut times) = (Instant::now() + delay, Vec::new());
    while due < until {
        let wait = due.saturating_duration_since(Instant::now());
        thread::sleep(wait);
        let begun = if wait.is_zero() { due } else { Instant::now() };
        let (status, end) = connection.send(&request);
        assert_eq!(status, 200);
        times.push((end - begun).as_secs_f64() * 1000.0);
        due += PACE;
    }
    times
}

/// How often somebody logged in, and how often there were too many before them.
fn log_in_until(server: &Server, person: usize, stop: &AtomicBool) -> (u32, u32) {
    let mut connection = server.connect();
    let body = serde_json::json!({ "email": known(person), "password": demo::PASSWORD });
    let request = post("/v1/sessions", client(person), &body);
    let (mut done, mut refused) = (0, 0);
    while !stop.load(Ordering::Relaxed) {
        match connection.send(&request).0 {
            201 if !stop.load(Ordering::Relaxed) => done += 1,
            201 => {}
            503 => refused += 1,
            status => panic!("a log-in was answered with {status}"),
        }
    }
    (done, refused)
}

/// An address that nobody else has.
fn client(number: usize) -> Ipv4Addr {
    Ipv4Addr::from_bits(Ipv4Addr::new(10, 0, 0, 1).to_bits() + u32::try_from(number).unwrap())
}

/// Whether the time that an answer takes tells who has an account.
fn pairs(server: &Server) {
    let cases =
        [("log-in", "/v1/sessions", 401), ("sign-up", "/v1/accounts", 202), ("reset", "/v1/password-resets", 202)];
    let (mut connection, mut chance, mut clients) = (server.connect(), Chance(42), (CROWD..).map(client));
    for (name, path, expected) in cases {
        let mut ask = |email: String| {
            let body = match name {
                "log-in" => serde_json::json!({ "email": email, "password": "not the password of anybody" }),
                "sign-up" => {
                    serde_json::json!({ "email": email, "password": "four rivers under one bridge", "display_name": "Ada" })
                }
                _ => serde_json::json!({ "email": email }),
            };
            let request = post(path, clients.next().unwrap(), &body);
            let begun = Instant::now();
            let (status, end) = connection.send(&request);
            assert_eq!(status, expected, "{name}");
            (end - begun).as_secs_f64() * 1000.0
        };
        let times: Vec<(f64, f64)> = (0..WARMING_UP + PAIRS)
            .map(|number| {
                if chance.below(2) == 0 {
                    (ask(known(number)), ask(unknown(number)))
                } else {
                    let stranger = ask(unknown(number));
                    (ask(known(number)), stranger)
                }
            })
            .skip(WARMING_UP)
            .collect();
        let (known, unknown): (Vec<f64>, Vec<f64>) = times.iter().copied().unzip();
        let differences: Vec<f64> = times.iter().map(|(known, unknown)| known - unknown).collect();
        let whole = median([known.clone(), unknown.clone()].concat());
        let mut resampled: Vec<f64> = (0..RESAMPLES)
            .map(|_| median((0..PAIRS).map(|_| *differences.get(chance.below(PAIRS)).unwrap()).collect()))
            .collect();
        resampled.sort_by(f64::total_cmp);
        let [low, high] = [0.025, 0.975].map(|share| quantile(&resampled, share) / whole * 100.0);
        println!(
            "{name:<12}{:>12.3}{:>14.3}{:>18.4}{:>28}",
            median(known),
            median(unknown),
            median(differences),
            format!("{low:+.2} to {high:+.2}")
        );
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    quantile(&values, 0.5)
}

/// Of values in order.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index of what is there")]
fn quantile(values: &[f64], share: f64) -> f64 {
    values.get(((values.len() - 1) as f64 * share).round() as usize).copied().unwrap()
}

/// `SplitMix64`: the same draws in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).unwrap()
    }
}
