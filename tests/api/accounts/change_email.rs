use super::{audited, by, me, seen};
use crate::world::{PASSWORD, Person, Reply, World, code_in, too_often, until};
use colloquy::db::schema::{account_codes, accounts};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::future::join;
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

async fn ask(w: &World, person: &Person, email: &str, password: &str) -> Reply {
    let body = json!({ "email": email, "password": password });
    by(w, person, Method::POST, "/v1/accounts/me/email").json(&body).send().await
}

#[actix_web::test]
async fn a_code_goes_to_the_new_address_and_word_to_the_old() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let reply = ask(&w, &ada, "ada@new.example", PASSWORD).await;
    assert_eq!(reply.expect(202), json!({ "status": "check_your_mail" }));
    let to_new = w.nth_mail_to("ada@new.example", 0).await;
    assert_eq!(code_in(&to_new).len(), 43);
    assert!(to_new.contains("Subject: Your code for Colloquy"), "{to_new}");
    let to_old = w.nth_mail_to("ada@example.org", 0).await;
    assert!(to_old.contains("Subject: Your account at Colloquy") && !to_old.contains("new.example"), "{to_old}");
    assert!(!to_old.contains(&code_in(&to_new)));
    assert_eq!(me(&w, &ada).await["email"], "ada@example.org", "nothing changes before it is confirmed");
    assert_eq!(audited(&w, &ada.id).await, ["email.change_requested"]);
}

#[actix_web::test]
async fn the_address_of_somebody_else_gets_the_same_answer_and_nothing_changes() {
    let w = World::with(&[("standing_seconds", "0")]).await;
    let (ada, bea) = (w.reader("Ada").await, w.reader("Bea").await);
    // What a node asks once and remembers is not what this is about.
    ask(&w, &ada, "first@example.org", PASSWORD).await.expect(202);
    let (first, known) = w.statements(ask(&w, &ada, "BEA@example.org", PASSWORD)).await;
    let (second, unknown) = w.statements(ask(&w, &ada, "nobody@example.org", PASSWORD)).await;
    assert_eq!(seen(&known), seen(&unknown));
    assert_eq!((known.status.as_u16(), first), (202, second), "as many statements");
    let mail = w.nth_mail_to("BEA@example.org", 0).await;
    assert!(mail.contains("nothing has changed") && !mail.lines().any(|line| line.starts_with("    ")), "{mail}");
    assert_eq!(me(&w, &bea).await["email"], "bea@example.org");
    assert_eq!(me(&w, &ada).await["email"], "ada@example.org");
}

#[actix_web::test]
async fn without_the_password_nothing_happens() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    for password in ["not the password at all", "", "\u{0}"] {
        let reply = ask(&w, &ada, "ada@new.example", password).await;
        assert_eq!(reply.problem(422, "validation"), ["#/password"], "{password:?}");
        assert_eq!(reply.json()["errors"][0]["code"], "wrong_password");
    }
    let codes: i64 = account_codes::table.count().get_result(&mut w.db.conn().await).await.unwrap();
    assert_eq!(codes, 0);
    assert!(audited(&w, &ada.id).await.is_empty());
    for email in ["", "ada", "a@b\r\nBcc: c@d.org"] {
        assert_eq!(ask(&w, &ada, email, PASSWORD).await.problem(422, "validation"), ["#/email"], "{email:?}");
    }
    let nobody = json!({ "email": "ada@new.example", "password": PASSWORD });
    w.post("/v1/accounts/me/email", &nobody).await.problem(401, "unauthenticated");
    assert!(w.mails_to("ada@new.example").is_empty());
}

/// `WordPress` CVE-2014-9034: length first, hashing second.
#[actix_web::test]
async fn a_huge_password_is_refused_before_anything_is_computed() {
    let w = World::with(&[("hashes_at_once", "1")]).await;
    let ada = w.reader("Ada").await;
    let _gate = w.nobody_hashes().await;
    let reply = ask(&w, &ada, "ada@new.example", &"x".repeat(1 << 20)).await;
    assert_eq!(reply.problem(422, "validation"), ["#/password"]);
    assert_eq!(reply.json()["errors"][0]["code"], "too_long");
}

#[actix_web::test]
async fn an_address_gets_five_codes_a_day_whoever_asks() {
    let w = World::new().await;
    let (ada, eve) = (w.reader("Ada").await, w.reader("Eve").await);
    for person in [&ada, &eve, &ada, &eve, &ada, &eve, &ada] {
        ask(&w, person, "victim@example.org", PASSWORD).await.expect(202);
    }
    ask(&w, &eve, "last@example.org", PASSWORD).await.expect(202);
    w.nth_mail_to("last@example.org", 0).await;
    assert_eq!(w.mails_to("victim@example.org").len(), 5);
}

#[actix_web::test]
async fn the_password_is_not_guessed() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    too_often(async || ask(&w, &ada, "ada@new.example", "guess").await).await.problem(429, "too_many_requests");
    ask(&w, &ada, "ada@new.example", PASSWORD).await.problem(429, "too_many_requests");
}

#[actix_web::test]
async fn a_password_that_changes_while_it_is_checked_counts_no_more() {
    let w = World::with(&[("hashes_at_once", "1"), ("standing_seconds", "0")]).await;
    let ada = w.reader("Ada").await;
    me(&w, &ada).await;
    // As many statements come before the check, which has to wait until somebody else has come between.
    let (before_the_check, _) = w.statements(ask(&w, &ada, "ada@new.example", "guess")).await;
    let gate = w.nobody_hashes().await;
    let begun = w.statements_so_far();
    let meanwhile = async {
        let checks = async || w.statements_so_far() >= begun + before_the_check;
        until("the password is checked", checks).await;
        let account = accounts::table.find(ada.id.parse::<Uuid>().unwrap());
        let changed = diesel::update(account).set(accounts::password_hash.eq("another"));
        changed.execute(&mut w.db.conn().await).await.unwrap();
        drop(gate);
    };
    let (asked, ()) = join(ask(&w, &ada, "ada@new.example", PASSWORD), meanwhile).await;
    asked.problem(409, "conflict");
}
