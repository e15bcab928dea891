//! Whoever follows every `next` gets every comment that is visible throughout exactly once.

use crate::world::{Walk, World, id};
use colloquy::db::schema::comments as rows;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::json;
use std::{
    cell::{Cell, RefCell},
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

/// What somebody does between two pages of a walk, and what no longer is as it was by that.
struct Meanwhile<'a> {
    w: &'a World,
    slug: &'a str,
    moderator: &'a str,
    readers: &'a [String],
    there: &'a [Uuid],
    seed: Cell<u64>,
    left: Cell<usize>,
    /// Comments that were not visible throughout.
    gone: RefCell<BTreeSet<Uuid>>,
    /// Comments whose rank changed.
    moved: RefCell<BTreeSet<Uuid>>,
}

impl Meanwhile<'_> {
    /// A number below `bound` (xorshift): the same for the same seed.
    fn pick(&self, bound: usize) -> usize {
        let mut x = self.seed.get();
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        self.seed.set(x);
        usize::try_from(x % u64::try_from(bound).unwrap()).unwrap()
    }

    /// Nobody says the same twice.
    fn words(&self) -> String {
        format!("meanwhile, with {} to come", self.left.get())
    }

    async fn happens(&self) {
        if self.left.get() == 0 {
            return;
        }
        self.left.set(self.left.get() - 1);
        let one = self.there[self.pick(self.there.len())];
        let id = one.to_string();
        match self.pick(6) {
            0 => drop(self.w.say(self.slug, &self.words(), None).await),
            1 => drop(self.w.post_as_guest(self.slug, &self.words(), Some(&id)).await),
            2 => {
                self.gone.borrow_mut().insert(one);
                self.w.delete(self.moderator, &id).await.expect(204);
            }
            3 => {
                self.gone.borrow_mut().insert(one);
                self.w.decide(self.moderator, &id, "reject").await;
            }
            4 => {
                self.gone.borrow_mut().insert(one);
                self.w.decide(self.moderator, &id, "approve").await;
            }
            _ => {
                self.moved.borrow_mut().insert(one);
                let method = if self.pick(4) == 0 { Method::DELETE } else { Method::PUT };
                let vote = self.w.request(method, &format!("/v1/comments/{id}/reactions/helpful"));
                // Not there, when it is gone.
                drop(vote.bearer(&self.readers[self.pick(self.readers.len())]).send().await);
            }
        }
    }
}

#[actix_web::test]
async fn whatever_happens_meanwhile_what_stays_comes_once() {
    let w = World::with(&[("thread_levels", "3")]).await;
    let moderator = w.moderator("Mo").await;
    let mut readers = Vec::new();
    for name in ["Ada", "Wren", "Robin"] {
        readers.push(w.reader(name).await.access_token.clone());
    }
    for (seed, sort, query) in [
        (1, "oldest", "limit=4&replies=2"),
        (2, "newest", "limit=3&replies=1&depth=3"),
        (3, "top", "limit=2&replies=3&depth=1"),
        (4, "top", "limit=5&replies=0"),
        (5, "newest", "limit=7&replies=20&depth=23"),
    ] {
        let (slug, article_id) = w.article_taking(&format!("Walk {seed}"), crate::world::OPEN).await;
        let there = w.thread(article_id, 150).await;
        let meanwhile = Meanwhile {
            w: &w,
            slug: &slug,
            moderator: &moderator.access_token,
            readers: &readers,
            there: &there,
            seed: Cell::new(0x9E37_79B9_7F4A_7C15 ^ seed),
            left: Cell::new(60),
            gone: RefCell::default(),
            moved: RefCell::default(),
        };
        let address = format!("/v1/articles/{slug}/comments?sort={sort}&{query}");
        let walk = w.walk(&address, async |_| meanwhile.happens().await).await;
        let (gone, moved) = (meanwhile.gone.take(), meanwhile.moved.take());
        // A root whose rank changed may be missed or doubled by `top`, and all that is below it.
        let roots: BTreeMap<Uuid, Uuid> = rows::table
            .select((rows::id, rows::root_id))
            .load(&mut w.db.conn().await)
            .await
            .unwrap()
            .into_iter()
            .collect();
        let throughout = there
            .iter()
            .filter(|id| !gone.contains(id) && (sort != "top" || !moved.contains(&roots[id])))
            .collect::<Vec<_>>();
        assert!(throughout.len() > 40, "{seed}: {}", throughout.len());
        for id in throughout {
            let times = walk.iter().filter(|comment| comment["id"] == json!(id)).count();
            assert_eq!(times, 1, "{seed} {sort} {query}: {id}");
        }
        w.assert_counters_right().await;
    }
}
