//! What staff say of having corrected what they wrote.

use crate::world::{Person, Reply, World, id};
use chrono::TimeDelta;
use colloquy::comments;
use reqwest::Method;
use serde_json::{Value, json};

async fn correct(w: &World, by: &Person, id: &str, revision: &str, body: &str, note: &str) -> Reply {
    let request = w.request(Method::PATCH, &format!("/v1/comments/{id}")).bearer(&by.access_token);
    request.header("if-match", revision).json(&json!({ "body": body, "correction_note": note })).send().await
}

async fn answer(w: &World, slug: &str, by: &Person) -> String {
    let question = w.say(slug, &format!("When does the group meet? {}", w.clock.id()), None).await;
    let body = json!({ "body": "On Mondays.", "parent_id": question });
    id(&w.post_as(&by.access_token, slug, &body).await.expect(201))
}

#[actix_web::test]
async fn everybody_sees_what_was_corrected() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, moderator) = (w.coach("June").await, w.moderator("Mo").await);
    let comment = answer(&w, &slug, &coach).await;
    let (path, thread) = (format!("/v1/comments/{comment}"), format!("/v1/articles/{slug}/comments"));
    assert_eq!(w.get(&thread).await.expect(200)["items"][0]["replies"]["items"][0]["correction"], Value::Null);
    // However much later.
    w.clock.set(w.clock.now() + TimeDelta::days(400));
    let coach = w.again(coach).await;
    let moderator = w.again(moderator).await;
    let first = correct(&w, &coach, &comment, "\"1\"", "On Thursdays.", "  The day was\u{a0}wrong. ").await;
    let noted = json!({ "note": "The day was wrong.", "at": w.clock.now() });
    assert_eq!(first.header("etag"), "\"2\"");
    let first = first.expect(200);
    assert_eq!((&first["correction"], &first["body"]["text"]), (&noted, &json!("On Thursdays.")));
    assert_eq!(w.get(&path).await.expect(200)["correction"], noted);
    let found = w.get(&thread).await.expect(200)["items"][0]["replies"]["items"][0].clone();
    assert_eq!(found["correction"], noted);
    let context = w.get(&format!("{path}/context")).await.expect(200);
    assert_eq!(context["comment"]["correction"], noted);
    let searched = w.get(&format!("{thread}/search?q=thursdays")).await.expect(200);
    assert_eq!(searched["items"][0]["correction"], noted);
    // It stays over a change without a note, and another takes its place, with the same text, too.
    let body = json!({ "body": "On Thursdays, at six." });
    let plain = w.request(Method::PATCH, &path).bearer(&coach.access_token).header("if-match", "\"2\"");
    assert_eq!(plain.json(&body).send().await.expect(200)["correction"], noted);
    w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    let last = correct(&w, &coach, &comment, "\"3\"", "On Thursdays, at six.", "Added the hour.").await.expect(200);
    assert_eq!(last["correction"], json!({ "note": "Added the hour.", "at": w.clock.now() }));
    // Moderators see with which text each note came.
    let history = w.request(Method::GET, &format!("/v1/moderation/comments/{comment}/revisions"));
    let history = history.bearer(&moderator.access_token).send().await.expect(200);
    let seen: Vec<_> = history["items"].as_array().unwrap().iter().map(|it| it["correction"].clone()).collect();
    assert_eq!(seen, [Value::Null, noted, Value::Null]);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn a_note_goes_with_its_comment_and_comes_back_with_it() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, moderator) = (w.coach("June").await, w.moderator("Mo").await);
    let comment = answer(&w, &slug, &coach).await;
    w.say(&slug, "Thank you.", Some(&comment)).await;
    correct(&w, &coach, &comment, "\"1\"", "On Thursdays.", "The day was wrong.").await.expect(200);
    let path = format!("/v1/comments/{comment}");
    w.delete(&moderator.access_token, &comment).await.expect(204);
    assert!(!w.get(&path).await.text().contains("The day was wrong."));
    let restore = w.request(Method::POST, &format!("/v1/moderation/comments/{comment}/restore"));
    restore.bearer(&moderator.access_token).header("if-match", "*").send().await.expect(200);
    assert_eq!(w.get(&path).await.expect(200)["correction"]["note"], "The day was wrong.");
    // What a moderator deleted and nobody restored in time is gone whole.
    w.delete(&moderator.access_token, &comment).await.expect(204);
    w.clock.set(w.clock.now() + TimeDelta::days(31));
    comments::prune_history(&w.journal()).await.unwrap();
    assert_eq!(kept(&w).await, 0);
    let other = answer(&w, &slug, &w.again(coach.clone()).await).await;
    let coach = w.again(coach).await;
    correct(&w, &coach, &other, "*", "On Fridays.", "The day was wrong.").await.expect(200);
    w.delete(&coach.access_token, &other).await.expect(204);
    assert_eq!(kept(&w).await, 0);
}

