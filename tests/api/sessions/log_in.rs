use crate::world::{PASSWORD, Reply, World, too_often};
use futures_util::future::{join, join_all};
use reqwest::Method;
use secrecy::SecretString;
use serde_json::json;

fn seen(reply: &Reply) -> (u16, Vec<(String, String)>, String) {
    let own = ["x-request-id", "date"];
    let headers = reply.headers.iter().filter(|(name, _)| !own.contains(&name.as_str()));
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    (reply.status.as_u16(), headers, reply.text())
}

#[actix_web::test]
async fn a_session_begins() {
    let w = World::new().await;
    w.reader("Ada").await;
    let reply = w.post("/v1/sessions", &json!({ "email": " ADA@example.ORG", "password": PASSWORD })).await;
    let session = reply.expect(201);
    let mut names: Vec<_> = session.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(names, ["access_token", "expires_in", "refresh_token", "token_type"]);
    assert_eq!((&session["token_type"], &session["expires_in"]), (&json!("Bearer"), &json!(600)));
    assert_eq!(reply.header("cache-control"), "no-store");
    let token = session["access_token"].as_str().unwrap();
    w.request(Method::GET, "/v1/accounts/me").bearer(token).send().await.expect(200);
    w.request(Method::DELETE, reply.header("location")).bearer(token).send().await.expect(204);
    w.request(Method::GET, "/v1/accounts/me").bearer(token).send().await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn whatever_is_wrong_the_answer_is_the_same() {
    let w = World::new().await;
    w.reader("Ada").await;
    w.write(async |tx| {
        let email = colloquy::accounts::Email::parse("bea@example.org").unwrap();
        colloquy::accounts::import_account(tx, &w.secrets, Some(&email), "Bea").await
    })
    .await
    .unwrap();
    let attempt = async |email: &str, password: &str| {
        w.post("/v1/sessions", &json!({ "email": email, "password": password })).await
    };
    let wrong = attempt("ada@example.org", "not the password at all").await;
    wrong.problem(401, "bad_credentials");
    for email in ["nobody@example.org", "bea@example.org", "not an address", "", "ada@example.org\u{0}"] {
        assert_eq!(seen(&attempt(email, PASSWORD).await), seen(&wrong), "{email:?}");
    }
    for password in ["", "\u{0}", PASSWORD.trim_start_matches('f'), &format!("{PASSWORD} ")] {
        assert_eq!(seen(&attempt("ada@example.org", password).await), seen(&wrong), "{password:?}");
    }
}

#[actix_web::test]
async fn the_unknown_cost_as_much_as_the_known() {
    let w = World::with(&[("hashes_at_once", "1"), ("argon2_iterations", "3")]).await;
    w.reader("Ada").await;
    // The hash that nobody's password is checked against costs what one of today does.
    let nobody = w.server.hasher.verify(SecretString::from(PASSWORD), None).await.unwrap();
    assert_eq!((nobody.matches, nobody.outdated), (false, false));
    // And it is computed: neither is answered without it.
    let _gate = w.nobody_hashes().await;
    let attempt = async |email: &str| w.post("/v1/sessions", &json!({ "email": email, "password": PASSWORD })).await;
    let (known, unknown) = join(attempt("ada@example.org"), attempt("nobody@example.org")).await;
    known.problem(503, "unavailable");
    unknown.problem(503, "unavailable");
}

#[actix_web::test]
async fn too_long_is_refused_before_anything_is_computed() {
    let w = World::with(&[("hashes_at_once", "1")]).await;
    let _gate = w.nobody_hashes().await;
    let body = json!({ "email": "a".repeat(255), "password": "x".repeat(1 << 20) });
    assert_eq!(w.post("/v1/sessions", &body).await.problem(422, "validation"), ["#/email", "#/password"]);
    let body = json!({ "email": "ada@example.org", "password": "x".repeat(1025) });
    assert_eq!(w.post("/v1/sessions", &body).await.problem(422, "validation"), ["#/password"]);
}

#[actix_web::test]
async fn a_password_is_hashed_anew_when_the_settings_ask_for_more() {
    use diesel::QueryableByName;
    use diesel_async::RunQueryDsl;
    #[derive(QueryableByName)]
    struct Stored {
        #[diesel(sql_type = diesel::sql_types::Text)]
        password_hash: String,
    }
    let w = World::new().await;
    w.reader("Ada").await;
    let better = World::on(w.db.clone(), w.clock.clone(), &[("argon2_memory_kib", "128")]).await;
    better.log_in("ada@example.org").await;
    #[expect(clippy::disallowed_methods, reason = "a look into the table, as the owner of the database has it")]
    let stored: Stored =
        diesel::sql_query("SELECT password_hash FROM accounts").get_result(&mut w.db.conn().await).await.unwrap();
    assert!(stored.password_hash.starts_with("$argon2id$v=19$m=128,t=1,p=1$"), "{}", stored.password_hash);
    better.log_in("ada@example.org").await;
}

#[actix_web::test]
async fn more_at_once_than_are_hashed_at_once_wait_their_turn() {
    let w = World::with(&[("hashes_at_once", "1")]).await;
    w.reader("Ada").await;
    let body = json!({ "email": "ada@example.org", "password": PASSWORD });
    // From ten networks: each counts as a guess until it has succeeded.
    let log_in = |n| w.request(Method::POST, "/v1/sessions").from(&format!("198.51.100.{n}")).json(&body).send();
    for reply in join_all((0..10).map(log_in)).await {
        reply.expect(201);
    }
}

#[actix_web::test]
async fn another_form_is_refused_with_its_place() {
    let w = World::new().await;
    let object = json!({ "email": "ada@example.org", "password": { "$gt": "" } });
    assert_eq!(w.post("/v1/sessions", &object).await.problem(400, "bad_request"), ["#/password"]);
    let more = json!({ "email": "ada@example.org", "password": "x", "remember": true });
    w.post("/v1/sessions", &more).await.problem(400, "bad_request");
    let form = w.request(Method::POST, "/v1/sessions").raw("application/x-www-form-urlencoded", "email=a&password=b");
    form.send().await.problem(415, "unsupported_media_type");
}

#[actix_web::test]
async fn guesses_come_to_an_end() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let guess = json!({ "email": ada.email, "password": "guess" });
    too_often(async || w.post("/v1/sessions", &guess).await).await.problem(429, "too_many_requests");
}

#[actix_web::test]
async fn whoever_is_banned_is_told_so_by_the_right_password_only() {
    let w = World::new().await;
    let (moderator, ada) = (w.moderator("Hollis").await, w.reader("Ada").await);
    let ban = w.request(Method::PUT, &format!("/v1/accounts/{}/ban", ada.id)).bearer(&moderator.access_token);
    ban.json(&json!({ "reason": "Threats." })).send().await.expect(200);
    let attempt =
        async |password: &str| w.post("/v1/sessions", &json!({ "email": ada.email, "password": password })).await;
    attempt(PASSWORD).await.problem(403, "banned");
    attempt("not the password at all").await.problem(401, "bad_credentials");
}
