//! Whoever asked hears once that staff answered.

use super::{ask, guest_asks, guest_with, told, wish};
use crate::{
    sanctions,
    world::{World, id},
};
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn whoever_asked_gets_one_mail_however_often_staff_answers() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (wren, coach) = (w.reader("Wren").await, w.coach("Marit").await);
    let question = ask(&w, &wren, &slug, None).await;
    assert!(told(&w, &wren.email).await.is_empty());
    let answer = ask(&w, &coach, &slug, Some(&question)).await;
    let mail = super::whole(&w.nth_mail_to(&wren.email, 0).await);
    assert!(mail.contains(&format!("/v1/comments/{question}/context")), "{mail}");
    ask(&w, &coach, &slug, Some(&question)).await;
    ask(&w, &w.moderator("Hollis").await, &slug, Some(&answer)).await;
    assert_eq!(told(&w, &wren.email).await, ["answer"]);
    // Another question is another matter.
    let further = ask(&w, &wren, &slug, Some(&answer)).await;
    ask(&w, &coach, &slug, Some(&further)).await;
    assert_eq!(told(&w, &wren.email).await, ["answer", "answer"]);
    assert!(told(&w, &coach.email).await.is_empty(), "nobody of the publication is told");
}

#[actix_web::test]
async fn a_guest_hears_at_an_address_that_is_known_to_be_theirs() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let coach = w.coach("Marit").await;
    let confirmed = guest_asks(&w, &slug, "lantern@example.org").await;
    let given = guest_with(&w, &slug, "candle@example.org").await;
    for comment in [&confirmed, &given] {
        ask(&w, &coach, &slug, Some(&id(comment))).await;
    }
    assert_eq!(told(&w, "lantern@example.org").await, ["answer"]);
    assert!(told(&w, "candle@example.org").await.is_empty(), "anybody may have given it");
}

#[actix_web::test]
async fn an_answer_below_a_root_is_one_to_whoever_began() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (wren, robin, coach) = (w.reader("Wren").await, w.reader("Robin").await, w.coach("Marit").await);
    let root = ask(&w, &wren, &slug, None).await;
    let reply = ask(&w, &robin, &slug, Some(&root)).await;
    assert!(told(&w, &wren.email).await.is_empty(), "readers' replies are none");
    ask(&w, &coach, &slug, Some(&reply)).await;
    assert_eq!((told(&w, &wren.email).await.len(), told(&w, &robin.email).await.len()), (1, 1));
    // Of two comments of one person it is about the one that it replies to, and the other may still be answered.
    let other = ask(&w, &robin, &slug, None).await;
    let own = ask(&w, &robin, &slug, Some(&other)).await;
    ask(&w, &coach, &slug, Some(&own)).await;
    assert_eq!(told(&w, &robin.email).await.len(), 2);
    ask(&w, &coach, &slug, Some(&other)).await;
    assert_eq!(told(&w, &robin.email).await.len(), 3);
}

#[actix_web::test]
async fn an_answer_that_is_gone_before_it_was_told_is_told_to_nobody() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (wren, coach) = (w.reader("Wren").await, w.coach("Marit").await);
    let question = ask(&w, &wren, &slug, None).await;
    let held = super::held_back(&w).await;
    let answer = ask(&w, &coach, &slug, Some(&question)).await;
    w.delete(&coach.access_token, &answer).await.expect(204);
    drop(held);
    assert!(told(&w, &wren.email).await.is_empty());
    ask(&w, &coach, &slug, Some(&question)).await;
    assert_eq!(told(&w, &wren.email).await, ["answer"]);
}

#[actix_web::test]
async fn whose_question_is_held_when_the_answer_is_told_hears_nothing() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (wren, coach, moderator) = (w.reader("Wren").await, w.coach("Marit").await, w.moderator("Hollis").await);
    let question = ask(&w, &wren, &slug, None).await;
    let held = super::held_back(&w).await;
    let answer = ask(&w, &coach, &slug, Some(&question)).await;
    w.decide(&moderator.access_token, &question, "hold").await.expect(200);
    assert_eq!(w.get(&format!("/v1/comments/{answer}")).await.expect(200)["status"], "visible");
    drop(held);
    assert!(told(&w, &wren.email).await.is_empty());
}

#[actix_web::test]
async fn an_article_that_is_taken_back_takes_its_conversation_with_it() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (wren, coach) = (w.reader("Wren").await, w.coach("Marit").await);
    let question = ask(&w, &wren, &slug, None).await;
    let held = super::held_back(&w).await;
    ask(&w, &coach, &slug, Some(&question)).await;
    let unpublish = w.request(Method::POST, &format!("/v1/articles/{slug}/unpublish"));
    unpublish.bearer(&w.admin("June").await.access_token).header("if-match", "*").send().await.expect(200);
    drop(held);
    assert!(told(&w, &wren.email).await.is_empty());
}

