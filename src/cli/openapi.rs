//! `colloquy openapi`

use crate::app;
use anyhow::Result;
use std::process::ExitCode;

pub fn run() -> Result<ExitCode> {
    println!("{}", app::document().to_pretty_json()?);
    Ok(ExitCode::SUCCESS)
}
