//! Whoever follows every `next` gets every comment that is visible throughout exactly once.

use crate::world::{Walk, World, id};
use serde_json::json;
use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
};
use uuid::Uuid;

fn ids(walk: &Walk) -> BTreeSet<String> {
    let ids: BTreeSet<String> = walk.iter().map(id).collect();
    assert_eq!(ids.len(), walk.len(), "no comment comes twice");
    ids
}

fn named(ids: &[Uuid]) -> BTreeSet<String> {
    ids.iter().map(Uuid::to_string).collect()
}

#[actix_web::test]
async fn every_comment_comes_once_by_either_order_and_any_page() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let there = named(&w.thread(article_id, 360).await);
    for query in ["", "?sort=newest", "?limit=7&replies=1", "?limit=100&replies=20&sort=newest", "?replies=0"] {
        let walk = w.walk(&format!("/v1/articles/{slug}/comments{query}"), async |_| ()).await;
        assert_eq!(ids(&walk), there, "{query}");
        let roots: Vec<i64> = walk.iter().filter_map(|comment| comment["root_no"].as_i64()).collect();
        assert_eq!(roots.iter().collect::<BTreeSet<_>>().len(), 120);
        let depths: BTreeMap<String, i64> =
            walk.iter().map(|comment| (id(comment), comment["depth"].as_i64().unwrap())).collect();
        for comment in &walk {
            let parent = comment["parent_id"].as_str().map_or(-1, |parent| depths[parent]);
            assert_eq!(comment["depth"], json!(parent + 1));
        }
    }
}

#[actix_web::test]
async fn what_is_posted_meanwhile_neither_hides_nor_doubles_anything() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let there = w.thread(article_id, 360).await;
    for sort in ["oldest", "newest"] {
        let pages = Cell::new(0_usize);
        let meanwhile = async |w: &World| {
            let n = pages.replace(pages.get() + 1);
            if n < 30 {
                let parent = n.is_multiple_of(2).then(|| there[n * 6].to_string());
                w.say(&slug, &format!("meanwhile, by {sort}: {n}"), parent.as_deref()).await;
            }
        };
        let walk = w.walk(&format!("/v1/articles/{slug}/comments?sort={sort}&limit=11"), meanwhile).await;
        assert!(pages.get() >= 30 && ids(&walk).is_superset(&named(&there)), "{sort}");
    }
    let thread = w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200);
    assert_eq!((&thread["count"], &thread["root_count"]), (&json!(420), &json!(150)));
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn what_is_removed_meanwhile_hides_nothing_else() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let there = w.thread(article_id, 180).await;
    let removed = Cell::new(0);
    let meanwhile = async |w: &World| {
        let n = removed.replace(removed.get() + 1);
        if n < 30 {
            let verdict = w.delete(&moderator.access_token, &there[n * 6].to_string()).await;
            verdict.expect(204);
        }
    };
    let walk = w.walk(&format!("/v1/articles/{slug}/comments?limit=5&replies=2"), meanwhile).await;
    let gone: BTreeSet<String> = (0..30).map(|n| there[n * 6].to_string()).collect();
    let throughout: BTreeSet<String> = named(&there).difference(&gone).cloned().collect();
    assert!(ids(&walk).is_superset(&throughout));
    w.assert_counters_right().await;
}
