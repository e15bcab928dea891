//! `colloquy help`

use super::Command;
use crate::config::SETTINGS;
use anyhow::{Result, bail};
use clap::{Args, CommandFactory};
use std::process::ExitCode;

#[derive(Debug, Args)]
pub struct Options {
    /// `settings`, or the name of a command
    topic: Option<String>,
}

pub fn run(options: &Options) -> Result<ExitCode> {
    let mut command = Command::command();
    match options.topic.as_deref() {
        None => command.print_long_help()?,
        Some("settings") => print!("{}", settings()),
        Some(name) => match command.find_subcommand_mut(name) {
            Some(subcommand) => subcommand.print_long_help()?,
            None => bail!("there is no help about {name}; try `colloquy help settings` or `colloquy help`"),
        },
    }
    Ok(ExitCode::SUCCESS)
}

/// Every setting with its default and meaning.
fn settings() -> String {
    let mut page = String::from(
        "Settings are read from the environment (COLLOQUY_NAME), else from the TOML file that COLLOQUY_CONFIG names\n\
         (default: colloquy.toml, if it is there; there the names are in lower case without COLLOQUY_).\n\n",
    );
    for setting in SETTINGS {
        let default = match (setting.secret, setting.default) {
            (true, _) => " (secret)".to_owned(),
            (false, "") => String::new(),
            (false, default) => format!(" = {default}"),
        };
        page.push_str(&format!("COLLOQUY_{}{default}\n    {}\n", setting.name.to_uppercase(), setting.help));
    }
    page
}
