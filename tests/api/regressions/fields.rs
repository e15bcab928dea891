//! Odd text in each field of each body (Synapse CVE-2025-30355: what one writer stored broke every reader), and lists
//! that were asked by what they do not show (Strapi CVE-2023-22894).

use super::operations;
use crate::world::{Document, NOTHING, Operation, World, id};
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

impl Document {
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
    let document = Document::read();
    let mut sent: u32 = 0;
    for operation in document.operations().into_iter().filter(|operation| operation.takes_body) {
        let address = operation.address().replace(NOTHING, &comment);
        for body in ODD.iter().flat_map(|odd| document.with("", operation.body(), odd)) {
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
