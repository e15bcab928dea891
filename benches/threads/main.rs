//! Threads of any size: what a page of a thread of a million comments costs beside one of a thread of 91, how fast comments
//! are posted beside what Postgres itself takes, and what readers see meanwhile.
//!
//! `cargo bench --bench threads -- generate` builds the site once; then `… -- read`, `… -- buffers`, `… -- post`,
//! `… -- mixed`, each with `--data-dir` if that was given.
#![expect(
    clippy::unwrap_used,
    clippy::get_unwrap,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::disallowed_methods,
    reason = "a benchmark that cannot go on should stop, its numbers are small, and it has no requests that could wait"
)]

mod buffers;
mod chance;
mod database;
mod explained;
mod generate;
mod machine;
mod mixed;
mod pages;
mod pgbench;
mod post;
mod read;
#[path = "../log_ins/server.rs"]
#[expect(dead_code, reason = "what log-ins cost in memory is for the other benchmark that uses it")]
mod server;
mod site;
mod writers;

use clap::{Parser, Subcommand};
use std::path::PathBuf;

const SECRET: &str = "a benchmark's secret of more than 32 bytes";

/// Benchmarks of threads of any size.
#[derive(Parser)]
struct Options {
    #[command(subcommand)]
    command: Command,
    /// Where the site lives, on a private Postgres of its own
    #[arg(long, global = true, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/target/threads"))]
    data_dir: PathBuf,
    /// How many rounds each case has
    #[arg(long, global = true, default_value_t = 9)]
    rounds: usize,
    /// Given by cargo
    #[arg(long, global = true, hide = true)]
    bench: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Build the site: 10,000,000 comments, 1,000,000 of them in one thread
    Generate(generate::Options),
    /// What pages take in the thread of a million and in threads of 91, each made anew
    Read,
    /// How many buffers Postgres touches for a page of them
    Buffers,
    /// How fast comments are posted, beside pgbench
    Post {
        /// How many post at the same time
        #[arg(long, default_value_t = 256)]
        writers: usize,
    },
    /// What readers of a thread get while comments are posted in it
    Mixed,
}

fn main() {
    // `cargo test` builds and runs benchmarks too; it only wants to know that this one starts.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let options = Options::parse();
    match options.command {
        Command::Generate(what) => generate::generate(&options.data_dir, &what),
        Command::Read => read::read(&options.data_dir, options.rounds),
        Command::Buffers => buffers::buffers(&options.data_dir),
        Command::Post { writers } => post::post_all(&options.data_dir, options.rounds, writers),
        Command::Mixed => mixed::mixed(&options.data_dir, options.rounds),
    }
}

/// The middle one.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
