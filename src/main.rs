//! The program: reads the command line and calls one subcommand.

use clap::Parser;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    colloquy::cli::run(colloquy::cli::Command::parse())
}
