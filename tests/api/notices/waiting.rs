//! What waits to be sent is taken back: from whoever wants no more of it, and from whoever is forgotten.

use super::{ask, asked, guest_with, one_click, told, wish};
use crate::{
    mails::MailServer,
    world::{CAREFUL, World, id, until},
};
use colloquy::{
    db::schema::{guests, mails},
    mail,
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

const LANTERN: &str = "lantern@example.org";

/// A server that sends nothing.
async fn mute() -> World {
    World::with(&[("mail_dir", "")]).await
}

fn guest_of(posted: &Value) -> Uuid {
    posted["author"]["id"].as_str().unwrap().parse().unwrap()
}

/// A comment by a guest whose address is known to be theirs although nothing could be sent there.
async fn known(w: &World, slug: &str) -> Value {
    let posted = guest_with(w, slug, LANTERN).await;
    let guest = guests::table.find(guest_of(&posted));
    let confirmed = guests::email_verified_at.eq(w.clock.now());
    diesel::update(guest).set(confirmed).execute(&mut w.db.conn().await).await.unwrap();
    posted
}

/// The kinds of the mails that wait to be sent.
async fn waiting(w: &World) -> Vec<String> {
    let waiting = mails::table.filter(mails::sent_at.is_null().and(mails::failed_at.is_null()));
    waiting.order(mails::kind).select(mails::kind).load(&mut w.db.conn().await).await.unwrap()
}

async fn as_guest(w: &World, posted: &Value, method: Method, path: &str, body: Value) {
    let request = w.request(method, path).guest(posted["manage_token"].as_str().unwrap());
    assert!(request.json(&body).send().await.status.is_success());
}

/// A guest for whom an answer, an approval and an invitation wait, and the question whether the address is theirs.
async fn awaited(w: &World) -> Value {
    let (slug, _) = w.article_taking("How to wait", CAREFUL).await;
    let (coach, moderator) = (w.coach("Marit").await, w.moderator("Hollis").await);
    let posted = known(w, &slug).await;
    let comment = id(&posted);
    w.decide(&moderator.access_token, &comment, "approve").await.expect(200);
    assert_eq!(told(w, LANTERN).await, ["approval"]);
    ask(w, &coach, &slug, Some(&comment)).await;
    assert_eq!(told(w, LANTERN).await, ["approval", "answer"]);
    w.post_by(&coach, &format!("/v1/comments/{comment}/invitation"), &json!({})).await.expect(201);
    assert_eq!(waiting(w).await, ["answer", "approval", "guest", "private"]);
    posted
}

#[actix_web::test]
async fn what_waits_for_a_guest_goes_with_them() {
    let w = mute().await;
    let posted = awaited(&w).await;
    as_guest(&w, &posted, Method::DELETE, "/v1/guests/me?comments=remove", Value::Null).await;
    let left: i64 = mails::table.count().get_result(&mut w.db.conn().await).await.unwrap();
    assert_eq!(left, 0);
}

#[actix_web::test]
async fn of_what_may_be_on_its_way_nothing_is_left_but_that_the_address_was_written_to() {
    let server = MailServer::start().await;
    server.refuse(Some("451 4.3.0 Later"));
    let w = World::with(&[("mail_dir", ""), ("smtp_url", &server.url)]).await;
    let (slug, _) = w.open_article().await;
    let posted = guest_with(&w, &slug, LANTERN).await;
    let tried = mails::table.filter(mails::failure.is_not_null()).count();
    let conn = &mut w.db.conn().await;
    until("it was tried", async || tried.get_result::<i64>(conn).await.unwrap() == 1).await;
    as_guest(&w, &posted, Method::DELETE, "/v1/guests/me?comments=remove", Value::Null).await;
    assert!(waiting(&w).await.is_empty());
    let left: Vec<(String, Vec<u8>, Option<Uuid>)> =
        mails::table.select((mails::kind, mails::sealed, mails::person_id)).load(conn).await.unwrap();
    assert_eq!(left, [("guest".to_owned(), Vec::new(), None)]);
    // Whoever comes and goes floods nobody.
    guest_with(&w, &slug, LANTERN).await;
    assert!(waiting(&w).await.is_empty());
}

#[actix_web::test]
async fn an_account_that_wants_no_more_gets_not_even_what_waits() {
    let w = mute().await;
    let (slug, _) = w.article_taking("How to wait", CAREFUL).await;
    let (wren, robin) = (w.reader("Wren").await, w.reader("Robin").await);
    let (coach, moderator) = (w.coach("Marit").await, w.moderator("Hollis").await);
    for person in [&wren, &robin] {
        let comment = id(&asked(&w, person, &slug, None).await);
        w.decide(&moderator.access_token, &comment, "approve").await.expect(200);
        told(&w, &person.email).await;
        ask(&w, &coach, &slug, Some(&comment)).await;
        assert_eq!(told(&w, &person.email).await, ["approval", "answer"]);
        w.post_by(&coach, &format!("/v1/comments/{comment}/invitation"), &json!({})).await.expect(201);
    }
    wish(&w, &wren, json!({ "answers": false })).await.expect(200);
    // What another waits for still waits.
    assert_eq!(waiting(&w).await, ["answer", "approval", "approval", "private", "private"]);
    let token = mail::unsubscribe_token(&w.secrets, wren.id.parse().unwrap(), "private").unwrap();
    one_click(&w, &token).await.expect(200);
    assert_eq!(waiting(&w).await, ["answer", "approval", "approval", "private"]);
}

#[actix_web::test]
async fn a_guest_who_wants_no_more_gets_not_even_what_waits() {
    let w = mute().await;
    let posted = awaited(&w).await;
    let token = mail::unsubscribe_token(&w.secrets, guest_of(&posted), "answer").unwrap();
    one_click(&w, &token).await.expect(200);
    assert_eq!(waiting(&w).await, ["guest", "private"]);
}

#[actix_web::test]
async fn a_guest_who_says_so_gets_not_even_what_waits() {
    let w = mute().await;
    let posted = awaited(&w).await;
    as_guest(&w, &posted, Method::PATCH, "/v1/guests/me", json!({ "subscribed": true })).await;
    assert_eq!(waiting(&w).await, ["answer", "approval", "guest", "private"]);
    as_guest(&w, &posted, Method::PATCH, "/v1/guests/me", json!({ "subscribed": false })).await;
    assert_eq!(waiting(&w).await, ["guest", "private"]);
}
