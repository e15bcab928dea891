//! What is left of an account that was erased.

use super::{by, form, reset_code};
use crate::world::{World, events};
use colloquy::{
    accounts::{self, Who},
    db::schema::{account_codes, accounts as table, invites, refresh_tokens, sessions, signups},
    error::Code,
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn nothing_of_the_person_is_left() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let who: Who = ada.id.parse().unwrap();
    let Who::Id(id) = who else { panic!("an id") };
    w.write(async |tx| accounts::invite(tx, &w.secrets, &who).await).await.unwrap();
    w.post("/v1/accounts", &form("ada@example.org")).await.expect(202);
    reset_code(&w, &ada.email, 1).await;
    let changes = json!({ "bio": "I read.", "website": "https://ada.example.org/" });
    let edit = by(&w, &ada, Method::PATCH, "/v1/accounts/me").header("if-match", "\"1\"").json(&changes);
    edit.send().await.expect(200);
    w.write(async |tx| accounts::erase_account(tx, &w.secrets, id).await).await.unwrap();
    let conn = &mut w.db.conn().await;
    let said: (String, String, String, Option<String>) = table::table
        .find(id)
        .select((table::display_name, table::name_skeleton, table::bio, table::website))
        .first(conn)
        .await
        .unwrap();
    assert_eq!(said, ("Former member".into(), String::new(), String::new(), None));
    let gone = table::email_hash.is_null().and(table::email_sealed.is_null()).and(table::password_hash.is_null());
    let gone: bool = table::table.find(id).select(gone.and(table::erased_at.is_not_null())).first(conn).await.unwrap();
    assert!(gone);
    let left = [
        invites::table.count().get_result::<i64>(conn).await.unwrap(),
        signups::table.count().get_result(conn).await.unwrap(),
        account_codes::table.count().get_result(conn).await.unwrap(),
        refresh_tokens::table.count().get_result(conn).await.unwrap(),
        sessions::table.filter(sessions::ended_at.is_null()).count().get_result(conn).await.unwrap(),
    ];
    assert_eq!(left, [0; 5]);
    w.request(Method::GET, "/v1/accounts/me").bearer(&ada.access_token).send().await.problem(401, "unauthenticated");
    let log_in = json!({ "email": ada.email, "password": crate::world::PASSWORD });
    w.post("/v1/sessions", &log_in).await.problem(401, "bad_credentials");
    assert!(events(conn).await.iter().any(|event| event.kind == "account.erased"));
}

#[actix_web::test]
async fn nobody_can_claim_it_again() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let who: Who = ada.id.parse().unwrap();
    let Who::Id(id) = who else { panic!("an id") };
    for _ in 0..2 {
        w.write(async |tx| accounts::erase_account(tx, &w.secrets, id).await).await.unwrap();
    }
    let refused = w.write(async |tx| accounts::invite(tx, &w.secrets, &who).await).await.err().unwrap();
    assert_eq!(refused.code, Code::NotFound);
    let nobody = uuid::Uuid::from_u128(7);
    let refused = w.write(async |tx| accounts::erase_account(tx, &w.secrets, nobody).await).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
}

#[actix_web::test]
async fn what_was_written_bears_the_name_of_nobody_at_once() {
    let w = World::new().await;
    let (coach, ada) = (w.coach("Marit").await, w.reader("Ada").await);
    w.article(&coach, crate::world::titled("How to listen")).await;
    let thread = "/v1/articles/how-to-listen/comments";
    let post = w.request(Method::POST, thread).bearer(&ada.access_token).json(&json!({ "body": "Thank you." }));
    post.send().await.expect(201);
    assert_eq!(w.get_kept(thread).await.json()["items"][0]["author"]["name"], "Ada");
    let id = ada.id.parse().unwrap();
    w.write(async |tx| accounts::erase_account(tx, &w.secrets, id).await).await.unwrap();
    assert_eq!(w.get(thread).await.json()["items"][0]["author"]["name"], "Former member");
}
