//! What asks for somebody to look first is kept, and shown to nobody but its author.

use super::{LINKS, hits, known, waiting, waits};
use crate::{
    sanctions::{account, lay},
    world::{CAREFUL, OPEN, Person, World, id, until},
};
use colloquy::db::schema::{comment_hits, reviews};
use diesel::prelude::*;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use futures_util::future::{join, join_all};
use reqwest::Method;
use serde_json::{Value, json};

const THANKS: &str = "Thank you all for this, it was a great help to me.";

async fn rows(w: &World) -> (i64, i64) {
    let conn = &mut w.db.conn().await;
    let waiting = reviews::table.count().get_result(conn).await.unwrap();
    (waiting, comment_hits::table.count().get_result(conn).await.unwrap())
}

#[actix_web::test]
async fn many_links_are_held_and_its_author_is_told_wherever_they_look() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let path = format!("/v1/articles/{slug}/comments");
    let held = w.post_as_guest(&slug, LINKS, None).await.expect(201);
    waits(&held, "held", &["links"]);
    assert_eq!((&held["body"]["markdown"], &held["root_no"]), (&json!(LINKS), &Value::Null));
    assert_eq!(waiting(&w, &held["id"]).await, Some(("held".into(), true, true, true, false)));
    assert_eq!(hits(&w, &held["id"]).await, [(1, "links".into(), "hold".into())]);
    let token = held["manage_token"].as_str().unwrap();
    let own = async |path: &str| w.request(Method::GET, path).guest(token).send().await.expect(200);
    waits(&own(&format!("/v1/articles/{slug}/viewer")).await["comments"][0], "held", &["links"]);
    waits(&own("/v1/guests/me/comments").await["items"][0], "held", &["links"]);
    assert!(!w.get(&path).await.text().contains("one.example"));
    w.get(&format!("/v1/comments/{}", id(&held))).await.problem(404, "not_found");
    // Shown, it gives no reasons any more.
    let mo = w.moderator("Mo").await;
    w.decide(&mo.access_token, &id(&held), "approve").await.expect(200);
    assert!(own("/v1/guests/me/comments").await["items"][0].get("moderation").is_none());
    assert!(!w.get(&path).await.text().contains("moderation"));
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn whoever_is_known_may_link_and_costs_three_statements_more() {
    let w = World::with(&[("standing_seconds", "0")]).await;
    let (slug, _) = w.open_article().await;
    let (ada, colin) = (known(&w, "Ada", &slug).await, w.coach("Colin").await.access_token);
    let post = async |token: &str, text: &str| {
        let (statements, reply) = w.statements(w.post_as(token, &slug, &json!({ "body": text }))).await;
        assert_eq!(reply.expect(201)["status"], "visible");
        statements
    };
    for token in [&ada, &colin] {
        // Once before, so that all is prepared.
        post(token, "Look at this.").await;
    }
    let (known, staff) = (post(&ada, LINKS).await, post(&colin, LINKS).await);
    assert!(known <= staff + 3, "{known} statements, {staff} where nothing is asked");
    assert_eq!(rows(&w).await, (0, 0));
}

#[actix_web::test]
async fn the_same_by_many_within_a_day_is_held() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (other, _) = w.article_taking("Another", OPEN).await;
    for (name, slug) in [("Ada", &slug), ("Bea", &other), ("Cleo", &slug)] {
        let token = w.reader(name).await.access_token;
        assert_eq!(w.post_as(&token, slug, &json!({ "body": THANKS })).await.expect(201)["status"], "visible");
    }
    let alike =
        w.post_as_guest(&other, &THANKS.to_uppercase().to_lowercase().replace(',', "!!"), None).await.expect(201);
    waits(&alike, "held", &["repeat"]);
    // What everybody says is nobody's.
    for _ in 0..5 {
        w.clock.set(w.clock.now() + chrono::TimeDelta::days(1));
        assert_eq!(w.post_as_guest(&slug, "Thank you!", None).await.expect(201)["status"], "visible");
    }
    assert_eq!(w.post_as_guest(&slug, THANKS, None).await.expect(201)["status"], "visible", "after a day");
}

#[actix_web::test]
async fn the_same_by_many_at_once_is_held() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let path = format!("/v1/articles/{slug}/comments");
    let post = async |n: usize| {
        let body = json!({ "body": THANKS, "guest": { "name": format!("Guest {n}") } });
        w.post(&path, &body).await.expect(201)["status"].clone()
    };
    let statuses = join_all((0..12).map(post)).await;
    assert_eq!(statuses.iter().filter(|status| **status == "visible").count(), 3);
    assert_eq!(statuses.iter().filter(|status| **status == "held").count(), 9);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn whoever_was_rejected_often_lately_waits() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let eve = w.reader("Eve").await;
    let mut said = Vec::new();
    for text in ["One.", "Two.", "Three."] {
        said.push(id(&w.post_as(&eve.access_token, &slug, &json!({ "body": text })).await.expect(201)));
    }
    let rejected = said.iter().map(|comment| {
        format!(
            "INSERT INTO verdicts (id, comment_id, author_id, was, became, at)
             VALUES (gen_random_uuid(), '{comment}', '{}', 'visible', 'rejected', '{}');",
            eve.id,
            w.clock.now()
        )
    });
    w.db.conn().await.batch_execute(&rejected.collect::<String>()).await.unwrap();
    let body = json!({ "body": "Four." });
    let posted = w.post_as(&eve.access_token, &slug, &body).await.expect(201);
    waits(&posted, "held", &["rejections"]);
    let (.., first_time, _) = waiting(&w, &posted["id"]).await.unwrap();
    assert!(!first_time);
    w.clock.set(w.clock.now() + chrono::TimeDelta::days(30));
    let (token, _) = w.log_in(&eve.email).await;
    assert_eq!(w.post_as(&token, &slug, &json!({ "body": "Five." })).await.expect(201)["status"], "visible");
}

