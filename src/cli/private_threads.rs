//! `colloquy private-threads`

use super::database;
use crate::{config::Settings, private_threads};
use anyhow::Result;
use clap::Subcommand;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum Action {
    /// Seal the key of every private thread under the first key of COLLOQUY_PRIVATE_KEYS
    ///
    /// Texts are not touched, and servers may run. Whatever stops it, call it again: it goes on where it was. Exits with 1 when
    /// a thread needs a key that the settings do not have.
    Rotate,
}

pub async fn run(action: Action, settings: Settings) -> Result<ExitCode> {
    let Action::Rotate = action;
    let database = database::open(&settings, &|line| eprintln!("{line}")).await?;
    let progress = |so_far: private_threads::Rotation| eprintln!("{} sealed anew so far", so_far.resealed);
    let rotation = private_threads::rotate(&database.journal()?, &database.secrets, &progress).await?;
    println!(
        "{} keys of private threads sealed anew under `{}`",
        rotation.resealed,
        database.secrets.private_key_name()
    );
    if rotation.unreadable == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    println!("{} do not open: COLLOQUY_PRIVATE_KEYS does not have the keys that they need", rotation.unreadable);
    Ok(ExitCode::FAILURE)
}
