//! `colloquy keys`: the keys that sign access tokens.

use super::database;
use crate::{
    accounts::{self, Rotation},
    config::Settings,
};
use anyhow::Result;
use chrono::TimeDelta;
use clap::Subcommand;
use std::process::ExitCode;

#[derive(Debug, Subcommand)]
pub enum Action {
    /// Make a new key. It signs after ten minutes, when everybody knows it; the present one goes on checking until the
    /// last token it signed has expired. Running servers take it up by themselves
    Rotate {
        /// Somebody else may have the present key: stop it now. Every access token is refused until it is refreshed
        #[arg(long)]
        at_once: bool,
    },
}

pub async fn run(action: Action, settings: Settings) -> Result<ExitCode> {
    let database = database::open(&settings, &|line| eprintln!("{line}")).await?;
    let Action::Rotate { at_once } = action;
    let rotation = if at_once { Rotation::AtOnce } else { Rotation::WithOverlap };
    let life = TimeDelta::seconds(settings.access_token_seconds.into());
    let made = database.write(async |tx| accounts::rotate_keys(tx, &database.secrets, rotation, life).await);
    println!("{}", made.await?);
    Ok(ExitCode::SUCCESS)
}
