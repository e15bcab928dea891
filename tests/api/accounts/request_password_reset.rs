use super::{audited, me, reset_code, seen};
use crate::world::{World, code_in, too_often};
use colloquy::{
    accounts::{self, Email},
    config::Settings,
    db::schema::{account_codes, audit},
    secrets::token_hash,
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};

const PAGE: &str = "https://www.example.org/reset";

async fn ask(w: &World, email: &str) -> crate::world::Reply {
    w.post("/v1/password-resets", &json!({ "email": email })).await
}

#[actix_web::test]
async fn a_code_comes_by_mail() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let reply = ask(&w, " ADA@Example.org ").await;
    assert_eq!(reply.expect(202), json!({ "status": "check_your_mail" }));
    assert_eq!(reply.header("cache-control"), "no-store");
    let mail = w.nth_mail_to("ADA@example.org", 0).await;
    assert_eq!(code_in(&mail).len(), 43);
    assert!(mail.contains("Subject: Your code for Colloquy") && mail.contains("10 minutes"), "{mail}");
    assert!(!mail.contains("http"), "without a page for it there is no link: {mail}");
    assert_eq!(audited(&w, &ada.id).await, ["password.reset_requested"]);
    let actors: Vec<Option<uuid::Uuid>> = audit::table
        .filter(audit::kind.like("password.%"))
        .select(audit::actor_id)
        .load(&mut w.db.conn().await)
        .await
        .unwrap();
    assert_eq!(actors, [None], "whoever asked was not signed in");
    w.log_in(&ada.email).await;
}

#[actix_web::test]
async fn an_unknown_address_gets_the_same_answer_and_another_mail() {
    let w = World::new().await;
    w.reader("Ada").await;
    let imported = Email::parse("bea@example.org").unwrap();
    w.write(async |tx| accounts::import_account(tx, &w.secrets, Some(&imported), "Bea").await).await.unwrap();
    let (known, first) = w.statements(ask(&w, "ada@example.org")).await;
    let (unknown, second) = w.statements(ask(&w, "nobody@example.org")).await;
    // A coach out of an import comes in by an invitation, not by an address that an old file names.
    let (unclaimed, third) = w.statements(ask(&w, "bea@example.org")).await;
    assert_eq!((known, known), (unknown, unclaimed), "as many statements");
    assert_eq!((first.status.as_u16(), seen(&first)), (202, seen(&second)));
    assert_eq!(seen(&first), seen(&third));
    for address in ["nobody@example.org", "bea@example.org"] {
        let mail = w.nth_mail_to(address, 0).await;
        assert!(mail.contains("no password for this address"), "{mail}");
        assert!(!mail.lines().any(|line| line.starts_with("    ")), "no code: {mail}");
    }
    let conn = &mut w.db.conn().await;
    let codes: i64 = account_codes::table.count().get_result(conn).await.unwrap();
    let kinds: Vec<String> =
        audit::table.select(audit::kind).filter(audit::kind.like("password.%")).load(conn).await.unwrap();
    assert_eq!((codes, kinds.as_slice()), (1, &["password.reset_requested".to_owned()][..]), "of the known one alone");
}

/// Directus GHSA-4hmq-ggrm-qfc6, and poisoned Host headers: what a client sends has no part in a mail.
#[actix_web::test]
async fn a_link_comes_from_the_settings_alone() {
    let w = World::with(&[("password_reset_url", PAGE)]).await;
    let ada = w.reader("Ada").await;
    let request = w
        .request(Method::POST, "/v1/password-resets?reset_url=https://evil.example/query")
        .header("host", "evil.example")
        .header("x-forwarded-host", "evil.example")
        .header("x-forwarded-proto", "https")
        .header("forwarded", "host=evil.example")
        .header("x-original-url", "https://evil.example/")
        .header("origin", "https://evil.example")
        .header("referer", "https://evil.example/reset")
        .json(&json!({ "email": ada.email }));
    request.send().await.expect(202);
    let mail = w.nth_mail_to(&ada.email, 0).await;
    let code = code_in(&mail);
    // Quoted-printable (RFC 2045 §6.7) breaks lines and writes `=` in another way.
    let mail = mail.replace("=\r\n", "").replace("=\n", "").replace("=3D", "=");
    assert!(mail.contains(&format!("{PAGE}#code={code}")), "{mail}");
    assert!(!mail.contains("evil"), "{mail}");
    for name in ["reset_url", "url", "link", "redirect", "return_to", "base_url"] {
        let body = json!({ "email": ada.email, name: "https://evil.example/" });
        w.post("/v1/password-resets", &body).await.problem(400, "bad_request");
    }
    assert_eq!(w.mails_to(&ada.email).len(), 1);
}

