use super::{form, seen};
use crate::world::{PASSWORD, World, code_in, too_often};
use serde_json::json;

#[actix_web::test]
async fn a_code_comes_by_mail() {
    let w = World::new().await;
    let mut wanted = form("ada@example.org");
    wanted["display_name"] = json!("Adalbertine");
    let reply = w.post("/v1/accounts", &wanted).await;
    assert_eq!(reply.expect(202), json!({ "status": "check_your_mail" }));
    assert_eq!(reply.header("cache-control"), "no-store");
    let mail = w.nth_mail_to("ada@example.org", 0).await;
    assert_eq!(code_in(&mail).len(), 43);
    assert!(mail.contains("From: \"The Long Table\" <hello@example.org>"), "{mail}");
    assert!(mail.contains("Subject: Your code for Colloquy"), "{mail}");
    assert!(mail.contains("Auto-Submitted: auto-generated"), "{mail}");
    assert!(mail.contains("text/plain") && mail.contains("text/html"), "{mail}");
    assert!(!mail.contains("Adalbertine"), "a stranger's words are not carried: {mail}");
}

#[actix_web::test]
async fn a_known_address_gets_the_same_answer_and_another_mail() {
    let w = World::new().await;
    w.reader("Ada").await;
    let (unknown, known) = (form("eve@example.org"), form(" ADA@Example.ORG "));
    let (first, first_reply) = w.statements(w.post("/v1/accounts", &unknown)).await;
    let (second, second_reply) = w.statements(w.post("/v1/accounts", &known)).await;
    assert_eq!(seen(&first_reply), seen(&second_reply));
    assert_eq!(first_reply.status, 202);
    assert_eq!(first, second, "as many statements");
    let mail = w.nth_mail_to("ADA@example.org", 0).await;
    assert!(mail.contains("Subject: Your account at Colloquy"), "{mail}");
    assert!(mail.contains("You have an account there already"), "{mail}");
}

#[actix_web::test]
async fn an_address_gets_five_mails_a_day() {
    let w = World::new().await;
    for _ in 0..7 {
        w.post("/v1/accounts", &form("ada@example.org")).await.expect(202);
    }
    w.post("/v1/accounts", &form("eve@example.org")).await.expect(202);
    w.nth_mail_to("eve@example.org", 0).await;
    assert_eq!(w.mails_to("ada@example.org").len(), 5);
    w.clock.set(w.clock.now() + chrono::TimeDelta::hours(25));
    w.post("/v1/accounts", &form("ada@example.org")).await.expect(202);
    w.nth_mail_to("ada@example.org", 5).await;
}

#[actix_web::test]
async fn each_field_is_checked_and_named() {
    let w = World::new().await;
    w.reader("Ada").await;
    let long = format!("{}@example.org", "a".repeat(250));
    let addresses =
        ["", "ada", "ada@", "@example.org", "a b@example.org", "ada@exa mple.org", "a@b\r\nBcc: c@d.org", &long];
    for email in addresses {
        let at = w.post("/v1/accounts", &form(email)).await.problem(422, "validation");
        assert_eq!(at, ["#/email"], "{email:?}");
    }
    let huge = "a long way ".repeat(100);
    let passwords = [
        "only fourteen.",
        "aaaaaaaaaaaaaaaaaaaa",
        "passwordpassword",
        "qwertyuiopasdfgh",
        "123456789012345",
        "iloveyouiloveyou",
        "eve@example.org",
        "colloquycolloquy",
        &huge,
    ];
    for password in passwords {
        let body = json!({ "email": "eve@example.org", "password": password, "display_name": "Eve" });
        let at = w.post("/v1/accounts", &body).await.problem(422, "validation");
        assert_eq!(at, ["#/password"], "{password:?}");
    }
    for name in ["", "  ", "a\u{0}b"] {
        let body = json!({ "email": "eve@example.org", "password": PASSWORD, "display_name": name });
        // From elsewhere: one network gets only so many.
        let sent = w.request(reqwest::Method::POST, "/v1/accounts").from("203.0.113.7").json(&body).send().await;
        assert_eq!(sent.problem(422, "validation"), ["#/display_name"], "{name:?}");
    }
    let nothing = json!({ "email": "?", "password": "short", "display_name": "" });
    let sent = w.request(reqwest::Method::POST, "/v1/accounts").from("203.0.113.7").json(&nothing).send().await;
    let at = sent.problem(422, "validation");
    assert_eq!(at, ["#/email", "#/password", "#/display_name"]);
    assert!(w.mails_to("eve@example.org").is_empty());
}

