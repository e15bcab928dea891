//! What went wrong in other systems, tried on every operation of this one; and promises that belong to no operation.

mod absence;
mod audit_trail;
mod bodies;
mod credentials;
mod fields;
mod headers;
mod held_comments;
mod id_sweep;
mod injection;
mod keyed_hashes;
mod oddities;
mod passwords;
mod private_threads;
mod sign_ins;
mod smuggling;
mod stamps;
mod token_kinds;

use crate::world::{Document, NOTHING, Operation, Request};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;

impl Operation {
    /// Its address, with `value` for one parameter and something harmless for the others in the path.
    fn with(&self, parameter: &str, value: &str) -> String {
        let mut path = self.path.clone();
        for name in &self.in_path {
            let value = if name == parameter { value } else { known(name) };
            path = path.replace(&format!("{{{name}}}"), value);
        }
        if self.in_path.iter().any(|name| name == parameter) { path } else { format!("{path}?{parameter}={value}") }
    }

    /// Its address, with something harmless in it.
    fn address(&self) -> String {
        self.in_path.iter().fold(self.path.clone(), |path, name| path.replace(&format!("{{{name}}}"), known(name)))
    }
}

/// Every operation there is.
fn operations() -> Vec<Operation> {
    Document::read().operations()
}

/// A value that a parameter might have.
fn known(parameter: &str) -> &'static str {
    match parameter {
        "slug" | "articles" => "how-to-listen",
        "tag" => "listening",
        "no" => "1",
        "path" => "/how-to-listen",
        "kind" => "log_in.failed",
        "sort" => "newest",
        "status" => "pending",
        "role" => "reader",
        "code" => "validation",
        _ => NOTHING,
    }
}

/// As it may stand anywhere in an address.
fn escaped(value: &str) -> String {
    utf8_percent_encode(value, NON_ALPHANUMERIC).to_string()
}

/// With what an operation that changes something would ask for first, so that nothing stops it before.
fn ready(request: Request) -> Request {
    request.header("if-match", "\"1\"").json(&json!({}))
}
