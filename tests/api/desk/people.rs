//! What stands on the desk when people leave, or turn out to have an account.

use super::waiting;
use crate::world::{World, id};
use chrono::TimeDelta;
use colloquy::db::schema::{question_coaches, questions};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

#[actix_web::test]
async fn what_a_coach_had_claimed_who_is_erased_waits_again() {
    let (w, slug, marit, question) = waiting().await;
    let colin = w.coach("Colin").await;
    let answered = w.say(&slug, "Another question.", None).await;
    w.until_desk(&marit, "", &[&question, &answered]).await;
    w.reply(&colin, &slug, &answered).await;
    w.question_when(&marit, &answered, "answered").await;
    w.claim_question(&colin, &question).await.expect(200);
    w.leave(&colin, "anonymise").await;
    let marit = w.again(marit).await;
    w.until_desk(&marit, "", &[&question]).await;
    // The answer stays, and nobody is named with it.
    let unnamed = async || w.question(&marit, &answered).await.json()["answer"]["by"].is_null();
    crate::world::until("nobody is named", unnamed).await;
    assert_eq!(w.question(&marit, &answered).await.expect(200)["state"], "answered");
}

#[actix_web::test]
async fn nobody_is_named_with_what_a_coach_decided_who_is_erased() {
    let (w, slug, marit, question) = waiting().await;
    let colin = w.coach("Colin").await;
    let other = w.say(&slug, "Another question.", None).await;
    w.until_desk(&marit, "", &[&question, &other]).await;
    let decided_at = w.at_desk(&colin, &question, "dismiss", &json!({})).await.expect(200)["decided"]["at"].clone();
    w.at_desk(&marit, &other, "dismiss", &json!({})).await.expect(200);
    w.leave(&colin, "anonymise").await;
    let marit = w.again(marit).await;
    let item = w.question(&marit, &question).await.expect(200);
    assert_eq!(item["decided"], json!({ "by": null, "at": decided_at }));
    assert_eq!(w.question(&marit, &other).await.expect(200)["decided"]["by"]["name"], "Marit");
    let theirs = questions::table.filter(questions::decided_by.eq(colin.id.parse::<Uuid>().unwrap())).count();
    assert_eq!(theirs.get_result::<i64>(&mut w.db.conn().await).await.unwrap(), 0);
}

#[actix_web::test]
async fn an_author_who_is_erased_is_asked_no_more() {
    let w = World::new().await;
    let (marit, colin) = (w.coach("Marit").await, w.coach("Colin").await);
    let comments = json!({ "open": true, "guests": true, "moderation": "open" });
    let article = w.article(&colin, json!({ "title": "How to listen", "comments": comments })).await;
    let slug = article["slug"].as_str().unwrap();
    let before = w.say(slug, "Before.", None).await;
    w.until_desk(&colin, "asked=me", &[&before]).await;
    w.leave(&colin, "anonymise").await;
    let marit = w.again(marit).await;
    // What is looked at from now on is asked of who is left: of nobody.
    w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    let after = w.say(slug, "After.", None).await;
    w.until_desk(&marit, "", &[&before, &after]).await;
    let asked = question_coaches::table.select(question_coaches::comment_id).load::<Uuid>(&mut w.db.conn().await).await;
    let asked = asked.unwrap();
    assert!(asked.is_empty(), "{asked:?}");
    let asked =
        questions::table.select(questions::asked).load::<Vec<Option<Uuid>>>(&mut w.db.conn().await).await.unwrap();
    assert_eq!(asked, [vec![], vec![]]);
}

#[actix_web::test]
async fn the_questions_of_a_reader_who_is_erased_leave_with_their_texts() {
    let (w, slug, marit, question) = waiting().await;
    let wren = w.reader("Wren").await;
    let asked = id(&w.post_as(&wren.access_token, &slug, &json!({ "body": "To whom?" })).await.expect(201));
    w.until_desk(&marit, "", &[&question, &asked]).await;
    w.leave(&wren, "remove").await;
    let marit = w.again(marit).await;
    w.until_desk(&marit, "", &[&question]).await;
}

#[actix_web::test]
async fn a_guest_who_claims_an_account_asks_as_a_member() {
    let (w, slug, marit, question) = waiting().await;
    let body = json!({ "body": "To whom?", "guest": { "name": "Lantern" } });
    let posted = w.post(&format!("/v1/articles/{slug}/comments"), &body).await.expect(201);
    w.until_desk(&marit, "guest=true", &[&question, &id(&posted)]).await;
    let wren = w.reader("Wren").await;
    let claim = w.request(Method::POST, "/v1/accounts/me/claims").bearer(&wren.access_token);
    claim.json(&json!({ "manage_token": posted["manage_token"] })).send().await.expect(200);
    w.until_desk(&marit, "guest=false", &[&id(&posted)]).await;
    w.until_desk(&marit, "guest=true", &[&question]).await;
}