#[actix_web::test]
async fn what_is_refused_does_not_depend_on_who_is_known() {
    let w = World::new().await;
    w.reader("Ada").await;
    for (known, unknown) in [("ada@example.org", "eve@example.org")] {
        let short = |email: &str| json!({ "email": email, "password": "short", "display_name": "A" });
        let (known, unknown) =
            (w.post("/v1/accounts", &short(known)).await, w.post("/v1/accounts", &short(unknown)).await);
        assert_eq!(seen(&known), seen(&unknown));
    }
}

#[actix_web::test]
async fn a_passphrase_is_taken_as_it_is() {
    let w = World::new().await;
    let password = "  \u{1f33b} grüne Wolken, drei Löffel\t";
    let body = json!({ "email": "ada@example.org", "password": password, "display_name": "Ada" });
    w.post("/v1/accounts", &body).await.expect(202);
    let code = code_in(&w.nth_mail_to("ada@example.org", 0).await);
    w.post("/v1/accounts/confirmations", &json!({ "code": code, "password": password })).await.expect(201);
    w.post("/v1/sessions", &json!({ "email": "ada@example.org", "password": password })).await.expect(201);
    let trimmed = json!({ "email": "ada@example.org", "password": password.trim() });
    w.post("/v1/sessions", &trimmed).await.problem(401, "bad_credentials");
}

#[actix_web::test]
async fn another_form_is_refused_with_its_place() {
    let w = World::new().await;
    let object = json!({ "email": { "$ne": null }, "password": PASSWORD, "display_name": "Ada" });
    assert_eq!(w.post("/v1/accounts", &object).await.problem(400, "bad_request"), ["#/email"]);
    let mut more = form("ada@example.org");
    more["role"] = json!("admin");
    w.post("/v1/accounts", &more).await.problem(400, "bad_request");
    w.post("/v1/accounts", &json!({ "email": "ada@example.org" })).await.problem(400, "bad_request");
}

#[actix_web::test]
async fn a_megabyte_of_password_costs_nothing() {
    let w = World::with(&[("hashes_at_once", "1")]).await;
    let _gate = w.nobody_hashes().await;
    let body = json!({ "email": "ada@example.org", "password": "x".repeat(1 << 20), "display_name": "Ada" });
    assert_eq!(w.post("/v1/accounts", &body).await.problem(422, "validation"), ["#/password"]);
}

#[actix_web::test]
async fn the_name_of_somebody_who_works_here_is_refused_whoever_is_known() {
    let w = World::new().await;
    w.coach("Marit").await;
    for email in ["marit@example.org", "eve@example.org"] {
        let body = json!({ "email": email, "password": PASSWORD, "display_name": "M\u{430}rit" });
        let reply = w.post("/v1/accounts", &body).await;
        assert_eq!(reply.problem(422, "validation"), ["#/display_name"]);
        assert_eq!(reply.json()["errors"][0]["code"], "name_taken");
    }
    assert!(w.mails_to("eve@example.org").is_empty());
}

#[actix_web::test]
async fn one_network_asks_so_often_and_no_more() {
    let w = World::new().await;
    let asked = too_often(async || w.post("/v1/accounts", &form("ada@example.org")).await).await;
    asked.problem(429, "too_many_requests");
}
