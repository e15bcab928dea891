use super::{bearer, guests, queued, report, report_from, spam, status};
use crate::world::{OPEN, World, id, too_often};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_reader_reports_a_comment_once() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let comment = w.say(&slug, "Buy pills.", None).await;
    let first = report(&w, &bearer(&ada), &comment, &json!({ "reason": "spam", "note": " Look at the link. " })).await;
    let made = first.expect(201);
    assert_eq!(first.header("cache-control"), "no-store");
    assert!(first.header("ratelimit").starts_with("\"reports\";"), "{:?}", first.headers);
    let report_id = made["id"].clone();
    let expected = json!({
        "id": report_id, "comment_id": comment, "reason": "spam", "note": "Look at the link.",
        "created_at": w.clock.now(), "state": "open", "decided_at": null, "counts": true,
    });
    assert_eq!(made, expected);
    // The second replaces nothing, and tells what is there.
    let again = report(&w, &bearer(&ada), &comment, &json!({ "reason": "abuse" })).await;
    assert_eq!(again.expect(200), expected);
    assert_eq!(queued(&w, &comment).await, Some(("reported".into(), 1, 0)));
    assert_eq!(status(&w, &comment).await, "visible");
    w.get(&format!("/v1/comments/{comment}")).await.expect(200);
}

#[actix_web::test]
async fn guests_report_on_their_article() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (other, _) = w.article_taking("Another", OPEN).await;
    let comment = w.say(&slug, "Buy pills.", None).await;
    let (here, elsewhere) = (guests(&w, &slug, 1).await, guests(&w, &other, 1).await);
    report(&w, &here[0], &comment, &spam()).await.expect(201);
    report(&w, &here[0], &comment, &spam()).await.expect(200);
    report(&w, &elsewhere[0], &comment, &spam()).await.problem(401, "unauthenticated");
    report(&w, "Guest nonsense", &comment, &spam()).await.problem(401, "unauthenticated");
    let nobody = w.post(&format!("/v1/comments/{comment}/reports"), &spam()).await;
    nobody.problem(401, "unauthenticated");
    assert_eq!(queued(&w, &comment).await, Some(("reported".into(), 1, 0)));
}

#[actix_web::test]
async fn what_is_illegal_needs_a_reason_and_is_acknowledged() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let comment = w.say(&slug, "Something forbidden.", None).await;
    let bare = report(&w, &bearer(&ada), &comment, &json!({ "reason": "illegal" })).await;
    assert_eq!(bare.problem(422, "validation"), ["#/note"]);
    let blank = report(&w, &bearer(&ada), &comment, &json!({ "reason": "illegal", "note": "  " })).await;
    assert_eq!(blank.problem(422, "validation"), ["#/note"]);
    let notice = json!({ "reason": "illegal", "note": "It names a child." });
    let made = report(&w, &bearer(&ada), &comment, &notice).await.expect(201);
    let acknowledgement = made["acknowledgement"].as_str().unwrap();
    assert!(acknowledgement.contains(made["id"].as_str().unwrap()) && acknowledgement.contains("2026-03-14 12:00 UTC"));
}

#[actix_web::test]
async fn worry_about_the_writer_does_not_wait_its_turn() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, bea) = (w.reader("Ada").await, w.reader("Bea").await);
    let comment = w.say(&slug, "It is very quiet here.", None).await;
    report(&w, &bearer(&ada), &comment, &json!({ "reason": "self_harm" })).await.expect(201);
    assert_eq!(queued(&w, &comment).await, Some(("reported".into(), 1, 2)));
    report(&w, &bearer(&bea), &comment, &json!({ "reason": "off_topic" })).await.expect(201);
    assert_eq!(queued(&w, &comment).await, Some(("reported".into(), 2, 2)));
}

