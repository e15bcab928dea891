//! What other rooms and the command line may ask for, and what is told of it.

use super::form;
use crate::world::{World, code_in};
use chrono::TimeDelta;
use colloquy::{
    accounts::{self, Email, NewAccount, Who},
    db::Pool,
    db::schema::{events, invites, refresh_tokens, sessions, signups},
    error::Code,
    events::{Journal, Own},
    http::permission::Role,
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::Arc;

#[actix_web::test]
async fn an_address_has_one_account() {
    let w = World::new().await;
    w.reader("Ada").await;
    let email = Email::parse("ADA@example.org").unwrap();
    let new = NewAccount { display_name: "Ada", email: Some(&email), role: Role::Admin, password_hash: None };
    let refused = w.write(async |tx| accounts::create_account(tx, &w.secrets, new).await).await.unwrap_err();
    assert_eq!(refused.code, Code::Conflict);
    let imported =
        w.write(async |tx| accounts::import_account(tx, &w.secrets, Some(&email), "A.").await).await.unwrap();
    let found = accounts::find_by_email(&mut w.db.conn().await, &w.secrets, "ada@EXAMPLE.org").await.unwrap().unwrap();
    assert_eq!((found.id, found.display_name.as_str(), found.role), (imported, "Ada", Role::Reader));
}

#[actix_web::test]
async fn accounts_without_an_address_are_told_apart_by_their_ids() {
    let w = World::new().await;
    let import = async |name: &str| {
        w.write(async |tx| accounts::import_account(tx, &w.secrets, None, name).await).await.unwrap()
    };
    let (one, two) = (import("Bea").await, import("Bea").await);
    assert_ne!(one, two);
    let who: Who = two.to_string().parse().unwrap();
    let account = w.write(async |tx| accounts::set_role(tx, &w.secrets, &who, Role::Admin).await).await.unwrap();
    assert_eq!((account.id, account.role, account.email), (two, Role::Admin, None));
    let mut conn = w.db.conn().await;
    let first = accounts::list_accounts(&mut conn, &w.secrets, None, 1).await.unwrap();
    let rest = accounts::list_accounts(&mut conn, &w.secrets, first.last(), 10).await.unwrap();
    let mut listed: Vec<_> = first.iter().chain(&rest).map(|account| account.id).collect();
    listed.sort_unstable();
    let mut all = [one, two];
    all.sort_unstable();
    assert_eq!(listed, all);
}

#[actix_web::test]
async fn nobody_is_nobody() {
    let w = World::new().await;
    for named in ["nobody@example.org", "018f0000-0000-7000-8000-000000000000"] {
        let who: Who = named.parse().unwrap();
        let refused =
            w.write(async |tx| accounts::set_role(tx, &w.secrets, &who, Role::Coach).await).await.unwrap_err();
        assert_eq!(refused.code, Code::NotFound);
        let refused = w.write(async |tx| accounts::invite(tx, &w.secrets, &who).await).await.err().unwrap();
        assert_eq!(refused.code, Code::NotFound);
    }
    let new = NewAccount { display_name: " ", email: None, role: Role::Coach, password_hash: None };
    let refused = w.write(async |tx| accounts::create_account(tx, &w.secrets, new).await).await.unwrap_err();
    assert_eq!(refused.code, Code::Validation);
}

#[actix_web::test]
async fn what_happens_to_an_account_is_told_without_words() {
    let w = World::new().await;
    w.post("/v1/accounts", &form("wren@example.org")).await.expect(202);
    let code = code_in(&w.nth_mail_to("wren@example.org", 0).await);
    let account = w
        .post("/v1/accounts/confirmations", &json!({ "code": code, "password": crate::world::PASSWORD }))
        .await
        .expect(201);
    let id = account["id"].as_str().unwrap().to_owned();
    let who: Who = id.parse().unwrap();
    w.write(async |tx| accounts::set_role(tx, &w.secrets, &who, Role::Coach).await).await.unwrap();
    let (token, _) = w.log_in("wren@example.org").await;
    w.request(Method::DELETE, "/v1/sessions/current").bearer(&token).send().await.expect(204);
    let told: Vec<(String, i64, String, Value)> = events::table
        .order((events::at, events::id))
        .select((events::kind, events::stream_version, events::tags, events::data))
        .load(&mut w.db.conn().await)
        .await
        .unwrap();
    let mut kinds: Vec<_> = told.iter().map(|(kind, version, ..)| (kind.as_str(), *version)).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, [("account.changed", 2), ("account.confirmed", 1), ("session.ended", 2)]);
    for (kind, _, tags, data) in &told {
        assert_eq!(*tags, format!("account:{id}"), "{kind}");
        assert_eq!(data["account_id"], id, "{kind}");
        assert!(!data.to_string().contains("wren"), "{kind}");
    }
}

#[actix_web::test]
async fn what_has_expired_is_forgotten() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let who: Who = ada.id.parse().unwrap();
    w.write(async |tx| accounts::invite(tx, &w.secrets, &who).await).await.unwrap();
    w.post("/v1/accounts", &form("eve@example.org")).await.expect(202);
    let pool = Pool::new(&w.db.url(), &w.settings, Arc::default()).unwrap();
    let journal = Journal::new(pool, w.clock.clone(), Arc::new(|_| ()), Own::default());
    assert_eq!(accounts::sweep(&journal).await.unwrap(), 0);
    let begun = w.clock.now();
    for (days, forgotten) in [(1, 1), (7, 1), (30, 1)] {
        w.clock.set(begun + TimeDelta::days(days));
        assert_eq!(accounts::sweep(&journal).await.unwrap(), forgotten, "after {days} days");
    }
    let conn = &mut w.db.conn().await;
    let left = [
        signups::table.count().get_result::<i64>(conn).await.unwrap(),
        invites::table.count().get_result(conn).await.unwrap(),
        sessions::table.count().get_result(conn).await.unwrap(),
        refresh_tokens::table.count().get_result(conn).await.unwrap(),
    ];
    assert_eq!(left, [0; 4]);
}
