//! Colloquy: a headless content and comment API. `docs/ARCHITECTURE.md` is the map.

pub mod accounts;
pub mod app;
pub mod articles;
pub mod audit;
pub mod cli;
pub mod clock;
pub mod coaching;
pub mod comments;
pub mod config;
pub mod db;
pub mod error;
pub mod events;
pub mod http;
pub mod mail;
pub mod moderation;
pub mod notify;
pub mod privacy;
pub mod private_threads;
pub mod published;
pub mod screening;
pub mod secrets;
pub mod text;
pub mod throttle;
pub mod transfer;