#[actix_web::test]
async fn enough_reports_hold_a_comment_and_never_more() {
    let w = World::with(&[("reports_hold", "2")]).await;
    let (slug, _) = w.open_article().await;
    let comment = w.say(&slug, "Buy pills.", None).await;
    w.say(&slug, "A reply.", Some(&comment)).await;
    let readers = guests(&w, &slug, 3).await;
    let path = format!("/v1/articles/{slug}/comments");
    w.get_kept(&path).await;
    report(&w, &readers[0], &comment, &spam()).await.expect(201);
    assert_eq!(status(&w, &comment).await, "visible");
    report(&w, &readers[1], &comment, &spam()).await.expect(201);
    assert_eq!(
        (status(&w, &comment).await.as_str(), queued(&w, &comment).await),
        ("held", Some(("held".into(), 2, 0)))
    );
    // Its place stays, because of the reply; its text is nowhere.
    let thread = w.get(&path).await;
    assert!(!thread.text().contains("Buy pills"), "{}", thread.text());
    assert_eq!(thread.expect(200)["count"], 1);
    report(&w, &readers[2], &comment, &spam()).await.problem(404, "not_found");
    // Who reported it before is told what is there.
    report(&w, &readers[0], &comment, &spam()).await.expect(200);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn what_reports_hold_is_told_to_its_author_and_can_be_undone() {
    let w = World::with(&[("reports_hold", "2")]).await;
    let (slug, _) = w.open_article().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    let comment = id(&w.post_as(&ada.access_token, &slug, &json!({ "body": "Contested." })).await.expect(201));
    for reader in guests(&w, &slug, 2).await {
        report(&w, &reader, &comment, &spam()).await.expect(201);
    }
    let own = w.get_as(&ada.access_token, &format!("/v1/articles/{slug}/viewer")).await.expect(200);
    let moderation = &own["comments"][0]["moderation"];
    assert_eq!(moderation["reasons"], json!(["review"]));
    assert_eq!(
        (&moderation["decision"]["became"], &moderation["decision"]["automated"]),
        (&json!("held"), &json!(true))
    );
    // Who reported it, or that anybody did, is not told.
    assert!(!own.to_string().contains("report"), "{own}");
    let log = w.get_as(&moderator.access_token, "/v1/moderation/log").await.expect(200);
    assert_eq!((&log["items"][0]["became"], &log["items"][0]["by"]), (&json!("held"), &Value::Null));
    let undo = format!("/v1/moderation/verdicts/{}/undo", log["items"][0]["id"].as_str().unwrap());
    w.request(Method::POST, &undo).bearer(&moderator.access_token).send().await.expect(200);
    assert_eq!(status(&w, &comment).await, "visible");
    assert_eq!(queued(&w, &comment).await, Some(("reported".into(), 2, 0)));
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn a_verdict_that_is_undone_opens_the_reports_again() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    let comment = w.say(&slug, "Buy pills.", None).await;
    report(&w, &bearer(&ada), &comment, &spam()).await.expect(201);
    let given = w.decide(&moderator.access_token, &comment, "reject").await.expect(200);
    let state = async || report(&w, &bearer(&ada), &comment, &spam()).await.expect(200)["state"].clone();
    assert_eq!((state().await, queued(&w, &comment).await), (json!("upheld"), None));
    let undo = format!("/v1/moderation/verdicts/{}/undo", given["verdict_id"].as_str().unwrap());
    w.request(Method::POST, &undo).bearer(&moderator.access_token).send().await.expect(200);
    assert_eq!(state().await, json!("open"));
    assert_eq!(queued(&w, &comment).await, Some(("reported".into(), 1, 0)));
}

#[actix_web::test]
async fn what_was_looked_at_and_let_stand_is_not_held_again_until_it_is_changed() {
    let w = World::with(&[("reports_hold", "2")]).await;
    let (slug, _) = w.open_article().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    let comment = id(&w.post_as(&ada.access_token, &slug, &json!({ "body": "Contested." })).await.expect(201));
    let readers = guests(&w, &slug, 6).await;
    for reader in &readers[..2] {
        report(&w, reader, &comment, &spam()).await.expect(201);
    }
    assert_eq!(status(&w, &comment).await, "held");
    w.decide(&moderator.access_token, &comment, "approve").await.expect(200);
    for reader in &readers[2..4] {
        report(&w, reader, &comment, &spam()).await.expect(201);
    }
    assert_eq!(status(&w, &comment).await, "visible");
    let edit = w.request(Method::PATCH, &format!("/v1/comments/{comment}")).bearer(&ada.access_token);
    edit.header("if-match", "*").json(&json!({ "body": "Changed." })).send().await.expect(200);
    for reader in &readers[4..] {
        report(&w, reader, &comment, &spam()).await.expect(201);
    }
    assert_eq!(status(&w, &comment).await, "held");
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn the_publications_own_word_is_not_taken_away_by_readers() {
    let w = World::with(&[("reports_hold", "1")]).await;
    let (slug, _) = w.open_article().await;
    let (coach, ada) = (w.coach("Marit").await, w.reader("Ada").await);
    let comment = id(&w.post_as(&coach.access_token, &slug, &json!({ "body": "Advice." })).await.expect(201));
    report(&w, &bearer(&ada), &comment, &spam()).await.expect(201);
    assert_eq!(queued(&w, &comment).await, Some(("reported".into(), 1, 0)));
    assert_eq!(status(&w, &comment).await, "visible");
}

#[actix_web::test]
async fn nothing_is_held_by_reports_where_the_setting_says_so() {
    let w = World::with(&[("reports_hold", "0")]).await;
    let (slug, _) = w.open_article().await;
    let comment = w.say(&slug, "Buy pills.", None).await;
    for reader in guests(&w, &slug, 5).await {
        report(&w, &reader, &comment, &spam()).await.expect(201);
    }
    assert_eq!((status(&w, &comment).await.as_str(), queued(&w, &comment).await.unwrap().1), ("visible", 5));
}

/// A network is nobody's to be as many people as one likes: with accounts, and from elsewhere, it goes on.
#[actix_web::test]
async fn the_guests_of_one_network_count_as_one() {
    let w = World::with(&[("reports_hold", "3")]).await;
    let (slug, _) = w.open_article().await;
    let comment = w.say(&slug, "Not to everybody's taste.", None).await;
    let readers = guests(&w, &slug, 6).await;
    for reader in &readers[..4] {
        report_from(&w, "203.0.113.9", reader, &comment, &spam()).await.expect(201);
    }
    assert_eq!(status(&w, &comment).await, "visible");
    report(&w, &readers[4], &comment, &spam()).await.expect(201);
    assert_eq!(status(&w, &comment).await, "visible");
    report(&w, &readers[5], &comment, &spam()).await.expect(201);
    assert_eq!(status(&w, &comment).await, "held");
}

#[actix_web::test]
async fn nobody_reports_the_own_comment_or_what_is_not_there() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let own = id(&w.post_as(&ada.access_token, &slug, &json!({ "body": "Mine." })).await.expect(201));
    report(&w, &bearer(&ada), &own, &spam()).await.problem(403, "forbidden");
    let hidden = w.say(&slug, "Hidden.", None).await;
    w.decide(&moderator.access_token, &hidden, "reject").await.expect(200);
    for nothing in [&hidden, &w.clock.id().to_string()] {
        report(&w, &bearer(&ada), nothing, &spam()).await.problem(404, "not_found");
    }
    report(&w, &bearer(&ada), "nothing", &spam()).await.problem(404, "not_found");
}

#[actix_web::test]
async fn what_is_said_wrongly_is_refused_by_name() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let comment = w.say(&slug, "Hello.", None).await;
    let say = async |body: Value| report(&w, &bearer(&ada), &comment, &body).await;
    say(json!({})).await.problem(400, "bad_request");
    assert_eq!(say(json!({ "reason": "because" })).await.problem(400, "bad_request"), ["#/reason"]);
    let long = json!({ "reason": "other", "note": "x".repeat(1001) });
    assert_eq!(say(long).await.problem(422, "validation"), ["#/note"]);
    say(json!({ "reason": "other", "note": "x".repeat(1000) })).await.expect(201);
}

