//! The OpenAPI document, by which some tests go through all operations there are.

use super::PASSWORD;
use reqwest::Method;
use serde_json::{Value, json};

/// An id of nothing.
pub const NOTHING: &str = "01890000-0000-7000-8000-000000000000";

/// An operation of the OpenAPI document.
pub struct Operation {
    /// Its `operationId`.
    pub name: String,
    pub method: Method,
    /// With the names of what stands in it, as in `/v1/articles/{slug}`.
    pub path: String,
    /// Names of what stands in the path and of what may stand behind it.
    pub in_path: Vec<String>,
    pub in_query: Vec<String>,
    /// Whether it takes a body.
    pub takes_body: bool,
    /// Whether it looks at who calls.
    pub guarded: bool,
    /// All that the document says of it.
    pub described: Value,
}

impl Operation {
    /// What its body looks like.
    pub fn body(&self) -> &Value {
        &self.described["requestBody"]["content"]["application/json"]["schema"]
    }
}

/// The document.
pub struct Document(pub Value);

impl Document {
    pub fn read() -> Self {
        Self(serde_json::to_value(colloquy::app::document()).unwrap())
    }

    /// Every operation there is.
    pub fn operations(&self) -> Vec<Operation> {
        let mut operations = Vec::new();
        for (path, item) in self.0["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
                let named = |place: &str| {
                    let those = parameters.iter().filter(|parameter| parameter["in"] == place);
                    those.map(|parameter| parameter["name"].as_str().unwrap().to_owned()).collect()
                };
                operations.push(Operation {
                    name: operation["operationId"].as_str().unwrap().to_owned(),
                    method: method.to_uppercase().parse().unwrap(),
                    path: path.clone(),
                    in_path: named("path"),
                    in_query: named("query"),
                    takes_body: operation["requestBody"].is_object(),
                    guarded: operation["security"].is_array(),
                    described: operation.clone(),
                });
            }
        }
        assert!(operations.len() > 50, "the document is not whole");
        operations
    }

    /// A schema itself, where another one only names it.
    pub fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let schema = schema["oneOf"].get(0).unwrap_or(schema);
        schema["$ref"].as_str().map_or(schema, |name| self.0.pointer(name.trim_start_matches('#')).unwrap())
    }

    pub fn kind(schema: &Value) -> &str {
        schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap()
    }

    /// Something acceptable, with what is required and no more.
    pub fn plausible(&self, name: &str, schema: &Value) -> Value {
        let schema = self.resolve(schema);
        if let Some(first) = schema["enum"].get(0) {
            return first.clone();
        }
        match (Self::kind(schema), schema["format"].as_str(), name) {
            ("object", ..) => {
                let required = schema["required"].as_array().cloned().unwrap_or_default();
                let required = required.iter().map(|name| name.as_str().unwrap());
                let fields = required.map(|name| (name.to_owned(), self.plausible(name, &schema["properties"][name])));
                Value::Object(fields.collect())
            }
            ("array", ..) => json!([self.plausible(name, &schema["items"])]),
            ("integer", ..) => json!(1),
            ("boolean", ..) => json!(true),
            (_, Some("uuid"), _) => json!(NOTHING),
            (_, Some("date-time"), _) => json!("2099-01-01T00:00:00Z"),
            (_, _, "email") => json!("june@example.org"),
            (_, _, "password" | "current_password") => json!(PASSWORD),
            (_, _, "new_password") => json!("seven lanterns on the quay"),
            _ => json!("x"),
        }
    }
}
