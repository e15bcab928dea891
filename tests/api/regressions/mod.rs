//! What went wrong in other systems, tried on every operation of this one; and promises that belong to no operation.

mod absence;
mod audit_trail;
mod bodies;
mod fields;
mod headers;
mod injection;
mod keyed_hashes;
mod oddities;
mod passwords;
mod sign_ins;
mod smuggling;
mod stamps;
mod token_kinds;

use crate::world::Request;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Method;
use serde_json::{Value, json};

/// An id of nothing.
const NOTHING: &str = "01890000-0000-7000-8000-000000000000";

/// An operation of the OpenAPI document.
struct Operation {
    method: Method,
    /// With the names of what stands in it, as in `/v1/articles/{slug}`.
    path: String,
    /// Names of what stands in the path and of what may stand behind it.
    in_path: Vec<String>,
    in_query: Vec<String>,
    /// Whether it takes a body.
    takes_body: bool,
    /// Whether it looks at who calls.
    guarded: bool,
}

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
    let document: Value = serde_json::from_str(&colloquy::app::document().to_json().unwrap()).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            let named = |place: &str| {
                let those = parameters.iter().filter(|parameter| parameter["in"] == place);
                those.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect()
            };
            operations.push(Operation {
                method: method.to_uppercase().parse().unwrap(),
                path: path.clone(),
                in_path: named("path"),
                in_query: named("query"),
                takes_body: operation["requestBody"].is_object(),
                guarded: operation["security"].is_array(),
            });
        }
    }
    assert!(operations.len() > 50, "the document is not whole");
    operations
}

/// A value that a parameter might have.
fn known(parameter: &str) -> &'static str {
    match parameter {
        "slug" | "articles" => "how-to-listen",
        "tag" => "listening",
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
