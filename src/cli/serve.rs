//! `colloquy serve`

use crate::{accounts::Hasher, app, clock::Clock, config::Settings, db::migrations, secrets::Secrets};
use anyhow::{Context, Result, bail};
use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};

pub async fn run(settings: Settings) -> Result<ExitCode> {
    let missing = settings.missing_for_production();
    if !missing.is_empty() {
        bail!("`serve` needs these settings (for a first look, run `colloquy demo`):\n  {}", missing.join("\n  "));
    }
    if !Hasher::resists_guessing(&settings) {
        bail!(
            "COLLOQUY_ARGON2_MEMORY_KIB and COLLOQUY_ARGON2_ITERATIONS would make passwords easy to guess: at least 7168 KiB, and memory times passes at least 35840 (the default is 19456 and 2)"
        );
    }
    let url = settings.database_url().context("DATABASE_URL is not set")?.to_owned();
    let secrets = Secrets::new(settings.secret().context("COLLOQUY_SECRET is not set")?)?
        .with_private_keys(settings.private_keys())?;
    let status = migrations::status(&url).await.context("the database does not answer")?;
    if status.iter().any(|(_, applied)| !applied) {
        bail!("the database's schema is not up to date: run `colloquy migrate up --grant-to ROLE` first");
    }
    let running = app::start(&url, settings, secrets, Clock::system(), app::no_pages).await?;
    tracing::info!(address = %running.address, "listening");
    until_told_to_stop().await?;
    tracing::info!("stopping: requests that are under way may end");
    running.stop().await?;
    Ok(ExitCode::SUCCESS)
}

/// Waits for Ctrl-C or SIGTERM.
pub async fn until_told_to_stop() -> Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => Ok(pressed?),
        _ = terminate.recv() => Ok(()),
    }
}
