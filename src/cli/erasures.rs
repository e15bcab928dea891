//! `colloquy erasures`

use super::database;
use crate::{
    config::Settings,
    privacy::{self, Erasure},
};
use anyhow::{Context, Result, anyhow};
use clap::Subcommand;
use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::ExitCode,
};

/// Erasures listed by one statement.
const PAGE: i64 = 500;

#[derive(Debug, Subcommand)]
pub enum Action {
    /// Print who was erased, one JSON object a line: keep this apart from the backups
    List,
    /// Erase again whom a list names, after a backup was restored that is older than the list
    ///
    /// Running it twice does no harm. Whoever is not in the backup is passed over.
    Replay {
        /// What `erasures list` printed
        file: PathBuf,
    },
}

pub async fn run(action: Action, settings: Settings) -> Result<ExitCode> {
    let database = database::open(&settings, &|line| eprintln!("{line}")).await?;
    match action {
        Action::List => list(&database).await?,
        Action::Replay { file } => {
            let name = file.display().to_string();
            let list = File::open(&file).with_context(|| format!("{name} cannot be opened"))?;
            let erasures = read(BufReader::new(list)).with_context(|| format!("{name} is no list of erasures"))?;
            let journal = database.journal()?;
            let (mut erased, named) = (0, erasures.len());
            for erasure in erasures {
                erased += usize::from(privacy::replay(&journal, &database.secrets, &erasure).await?);
            }
            database.announce().await?;
            println!("{erased} of {named} were there and are erased again");
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(database: &database::Database) -> Result<()> {
    let mut conn = database.pool()?.get().await?;
    let mut last = None;
    loop {
        let page = privacy::list_erasures(&mut conn, last, PAGE).await?;
        for erasure in &page {
            println!("{}", serde_json::to_string(erasure)?);
        }
        match page.last() {
            Some(erasure) => last = Some(erasure.account_id),
            None => return Ok(()),
        }
    }
}

/// All of it is read before anything is done, so that a list that is damaged does nothing.
fn read(list: impl BufRead) -> Result<Vec<Erasure>> {
    let mut erasures = Vec::new();
    for (number, line) in list.lines().enumerate() {
        let line = line?;
        if !line.trim().is_empty() {
            erasures.push(serde_json::from_str(&line).map_err(|error| anyhow!("line {}: {error}", number + 1))?);
        }
    }
    Ok(erasures)
}
