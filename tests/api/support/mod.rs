//! Where somebody in need finds help.

mod answers;
mod create_support;
mod delete_support;
mod list_kept_support;
mod list_support;
mod replace_support;
mod stale;

use crate::world::{Person, Reply, World};
use reqwest::Method;
use serde_json::{Value, json};

const KEPT: &str = "/v1/moderation/support";

/// A line in this region and language; everywhere, where the region is empty.
fn line(name: &str, region: &str, language: &str) -> Value {
    let region = Some(region).filter(|region| !region.is_empty());
    json!({ "name": name, "region": region, "language": language, "phone": "116 123", "checked_on": "2026-03-01" })
}

/// The same with some fields changed; null takes one out.
fn but(mut resource: Value, changes: Value) -> Value {
    if let (Value::Object(resource), Value::Object(changes)) = (&mut resource, changes) {
        resource.extend(changes);
        resource.retain(|_, value| !value.is_null());
    }
    resource
}

async fn create(w: &World, by: &Person, resource: &Value) -> Reply {
    w.post_by(by, KEPT, resource).await
}

async fn replace(w: &World, by: &Person, resource: &Value, new: &Value) -> Reply {
    let request = w.request(Method::PUT, &path(resource)).bearer(&by.access_token).json(new);
    request.header("if-match", &format!("\"{}\"", resource["revision"])).send().await
}

fn path(resource: &Value) -> String {
    format!("{KEPT}/{}", resource["id"].as_str().unwrap())
}

/// The names of what everybody gets who asks so.
async fn names(w: &World, parameters: &str) -> Vec<String> {
    let list = w.get(&format!("/v1/support?{parameters}")).await.expect(200);
    names_of(&list["items"])
}

fn names_of(resources: &Value) -> Vec<String> {
    let names = resources.as_array().cloned().unwrap_or_default().into_iter();
    names.map(|resource| resource["name"].as_str().unwrap().to_owned()).collect()
}
