//! One after the other is called until somebody answers, whatever happens to the server meanwhile.

use super::{ALERTS, NEED, acknowledge, alert, alerts, set_on_call};
use crate::world::{Person, TestDb, World, metered, noon, until};
use chrono::TimeDelta;
use colloquy::clock::Clock;
use serde_json::{Value, json};

/// Somebody, signed in anew at a server.
async fn at(w: &World, person: &Person) -> Person {
    let (access_token, refresh_token) = w.log_in(&person.email).await;
    Person { access_token, refresh_token, ..person.clone() }
}

/// A mail whose long lines are whole again.
fn whole(mail: &str) -> String {
    mail.replace("=\r\n", "").replace("=\n", "")
}

#[actix_web::test]
async fn the_next_is_called_when_nobody_answers_in_time_three_times_all_round() {
    let (metrics, _guard) = metered();
    let w = World::with(&[("alert_minutes", "5")]).await;
    let (slug, _) = w.open_article().await;
    let (moderator, one, other) = (w.moderator("Mo").await, w.coach("Colin").await, w.coach("Marit").await);
    set_on_call(&w, &moderator, &[&one, &other]).await;
    let comment = w.say(&slug, NEED, None).await;
    let first = alert(&w, &one, &comment, 1).await;
    assert_eq!(first["next_at"], "2026-03-14T12:05:00Z");
    w.nth_mail_to(&one.email, 0).await;
    assert!(w.mails_to(&other.email).is_empty());
    for (calls, next_at) in [(2_u32, "12:10"), (3, "12:15"), (4, "12:20"), (5, "12:25"), (6, "12:30")] {
        w.clock.set(noon() + TimeDelta::minutes(5 * (i64::from(calls) - 1)));
        let one = at(&w, &one).await;
        let called = alert(&w, &one, &comment, u64::from(calls)).await;
        assert_eq!(called["next_at"], format!("2026-03-14T{next_at}:00Z"));
        let (whose, n) = if calls % 2 == 0 { (&other, calls / 2 - 1) } else { (&one, calls / 2) };
        w.nth_mail_to(&whose.email, usize::try_from(n).unwrap()).await;
    }
    w.clock.set(noon() + TimeDelta::minutes(30));
    let moderator = at(&w, &moderator).await;
    until("it is given up", async || alerts(&w, &moderator).await[0]["next_at"].is_null()).await;
    until("it is told", async || metrics.render().contains("colloquy_alerts_given_up 1")).await;
    assert_eq!((w.mails_to(&one.email).len(), w.mails_to(&other.email).len()), (3, 3));
    // Whoever comes on call then is called.
    let third = w.coach("Ada").await;
    set_on_call(&w, &moderator, &[&third]).await;
    alert(&w, &moderator, &comment, 1).await;
    w.nth_mail_to(&third.email, 0).await;
}

#[actix_web::test]
async fn the_mail_holds_an_id_and_nothing_of_what_was_written() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, coach) = (w.moderator("Mo").await, w.coach("Colin").await);
    set_on_call(&w, &moderator, &[&coach]).await;
    let comment = w.say(&slug, NEED, None).await;
    let called = alert(&w, &coach, &comment, 1).await;
    let mail = whole(&w.nth_mail_to(&coach.email, 0).await);
    assert!(mail.contains(&format!("{ALERTS}/{}", called["id"].as_str().unwrap())), "{mail}");
    assert!(mail.contains("Subject: A comment waits for you"), "{mail}");
    for private in ["kill", "Wendy", "safety", "danger", &slug, &comment] {
        assert!(!mail.to_lowercase().contains(&private.to_lowercase()), "{private} in {mail}");
    }
}

#[actix_web::test]
async fn it_survives_a_server_that_dies_and_reaches_the_second_from_the_next() {
    let db = TestDb::new().await;
    let clock = Clock::held_at(noon());
    let w = World::on(db.clone(), clock.clone(), &[("alert_minutes", "5")]).await;
    let (slug, _) = w.open_article().await;
    let (moderator, one, other) = (w.moderator("Mo").await, w.coach("Colin").await, w.coach("Marit").await);
    set_on_call(&w, &moderator, &[&one, &other]).await;
    let comment = w.say(&slug, NEED, None).await;
    alert(&w, &one, &comment, 1).await;
    w.server.stop().await.unwrap();
    clock.set(noon() + TimeDelta::minutes(5));
    let next = World::on(db, clock, &[("alert_minutes", "5")]).await;
    // It has another address, and tokens are good at one.
    let other = at(&next, &other).await;
    let called = alert(&next, &other, &comment, 2).await;
    let mail = whole(&next.nth_mail_to(&other.email, 0).await);
    assert!(mail.contains(called["id"].as_str().unwrap()), "{mail}");
    acknowledge(&next, &other, &called).await.expect(200);
}

