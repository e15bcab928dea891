//! Passwords as NIST SP 800-63B §5.1.1 and ASVS 6.2 want them: long ones whole, no rules of what must be in them.

use crate::world::{World, code_in};
use colloquy::{accounts::Hasher, config::Settings};
use serde_json::json;

/// Signs up, confirms, and logs in with what is almost the password, then with the password.
async fn holds(w: &World, email: &str, password: &str, almost: &str) {
    let sign_up = json!({ "email": email, "password": password, "display_name": "Somebody" });
    w.post("/v1/accounts", &sign_up).await.expect(202);
    let code = code_in(&w.nth_mail_to(email, 0).await);
    w.post("/v1/accounts/confirmations", &json!({ "code": code, "password": password })).await.expect(201);
    let log_in = |password: &str| json!({ "email": email, "password": password });
    w.post("/v1/sessions", &log_in(almost)).await.problem(401, "bad_credentials");
    w.post("/v1/sessions", &log_in(password)).await.expect(201);
}

#[actix_web::test]
async fn long_ones_count_to_the_last_byte() {
    let w = World::new().await;
    let story = "nine herons over the weir at dusk, ".repeat(40);
    for (n, length) in [64, 65, 73, 129, 1024].into_iter().enumerate() {
        let password = format!("{}z", &story[..length - 1]);
        let almost = format!("{}y", &story[..length - 1]);
        holds(&w, &format!("reader{n}@example.org"), &password, &almost).await;
    }
}

/// OWASP's password storage cheat sheet: argon2id with 19 MiB, two passes, one lane; as many hashes at once as fit.
#[actix_web::test]
async fn guessing_costs_what_it_should_unless_somebody_says_otherwise() {
    let settings = Settings::with(&[]).unwrap();
    assert!(settings.argon2_memory_kib >= 19 * 1024 && settings.argon2_iterations >= 2 && settings.argon2_lanes == 1);
    assert!(Hasher::resists_guessing(&settings) && settings.hashes_at_once <= 4 && settings.password_min_length >= 15);
    for (memory, iterations, enough) in
        [("47104", "1", true), ("7168", "5", true), ("19456", "1", false), ("64", "999", false)]
    {
        let changed = Settings::with(&[("argon2_memory_kib", memory), ("argon2_iterations", iterations)]).unwrap();
        assert_eq!(Hasher::resists_guessing(&changed), enough, "{memory} KiB, {iterations}");
    }
}

#[actix_web::test]
async fn one_kind_of_characters_is_enough_and_none_is_changed() {
    let w = World::new().await;
    let kinds = [
        ("lower", "heronsoverthequietweir", "Heronsoverthequietweir"),
        ("digits", "48151623420917365", "48151623420917366"),
        ("blanks", "  heron  weir  dusk  ", "heron weir dusk"),
        // Composed and decomposed are two passwords: nothing is normalised.
        ("accents", "h\u{e9}ron au barrage le soir", "he\u{301}ron au barrage le soir"),
        ("markup", "<b>heron</b> & 'weir' \"dusk\" %00", "&lt;b&gt;heron&lt;/b&gt; & 'weir' \"dusk\" %00"),
    ];
    for (name, password, almost) in kinds {
        holds(&w, &format!("{name}@example.org"), password, almost).await;
    }
}
