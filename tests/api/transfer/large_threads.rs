//! Threads that are deep, long, or tangled.

use super::export;
use crate::world::World;
use serde_json::json;

const THREAD: &str = "/v1/articles/talk/comments";

#[actix_web::test]
async fn a_chain_of_three_hundred_replies_stays_a_chain_whichever_end_comes_first() {
    let chain: Vec<_> = (1..=300).map(|n| (n, n - 1, format!("Reply {n}."))).collect();
    for comments in [chain.clone(), chain.into_iter().rev().collect()] {
        let w = World::new().await;
        w.import(&export(comments), &[]).await.expect(0, &["1 article, 300 comments, 1 author"]);
        let root = w.get(THREAD).await.expect(200)["items"][0].clone();
        assert_eq!((&root["body"]["text"], &root["descendant_count"]), (&json!("Reply 1."), &json!(299)));
        let walk = w.walk(THREAD, async |_| ()).await;
        assert_eq!(walk.len(), 300);
        assert_eq!(walk.iter().map(|comment| comment["depth"].as_i64().unwrap()).max(), Some(299));
        w.assert_counters_right().await;
    }
}

#[actix_web::test]
async fn two_thousand_comments_come_in_batches_and_replies_find_their_parents_across_them() {
    let w = World::new().await;
    // Every third is a root; the others reply to somebody up to 600 before them, or after them.
    let parent = |n: usize| match n % 3 {
        0 => 0,
        1 => n.saturating_sub(600).max(3) / 3 * 3,
        _ => (n + 400).min(1998) / 3 * 3,
    };
    let comments = (1..=2000).map(|n| (n, parent(n), format!("Comment {n}.")));
    w.import(&export(comments), &[]).await.expect(0, &["1 article, 2000 comments, 1 author", "2000 new (2000 visible"]);
    let thread = w.get(THREAD).await.expect(200);
    assert_eq!((&thread["count"], &thread["root_count"]), (&json!(2000), &json!(666)));
    w.assert_counters_right().await;
    let rows = w.rows().await;
    let again = (1..=2001).map(|n| (n, parent(n), format!("Comment {n}.")));
    w.import(&export(again), &[]).await.expect(0, &["1 new (1 visible", "2000 as they were"]);
    assert_eq!(w.rows().await["comments"], rows["comments"] + 1);
}

#[actix_web::test]
async fn replies_to_nobody_and_rings_come_to_the_top() {
    let w = World::new().await;
    let comments = [(1, 2, "A"), (2, 1, "B"), (3, 3, "C"), (4, 99, "D"), (5, 4, "E")];
    let said = ["5 comments", "not in the file, now at the top: 1", "in a ring, now at the top: 2"];
    w.import(&export(comments.map(|(n, parent, words)| (n, parent, words.into()))), &[]).await.expect(0, &said);
    let thread = w.get(THREAD).await.expect(200);
    assert_eq!((&thread["count"], &thread["root_count"]), (&json!(5), &json!(3)));
    w.assert_counters_right().await;
}
