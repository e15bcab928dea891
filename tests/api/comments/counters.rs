//! Counters are right after whatever happened, in whatever order and at whatever time.

use crate::world::{CAREFUL, OPEN, World, id};
use colloquy::comments;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

/// The same numbers in every run (Knuth, MMIX).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

#[actix_web::test]
async fn whatever_happens_counters_are_what_counting_gives() {
    let w = World::new().await;
    let (reader, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let send = async |token: &str, method: Method, path: String, body: Value| {
        w.request(method, &path).bearer(token).header("if-match", "*").json(&body).send().await
    };
    for seed in 1..=3 {
        let policy = if seed == 2 { CAREFUL } else { OPEN };
        let (slug, _) = w.article_taking(&format!("Article {seed}"), policy).await;
        let (mut dice, mut ids) = (Dice(seed), Vec::<String>::new());
        for step in 0..160 {
            let picked = (!ids.is_empty()).then(|| ids[dice.roll(ids.len())].clone());
            let either = if dice.roll(2) == 0 { &moderator.access_token } else { &reader.access_token };
            let put = if dice.roll(3) == 0 { Method::DELETE } else { Method::PUT };
            match (dice.roll(18), picked) {
                (6, Some(id)) => drop(w.decide(&moderator.access_token, &id, "approve").await),
                (7, Some(id)) => drop(w.decide(&moderator.access_token, &id, "reject").await),
                (8..=9, Some(id)) => drop(w.delete(either, &id).await),
                (10..=11, Some(id)) => {
                    let path = format!("/v1/moderation/comments/{id}/restore");
                    drop(send(&moderator.access_token, Method::POST, path, json!({})).await);
                }
                (12, Some(id)) => {
                    let body = json!({ "body": format!("step {step}") });
                    drop(send(either, Method::PATCH, format!("/v1/comments/{id}"), body).await);
                }
                (13..=15, Some(id)) => {
                    drop(send(either, put, format!("/v1/comments/{id}/reactions/helpful"), json!({})).await);
                }
                (16..=17, Some(id)) => {
                    let what = ["pin", "feature"][dice.roll(2)];
                    drop(send(&moderator.access_token, put, format!("/v1/comments/{id}/{what}"), json!({})).await);
                }
                (roll, parent) => {
                    let body = json!({ "body": format!("x {step}"), "parent_id": parent.filter(|_| roll > 1) });
                    let token = if dice.roll(3) == 0 { &moderator } else { &reader };
                    let posted = w.post_as(&token.access_token, &slug, &body).await;
                    if posted.status.as_u16() == 201 {
                        ids.push(id(&posted.json()));
                    }
                }
            }
            if step % 10 == 9 {
                w.assert_counters_right().await;
            }
        }
        let thread = w.get(&format!("/v1/articles/{slug}/comments?limit=100")).await.expect(200);
        let walk = w.walk(&format!("/v1/articles/{slug}/comments"), async |_| ()).await;
        let visible = walk.iter().filter(|comment| comment["status"] == "visible").count();
        assert_eq!(thread["count"], json!(visible));
        assert_eq!(thread["root_count"], json!(thread["items"].as_array().unwrap().len()));
        assert!(walk.iter().all(|comment| (comment["status"] == "visible") == (comment["body"] != Value::Null)));
        // A tombstone is there for something visible below it.
        for tombstone in walk.iter().filter(|comment| comment["status"] != "visible") {
            assert!(tombstone["reply_count"].as_i64().unwrap() > 0, "{tombstone}");
        }
    }
}

#[actix_web::test]
async fn writers_at_the_same_time_leave_them_right() {
    let w = World::with(&[("workers", "2")]).await;
    let (slug, article_id) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let there = w.thread(article_id, 30).await;
    let work = (0..24).map(|n| {
        let (w, slug, token, picked) = (&w, &slug, &moderator.access_token, there[n].to_string());
        async move {
            match n % 4 {
                0 => drop(w.delete(token, &picked).await.expect(204)),
                1 => drop(w.decide(token, &picked, "reject").await.expect(200)),
                _ => drop(w.post_as_guest(slug, "at the same time", Some(&picked)).await),
            }
        }
    });
    join_all(work).await;
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn a_counter_that_drifted_is_found_and_repaired() {
    use colloquy::db::schema::{comments as rows, threads};
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let ids = w.thread(article_id, 6).await;
    let path = format!("/v1/articles/{slug}/comments");
    let before = w.get(&path).await.expect(200);
    let conn = &mut w.db.conn().await;
    diesel::update(threads::table).set(threads::comment_count.eq(99)).execute(conn).await.unwrap();
    let drifted = rows::table.filter(rows::id.eq(ids[0]));
    diesel::update(drifted).set((rows::reply_count.eq(7), rows::descendant_count.eq(8))).execute(conn).await.unwrap();
    let drift = comments::recount(conn).await.unwrap();
    let found: Vec<_> = drift.iter().map(|it| (it.comment_id, it.counter.as_str(), it.stored, it.counted)).collect();
    let (replies, descendants) =
        (before["items"][0]["reply_count"].as_i64().unwrap(), before["items"][0]["descendant_count"].as_i64().unwrap());
    assert_eq!(
        found,
        [
            (None, "comment_count", 99, 6),
            (Some(ids[0]), "descendant_count", 8, descendants),
            (Some(ids[0]), "reply_count", 7, replies),
        ]
    );
    assert!(drift.iter().all(|it| it.article_id == article_id));
    w.write(async |tx| comments::repair(tx, article_id).await).await.unwrap();
    w.assert_counters_right().await;
    assert_eq!(w.get(&path).await.expect(200), before);
}
