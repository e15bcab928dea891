//! `colloquy migrate`

use super::database;
use crate::{config::Settings, db::migrations};
use anyhow::{Context, Result};
use clap::Subcommand;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum Action {
    /// Apply what is missing, as the owner of the tables (COLLOQUY_MIGRATE_URL, else DATABASE_URL)
    Up {
        /// Let this role, the one of the server's DATABASE_URL, use the tables
        #[arg(long, value_name = "ROLE")]
        grant_to: Option<String>,
    },
    /// List every migration and whether it has been applied
    Status,
}

pub async fn run(action: Action, settings: Settings) -> Result<ExitCode> {
    // A private Postgres is migrated by opening it.
    let private = if settings.database_url().is_none() {
        Some(database::open(&settings, &|line| eprintln!("{line}")).await?)
    } else {
        None
    };
    let url = match &private {
        Some(database) => database.owner_url.clone(),
        None => settings.migrate_url().context("DATABASE_URL is not set")?.to_owned(),
    };
    match action {
        Action::Up { grant_to } => {
            let applied = migrations::up(&url, grant_to.as_deref()).await?;
            for name in applied {
                println!("applied {name}");
            }
            println!("the schema is up to date");
            Ok(ExitCode::SUCCESS)
        }
        Action::Status => {
            let all = migrations::status(&url).await?;
            for (name, applied) in &all {
                println!("{} {name}", if *applied { "applied" } else { "missing" });
            }
            Ok(if all.iter().all(|(_, applied)| *applied) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
    }
}
