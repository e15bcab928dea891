//! How a question stands with what happens in its thread.

use super::waiting;
use crate::world::{CAREFUL, World, id};
use chrono::TimeDelta;
use serde_json::json;

#[actix_web::test]
async fn a_follow_up_under_an_answer_waits_again() {
    let (w, slug, marit, question) = waiting().await;
    let answer = w.reply(&marit, &slug, &question).await;
    w.question_when(&marit, &question, "answered").await;
    assert!(w.desk(&marit, "").await.is_empty());
    let follow_up = w.say(&slug, "And what then?", Some(&answer)).await;
    w.until_desk(&marit, "", &[&follow_up]).await;
    let second = w.reply(&marit, &slug, &follow_up).await;
    assert_eq!(w.question_when(&marit, &follow_up, "answered").await["answer"]["id"], second);
    assert_eq!(w.question(&marit, &question).await.expect(200)["answer"]["id"], answer);
}

/// Whether everybody reads that a root is answered.
async fn answered(w: &World, root: &str) -> bool {
    w.get(&format!("/v1/comments/{root}")).await.expect(200)["answered"].as_bool().unwrap()
}

#[actix_web::test]
async fn only_who_talks_to_the_asker_answers_the_root_as_readers_see_it() {
    let (w, slug, marit, question) = waiting().await;
    let ada = w.reader("Ada").await;
    let said = async |text: &str, to: Option<&str>| {
        let body = json!({ "body": text, "parent_id": to });
        id(&w.post_as(&ada.access_token, &slug, &body).await.expect(201))
    };
    w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    let root = said("How do I go on?", None).await;
    let between = w.say(&slug, "I wonder, too.", Some(&root)).await;
    let aside = w.reply(&marit, &slug, &between).await;
    w.reply(&marit, &slug, &aside).await;
    // What is said next is looked at next.
    w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    let next = w.say(&slug, "And then?", None).await;
    w.until_desk(&marit, "", &[&question, &root, &next]).await;
    assert!(!answered(&w, &root).await);
    let more = said("I have tried that.", Some(&between)).await;
    let answer = w.reply(&marit, &slug, &more).await;
    assert_eq!(w.question_when(&marit, &root, "answered").await["answer"]["id"], answer);
    assert!(answered(&w, &root).await);
}

#[actix_web::test]
async fn without_its_answer_a_question_waits_again() {
    let (w, slug, marit, question) = waiting().await;
    let (first, second) = (w.reply(&marit, &slug, &question).await, w.reply(&marit, &slug, &question).await);
    w.question_when(&marit, &question, "answered").await;
    w.delete(&marit.access_token, &first).await.expect(204);
    crate::world::until("the second counts", async || {
        w.question(&marit, &question).await.json()["answer"]["id"] == second
    })
    .await;
    let moderator = w.moderator("Hollis").await;
    w.decide(&moderator.access_token, &second, "reject").await.expect(200);
    w.until_desk(&marit, "", &[&question]).await;
    w.decide(&moderator.access_token, &second, "approve").await.expect(200);
    assert_eq!(w.question_when(&marit, &question, "answered").await["answer"]["id"], second);
}

#[actix_web::test]
async fn a_hidden_comment_is_off_the_desk_and_comes_back_as_it_was() {
    let (w, _, marit, question) = waiting().await;
    let moderator = w.moderator("Hollis").await;
    w.claim_question(&marit, &question).await.expect(200);
    w.decide(&moderator.access_token, &question, "reject").await.expect(200);
    w.until_desk(&marit, "state=claimed", &[]).await;
    w.question(&marit, &question).await.problem(404, "not_found");
    w.claim_question(&marit, &question).await.problem(404, "not_found");
    w.decide(&moderator.access_token, &question, "approve").await.expect(200);
    w.until_desk(&marit, "state=claimed", &[&question]).await;
    assert_eq!(w.question(&marit, &question).await.expect(200)["claim"]["by"]["name"], "Marit");
}

#[actix_web::test]
async fn what_waits_for_a_moderator_is_not_on_the_desk_yet() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (coach, moderator) = (w.coach("Marit").await, w.moderator("Hollis").await);
    let (held, other) = (w.say(&slug, "How?", None).await, w.say(&slug, "Why?", None).await);
    w.decide(&moderator.access_token, &other, "approve").await.expect(200);
    w.until_desk(&coach, "", &[&other]).await;
    w.question(&coach, &held).await.problem(404, "not_found");
    w.decide(&moderator.access_token, &held, "approve").await.expect(200);
    w.until_desk(&coach, "", &[&held, &other]).await;
}

#[actix_web::test]
async fn an_answer_stays_one_when_who_gave_it_works_here_no_more() {
    let (w, slug, marit, question) = waiting().await;
    let (colin, admin) = (w.coach("Colin").await, w.admin("June").await);
    let answer = w.reply(&colin, &slug, &question).await;
    w.question_when(&marit, &question, "answered").await;
    let role = w.request(reqwest::Method::PUT, &format!("/v1/accounts/{}/role", colin.id));
    role.bearer(&admin.access_token).json(&json!({ "role": "reader" })).send().await.expect(200);
    let follow_up = w.say(&slug, "And then?", Some(&answer)).await;
    // What it replies to was an answer.
    w.until_desk(&marit, "", &[&follow_up]).await;
    assert_eq!(w.question(&marit, &question).await.expect(200)["answer"]["by"]["name"], "Colin");
}

#[actix_web::test]
async fn a_coach_who_asks_is_no_question() {
    let (w, slug, marit, question) = waiting().await;
    let own = id(&w.post_as(&marit.access_token, &slug, &json!({ "body": "What helps you?" })).await.expect(201));
    let other = w.say(&slug, "Another question.", None).await;
    w.until_desk(&marit, "", &[&question, &other]).await;
    w.question(&marit, &own).await.problem(404, "not_found");
}