#[actix_web::test]
async fn nobody_is_told_who_is_not_there_to_hear_it() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, moderator, admin) = (w.coach("Marit").await, w.moderator("Hollis").await, w.admin("June").await);
    let (banned, shut, deleted, deaf) =
        (w.reader("Wren").await, w.reader("Robin").await, w.reader("Ada").await, w.reader("Bea").await);
    let mut questions = Vec::new();
    for person in [&banned, &shut, &deaf, &moderator] {
        questions.push(ask(&w, person, &slug, None).await);
    }
    let gone = ask(&w, &deleted, &slug, None).await;
    ask(&w, &banned, &slug, Some(&gone)).await;
    sanctions::lay(&w, &moderator, &sanctions::account("ban", &banned)).await.expect(201);
    let path = format!("/v1/accounts/{}/ban", shut.id);
    w.request(Method::PUT, &path)
        .bearer(&admin.access_token)
        .json(&json!({ "reason": "abuse" }))
        .send()
        .await
        .expect(200);
    wish(&w, &deaf, json!({ "answers": false })).await.expect(200);
    let held = super::held_back(&w).await;
    for question in questions.iter().chain([&gone]) {
        ask(&w, &coach, &slug, Some(question)).await;
    }
    w.delete(&deleted.access_token, &gone).await.expect(204);
    drop(held);
    for person in [&banned, &shut, &deaf, &moderator, &deleted] {
        assert!(told(&w, &person.email).await.is_empty(), "{}", person.email);
    }
    // It was told to nobody, so it may be told when it is answered again.
    wish(&w, &deaf, json!({ "answers": true })).await.expect(200);
    ask(&w, &coach, &slug, Some(&questions[2])).await;
    assert_eq!(told(&w, &deaf.email).await, ["answer"]);
}

#[actix_web::test]
async fn an_answer_from_the_desk_is_one() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (wren, coach) = (w.reader("Wren").await, w.coach("Marit").await);
    let question = ask(&w, &wren, &slug, None).await;
    w.until_desk(&coach, "", &[&question]).await;
    let path = format!("/v1/desk/{question}/answer");
    w.post_by(&coach, &path, &json!({ "body": "Say it." })).await.expect(201);
    assert_eq!(told(&w, &wren.email).await, ["answer"]);
}

#[actix_web::test]
async fn a_banned_guest_is_told_nothing_by_whatever_the_ban_holds_them() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, moderator) = (w.coach("Marit").await, w.moderator("Hollis").await);
    let wren = w.reader("Wren").await;
    let (lantern, candle) = ("lantern@example.org", "candle@example.org");
    let own = ask(&w, &wren, &slug, None).await;
    let questions = [id(&guest_asks(&w, &slug, lantern).await), id(&guest_asks(&w, &slug, candle).await), own];
    for (question, by) in questions.iter().zip(["guest", "email", "email"]) {
        let subject = json!({ "comment_id": question, "by": by });
        let subject = if by == "guest" { json!({ "comment_id": question }) } else { subject };
        sanctions::lay(&w, &moderator, &sanctions::on("ban", &subject)).await.expect(201);
    }
    for question in &questions {
        ask(&w, &coach, &slug, Some(question)).await;
    }
    for email in [lantern, candle, &wren.email] {
        assert!(told(&w, email).await.is_empty(), "{email}");
    }
}

#[actix_web::test]
async fn nobody_is_told_of_the_past() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (wren, coach) = (w.reader("Wren").await, w.coach("Marit").await);
    wish(&w, &wren, json!({ "answers": false })).await.expect(200);
    let question = ask(&w, &wren, &slug, None).await;
    let answer = ask(&w, &coach, &slug, Some(&question)).await;
    assert!(told(&w, &wren.email).await.is_empty());
    wish(&w, &wren, json!({ "answers": true })).await.expect(200);
    // Whatever else is done with the answer shows it to nobody who has not seen it.
    let edit = w.request(Method::PATCH, &format!("/v1/comments/{answer}")).bearer(&coach.access_token);
    edit.header("if-match", "*").json(&json!({ "body": "Say it." })).send().await.expect(200);
    let feature = w.request(Method::PUT, &format!("/v1/comments/{answer}/feature")).bearer(&coach.access_token);
    feature.send().await.expect(200);
    assert!(told(&w, &wren.email).await.is_empty());
}
