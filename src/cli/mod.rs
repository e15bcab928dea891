//! The command line: one file per subcommand, each a few lines over what the rooms offer.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command talks to who called it")]
#![expect(clippy::doc_markdown, reason = "these doc comments are the text of --help, where backticks are noise")]

mod account;
pub mod database;
pub mod demo;
mod doctor;
mod erasures;
mod help;
mod import;
mod keys;
mod migrate;
mod openapi;
mod private_threads;
mod serve;

use crate::config::{LogFormat, Settings};
use anyhow::Result;
use clap::{Parser, Subcommand};
use std::{io::IsTerminal, process::ExitCode};
use tracing::Level;
use tracing_subscriber::{
    EnvFilter, Layer,
    filter::{FilterExt, LevelFilter, filter_fn},
    fmt,
    layer::{Filter, SubscriberExt},
    util::SubscriberInitExt,
};

/// A headless content and comment API: articles and the threaded conversation under them.
#[derive(Debug, Parser)]
#[command(
    name = "colloquy",
    version,
    disable_help_subcommand = true,
    after_help = "Without DATABASE_URL every command uses the private Postgres in COLLOQUY_DATA_DIR (default .colloquy), \
        also while a demo is running on it.\nSettings come from the environment and a file: see `colloquy help settings`."
)]
pub struct Command {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Run a whole publication on a private Postgres, to look at and to try things on; needs no settings
    Demo(demo::Options),
    /// Run the server in production: DATABASE_URL, COLLOQUY_SECRET and a few more must be set
    Serve,
    /// Bring the database's schema up to date, or tell how far it is
    #[command(subcommand)]
    Migrate(migrate::Action),
    /// Take in what was written elsewhere
    #[command(subcommand)]
    Import(import::Format),
    /// Make accounts, change roles, invite
    #[command(subcommand)]
    Account(account::Action),
    /// Change the keys that sign access tokens
    #[command(subcommand)]
    Keys(keys::Action),
    /// Change the keys under which private threads are sealed
    #[command(subcommand)]
    PrivateThreads(private_threads::Action),
    /// List who was erased, or erase them again after an older backup was restored
    #[command(subcommand)]
    Erasures(erasures::Action),
    /// Print the OpenAPI 3.1 document
    Openapi,
    /// Check settings, database, migrations and counters; exits with 1 when something needs attention
    Doctor(doctor::Options),
    /// Explain a topic: `settings`, or a command
    Help(help::Options),
}

/// Runs the command and says on standard error what went wrong, if something did.
#[must_use]
pub fn run(command: Command) -> ExitCode {
    match act(command.action) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("colloquy: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn act(action: Action) -> Result<ExitCode> {
    if let Action::Help(options) = action {
        return help::run(&options);
    }
    if matches!(action, Action::Openapi) {
        return openapi::run();
    }
    let settings = Settings::load()?;
    log(&settings);
    let system = actix_web::rt::System::new();
    system.block_on(async move {
        match action {
            Action::Demo(options) => demo::run(&options, settings).await,
            Action::Account(action) => account::run(action, settings).await,
            Action::Keys(action) => keys::run(action, settings).await,
            Action::Erasures(action) => erasures::run(action, settings).await,
            Action::PrivateThreads(action) => private_threads::run(action, settings).await,
            Action::Serve => serve::run(settings).await,
            Action::Migrate(action) => migrate::run(action, settings).await,
            Action::Import(format) => import::run(format, settings).await,
            Action::Doctor(options) => doctor::run(&options, settings).await,
            Action::Openapi | Action::Help(_) => Ok(ExitCode::SUCCESS),
        }
    })
}

/// Log lines go to standard error; what a command has to say goes to standard output.
fn log(settings: &Settings) {
    let filter = filter(&settings.log);
    let lines = fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    let lines = match settings.log_format {
        LogFormat::Json => lines.json().flatten_event(true).with_filter(filter).boxed(),
        LogFormat::Text => lines.with_filter(filter).boxed(),
    };
    tracing_subscriber::registry().with(lines).init();
}

/// What is logged. Whatever is asked for, libraries say no more than `info`: further down, some tell what they parse or send,
/// which is what people wrote.
fn filter<S>(directives: &str) -> impl Filter<S> + use<S> {
    // Without the hint, all of it is put together before it is found that nobody wants it: each tag that is parsed, as text.
    let ours = filter_fn(|line| line.target().starts_with("colloquy") || *line.level() <= Level::INFO)
        .with_max_level_hint(LevelFilter::TRACE);
    EnvFilter::try_new(directives).unwrap_or_else(|_| EnvFilter::new("info")).and(ours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tracing_subscriber::Registry;

    #[test]
    fn what_nobody_wants_is_not_put_together() {
        let most = |directives| Filter::<Registry>::max_level_hint(&filter(directives));
        assert_eq!(most("info"), Some(LevelFilter::INFO));
        assert_eq!(most("error"), Some(LevelFilter::ERROR));
        assert_eq!(most("colloquy=debug"), Some(LevelFilter::DEBUG));
    }
}
