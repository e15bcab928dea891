use super::{OTHER, audited, by, me};
use crate::world::{PASSWORD, Person, Reply, World, events, titled};
use reqwest::Method;
use serde_json::{Value, json};

async fn edit(w: &World, person: &Person, revision: u64, changes: &Value) -> Reply {
    let request = by(w, person, Method::PATCH, "/v1/accounts/me").header("if-match", &format!("\"{revision}\""));
    request.json(changes).send().await
}

#[actix_web::test]
async fn what_is_named_changes_and_the_rest_stays() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let before = me(&w, &ada).await;
    assert_eq!((&before["bio"], &before["website"]), (&json!(""), &Value::Null));
    let changes = json!({ "bio": " I read.\r\nA lot. ", "website": "https://Example.org" });
    let reply = edit(&w, &ada, 1, &changes).await;
    let after = reply.expect(200);
    assert_eq!((&after["bio"], &after["website"]), (&json!("I read.\nA lot."), &json!("https://example.org/")));
    assert_eq!((&after["display_name"], &after["email"]), (&json!("Ada"), &json!("ada@example.org")));
    assert_eq!((reply.header("etag"), &after["revision"]), ("\"2\"", &json!(2)));
    assert_eq!(me(&w, &ada).await, after);
    // What changes nothing is no change.
    assert_eq!(edit(&w, &ada, 2, &changes).await.expect(200)["revision"], 2);
    assert_eq!(edit(&w, &ada, 2, &json!({})).await.expect(200)["revision"], 2);
    let cleared = edit(&w, &ada, 2, &json!({ "bio": "", "website": "" })).await.expect(200);
    assert_eq!((&cleared["bio"], &cleared["website"], &cleared["revision"]), (&json!(""), &Value::Null, &json!(3)));
    let told = events(&mut w.db.conn().await).await;
    assert_eq!(told.iter().filter(|event| event.kind == "account.changed").count(), 2);
    assert!(audited(&w, &ada.id).await.is_empty());
    edit(&w, &ada, 3, &json!({ "display_name": "Ada L." })).await.expect(200);
    assert_eq!(audited(&w, &ada.id).await, ["account.renamed"]);
}

#[actix_web::test]
async fn nobody_overwrites_what_they_have_not_seen() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let blind = by(&w, &ada, Method::PATCH, "/v1/accounts/me").json(&json!({ "bio": "x" })).send().await;
    assert_eq!(blind.problem(428, "precondition_required"), ["If-Match"]);
    edit(&w, &ada, 1, &json!({ "bio": "one" })).await.expect(200);
    assert_eq!(edit(&w, &ada, 1, &json!({ "bio": "two" })).await.problem(412, "precondition_failed"), ["If-Match"]);
    assert_eq!(me(&w, &ada).await["bio"], "one");
    let reply = by(&w, &ada, Method::GET, "/v1/accounts/me").send().await;
    assert_eq!(reply.header("etag"), "\"2\"");
}

/// A field that one operation keeps to itself, another must not take (GHSA-3fff-gqw3-vj86).
#[actix_web::test]
async fn each_operation_takes_its_own_fields_and_no_other() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let before = me(&w, &ada).await;
    let foreign = [
        ("role", json!("admin")),
        ("status", json!("admin")),
        ("id", json!(ada.id)),
        ("email", json!("eve@example.org")),
        ("password", json!(OTHER)),
        ("password_hash", json!("$argon2id$")),
        ("revision", json!(7)),
        ("created_at", json!("2020-01-01T00:00:00Z")),
        ("erased_at", json!(null)),
        ("name_skeleton", json!("")),
        ("url", json!("https://evil.example/")),
    ];
    let operations = [
        (Method::POST, "/v1/accounts", json!({ "email": "new@example.org", "password": OTHER, "display_name": "N" })),
        (Method::POST, "/v1/accounts/confirmations", json!({ "code": "x", "password": OTHER })),
        (Method::POST, "/v1/accounts/claims", json!({ "code": "x", "password": OTHER })),
        (Method::PATCH, "/v1/accounts/me", json!({ "display_name": "Ada" })),
        (Method::POST, "/v1/accounts/me/email", json!({ "email": "new@example.org", "password": PASSWORD })),
        (Method::POST, "/v1/accounts/me/email/confirmations", json!({ "code": "x" })),
        (Method::PUT, "/v1/accounts/me/password", json!({ "current_password": PASSWORD, "new_password": OTHER })),
        (Method::POST, "/v1/password-resets", json!({ "email": "ada@example.org" })),
        (Method::POST, "/v1/password-resets/redemptions", json!({ "code": "x", "password": OTHER })),
    ];
    for (method, path, body) in operations {
        for (name, value) in foreign.iter().filter(|(name, _)| body.get(name).is_none()) {
            let mut body = body.clone();
            body[name] = value.clone();
            let request = by(&w, &ada, method.clone(), path).header("if-match", "\"1\"").json(&body);
            request.send().await.problem(400, "bad_request");
        }
    }
    assert_eq!(me(&w, &ada).await, before);
}

