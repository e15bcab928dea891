//! `colloquy demo`: a whole publication on a private Postgres, to look at and to try things on.

mod content;
mod greeting;
mod page;
mod seed;

pub use seed::{PASSWORD, THREAD_ARTICLE, seed};

use super::{database, serve::until_told_to_stop};
use crate::{app, clock::Clock, config::Settings, db::private};
use anyhow::{Result, ensure};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::{process::ExitCode, time::Duration};

/// What `colloquy demo` can be told.
#[derive(Debug, Args)]
pub struct Options {
    /// Install the PostgreSQL server first, where there is none (asks for nothing; needs to be root or sudo)
    #[arg(long)]
    install: bool,
}

/// Runs the demo until it is told to stop.
///
/// # Errors
/// When it would listen to others, PostgreSQL is missing, or the address is taken.
pub async fn run(options: &Options, settings: Settings) -> Result<ExitCode> {
    ensure!(
        settings.bind.ip().is_loopback(),
        "the demo's passwords are public, so it listens on this machine only: set COLLOQUY_BIND to 127.0.0.1:8080 or [::1]:8080"
    );
    ensure!(
        settings.database_url().is_none(),
        "the demo uses a private Postgres: unset DATABASE_URL, or use `colloquy serve`"
    );
    let bar = progress();
    let say = |line: &str| bar.set_message(line.to_owned());
    if options.install {
        private::install(&say)?;
    }
    let settings = settings.for_demo();
    let database = database::open(&settings, &say).await?;
    say("writing the publication");
    seed(&database.url, &settings, &database.secrets, &Clock::system(), &say).await?;
    say("starting the server");
    let running =
        app::start(&database.url, settings.clone(), database.secrets.clone(), Clock::system(), page::serve).await?;
    bar.finish_and_clear();
    print!("{}", greeting::compose(&database, &settings, running.address).await?);
    until_told_to_stop().await?;
    running.stop().await?;
    Ok(ExitCode::SUCCESS)
}

/// A line on standard error that says what is being done; where that is no terminal, one line for each step.
fn progress() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed} {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}
