//! `colloquy import`

use super::database;
use crate::{
    config::Settings,
    transfer::{Keep, Report, import_wordpress},
};
use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};
use std::{fs::File, path::PathBuf, process::ExitCode};

#[derive(Debug, Subcommand)]
pub enum Format {
    /// Take in a WordPress export (Tools > Export, "All content"): posts, pages, authors, tags, comments, old addresses
    ///
    /// Importing the same file again changes nothing; importing a later export brings what is new in it. Exits with 1
    /// when something could not be taken.
    Wordpress(Options),
}

#[derive(Debug, Args)]
pub struct Options {
    /// The export: an XML file (WXR 1.0 to 1.2)
    file: PathBuf,
    /// Read everything and report, but write nothing
    #[arg(long)]
    dry_run: bool,
    /// When the file is broken, or an item cannot be taken, write nothing (otherwise every item that is whole is kept)
    #[arg(long, conflicts_with = "dry_run")]
    all_or_nothing: bool,
}

pub async fn run(format: Format, settings: Settings) -> Result<ExitCode> {
    let Format::Wordpress(options) = format;
    let name = options.file.display();
    let file = File::open(&options.file).with_context(|| format!("{name} cannot be opened"))?;
    let bytes = file.metadata().with_context(|| format!("{name} cannot be read"))?.len();
    let database = database::open(&settings, &|line| eprintln!("{line}")).await?;
    let keep = match (options.dry_run, options.all_or_nothing) {
        (true, _) => Keep::Nothing,
        (false, true) => Keep::Everything,
        (false, false) => Keep::Items,
    };
    let bar = progress(bytes);
    let import =
        import_wordpress(&database.journal()?, &database.secrets, file, keep, &|bytes| bar.set_position(bytes)).await;
    bar.finish_and_clear();
    database.announce().await?;
    let report =
        import.context("the import stopped; what came before is kept, and running it again goes on from there")?;
    print!("{name}: {report}");
    println!("{}", outcome(&report, keep));
    Ok(if report.is_whole() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn outcome(report: &Report, keep: Keep) -> &'static str {
    match (keep, report.undone, report.is_whole()) {
        (Keep::Nothing, ..) => "This was a trial: nothing was written.",
        (_, true, _) => "Nothing was written.",
        (_, false, true) => "All of it is written.",
        (_, false, false) => "What is counted above is written. When the file is mended, import it again.",
    }
}

/// Bytes read of those that there are, on standard error; nothing where that is no terminal.
fn progress(bytes: u64) -> ProgressBar {
    let bar = ProgressBar::new(bytes);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {bytes_per_sec}, {eta} left") {
        bar.set_style(style);
    }
    bar
}
