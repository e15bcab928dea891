use super::form;
use crate::world::{PASSWORD, World, code_in, too_often};
use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::json;

#[actix_web::test]
async fn the_code_makes_the_account() {
    let w = World::new().await;
    w.post("/v1/accounts", &form("Ada@Example.ORG")).await.expect(202);
    let code = code_in(&w.nth_mail_to("Ada@example.org", 0).await);
    let reply = w.post("/v1/accounts/confirmations", &json!({ "code": code, "password": PASSWORD })).await;
    let account = reply.expect(201);
    assert_eq!(reply.header("location"), "/v1/accounts/me");
    assert_eq!(account["email"], "Ada@example.org");
    assert_eq!(
        (&account["display_name"], &account["role"], &account["revision"]),
        (&json!("Ada"), &json!("reader"), &json!(1))
    );
    let (token, _) = w.log_in("ada@example.org").await;
    let me = w.request(reqwest::Method::GET, "/v1/accounts/me").bearer(&token).send().await.expect(200);
    assert_eq!(me, account);
}

#[actix_web::test]
async fn a_code_is_good_once_and_for_a_day() {
    let w = World::new().await;
    let confirm =
        async |code: &str| w.post("/v1/accounts/confirmations", &json!({ "code": code, "password": PASSWORD })).await;
    assert_eq!(confirm("wrong").await.problem(422, "bad_code"), ["#/code"]);
    w.post("/v1/accounts", &form("ada@example.org")).await.expect(202);
    let code = code_in(&w.nth_mail_to("ada@example.org", 0).await);
    confirm(&code).await.expect(201);
    confirm(&code).await.problem(422, "bad_code");
    w.post("/v1/accounts", &form("eve@example.org")).await.expect(202);
    let late = code_in(&w.nth_mail_to("eve@example.org", 0).await);
    w.clock.set(w.clock.now() + TimeDelta::hours(24));
    confirm(&late).await.problem(422, "bad_code");
}

#[actix_web::test]
async fn of_two_sign_ups_for_one_address_the_first_to_confirm_wins() {
    let w = World::new().await;
    for _ in 0..2 {
        w.post("/v1/accounts", &form("ada@example.org")).await.expect(202);
    }
    let codes = [w.nth_mail_to("ada@example.org", 0).await, w.nth_mail_to("ada@example.org", 1).await];
    let [first, second] = codes.map(|mail| json!({ "code": code_in(&mail), "password": PASSWORD }));
    w.post("/v1/accounts/confirmations", &second).await.expect(201);
    w.post("/v1/accounts/confirmations", &first).await.problem(422, "bad_code");
}

#[actix_web::test]
async fn of_twenty_at_once_one_gets_the_account() {
    let w = World::new().await;
    w.post("/v1/accounts", &form("ada@example.org")).await.expect(202);
    let body = json!({ "code": code_in(&w.nth_mail_to("ada@example.org", 0).await), "password": PASSWORD });
    let replies = join_all((0..20).map(|_| w.post("/v1/accounts/confirmations", &body))).await;
    let mut statuses: Vec<_> = replies.iter().map(|reply| reply.status.as_u16()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [vec![201], vec![422; 19]].concat());
}

#[actix_web::test]
async fn another_form_is_refused_with_its_place() {
    let w = World::new().await;
    let reply = w.post("/v1/accounts/confirmations", &json!({ "code": { "like": "%" }, "password": PASSWORD })).await;
    assert_eq!(reply.problem(400, "bad_request"), ["#/code"]);
}

#[actix_web::test]
async fn whoever_has_the_mail_alone_gets_no_account() {
    let w = World::new().await;
    // Eve signs up with Ada's address; Ada has the code, Eve the password.
    w.post("/v1/accounts", &form("ada@example.org")).await.expect(202);
    let code = code_in(&w.nth_mail_to("ada@example.org", 0).await);
    let confirm = async |password: &str| {
        w.post("/v1/accounts/confirmations", &json!({ "code": code, "password": password })).await
    };
    for _ in 0..4 {
        assert_eq!(confirm("adas own password").await.problem(422, "bad_code"), ["#/password"]);
    }
    // A slip of the finger costs nothing.
    confirm(PASSWORD).await.expect(201);
}

#[actix_web::test]
async fn a_code_bears_five_wrong_passwords_also_at_once() {
    let w = World::new().await;
    w.post("/v1/accounts", &form("ada@example.org")).await.expect(202);
    let code = code_in(&w.nth_mail_to("ada@example.org", 0).await);
    let wrong = json!({ "code": code, "password": "not the password at all" });
    let replies = join_all((0..20).map(|_| w.post("/v1/accounts/confirmations", &wrong))).await;
    let tried = replies.iter().filter(|reply| reply.problem(422, "bad_code") == ["#/password"]).count();
    assert_eq!(tried, 5);
    let right = json!({ "code": code, "password": PASSWORD });
    assert_eq!(w.post("/v1/accounts/confirmations", &right).await.problem(422, "bad_code"), ["#/code"]);
}

#[actix_web::test]
async fn a_huge_password_is_refused_before_it_counts() {
    let w = World::with(&[("argon2_memory_kib", "65536"), ("argon2_iterations", "10")]).await;
    let body = json!({ "code": "x", "password": "x".repeat(1 << 20) });
    assert_eq!(w.post("/v1/accounts/confirmations", &body).await.problem(422, "validation"), ["#/password"]);
    w.post("/v1/accounts/confirmations", &json!({ "code": "x" })).await.problem(400, "bad_request");
}

#[actix_web::test]
async fn a_name_that_somebody_who_works_here_has_by_now_is_not_given() {
    let w = World::new().await;
    w.post("/v1/accounts", &form("eve@example.org")).await.expect(202);
    let code = code_in(&w.nth_mail_to("eve@example.org", 0).await);
    w.coach("Ada").await;
    let body = json!({ "code": code, "password": PASSWORD });
    w.post("/v1/accounts/confirmations", &body).await.problem(409, "conflict");
}

#[actix_web::test]
async fn guesses_come_to_an_end() {
    let w = World::new().await;
    let guess = json!({ "code": "guess", "password": PASSWORD });
    let refused = too_often(async || w.post("/v1/accounts/confirmations", &guess).await).await;
    refused.problem(429, "too_many_requests");
}
