//! Who may call what: every operation of the OpenAPI document, by every kind of caller, against one reviewed table.
//!
//! `.` means let through (whatever comes then is about the request, not the caller), `401` and `403` that the caller is
//! turned away. Objects of others are the business of each operation's own tests.

use crate::world::{Person, World};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Kinds of callers, in the order of the table's columns.
const CALLERS: [&str; 9] =
    ["nobody", "guest", "reader", "coach", "moderator", "admin", "signed out", "forged", "garbage"];

/// A new operation has no row, and fails the test until somebody has thought about who may call it.
#[rustfmt::skip]
const ACCESS: &[(&str, [&str; 9])] = &[
    //                    nobody guest  reader coach  modera admin  s.out  forged garbage
    // Public reads ignore `Authorization`: the same bytes for everybody.
    ("list_articles",    [".",   ".",   ".",   ".",   ".",   ".",   ".",   ".",   "."]),
    ("get_article",      [".",   ".",   ".",   ".",   ".",   ".",   ".",   ".",   "."]),
    ("resolve_address",  [".",   ".",   ".",   ".",   ".",   ".",   ".",   ".",   "."]),
    ("list_comments",    [".",   ".",   ".",   ".",   ".",   ".",   ".",   ".",   "."]),
    ("list_replies",     [".",   ".",   ".",   ".",   ".",   ".",   ".",   ".",   "."]),
    ("get_comment",      [".",   ".",   ".",   ".",   ".",   ".",   ".",   ".",   "."]),
    ("count_comments",   [".",   ".",   ".",   ".",   ".",   ".",   ".",   ".",   "."]),
    ("get_jwks",         [".",   ".",   ".",   ".",   ".",   ".",   ".",   ".",   "."]),
    ("get_liveness",     [".",   ".",   ".",   ".",   ".",   ".",   ".",   ".",   "."]),
    ("get_readiness",    [".",   ".",   ".",   ".",   ".",   ".",   ".",   ".",   "."]),
    ("get_metrics",      [".",   ".",   ".",   ".",   ".",   ".",   ".",   ".",   "."]),
    ("get_openapi",      [".",   ".",   ".",   ".",   ".",   ".",   ".",   ".",   "."]),
    ("get_problem_page", [".",   ".",   ".",   ".",   ".",   ".",   ".",   ".",   "."]),
    // The ways in take what is in the body and nothing else.
    ("sign_up",          [".",   ".",   ".",   ".",   ".",   ".",   ".",   ".",   "."]),
    ("confirm_account",  [".",   ".",   ".",   ".",   ".",   ".",   ".",   ".",   "."]),
    ("claim_account",    [".",   ".",   ".",   ".",   ".",   ".",   ".",   ".",   "."]),
    ("log_in",           [".",   ".",   ".",   ".",   ".",   ".",   ".",   ".",   "."]),
    ("refresh_session",  [".",   ".",   ".",   ".",   ".",   ".",   ".",   ".",   "."]),
    ("request_password_reset",[".",".",   ".",   ".",   ".",   ".",   ".",   ".",   "."]),
    ("redeem_password_reset",[".", ".",   ".",   ".",   ".",   ".",   ".",   ".",   "."]),
    // One's own.
    ("get_me",           ["401", "401", ".",   ".",   ".",   ".",   "401", "401", "401"]),
    ("edit_me",          ["401", "401", ".",   ".",   ".",   ".",   "401", "401", "401"]),
    ("change_email",     ["401", "401", ".",   ".",   ".",   ".",   "401", "401", "401"]),
    ("confirm_email",    ["401", "401", ".",   ".",   ".",   ".",   "401", "401", "401"]),
    ("change_password",  ["401", "401", ".",   ".",   ".",   ".",   "401", "401", "401"]),
    ("list_sessions",    ["401", "401", ".",   ".",   ".",   ".",   "401", "401", "401"]),
    ("end_session",      ["401", "401", ".",   ".",   ".",   ".",   "401", "401", "401"]),
    ("log_out",          ["401", "401", ".",   ".",   ".",   ".",   ".",   "401", "401"]), // Twice is as good as once.
    // Writing in a thread: anybody, but a bad token is never better than none.
    ("post_comment",     [".",   ".",   ".",   ".",   ".",   ".",   "401", "401", "401"]),
    ("edit_comment",     ["401", ".",   ".",   ".",   ".",   ".",   "401", "401", "401"]),
    ("delete_comment",   ["401", ".",   ".",   ".",   ".",   ".",   "401", "401", "401"]),
    // Writing articles.
    ("create_article",   ["401", "401", "403", ".",   "403", ".",   "401", "401", "401"]),
    ("edit_article",     ["401", "401", "403", ".",   "403", ".",   "401", "401", "401"]),
    ("publish_article",  ["401", "401", "403", ".",   "403", ".",   "401", "401", "401"]),
    ("unpublish_article",["401", "401", "403", ".",   "403", ".",   "401", "401", "401"]),
    ("list_drafts",      ["401", "401", "403", ".",   "403", ".",   "401", "401", "401"]),
    ("get_draft",        ["401", "401", "403", ".",   "403", ".",   "401", "401", "401"]),
    // Deciding what is shown.
    ("list_queue",       ["401", "401", "403", "403", ".",   ".",   "401", "401", "401"]),
    ("approve_comment",  ["401", "401", "403", "403", ".",   ".",   "401", "401", "401"]),
    ("reject_comment",   ["401", "401", "403", "403", ".",   ".",   "401", "401", "401"]),
    // Seeing to it that all is right.
    ("list_audit",       ["401", "401", "403", "403", "403", ".",   "401", "401", "401"]),
];