/// What somebody wrote before is counted only where it matters; it does wherever a moderator is to look.
#[actix_web::test]
async fn whoever_waits_is_known_to_be_new_or_not() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (asking, _) = w.article_taking("Everybody waits", CAREFUL).await;
    let moderator = w.moderator("Mo").await;
    for name in ["Ada", "Bea", "Cleo"] {
        w.post_as(&w.reader(name).await.access_token, &slug, &json!({ "body": THANKS })).await.expect(201);
    }
    let plain = "I was there, too, and I came back.";
    let ways =
        [("sanction", &slug, plain), ("repeat", &slug, THANKS), ("policy", &asking, plain), ("links", &slug, LINKS)];
    for (why, under, text) in ways {
        for new in [true, false] {
            let person = w.reader(&format!("{why} {new}")).await;
            let post =
                async |slug, text| w.post_as(&person.access_token, slug, &json!({ "body": text })).await.expect(201);
            if !new {
                assert_eq!(post(&slug, "My first.").await["status"], "visible");
            }
            if why == "sanction" {
                lay(&w, &moderator, &account("hold_all", &person)).await.expect(201);
            }
            let text = if why == "repeat" { text.to_owned() } else { format!("{text} {new}") };
            let posted = post(under, &text).await;
            assert_eq!(posted["moderation"]["reasons"], json!([why]), "{posted}");
            let (.., first_time, _) = waiting(&w, &posted["id"]).await.unwrap();
            assert_eq!(first_time, new, "{why}");
        }
    }
}

#[actix_web::test]
async fn whoever_repeats_themselves_after_another_is_not_new() {
    let w = World::with(&[("comment_repeats", "1")]).await;
    let (slug, article_id) = w.open_article().await;
    let (ada, bea) = (w.reader("Ada").await, w.reader("Bea").await);
    let post = async |person: &Person, text: &str| {
        w.post_as(&person.access_token, &slug, &json!({ "body": text })).await.expect(201)
    };
    assert_eq!(post(&bea, THANKS).await["status"], "visible");
    let mut held = w.db.hold(&format!("threads WHERE article_id = '{article_id}'")).await;
    // Both are looked at together, while another comment waits for the thread.
    let together = async {
        held.awaited_by(1).await;
        let after = async {
            until("the first of them waits", async || w.server.writers.waiting() == 1).await;
            let release = async {
                until("both wait", async || w.server.writers.waiting() == 2).await;
                held.release().await;
            };
            let again = format!("{THANKS}!");
            join(post(&bea, &again), release).await.0
        };
        join(post(&ada, THANKS), after).await
    };
    let (by_ada, by_bea) = join(w.say(&slug, "The first.", None), together).await.1;
    for (posted, new) in [(by_ada, true), (by_bea, false)] {
        waits(&posted, "held", &["repeat"]);
        let (.., first_time, _) = waiting(&w, &posted["id"]).await.unwrap();
        assert_eq!(first_time, new);
    }
}

#[actix_web::test]
async fn of_many_at_once_each_has_its_own_verdict() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let path = format!("/v1/articles/{slug}/comments");
    let texts = ["Plain.", LINKS, "Mail wendy@example.org.", "Plain, too."];
    let post = |n: usize| {
        let body = json!({ "body": format!("{} {n}", texts[n % 4]), "guest": { "name": format!("Guest {n}") } });
        let request = w.request(Method::POST, &path).json(&body);
        request.send()
    };
    let replies = join_all((0..40).map(post)).await;
    for (n, reply) in replies.iter().enumerate() {
        match n % 4 {
            1 => waits(&reply.expect(201), "held", &["links"]),
            2 => assert_eq!(reply.problem(422, "rephrase"), ["#/body"]),
            _ => assert_eq!(reply.expect(201)["status"], "visible"),
        }
    }
    assert_eq!((w.stored(article_id).await, rows(&w).await), (30, (10, 10)));
    let listed = w.get(&path).await.expect(200);
    assert_eq!((&listed["count"], &listed["root_count"]), (&json!(20), &json!(20)));
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn what_is_gone_leaves_the_queue_and_whoever_is_erased_leaves_nothing() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, mo) = (w.reader("Ada").await, w.moderator("Mo").await);
    let own = id(&w.post_as(&ada.access_token, &slug, &json!({ "body": LINKS })).await.expect(201));
    w.delete(&ada.access_token, &own).await.expect(204);
    assert_eq!(rows(&w).await, (0, 0));
    let other =
        id(&w.post_as(&ada.access_token, &slug, &json!({ "body": format!("Look. {LINKS}") })).await.expect(201));
    w.delete(&mo.access_token, &other).await.expect(204);
    // It may be restored, and then it is known what was found.
    assert_eq!(rows(&w).await, (0, 1));
    let guest = w.post_as_guest(&slug, LINKS, None).await.expect(201);
    assert_eq!(rows(&w).await, (1, 2));
    let erase = w.request(Method::DELETE, "/v1/guests/me?comments=anonymise");
    erase.guest(guest["manage_token"].as_str().unwrap()).send().await.expect(204);
    assert_eq!(rows(&w).await, (0, 1));
}
