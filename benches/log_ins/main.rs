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

mod pairs;
mod readers;
#[expect(dead_code, reason = "the bodies of answers are for another benchmark that uses it")]
mod server;

use crate::{
    pairs::{PAIRS, WARMING_UP, pairs},
    readers::{CROWD, PACE, READERS, ROUND, ROUNDS, readers},
    server::Server,
};
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
    events::{Journal, Own},
    http::permission::Role,
    secrets::Secrets,
};
use secrecy::SecretString;
use std::{fs, net::Ipv4Addr, os::unix::fs::PermissionsExt, sync::Arc};

const SECRET: &str = "a benchmark's secret of more than 32 bytes";

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
        let journal = Journal::new(pool, clock, Arc::new(|_| ()), Own::default());
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

/// An address that nobody else has.
fn client(number: usize) -> Ipv4Addr {
    Ipv4Addr::from_bits(Ipv4Addr::new(10, 0, 0, 1).to_bits() + u32::try_from(number).unwrap())
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
