//! Colloquy: a headless content and comment API. `docs/ARCHITECTURE.md` is the map.

pub mod app;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
pub mod error;
pub mod events;
pub mod http;
pub mod published;
pub mod secrets;
pub mod transfer;
