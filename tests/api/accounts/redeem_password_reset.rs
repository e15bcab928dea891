use super::{OTHER, audited, by, me, reset_code};
use crate::world::{PASSWORD, Reply, World, code_in, too_often};
use chrono::TimeDelta;
use colloquy::db::schema::{account_codes, second_factors};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;

async fn redeem(w: &World, code: &str, password: &str) -> Reply {
    w.post("/v1/password-resets/redemptions", &json!({ "code": code, "password": password })).await
}

#[actix_web::test]
async fn the_new_one_holds_and_every_session_ends() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let code = reset_code(&w, &ada.email, 0).await;
    let reply = redeem(&w, &code, OTHER).await;
    reply.expect(204);
    assert!(reply.bytes.is_empty() && reply.headers.get("set-cookie").is_none(), "nobody is signed in by it");
    by(&w, &ada, Method::GET, "/v1/accounts/me").send().await.problem(401, "unauthenticated");
    let refresh = json!({ "refresh_token": ada.refresh_token });
    w.post("/v1/sessions/refresh", &refresh).await.problem(401, "bad_refresh_token");
    let log_in = |password: &str| json!({ "email": ada.email, "password": password });
    w.post("/v1/sessions", &log_in(PASSWORD)).await.problem(401, "bad_credentials");
    w.post("/v1/sessions", &log_in(OTHER)).await.expect(201);
    let mail = w.nth_mail_to(&ada.email, 1).await;
    assert!(mail.contains("has been changed") && !mail.contains(&code), "{mail}");
    assert_eq!(audited(&w, &ada.id).await, ["password.reset_requested", "password.reset"]);
}

#[actix_web::test]
async fn of_twenty_at_once_one_succeeds() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let code = reset_code(&w, &ada.email, 0).await;
    let replies = join_all((0..20).map(|_| redeem(&w, &code, OTHER))).await;
    let mut statuses: Vec<_> = replies.iter().map(|reply| reply.status.as_u16()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [vec![204], vec![422; 19]].concat());
    assert_eq!(audited(&w, &ada.id).await, ["password.reset_requested", "password.reset"]);
}

/// Flarum CVE-2026-39923: the time counts when the password is set, not when a form is shown.
#[actix_web::test]
async fn a_code_is_good_for_ten_minutes_at_the_redemption() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let code = reset_code(&w, &ada.email, 0).await;
    let asked = w.clock.now();
    w.clock.set(asked + TimeDelta::minutes(10));
    assert_eq!(redeem(&w, &code, OTHER).await.problem(422, "bad_code"), ["#/code"]);
    w.log_in(&ada.email).await;
    let code = reset_code(&w, &ada.email, 1).await;
    w.clock.set(w.clock.now() + TimeDelta::seconds(598));
    redeem(&w, &code, OTHER).await.expect(204);
}

#[actix_web::test]
async fn a_code_is_good_once_and_the_others_with_it() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let (first, second) = (reset_code(&w, &ada.email, 0).await, reset_code(&w, &ada.email, 1).await);
    redeem(&w, &second, OTHER).await.expect(204);
    for code in [&first, &second] {
        redeem(&w, code, PASSWORD).await.problem(422, "bad_code");
    }
    for code in ["", "wrong", "\u{0}", "' OR 1=1--"] {
        redeem(&w, code, OTHER).await.problem(422, "bad_code");
    }
}

#[actix_web::test]
async fn a_password_that_is_refused_leaves_the_code_good() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let code = reset_code(&w, &ada.email, 0).await;
    for weak in ["short", "aaaaaaaaaaaaaaaaaaaa", "ada@example.org"] {
        assert_eq!(redeem(&w, &code, weak).await.problem(422, "validation"), ["#/password"], "{weak:?}");
    }
    me(&w, &ada).await;
    redeem(&w, &code, OTHER).await.expect(204);
}

/// `WordPress` CVE-2014-9034: length first, hashing second.
#[actix_web::test]
async fn a_huge_password_costs_nothing() {
    let w = World::with(&[("hashes_at_once", "1")]).await;
    let ada = w.reader("Ada").await;
    let code = reset_code(&w, &ada.email, 0).await;
    let _gate = w.nobody_hashes().await;
    assert_eq!(redeem(&w, &code, &"x".repeat(1 << 20)).await.problem(422, "validation"), ["#/password"]);
}

#[actix_web::test]
async fn the_second_factor_stays() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let id: uuid::Uuid = ada.id.parse().unwrap();
    let conn = &mut w.db.conn().await;
    let factor = (
        second_factors::account_id.eq(id),
        second_factors::secret_sealed.eq(vec![1_u8]),
        second_factors::created_at.eq(w.clock.now()),
        second_factors::confirmed_at.eq(w.clock.now()),
    );
    diesel::insert_into(second_factors::table).values(factor).execute(conn).await.unwrap();
    let code = reset_code(&w, &ada.email, 0).await;
    redeem(&w, &code, OTHER).await.expect(204);
    let confirmed: i64 = second_factors::table
        .filter(second_factors::account_id.eq(id).and(second_factors::confirmed_at.is_not_null()))
        .count()
        .get_result(conn)
        .await
        .unwrap();
    assert_eq!(confirmed, 1);
}

#[actix_web::test]
async fn a_code_for_something_else_redeems_nothing() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let body = json!({ "email": "ada@new.example", "password": PASSWORD });
    by(&w, &ada, Method::POST, "/v1/accounts/me/email").json(&body).send().await.expect(202);
    let code = code_in(&w.nth_mail_to("ada@new.example", 0).await);
    redeem(&w, &code, OTHER).await.problem(422, "bad_code");
    let other_form = json!({ "code": { "like": "%" }, "password": OTHER });
    assert_eq!(w.post("/v1/password-resets/redemptions", &other_form).await.problem(400, "bad_request"), ["#/code"]);
    let codes: i64 = account_codes::table.count().get_result(&mut w.db.conn().await).await.unwrap();
    assert_eq!(codes, 1);
}

#[actix_web::test]
async fn guesses_come_to_an_end() {
    let w = World::new().await;
    too_often(async || redeem(&w, "guess", OTHER).await).await.problem(429, "too_many_requests");
}