#[actix_web::test]
async fn whose_reports_were_dismissed_again_and_again_counts_no_more_and_is_told() {
    let w = World::with(&[("reports_hold", "2")]).await;
    let (slug, _) = w.open_article().await;
    let (ada, bea, moderator) = (w.reader("Ada").await, w.reader("Bea").await, w.moderator("Mo").await);
    for n in 0..5 {
        let comment = w.say(&slug, &format!("In order, {n}."), None).await;
        let counted = report(&w, &bearer(&ada), &comment, &spam()).await.expect(201);
        assert_eq!(counted["counts"], true);
        // Held and shown again, as a moderator does who looks.
        report(&w, &bearer(&bea), &comment, &spam()).await.expect(201);
        w.decide(&moderator.access_token, &comment, "approve").await.expect(200);
    }
    let (cleo, comment) = (w.reader("Cleo").await, w.say(&slug, "The sixth.", None).await);
    let made = report(&w, &bearer(&ada), &comment, &spam()).await.expect(201);
    assert_eq!(made["counts"], false);
    // A moderator sees it all the same.
    assert_eq!(queued(&w, &comment).await, Some(("reported".into(), 0, 0)));
    report(&w, &bearer(&cleo), &comment, &spam()).await.expect(201);
    assert_eq!((status(&w, &comment).await.as_str(), queued(&w, &comment).await.unwrap().1), ("visible", 1));
}