/// Notes in the database.
async fn kept(w: &World) -> i64 {
    use colloquy::db::schema::corrections;
    use diesel::prelude::*;
    use diesel_async::RunQueryDsl;
    corrections::table.count().get_result(&mut w.db.conn().await).await.unwrap()
}

#[actix_web::test]
async fn whoever_is_erased_leaves_the_notes_of_what_stays() {
    use colloquy::accounts::ErasureMode;
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let coach = w.coach("June").await;
    for (mode, left) in [(ErasureMode::Anonymise, 1), (ErasureMode::Remove, 1)] {
        let comment = answer(&w, &slug, &coach).await;
        correct(&w, &coach, &comment, "*", "On Thursdays.", "The day was wrong.").await.expect(200);
        let account_id = coach.id.parse().unwrap();
        let own = comments::list_by_author(&mut w.db.conn().await, account_id, None, 9).await.unwrap();
        let own = serde_json::to_value(own.last().unwrap()).unwrap();
        assert_eq!(own["corrections"][0]["note"], "The day was wrong.");
        assert!(w.write(async |tx| comments::erase_author(tx, account_id, mode).await).await.unwrap());
        assert_eq!(kept(&w).await, left);
    }
}

#[actix_web::test]
async fn what_a_moderator_deleted_has_no_notes_left_when_its_author_is_erased() {
    use colloquy::accounts::ErasureMode;
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, moderator) = (w.coach("June").await, w.moderator("Mo").await);
    let comment = answer(&w, &slug, &coach).await;
    correct(&w, &coach, &comment, "*", "On Thursdays.", "The day was wrong.").await.expect(200);
    w.delete(&moderator.access_token, &comment).await.expect(204);
    assert_eq!(kept(&w).await, 1);
    let (account_id, mode) = (coach.id.parse().unwrap(), ErasureMode::Anonymise);
    assert!(w.write(async |tx| comments::erase_author(tx, account_id, mode).await).await.unwrap());
    assert_eq!(kept(&w).await, 0);
}

#[actix_web::test]
async fn only_staff_correct_with_a_note_and_it_is_one_line() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, reader) = (w.coach("June").await, w.reader("Ada").await);
    let own = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "Mine." })).await.expect(201));
    let refused = correct(&w, &reader, &own, "*", "Still mine.", "Not for me.").await;
    assert_eq!(refused.problem(422, "validation"), ["#/correction_note"]);
    let comment = answer(&w, &slug, &coach).await;
    for note in ["", " ", "two\nlines", "a\u{7}bell", &"x".repeat(501)] {
        let refused = correct(&w, &coach, &comment, "*", "On Thursdays.", note).await;
        assert_eq!(refused.problem(422, "validation"), ["#/correction_note"], "{note}");
    }
    correct(&w, &coach, &comment, "*", "On Thursdays.", &"x".repeat(500)).await.expect(200);
    assert_eq!(
        correct(&w, &coach, &comment, "\"1\"", "No.", "Late.").await.problem(412, "precondition_failed"),
        ["If-Match"]
    );
    let other = w.coach("Kim").await;
    correct(&w, &other, &comment, "*", "On Fridays.", "Not mine.").await.problem(403, "forbidden");
}
