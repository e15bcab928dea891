//! The API as its users meet it: over HTTP, on a real Postgres, each test with a server and a database of its own.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::string_slice,
    reason = "a test that cannot go on should stop"
)]

mod access;
mod accounts;
mod alerts;
mod answers;
mod articles;
mod audit;
mod canary;
mod comments;
mod cors;
mod curation;
mod desk;
mod external;
mod guests;
mod guide;
mod issuers;
mod mails;
mod migrations;
mod moderation;
mod nodes;
mod notices;
mod on_call;
mod operations;
mod panics;
mod previews;
mod privacy;
mod private_threads;
mod regressions;
mod reports;
mod rules;
mod sanctions;
mod second_factor;
mod services;
mod sessions;
mod settings;
mod staff;
mod statements;
mod support;
mod throttle;
mod transfer;
mod viewer;
mod world;