/// What each kind of caller sends as `Authorization`.
struct Callers<'a> {
    w: &'a World,
    guest: String,
    people: BTreeMap<&'static str, Person>,
}

impl Callers<'_> {
    /// Logging out is an operation too, so everybody with an account comes with a new session each time.
    async fn authorization(&self, caller: &'static str) -> Option<String> {
        match caller {
            "nobody" => None,
            "guest" => Some(format!("Guest {}", self.guest)),
            "signed out" => {
                let (token, _) = self.w.log_in(&self.people["admin"].email).await;
                self.w.request(Method::DELETE, "/v1/sessions/current").bearer(&token).send().await.expect(204);
                Some(format!("Bearer {token}"))
            }
            "forged" => {
                let (token, _) = self.w.log_in(&self.people["admin"].email).await;
                Some(format!("Bearer {}", forged(&token)))
            }
            "garbage" => Some("Bearer ../../dev/null".into()),
            role => Some(format!("Bearer {}", self.w.log_in(&self.people[role].email).await.0)),
        }
    }
}

/// The same claims and the same signature but for one bit.
fn forged(token: &str) -> String {
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let first = if signature.starts_with('A') { 'B' } else { 'A' };
    format!("{signed}.{first}{}", &signature[1..])
}

#[actix_web::test]
async fn every_operation_lets_in_whom_the_table_says() {
    let w = World::new().await;
    let coach = w.coach("Marit").await;
    let article = w.article(&coach, json!({ "title": "How to listen" })).await;
    let guest = json!({ "body": "Thank you.", "guest": { "name": "Lantern" } });
    let posted = w.post("/v1/articles/how-to-listen/comments", &guest).await.expect(201);
    let people = [
        ("reader", w.reader("Wren").await),
        ("coach", coach),
        ("moderator", w.moderator("Hollis").await),
        ("admin", w.admin("June").await),
    ];
    let callers = Callers { w: &w, guest: posted["manage_token"].as_str().unwrap().into(), people: people.into() };
    let slug = article["slug"].as_str().unwrap();
    let mut seen = Vec::new();
    for (method, path, operation) in operations() {
        // Ids of nothing: who is let in finds nothing there, and changes nothing.
        let path = path.replace("{slug}", slug).replace("{code}", "validation");
        let path = path
            .replace("{id}", "01890000-0000-7000-8000-000000000000")
            .replace("{session_id}", "01890000-0000-7000-8000-000000000000");
        let mut row = Vec::new();
        for caller in CALLERS {
            let mut request = w.request(method.clone(), &path);
            if let Some(authorization) = callers.authorization(caller).await {
                request = request.header("authorization", &authorization);
            }
            let status = request.json(&json!({})).send().await.status.as_u16();
            assert!(status < 500, "{operation} as {caller}: {status}");
            row.push(if matches!(status, 401 | 403) { status.to_string() } else { ".".into() });
        }
        seen.push((operation, row));
    }
    let written: BTreeMap<&str, Vec<String>> =
        ACCESS.iter().map(|(name, row)| (*name, row.map(str::to_owned).to_vec())).collect();
    for (operation, row) in &seen {
        let expected = written.get(operation.as_str());
        assert_eq!(
            expected,
            Some(row),
            "{operation} has no row in ACCESS, or another one; the columns are {CALLERS:?}"
        );
    }
    let operations: BTreeSet<_> = seen.iter().map(|(operation, _)| operation.as_str()).collect();
    let gone: Vec<_> = written.keys().filter(|name| !operations.contains(*name)).collect();
    assert!(gone.is_empty(), "rows in ACCESS for operations that are no more: {gone:?}");
}

/// Method, path and name of every operation in the document.
fn operations() -> Vec<(Method, String, String)> {
    let document: Value = serde_json::from_str(&colloquy::app::document().to_json().unwrap()).unwrap();
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap().to_owned();
            operations.push((method.to_uppercase().parse().unwrap(), path.clone(), name));
        }
    }
    operations
}