#[actix_web::test]
async fn each_field_is_checked_and_named() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    for (field, value) in [
        ("display_name", json!("")),
        ("display_name", json!("a\u{0}b")),
        ("display_name", json!("a".repeat(61))),
        ("display_name", json!("\u{E000}")),
        ("bio", json!("a".repeat(1001))),
        ("bio", json!("a\u{0}b")),
        ("bio", json!("\u{202E}x")),
        ("website", json!("javascript:alert(1)")),
        ("website", json!("JaVaScRiPt:alert(document.cookie)")),
        ("website", json!("java\nscript:alert(1)")),
        ("website", json!("data:text/html,<script>alert(1)</script>")),
        ("website", json!("https://ada:secret@example.org/")),
        ("website", json!("example.org")),
        ("website", json!(format!("https://example.org/{}", "a".repeat(500)))),
        ("website", json!(format!("https://example.org/{}", "a".repeat(100_000)))),
    ] {
        let reply = edit(&w, &ada, 1, &json!({ field: value })).await;
        assert_eq!(reply.problem(422, "validation"), [format!("#/{field}")], "{value}");
    }
    let all = json!({ "display_name": " ", "bio": "\u{1}", "website": "x" });
    let at = edit(&w, &ada, 1, &all).await.problem(422, "validation");
    assert_eq!(at, ["#/display_name", "#/bio", "#/website"]);
    assert_eq!(edit(&w, &ada, 1, &json!({ "bio": { "html": "x" } })).await.problem(400, "bad_request"), ["#/bio"]);
    assert_eq!(me(&w, &ada).await["revision"], 1);
    edit(&w, &ada, 1, &json!({ "bio": "ü".repeat(1000) })).await.expect(200);
}

#[actix_web::test]
async fn a_new_name_stands_at_once_beside_what_was_written() {
    let w = World::new().await;
    let (coach, ada) = (w.coach("Marit").await, w.reader("Ada").await);
    let article = w.article(&coach, titled("How to listen")).await;
    let thread = "/v1/articles/how-to-listen/comments";
    let root = by(&w, &ada, Method::POST, thread).json(&json!({ "body": "Thank you." })).send().await.expect(201);
    let reply = json!({ "body": "Gladly.", "parent_id": root["id"] });
    by(&w, &coach, Method::POST, thread).json(&reply).send().await.expect(201);
    let pages = [
        thread.to_owned(),
        format!("/v1/comments/{}/replies", root["id"].as_str().unwrap()),
        format!("/v1/comments/{}", root["id"].as_str().unwrap()),
        format!("/v1/articles/{}", article["slug"].as_str().unwrap()),
        "/v1/articles".to_owned(),
    ];
    for page in &pages {
        let text = w.get_kept(page).await.text();
        assert!(text.contains("\"Ada\"") || text.contains("\"Marit\""), "{page}: {text}");
    }
    edit(&w, &ada, 1, &json!({ "display_name": "Ada L." })).await.expect(200);
    edit(&w, &coach, 1, &json!({ "display_name": "Marit T." })).await.expect(200);
    for page in &pages {
        let text = w.get(page).await.text();
        assert!(!text.contains("\"Ada\"") && !text.contains("\"Marit\""), "{page}: {text}");
        assert!(text.contains("\"Ada L.\"") || text.contains("\"Marit T.\""), "{page}: {text}");
    }
}

/// `WordPress` CVE-2024-4439: a display name is text wherever it is shown.
#[actix_web::test]
async fn a_payload_in_a_name_stays_text() {
    let w = World::new().await;
    let (coach, ada) = (w.coach("Marit").await, w.reader("Ada").await);
    w.article(&coach, titled("How to listen")).await;
    let thread = "/v1/articles/how-to-listen/comments";
    by(&w, &ada, Method::POST, thread).json(&json!({ "body": "Thank you." })).send().await.expect(201);
    // A guest is called so before anybody with an account is: then the name would be taken.
    let payloads = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "</script><svg/onload=alert(1)>",
        "{{constructor.constructor('alert(1)')()}}",
        "&lt;script&gt;",
        "'-alert(1)-'",
        "=cmd|' /C calc'!A0",
    ];
    for (number, payload) in payloads.iter().enumerate() {
        let guest = json!({ "body": format!("Hello, {number}."), "guest": { "name": payload } });
        w.post(thread, &guest).await.expect(201);
        edit(&w, &ada, number as u64 + 1, &json!({ "display_name": payload })).await.expect(200);
        let page = w.get(thread).await;
        assert_eq!(page.header("content-type"), "application/json");
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        let page = page.json();
        assert_eq!(page["items"][0]["author"]["name"], *payload);
        for item in page["items"].as_array().unwrap() {
            let html = item["body"]["html"].as_str().unwrap();
            assert!(!html.contains("alert") && !html.contains('&'), "{html}");
        }
        assert_eq!(me(&w, &ada).await["display_name"], *payload);
    }
    for payload in ["\u{0}<script>", "a\u{1b}[31m", "x\r\nSet-Cookie: a=b"] {
        let refused = edit(&w, &ada, payloads.len() as u64 + 1, &json!({ "display_name": payload })).await;
        assert_eq!(refused.problem(422, "validation"), ["#/display_name"], "{payload:?}");
    }
}