#[test]
fn the_page_for_it_must_be_one() {
    for page in ["javascript:alert(1)", "www.example.org/reset", "https://www.example.org/#/reset", "ftp://example.org"]
    {
        assert!(Settings::with(&[("password_reset_url", page)]).is_err(), "{page}");
    }
    let settings = Settings::with(&[("password_reset_url", PAGE)]).unwrap();
    assert_eq!(settings.password_reset_link("x").unwrap(), format!("{PAGE}#code=x"));
    assert_eq!(Settings::with(&[]).unwrap().password_reset_link("x"), None);
}

#[actix_web::test]
async fn an_address_gets_five_mails_a_day_known_or_not() {
    let w = World::new().await;
    w.reader("Ada").await;
    for _ in 0..7 {
        ask(&w, "ada@example.org").await.expect(202);
        ask(&w, "nobody@example.org").await.expect(202);
    }
    ask(&w, "last@example.org").await.expect(202);
    w.nth_mail_to("last@example.org", 0).await;
    assert_eq!((w.mails_to("ada@example.org").len(), w.mails_to("nobody@example.org").len()), (5, 5));
    w.clock.set(w.clock.now() + chrono::TimeDelta::hours(25));
    ask(&w, "ada@example.org").await.expect(202);
    w.nth_mail_to("ada@example.org", 5).await;
}

#[actix_web::test]
async fn what_is_no_address_is_refused() {
    let w = World::new().await;
    let long = format!("{}@example.org", "a".repeat(250));
    for email in ["", "ada", "a@b\r\nBcc: c@d.org", "ada@example.org, eve@example.org", &long] {
        assert_eq!(ask(&w, email).await.problem(422, "validation"), ["#/email"], "{email:?}");
    }
    let two = json!({ "email": ["ada@example.org", "eve@example.org"] });
    assert_eq!(w.post("/v1/password-resets", &two).await.problem(400, "bad_request"), ["#/email"]);
    assert_eq!(w.post("/v1/password-resets", &json!({})).await.status, 400);
}

/// Strapi CVE-2022-30618: neither a code nor a hash leaves by any answer.
#[actix_web::test]
async fn neither_code_nor_hash_is_in_any_answer() {
    let w = World::new().await;
    let (coach, ada) = (w.coach("Marit").await, w.reader("Ada").await);
    let admin = w.admin("June").await;
    w.article(&coach, crate::world::titled("How to listen")).await;
    let thread = "/v1/articles/how-to-listen/comments";
    for person in [&ada, &coach] {
        super::by(&w, person, Method::POST, thread).json(&json!({ "body": "Hello." })).send().await.expect(201);
    }
    let mut hidden = Vec::new();
    for person in [&ada, &coach] {
        let code = reset_code(&w, &person.email, 0).await;
        hidden.extend([code.clone(), hex(&token_hash(&code))]);
    }
    hidden.extend([
        "$argon2".to_owned(),
        "password_hash".to_owned(),
        "code_hash".to_owned(),
        "email_sealed".to_owned(),
    ]);
    let pages = ["/v1/articles", "/v1/articles/how-to-listen", thread, "/v1/accounts/me", "/v1/sessions", "/v1/audit"];
    for path in pages {
        for person in [&ada, &coach, &admin] {
            let text = super::by(&w, person, Method::GET, path).send().await.text();
            for secret in &hidden {
                assert!(!text.contains(secret.as_str()), "{path} holds {secret}: {text}");
            }
        }
    }
    let account: Value = me(&w, &ada).await;
    let fields: Vec<_> = account.as_object().unwrap().keys().map(String::as_str).collect();
    let mut sorted = fields.clone();
    sorted.sort_unstable();
    assert_eq!(
        sorted,
        ["bio", "created_at", "display_name", "email", "erased_after", "id", "revision", "role", "website"]
    );
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

#[actix_web::test]
async fn one_network_asks_so_often_and_no_more() {
    let w = World::new().await;
    too_often(async || ask(&w, "ada@example.org").await).await.problem(429, "too_many_requests");
}
