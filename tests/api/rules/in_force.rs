use super::{becomes, create, edit, path, words};
use crate::world::{TestDb, World, noon, until};
use colloquy::clock::Clock;
use colloquy::{events::Listener, screening::InForce};
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn a_rule_counts_from_the_answer_on_and_as_long_as_it_is_switched_on() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    assert_eq!(becomes(&w, &slug, "Casino night was fun.").await, "visible");
    let rule = create(&w, &moderator.access_token, &words(&["casino"])).await.expect(201);
    assert_eq!(becomes(&w, &slug, "The casino, again.").await, "held");
    let off = edit(&w, &moderator.access_token, &rule, &json!({ "enabled": false })).await.expect(200);
    assert_eq!(becomes(&w, &slug, "A casino on the hill.").await, "visible");
    let reject = json!({ "enabled": true, "action": "reject" });
    let on = edit(&w, &moderator.access_token, &off, &reject).await.expect(200);
    assert_eq!(becomes(&w, &slug, "No casino for me.").await, "rejected");
    let nudge = edit(&w, &moderator.access_token, &on, &json!({ "action": "nudge" })).await.expect(200);
    assert_eq!(becomes(&w, &slug, "Still no casino.").await, "rephrase");
    let hosts = json!({ "kind": "hosts", "terms": ["casino.example"], "action": "hold" });
    let hosts = edit(&w, &moderator.access_token, &nudge, &hosts).await.expect(200);
    assert_eq!(becomes(&w, &slug, "Casino nights are far away.").await, "visible");
    assert_eq!(becomes(&w, &slug, "See https://www.casino.example/.").await, "held");
    let request = w.request(Method::DELETE, &path(&hosts)).bearer(&moderator.access_token);
    request.header("if-match", "*").send().await.expect(204);
    assert_eq!(becomes(&w, &slug, "Look at https://www.casino.example/.").await, "visible");
}

#[actix_web::test]
async fn another_node_hears_of_it() {
    let (db, clock) = (TestDb::new().await, Clock::held_at(noon()));
    let here = World::on(db.clone(), clock.clone(), &[]).await;
    let there = World::on(db, clock, &[]).await;
    let (slug, _) = here.open_article().await;
    let moderator = here.moderator("Mo").await;
    until("the article is there", async || there.get(&format!("/v1/articles/{slug}")).await.status == 200).await;
    // So that it has read the rules before.
    assert_eq!(becomes(&there, &slug, "Casino night was fun.").await, "visible");
    create(&here, &moderator.access_token, &words(&["casino"])).await.expect(201);
    let mut n = 0;
    until("the rule counts there", async || {
        n += 1;
        becomes(&there, &slug, &format!("Casino number {n}.")).await == "held"
    })
    .await;
}

#[actix_web::test]
async fn rules_are_read_once_until_one_changes_and_each_time_while_nothing_is_heard() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let (journal, statements) = w.counted_journal();
    let rules = InForce::default();
    let read = async || {
        let before = statements.load(std::sync::atomic::Ordering::Relaxed);
        journal.write(async |tx| rules.get(tx.conn).await.map(drop)).await.unwrap();
        statements.load(std::sync::atomic::Ordering::Relaxed) - before
    };
    create(&w, &moderator.access_token, &words(&["casino"])).await.expect(201);
    // Deaf from the beginning; a transaction without it is two statements.
    assert_eq!((read().await, read().await), (3, 3));
    rules.hearing();
    assert_eq!((read().await, read().await, read().await), (3, 2, 2));
    rules.touched(&["articles".into()]);
    assert_eq!(read().await, 2);
    rules.touched(&["thread:1".into(), "screening".into()]);
    assert_eq!((read().await, read().await), (3, 2));
    rules.deaf();
    assert_eq!((read().await, read().await), (3, 3));
}
