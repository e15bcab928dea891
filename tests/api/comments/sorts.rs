//! Which roots come, and in which order.

use crate::world::{BODY, World, id};
use colloquy::db::schema::comments as rows;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};
use uuid::Uuid;

async fn set_rank(w: &World, id: Uuid, rank: i64) {
    let row = diesel::update(rows::table.find(id)).set(rows::rank.eq(rank));
    assert_eq!(row.execute(&mut w.db.conn().await).await.unwrap(), 1);
}

fn ids(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(id).collect()
}

/// All pages of a list, forward, after each of which the page before is asked for too.
async fn pages(w: &World, address: &str) -> Vec<String> {
    let (mut found, mut address, mut before) = (Vec::new(), address.to_owned(), None::<Vec<String>>);
    loop {
        let page = w.get(&address).await.expect(200);
        if let Some(before) = before.replace(ids(&page)) {
            assert_eq!(ids(&w.get(page["prev"].as_str().unwrap()).await.expect(200)), before);
        }
        found.extend(ids(&page));
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut address),
            None => return found,
        }
    }
}

#[actix_web::test]
async fn top_goes_by_rank_and_then_the_later_comes_first() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let there = w.thread(article_id, 30).await;
    let roots: Vec<Uuid> = there.iter().step_by(3).copied().collect();
    for (root, rank) in roots.iter().zip([5, 7, 7, 7, -1, 9, 7, 5, 0, 7]) {
        set_rank(&w, *root, rank).await;
    }
    let expected: Vec<String> = [5, 9, 6, 3, 2, 1, 7, 0, 8, 4].map(|n: usize| roots[n].to_string()).into();
    for limit in [1, 3, 100] {
        assert_eq!(pages(&w, &format!("/v1/articles/{slug}/comments?sort=top&limit={limit}")).await, expected);
    }
    let next = w.get(&format!("/v1/articles/{slug}/comments?sort=top&limit=2")).await.expect(200)["next"].clone();
    let cursor = next.as_str().unwrap().split("cursor=").nth(1).unwrap();
    for other in ["newest", "oldest", "top&section=lead"] {
        let refused = w.get(&format!("/v1/articles/{slug}/comments?sort={other}&cursor={cursor}")).await;
        assert_eq!(refused.problem(400, "bad_cursor"), ["cursor"]);
    }
    // Replies are in the order in which they were written.
    let replies = w.get(&format!("/v1/articles/{slug}/comments?sort=top&replies=20&depth=1")).await.expect(200);
    for root in replies["items"].as_array().unwrap() {
        let at = |reply: &Value| reply["created_at"].as_str().unwrap().to_owned();
        assert!(root["replies"]["items"].as_array().unwrap().iter().map(at).is_sorted());
    }
}

#[actix_web::test]
async fn a_section_has_the_roots_that_are_about_it() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let article = w.get(&format!("/v1/articles/{slug}")).await.expect(200);
    let sections: Vec<&str> = [1, 2].map(|n| article["sections"][n]["id"].as_str().unwrap()).into();
    let path = format!("/v1/articles/{slug}/comments");
    let mut about = [Vec::new(), Vec::new()];
    for n in 0..9 {
        let section = sections.get(n % 3);
        let body = json!({ "body": format!("On this, {n}."), "section_id": section, "guest": { "name": "Wendy" } });
        let root = id(&w.post(&path, &body).await.expect(201));
        w.say(&slug, &format!("reply {n}"), Some(&root)).await;
        if n % 3 < 2 {
            about[n % 3].push(root);
        }
    }
    for (section, mut roots) in sections.iter().zip(about) {
        let of = |sort: &str| format!("{path}?section={section}&sort={sort}&limit=2");
        assert_eq!(pages(&w, &of("oldest")).await, roots);
        roots.reverse();
        assert_eq!(pages(&w, &of("newest")).await, roots);
        assert_eq!(pages(&w, &of("top")).await, roots);
        let page = w.get(&of("oldest")).await.expect(200);
        assert_eq!(page["items"][0]["replies"]["items"].as_array().unwrap().len(), 1);
        assert_eq!((&page["count"], &page["root_count"]), (&json!(18), &json!(9)));
        let cursor = page["next"].as_str().unwrap().split("cursor=").nth(1).unwrap();
        w.get(&format!("{path}?limit=2&cursor={cursor}")).await.problem(400, "bad_cursor");
        w.get(&format!("{path}?section=lead&cursor={cursor}")).await.problem(400, "bad_cursor");
    }
    for empty in ["lead", "never-there", "%25", "a%20b%26c"] {
        assert_eq!(w.get(&format!("{path}?section={empty}")).await.expect(200)["items"], json!([]), "{empty}");
    }
    assert!(BODY.contains("Step 2"));
}

#[actix_web::test]
async fn pinned_roots_stand_beside_the_first_page_in_their_order() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let path = format!("/v1/articles/{slug}/comments");
    assert_eq!(w.get(&path).await.expect(200)["pinned"], json!([]));
    let there = w.thread(article_id, 45).await;
    let roots: Vec<Uuid> = there.iter().step_by(3).copied().collect();
    for (n, root) in roots.iter().enumerate().take(13) {
        let place = diesel::update(rows::table.find(root)).set(rows::pin_no.eq(100 - i32::try_from(n).unwrap()));
        place.execute(&mut w.db.conn().await).await.unwrap();
    }
    // A tombstone is no recommendation.
    w.delete(&moderator.access_token, &roots[12].to_string()).await.expect(204);
    let page = w.get(&path).await.expect(200);
    let pinned: Vec<String> = page["pinned"].as_array().unwrap().iter().map(id).collect();
    let expected: Vec<String> = roots[2..12].iter().rev().map(Uuid::to_string).collect();
    assert_eq!(pinned, expected);
    assert!(page["pinned"].as_array().unwrap().iter().all(|root| root["pinned"] == true));
    for root in page["pinned"].as_array().unwrap() {
        let replies = &root["replies"];
        assert_eq!((&replies["items"], replies["next"].is_string()), (&json!([]), root["reply_count"] != 0));
    }
    // They stand in their natural places too.
    let all: Vec<String> = roots.iter().map(Uuid::to_string).collect();
    assert_eq!(ids(&page), all);
    for other in ["limit=100&sort=top", "sort=newest"] {
        assert_eq!(w.get(&format!("{path}?{other}")).await.expect(200)["pinned"], page["pinned"], "{other}");
    }
    let second = w.get(&format!("{path}?limit=3")).await.expect(200)["next"].clone();
    assert_eq!(w.get(second.as_str().unwrap()).await.expect(200)["pinned"], json!([]));
    assert_eq!(w.get(&format!("{path}?section=lead")).await.expect(200)["pinned"], json!([]));
}
