//! The account that comes with the first token, and what it may do.

use super::{
    issuer::{Issuer, SUBJECT, trusting, written},
    me,
};
use crate::world::{World, events, titled};
use chrono::{DateTime, TimeDelta, Utc};
use colloquy::{
    accounts::{self, Issuers},
    config::Settings,
    db::{
        Pool,
        schema::{accounts as account_rows, external_identities},
    },
    events::{Journal, Own},
    http::permission::Role,
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::future::join_all;
use jsonwebtoken::Algorithm;
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::Arc;

async fn account_count(w: &World) -> i64 {
    account_rows::table.count().get_result(&mut w.db.conn().await).await.unwrap()
}

#[actix_web::test]
async fn whoever_comes_for_the_first_time_gets_an_account() {
    let issuer = Issuer::start();
    let w = issuer.world("").await;
    let (slug, _) = w.open_article().await;
    let token = issuer.token(&w, json!({}));
    let comment = w.post_as(&token, &slug, &json!({ "body": "Thank you." })).await.expect(201);
    assert_eq!(comment["author"]["name"], "Ada");
    let account = me(&w, &token).await.expect(200);
    assert_eq!(
        (&account["role"], &account["display_name"], &account["email"]),
        (&"reader".into(), &"Ada".into(), &Value::Null)
    );
    // Another token of the same person is the same account; another person is not.
    let again = issuer.token(&w, json!({ "jti": "2", "name": "Countess" }));
    assert_eq!(me(&w, &again).await.expect(200), account);
    let other = me(&w, &issuer.token(&w, json!({ "sub": "2" }))).await.expect(200);
    assert_ne!(other["id"], account["id"]);
    assert_eq!(account_count(&w).await, 2);
    let created = events(&mut w.db.conn().await).await.into_iter().filter(|event| event.kind == "account.created");
    assert_eq!(created.count(), 2);
}

#[actix_web::test]
async fn it_stands_in_the_audit_and_the_subject_nowhere() {
    let issuer = Issuer::start();
    let w = issuer.world("").await;
    let account = me(&w, &issuer.token(&w, json!({}))).await.expect(200);
    let admin = w.admin("June").await;
    let audit = w.request(Method::GET, "/v1/audit?kind=account.provisioned").bearer(&admin.access_token).send().await;
    let audit = audit.expect(200);
    assert_eq!(audit["items"].as_array().unwrap().len(), 1);
    assert_eq!(audit["items"][0]["subject_id"], account["id"]);
    assert_eq!(audit["items"][0]["data"], json!({ "issuer": issuer.url, "role": "reader" }));
    let hashes: Vec<(String, Vec<u8>)> = external_identities::table
        .select((external_identities::issuer, external_identities::subject_hash))
        .load(&mut w.db.conn().await)
        .await
        .unwrap();
    assert_eq!((hashes.len(), hashes[0].0.as_str(), hashes[0].1.len()), (1, issuer.url.as_str(), 32));
    assert!(!hashes[0].1.windows(SUBJECT.len()).any(|bytes| bytes == SUBJECT.as_bytes()));
}

#[actix_web::test]
async fn every_algorithm_that_may_be_pinned_works() {
    for algorithm in [Algorithm::RS256, Algorithm::PS256, Algorithm::EdDSA] {
        let issuer = Issuer::signing_by(algorithm);
        let w = issuer.world("").await;
        me(&w, &issuer.token(&w, json!({}))).await.expect(200);
    }
}

#[actix_web::test]
async fn twenty_first_requests_at_once_make_one_account() {
    let issuer = Issuer::start();
    let w = issuer.world("email_claim = 'email'").await;
    let token = issuer.token(&w, json!({ "email": "ada@example.org", "email_verified": true }));
    let replies = join_all((0..20).map(|_| me(&w, &token))).await;
    let ids: Vec<_> = replies.iter().map(|reply| reply.expect(200)["id"].clone()).collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(account_count(&w).await, 1);
}

#[actix_web::test]
async fn two_people_with_one_address_get_in_at_once_and_one_has_it() {
    let issuer = Issuer::start();
    let w = issuer.world("email_claim = 'email'").await;
    let tokens = (0..8).map(|subject: i32| {
        let claims = json!({ "sub": subject.to_string(), "email": "ada@example.org", "email_verified": true });
        issuer.token(&w, claims)
    });
    let replies = join_all(tokens.map(async |token| me(&w, &token).await.expect(200))).await;
    assert_eq!(replies.iter().filter(|account| account["email"] == "ada@example.org").count(), 1, "{replies:?}");
    assert_eq!(account_count(&w).await, 8);
}

#[actix_web::test]
async fn the_same_subject_at_another_issuer_is_somebody_else() {
    let (one, other) = (Issuer::start(), Issuer::start());
    let w = trusting(&format!("{}{}", one.table(""), other.table(""))).await;
    let (here, there) = (me(&w, &one.token(&w, json!({}))).await, me(&w, &other.token(&w, json!({}))).await);
    assert_ne!(here.expect(200)["id"], there.expect(200)["id"]);
}

#[actix_web::test]
async fn what_a_token_says_of_roles_is_not_believed() {
    let issuer = Issuer::start();
    let w = issuer.world("").await;
    for (number, role) in ["admin", "coach", "moderator"].into_iter().enumerate() {
        let said = json!({
            "sub": number.to_string(), "role": role, "roles": [role], "groups": [role], "scope": role,
            "realm_access": { "roles": [role] },
        });
        let token = issuer.token(&w, said);
        assert_eq!(me(&w, &token).await.expect(200)["role"], "reader");
        let article = w.request(Method::POST, "/v1/articles").bearer(&token).json(&titled("Mine")).send().await;
        article.problem(403, "forbidden");
    }
}

#[actix_web::test]
async fn staff_is_who_the_configuration_says() {
    let issuer = Issuer::start();
    let w = issuer.world("coaches = ['17']\nmoderators = ['18']").await;
    let coach = issuer.token(&w, json!({ "sub": "17" }));
    let article = json!({ "title": "How to begin", "body": "Anyhow." });
    w.request(Method::POST, "/v1/articles").bearer(&coach).json(&article).send().await.expect(201);
    let moderator = issuer.token(&w, json!({ "sub": "18", "name": "Hollis" }));
    w.request(Method::GET, "/v1/moderation/comments").bearer(&moderator).send().await.expect(200);
    w.request(Method::POST, "/v1/articles").bearer(&moderator).json(&article).send().await.problem(403, "forbidden");
}

#[actix_web::test]
async fn a_role_given_here_acts_at_once_and_stays() {
    let issuer = Issuer::start();
    let w = issuer.world("coaches = ['17']").await;
    let (reader, coach) = (issuer.token(&w, json!({})), issuer.token(&w, json!({ "sub": "17" })));
    for (token, role) in [(&reader, Role::Moderator), (&coach, Role::Reader)] {
        let id = me(&w, token).await.expect(200)["id"].as_str().unwrap().to_owned();
        let who = id.parse().unwrap();
        w.write(async |tx| accounts::set_role(tx, &w.secrets, &who, role).await).await.unwrap();
        assert_eq!(me(&w, token).await.expect(200)["role"], role.as_str());
    }
    w.request(Method::GET, "/v1/moderation/comments").bearer(&reader).send().await.expect(200);
    w.request(Method::GET, "/v1/drafts").bearer(&coach).send().await.problem(403, "forbidden");
}

#[actix_web::test]
async fn a_name_that_is_not_acceptable_is_replaced() {
    let issuer = Issuer::start();
    let w = issuer.world("name_claim = 'nickname'").await;
    let names = [
        (json!("  Ada   L "), "Ada L"),
        (json!("x".repeat(61)), "Reader"),
        (json!("Ada\u{202e}"), "Reader"),
        (json!(""), "Reader"),
        (json!({ "given": "Ada" }), "Reader"),
        (Value::Null, "Reader"),
    ];
    for (number, (said, shown)) in names.into_iter().enumerate() {
        let token = issuer.token(&w, json!({ "sub": number.to_string(), "nickname": said.clone() }));
        assert_eq!(me(&w, &token).await.expect(200)["display_name"], shown, "{said}");
    }
}

#[actix_web::test]
async fn an_address_is_taken_only_when_it_is_verified_and_nobodys() {
    let issuer = Issuer::start();
    let w = issuer.world("email_claim = 'email'").await;
    let wren = w.reader("Wren").await;
    let said = [
        (json!({ "email": "ada@example.org", "email_verified": true }), json!("ada@example.org")),
        (json!({ "email": "bea@example.org" }), Value::Null),
        (json!({ "email": "bea@example.org", "email_verified": false }), Value::Null),
        (json!({ "email": "bea@example.org", "email_verified": "true" }), Value::Null),
        (json!({ "email": "no address", "email_verified": true }), Value::Null),
        (json!({ "email": ["bea@example.org"], "email_verified": true }), Value::Null),
        // Somebody has it: nothing is joined, and nothing is taken away.
        (json!({ "email": wren.email.to_uppercase(), "email_verified": true }), Value::Null),
    ];
    for (number, (mut claims, email)) in said.into_iter().enumerate() {
        claims["sub"] = number.to_string().into();
        let account = me(&w, &issuer.token(&w, claims.clone())).await.expect(200);
        assert_eq!(account["email"], email, "{claims}");
        assert_ne!(account["id"], wren.id.as_str());
    }
    assert_eq!(me(&w, &wren.access_token).await.expect(200)["email"], wren.email.as_str());
}

#[actix_web::test]
async fn a_ban_acts_at_once_and_ends_by_itself() {
    let issuer = Issuer::start();
    let w = issuer.world("").await;
    let token = issuer.token(&w, json!({}));
    me(&w, &token).await.expect(200);
    let ban = |until: Option<DateTime<Utc>>| {
        let (at, reason) = (account_rows::banned_at.eq(w.clock.now()), account_rows::ban_reason.eq("spam"));
        diesel::update(account_rows::table).set((at, reason, account_rows::banned_until.eq(until)))
    };
    let mut conn = w.db.conn().await;
    ban(None).execute(&mut conn).await.unwrap();
    me(&w, &token).await.problem(403, "banned");
    ban(Some(w.clock.now() + TimeDelta::minutes(5))).execute(&mut conn).await.unwrap();
    me(&w, &token).await.problem(403, "banned");
    w.clock.set(w.clock.now() + TimeDelta::minutes(5));
    me(&w, &token).await.expect(200);
}

#[actix_web::test]
async fn who_leaves_ends_the_tokens_until_then_and_may_come_back() {
    let issuer = Issuer::start();
    let w = issuer.world("").await;
    let token = issuer.token(&w, json!({}));
    let id = me(&w, &token).await.expect(200)["id"].clone();
    w.close_account(&token, "remove").await.expect(202);
    me(&w, &token).await.problem(401, "unauthenticated");
    w.clock.set(w.clock.now() + TimeDelta::days(1));
    let later = issuer.token(&w, json!({}));
    w.post_as_owner(&later, "/v1/accounts/me/restore").await.expect(200);
    w.request(Method::DELETE, "/v1/sessions").bearer(&later).send().await.expect(204);
    me(&w, &later).await.problem(401, "unauthenticated");
    w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    let last = issuer.token(&w, json!({}));
    assert_eq!(me(&w, &last).await.expect(200)["id"], id);
    // Once it is erased, nothing here knows who that was.
    w.close_account(&last, "remove").await.expect(202);
    w.clock.set(w.clock.now() + TimeDelta::days(15));
    assert_eq!(w.erase_due().await, 1);
    assert_ne!(me(&w, &issuer.token(&w, json!({}))).await.expect(200)["id"], id);
}

#[actix_web::test]
async fn somebody_is_as_recently_proven_as_the_issuer_says() {
    let issuer = Issuer::start();
    let w = issuer.world("").await;
    let file = written(&issuer.table(""));
    let settings = Settings::with(&[("issuers_file", file.path().to_str().unwrap())]).unwrap();
    let issuers = Issuers::load(&settings, w.secrets.clone(), w.clock.clone()).unwrap();
    let keeping = actix_web::rt::spawn(issuers.clone().keep_keys());
    let pool = Pool::new(&w.db.url(), &settings, Arc::default()).unwrap();
    let journal = Journal::new(pool.clone(), w.clock.clone(), Arc::new(|_| ()), Own::default());
    let now = w.clock.now();
    let ago = |seconds| now - TimeDelta::seconds(seconds);
    let said = [
        (json!({ "iat": ago(60).timestamp() }), ago(60)),
        (json!({ "iat": ago(60).timestamp(), "auth_time": ago(3600).timestamp() }), ago(3600)),
        // Later than the token was made: it was not.
        (json!({ "iat": ago(60).timestamp(), "auth_time": now.timestamp() + 3600 }), ago(60)),
    ];
    for (claims, proven_at) in said {
        let actor = issuers.identify(&pool, &journal, &issuer.token(&w, claims)).await.unwrap();
        assert_eq!((actor.proven_at, actor.session_id), (proven_at, None));
    }
    keeping.abort();
}

#[actix_web::test]
async fn logging_out_ends_the_tokens_made_until_then() {
    let issuer = Issuer::start();
    let w = issuer.world("").await;
    let (token, other) = (issuer.token(&w, json!({})), issuer.token(&w, json!({ "sub": "2" })));
    let log_out = async |token: &str| w.request(Method::DELETE, "/v1/sessions/current").bearer(token).send().await;
    me(&w, &token).await.expect(200);
    me(&w, &other).await.expect(200);
    log_out(&token).await.expect(204);
    me(&w, &token).await.problem(401, "unauthenticated");
    me(&w, &other).await.expect(200);
    w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    let next = issuer.token(&w, json!({}));
    me(&w, &next).await.expect(200);
    // The old token is good for nothing any more, not even to end the next one.
    w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    log_out(&token).await.expect(204);
    me(&w, &next).await.expect(200);
    let sessions = w.request(Method::GET, "/v1/sessions").bearer(&next).send().await.expect(200);
    assert_eq!(sessions["items"], json!([]), "those at the issuer are not ours to list");
    log_out("not.a.token").await.problem(401, "unauthenticated");
}
