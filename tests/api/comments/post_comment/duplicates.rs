//! Nobody says the same twice by accident.

use crate::world::{OPEN, Person, Reply, Request, World, id};
use chrono::TimeDelta;
use colloquy::{comments, db::schema::comment_prints};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

async fn post(w: &World, person: &Person, slug: &str, text: &str) -> Reply {
    w.post_as(&person.access_token, slug, &json!({ "body": text })).await
}

/// A comment of somebody new, from somewhere.
fn new_guest(w: &World, slug: &str, name: &str, from: &str) -> Request {
    let body = json!({ "body": "Thank you all.", "guest": { "name": name } });
    w.request(Method::POST, &format!("/v1/articles/{slug}/comments")).from(from).json(&body)
}

/// Asserts that it was said before, and returns the comment that is named.
#[track_caller]
fn said_before(reply: &Reply) -> Value {
    assert!(reply.problem(409, "duplicate_comment").is_empty());
    reply.json()["comment_id"].clone()
}

async fn prints(w: &World) -> Vec<Vec<u8>> {
    comment_prints::table.select(comment_prints::print).load(&mut w.db.conn().await).await.unwrap()
}

#[actix_web::test]
async fn the_same_by_the_same_in_the_same_place_is_refused_and_the_first_is_named() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let (other, _) = w.article_taking("Another", OPEN).await;
    let (ada, eve) = (w.reader("Ada").await, w.reader("Eve").await);
    let first = post(&w, &ada, &slug, "Thank you, Zo\u{e9}.").await.expect(201);
    for same in ["Thank you, Zo\u{e9}.", "  Thank  you,\n\nZo\u{e9}. ", "Thank you, Zoe\u{301}."] {
        assert_eq!(said_before(&post(&w, &ada, &slug, same).await), first["id"]);
    }
    for another in ["thank you, Zo\u{e9}.", "Thank you, Zo\u{e9}!", "Thank you, *Zo\u{e9}*."] {
        post(&w, &ada, &slug, another).await.expect(201);
    }
    post(&w, &eve, &slug, "Thank you, Zo\u{e9}.").await.expect(201);
    post(&w, &ada, &other, "Thank you, Zo\u{e9}.").await.expect(201);
    let reply = json!({ "body": "Thank you, Zo\u{e9}.", "parent_id": first["id"] });
    let below = w.post_as(&ada.access_token, &slug, &reply).await.expect(201);
    assert_eq!(said_before(&w.post_as(&ada.access_token, &slug, &reply).await), below["id"]);
    assert_eq!(w.stored(article_id).await, 6);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn after_a_day_it_may_be_said_again() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let guest = w.post_as_guest(&slug, "Thank you all.", None).await.expect(201);
    let say = |w: &World| {
        let request = w.request(Method::POST, &format!("/v1/articles/{slug}/comments"));
        request.guest(guest["manage_token"].as_str().unwrap()).json(&json!({ "body": "Thank you all." })).send()
    };
    w.clock.set(w.clock.now() + TimeDelta::hours(24) - TimeDelta::seconds(1));
    assert_eq!(said_before(&say(&w).await), guest["id"]);
    w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    let again = say(&w).await.expect(201);
    assert_eq!(said_before(&say(&w).await), again["id"]);
}

#[actix_web::test]
async fn somebody_new_is_known_by_network_and_name_and_is_told_no_id() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let first = new_guest(&w, &slug, "Wendy", "2001:db8::1").send().await.expect(201);
    assert_eq!(said_before(&new_guest(&w, &slug, "Wendy", "2001:db8::2").send().await), Value::Null);
    let token = first["manage_token"].as_str().unwrap();
    let again = w.request(Method::POST, &format!("/v1/articles/{slug}/comments")).guest(token);
    assert_eq!(said_before(&again.json(&json!({ "body": "Thank you all." })).send().await), first["id"]);
    new_guest(&w, &slug, "Orla", "2001:db8::1").send().await.expect(201);
    new_guest(&w, &slug, "Wendy", "2001:db8:0:1::1").send().await.expect(201);
}

#[actix_web::test]
async fn what_was_deleted_or_changed_may_be_said_again() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let first = id(&post(&w, &ada, &slug, "Thank you all.").await.expect(201));
    w.delete(&ada.access_token, &first).await.expect(204);
    let second = id(&post(&w, &ada, &slug, "Thank you all.").await.expect(201));
    let edit = w.request(Method::PATCH, &format!("/v1/comments/{second}")).bearer(&ada.access_token);
    edit.header("if-match", "\"1\"").json(&json!({ "body": "Thank you both." })).send().await.expect(200);
    post(&w, &ada, &slug, "Thank you all.").await.expect(201);
    post(&w, &ada, &slug, "Thank you all.").await.problem(409, "duplicate_comment");
}

#[actix_web::test]
async fn what_was_refused_was_not_said() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let nowhere = json!({ "body": "Thank you all.", "parent_id": w.clock.id() });
    w.post_as(&ada.access_token, &slug, &nowhere).await.problem(422, "parent_elsewhere");
    w.post_as(&ada.access_token, &slug, &nowhere).await.problem(422, "parent_elsewhere");
    assert!(prints(&w).await.is_empty());
}

#[actix_web::test]
async fn of_many_at_once_that_say_the_same_exactly_one_gets_in() {
    let w = World::with(&[("connections_per_worker", "12")]).await;
    let (slug, article_id) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let replies = join_all((0..8).map(|_| post(&w, &ada, &slug, "Thank you all."))).await;
    let first: Vec<Value> = replies.iter().filter(|reply| reply.status == 201).map(Reply::json).collect();
    assert_eq!(first.len(), 1);
    let refused = replies.iter().filter(|reply| reply.status != 201);
    assert!(refused.map(said_before).all(|named| named == first[0]["id"]));
    let replies = join_all((0..8).map(|_| new_guest(&w, &slug, "Wendy", "198.51.100.1").send())).await;
    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 1);
    assert_eq!(w.stored(article_id).await, 2);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn a_repeated_request_with_a_key_is_no_duplicate() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let send = || new_guest(&w, &slug, "Wendy", "198.51.100.1").header("idempotency-key", "the-first-key").send();
    assert_eq!(send().await.expect(201), send().await.expect(201));
}

#[actix_web::test]
async fn nothing_is_kept_of_what_was_said_and_nothing_at_all_of_whom_is_erased() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let guest = new_guest(&w, &slug, "Wendy", "198.51.100.1").send().await.expect(201);
    let kept = prints(&w).await;
    assert!(kept.len() == 2 && kept.iter().all(|print| print.len() == 32));
    let erase = w.request(Method::DELETE, "/v1/guests/me?comments=anonymise");
    erase.guest(guest["manage_token"].as_str().unwrap()).send().await.expect(204);
    assert!(prints(&w).await.is_empty());
}

#[actix_web::test]
async fn what_was_said_long_ago_is_forgotten() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    w.say(&slug, "Thank you all.", None).await;
    comments::sweep(&w.journal()).await.unwrap();
    assert_eq!(prints(&w).await.len(), 2);
    w.clock.set(w.clock.now() + TimeDelta::hours(24));
    assert_eq!(comments::sweep(&w.journal()).await.unwrap(), 2);
    assert!(prints(&w).await.is_empty());
}