#[actix_web::test]
async fn of_two_servers_one_calls() {
    let db = TestDb::new().await;
    let clock = Clock::held_at(noon());
    let here = World::on(db.clone(), clock.clone(), &[]).await;
    let there = World::on(db, clock, &[]).await;
    let (slug, _) = here.open_article().await;
    let (moderator, one, other) = (here.moderator("Mo").await, here.coach("Colin").await, here.coach("Marit").await);
    set_on_call(&here, &moderator, &[&one, &other]).await;
    let mut comments = Vec::new();
    for n in 0..5 {
        comments.push(here.say(&slug, &format!("{NEED} It is the {n}. time."), None).await);
        alert(&here, &one, &comments[n], 1).await;
    }
    let one = at(&there, &one).await;
    let calls: Vec<Value> = alerts(&there, &one).await.iter().map(|alert| alert["calls"].clone()).collect();
    assert_eq!(calls, vec![json!(1); 5]);
    let of = |w: &World| w.mails_to(&one.email).iter().map(|mail| whole(mail).matches(ALERTS).count()).sum::<usize>();
    // As text and as HTML.
    until("each was mailed once", async || of(&here) + of(&there) == 10).await;
    assert!(here.mails_to(&other.email).is_empty() && there.mails_to(&other.email).is_empty());
}

#[actix_web::test]
async fn what_somebody_had_answered_who_is_erased_somebody_else_is_called_for() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, one, other) = (w.moderator("Mo").await, w.coach("Colin").await, w.coach("Marit").await);
    set_on_call(&w, &moderator, &[&one, &other]).await;
    let comment = w.say(&slug, NEED, None).await;
    let called = alert(&w, &one, &comment, 1).await;
    acknowledge(&w, &one, &called).await.expect(200);
    w.leave(&one, "anonymise").await;
    w.nth_mail_to(&other.email, 0).await;
    let other = at(&w, &other).await;
    assert_eq!(alert(&w, &other, &comment, 1).await["acknowledged_by"], Value::Null);
}

#[actix_web::test]
async fn with_nobody_on_call_it_waits_for_somebody() {
    let (metrics, _guard) = metered();
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, coach) = (w.moderator("Mo").await, w.coach("Colin").await);
    let comment = w.say(&slug, NEED, None).await;
    alert(&w, &coach, &comment, 0).await;
    until("it is counted", async || metrics.render().contains("colloquy_alerts_open 1")).await;
    set_on_call(&w, &moderator, &[&coach]).await;
    alert(&w, &coach, &comment, 1).await;
    w.nth_mail_to(&coach.email, 0).await;
}

#[actix_web::test]
async fn what_somebody_outside_calls_urgent_is_one_too() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", crate::world::CAREFUL).await;
    let coach = w.coach("Colin").await;
    let comment = w.say(&slug, "The soup was good.", None).await;
    w.prioritise(&comment, 1).await;
    let next = w.say(&slug, NEED, None).await;
    alert(&w, &coach, &next, 0).await;
    assert_eq!(alerts(&w, &coach).await.len(), 1, "in its turn soon enough");
    w.prioritise(&comment, 2).await;
    alert(&w, &coach, &comment, 0).await;
}

#[actix_web::test]
async fn while_somebody_outside_does_not_answer_nothing_is_lost_and_nobody_waits_for_them() {
    // Nobody listens there.
    let away =
        [("screening_url", "http://127.0.0.1:9/look"), ("screening_secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")];
    let w = World::with(&away).await;
    let (slug, _) = w.open_article().await;
    let (moderator, coach) = (w.moderator("Mo").await, w.coach("Colin").await);
    set_on_call(&w, &moderator, &[&coach]).await;
    for text in [NEED, "The soup was good."] {
        assert_eq!(w.post_as_guest(&slug, text, None).await.expect(201)["status"], "held");
    }
    let queue = w.see(&moderator, "/v1/moderation/queue").await.expect(200);
    let items = queue["items"].as_array().unwrap();
    assert_eq!(items.iter().map(|item| &item["priority"]).collect::<Vec<_>>(), [&json!(3), &json!(0)]);
    let comment = items[0]["comment"]["id"].as_str().unwrap();
    alert(&w, &coach, comment, 1).await;
    w.nth_mail_to(&coach.email, 0).await;
}
