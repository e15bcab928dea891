//! Odd text in each field of each body (Synapse CVE-2025-30355: what one writer stored broke every reader), and lists
//! that were asked by what they do not show (Strapi CVE-2023-22894).

use super::{NOTHING, Operation, operations};
use crate::world::{PASSWORD, World, id};
use reqwest::Method;
use serde_json::{Value, json};

const ODD: [&str; 9] = [
    "",
    " ",
    "a\u{0}b",
    "\u{1b}[31m\u{b}",
    "\u{202e}\u{2066}\u{200b}",
    "\u{ffff}\u{10ffff}",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
    "\r\nBcc: eve@example.org\r\n\r\n.\r\n",
    "=cmd|' /C calc'!A0 ]]> '; DROP TABLE accounts; --",
];

/// The OpenAPI document.
struct Document(Value);

impl Document {
    /// A schema itself, where another one only names it.
    fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let schema = schema["oneOf"].get(0).unwrap_or(schema);
        schema["$ref"].as_str().map_or(schema, |name| self.0.pointer(name.trim_start_matches('#')).unwrap())
    }

    fn kind(schema: &Value) -> &str {
        schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap()
    }

    /// Something acceptable, with what is required and no more.
    fn plausible(&self, name: &str, schema: &Value) -> Value {
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

    /// The same with `text` in one of its fields, once for each.
    fn with(&self, name: &str, schema: &Value, text: &str) -> Vec<Value> {
        let schema = self.resolve(schema);
        match Self::kind(schema) {
            "string" => vec![json!(text)],
            "array" => self.with(name, &schema["items"], text).into_iter().map(|item| json!([item])).collect(),
            "object" => {
                let fields = schema["properties"].as_object().unwrap().iter();
                let each =
                    fields.flat_map(|(field, of)| self.with(field, of, text).into_iter().map(move |v| (field, v)));
                let whole = |(field, value): (&String, Value)| {
                    let mut body = self.plausible(name, schema);
                    body[field] = value;
                    body
                };
                each.map(whole).collect()
            }
            _ => Vec::new(),
        }
    }
}

#[actix_web::test]
async fn whatever_stands_in_a_field_is_taken_or_refused_and_everything_stays_readable() {
    let w = World::new().await;
    // One of these texts is a good password, so that only somebody else can log in as before.
    let (admin, ada) = (w.admin("June").await, w.reader("Ada").await);
    w.article(&admin, json!({ "title": "How to listen" })).await;
    let thread = "/v1/articles/how-to-listen/comments";
    let comment = id(&w.post_as(&admin.access_token, "how-to-listen", &json!({ "body": "Hello." })).await.expect(201));
    let document = Document(serde_json::from_str(&colloquy::app::document().to_json().unwrap()).unwrap());
    let mut sent: u32 = 0;
    for operation in operations().into_iter().filter(|operation| operation.takes_body) {
        let method = operation.method.as_str().to_lowercase();
        let schema =
            &document.0["paths"][&operation.path][method]["requestBody"]["content"]["application/json"]["schema"];
        let address = operation.address().replace(NOTHING, &comment);
        for body in ODD.iter().flat_map(|odd| document.with("", schema, odd)) {
            sent += 1;
            // From everywhere: much of it is counted.
            let from = format!("198.18.{}.{}", sent / 250, sent % 250);
            let request = w.request(operation.method.clone(), &address).from(&from).bearer(&admin.access_token);
            let reply = request.header("if-match", "*").json(&body).send().await;
            assert!(reply.status.as_u16() < 500, "{} {body}: {}", operation.path, reply.text());
        }
    }
    assert!(sent > 300, "{sent}");
    let private = ["/v1/accounts/me", "/v1/accounts", "/v1/sessions", "/v1/audit", "/v1/service-tokens", "/v1/drafts"];
    let queue = ["/v1/moderation/comments", thread, "/v1/articles", "/v1/articles/how-to-listen"];
    for path in private.iter().chain(&queue) {
        w.request(Method::GET, path).bearer(&admin.access_token).send().await.expect(200);
    }
    w.log_in(&ada.email).await;
}

#[actix_web::test]
async fn no_list_is_asked_by_what_it_does_not_show() {
    let w = World::new().await;
    let admin = w.admin("June").await;
    w.article(&admin, json!({ "title": "How to listen" })).await;
    let guest = json!({ "body": "Hello.", "guest": { "name": "Lantern" } });
    let guest = w.post("/v1/articles/how-to-listen/comments", &guest).await.expect(201);
    let guest = guest["manage_token"].as_str().unwrap();
    let ask = |path: &str| {
        let request = w.request(Method::GET, path);
        if path.starts_with("/v1/guests/") { request.guest(guest) } else { request.bearer(&admin.access_token) }
    };
    let asked = |operation: &Operation| operation.method == Method::GET && !operation.in_query.is_empty();
    for list in operations().into_iter().filter(asked) {
        for query in
            ["email=june%40example.org", "filter[password_hash]=a", "order=email_hash", "q=june", "fields=email"]
        {
            let path = format!("{}?{query}", list.address());
            let name = query.split('=').next().unwrap();
            if list.in_query.iter().any(|taken| taken == name) {
                continue;
            }
            let reply = ask(&path).send().await;
            assert_eq!(reply.problem(400, "bad_request"), [name], "{path}");
        }
        if !list.in_query.iter().any(|name| name == "sort") {
            let sorted = ask(&format!("{}?sort=password_hash", list.address()));
            assert_eq!(sorted.send().await.problem(400, "bad_request"), ["sort"]);
        }
    }
}