#[actix_web::test]
async fn events_tell_neither_who_it_was_nor_what_they_said() {
    use colloquy::db::schema::events as rows;
    let w = World::with(&[("reports_hold", "1")]).await;
    let (slug, article_id) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let comment = w.say(&slug, "Hello.", None).await;
    report(&w, &bearer(&ada), &comment, &json!({ "reason": "abuse", "note": "I know him." })).await.expect(201);
    let told = rows::table.filter(rows::kind.eq_any(["comment.reported", "comment.held"])).order(rows::id);
    let told = told.select((rows::kind, rows::actor_id.is_null(), rows::data, rows::tags));
    let told: Vec<(String, bool, Value, String)> = told.load(&mut w.db.conn().await).await.unwrap();
    let data = json!({ "article_id": article_id, "comment_id": comment });
    let held = ("comment.held".to_owned(), true, data.clone(), format!("thread:{article_id}"));
    assert_eq!(told, [("comment.reported".to_owned(), true, data, String::new()), held]);
}

#[actix_web::test]
async fn many_people_at_once_are_counted_exactly() {
    let w = World::with(&[("workers", "2"), ("reports_hold", "0")]).await;
    let (slug, _) = w.open_article().await;
    let comment = w.say(&slug, "Buy pills.", None).await;
    let readers = guests(&w, &slug, 64).await;
    let spam = spam();
    let mut statuses: Vec<u16> = Vec::new();
    // As many at once as wait for the thread without being sent away.
    for some in readers.chunks(16) {
        let twice = some.iter().chain(some).map(|reader| report(&w, reader, &comment, &spam));
        statuses.extend(join_all(twice).await.iter().map(|reply| reply.status.as_u16()));
    }
    let count = |status: u16| statuses.iter().filter(|one| **one == status).count();
    assert_eq!((count(201), count(200)), (64, 64), "{statuses:?}");
    assert_eq!(queued(&w, &comment).await, Some(("reported".into(), 64, 0)));
}

#[actix_web::test]
async fn sixty_four_people_at_once_hold_it_once() {
    use colloquy::db::schema::events as rows;
    let w = World::with(&[("workers", "2"), ("reports_hold", "3")]).await;
    let (slug, _) = w.open_article().await;
    let comment = w.say(&slug, "Buy pills.", None).await;
    let readers = guests(&w, &slug, 64).await;
    let spam = spam();
    let all = readers.iter().map(|reader| report(&w, reader, &comment, &spam));
    let statuses: Vec<u16> = join_all(all).await.iter().map(|reply| reply.status.as_u16()).collect();
    let count = |status: u16| statuses.iter().filter(|one| **one == status).count();
    // Whoever came later found it gone already.
    assert_eq!((count(201), count(404)), (3, 61), "{statuses:?}");
    assert_eq!(queued(&w, &comment).await, Some(("held".into(), 3, 0)));
    let held = rows::table.filter(rows::kind.eq("comment.held")).count();
    assert_eq!(held.get_result::<i64>(&mut w.db.conn().await).await.unwrap(), 1);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn whoever_is_banned_reports_nothing() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let comment = w.say(&slug, "Hello.", None).await;
    let path = format!("/v1/articles/{slug}/guests");
    let guest = w.post(&path, &json!({ "name": "Lantern" })).await.expect(201);
    let laid = json!({ "kind": "ban", "subject": { "guest_id": guest["guest"]["id"] }, "reason": "abuse" });
    let lay = w.request(Method::POST, "/v1/moderation/sanctions").bearer(&moderator.access_token);
    lay.json(&laid).send().await.expect(201);
    let token = format!("Guest {}", guest["manage_token"].as_str().unwrap());
    report(&w, &token, &comment, &spam()).await.problem(403, "muted");
    assert_eq!(queued(&w, &comment).await, None);
}

#[actix_web::test]
async fn reports_have_a_limit() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let comment = w.say(&slug, "Hello.", None).await;
    let last = too_often(async || report(&w, &bearer(&ada), &comment, &spam()).await).await;
    last.problem(429, "too_many_requests");
    assert!(!last.header("retry-after").is_empty());
}
