//! How much comes with each comment of a page, and where replies go on flat.

use crate::world::{OPEN, Walk, World, id};
use colloquy::comments::{self, CommentStatus, GuestName, ImportedAuthor, ImportedComment};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

fn ids(list: &Value) -> Vec<String> {
    list["items"].as_array().unwrap().iter().map(id).collect()
}

fn distinct(walk: &Walk) -> BTreeSet<String> {
    let ids: BTreeSet<String> = walk.iter().map(id).collect();
    assert_eq!(ids.len(), walk.len(), "no comment comes twice");
    ids
}

/// Comments that reply to those before them, by their places in the list.
async fn import(w: &World, article_id: Uuid, parents: impl Iterator<Item = Option<usize>>) -> Vec<String> {
    let mut batch: Vec<ImportedComment> = Vec::new();
    for parent in parents {
        batch.push(ImportedComment {
            id: w.clock.id(),
            parent_id: parent.map(|parent| batch[parent].id),
            author: ImportedAuthor::Guest(GuestName { name: "Annice".into(), email: None }),
            created_at: w.clock.now(),
            status: CommentStatus::Visible,
            body_markdown: "Hello.".into(),
            fragment: None,
        });
    }
    let import = w.write(async |tx| {
        comments::import_thread(tx, &w.secrets, article_id, &batch).await?;
        comments::finish_import(tx, article_id).await
    });
    import.await.unwrap();
    batch.iter().map(|comment| comment.id.to_string()).collect()
}

#[actix_web::test]
async fn replies_and_depth_say_how_much_comes() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    // A root with four replies; below the first of them two more levels.
    let c = import(&w, article_id, [None, Some(0), Some(0), Some(0), Some(0), Some(1), Some(5)].into_iter()).await;
    let path = format!("/v1/articles/{slug}/comments");
    let root = |page: &Value| page["items"][0]["replies"].clone();
    let page = w.get(&format!("{path}?replies=2&depth=1")).await.expect(200);
    let replies = root(&page);
    assert_eq!((&page["replies"], &page["depth"]), (&json!(2), &json!(1)));
    assert_eq!(ids(&replies), c[1..3]);
    assert_eq!(replies["items"][0]["replies"]["items"], json!([]));
    let first = replies["items"][0]["replies"]["next"].as_str().unwrap();
    assert_eq!(ids(&w.get(first).await.expect(200)), c[5..6]);
    assert_eq!(replies["items"][1]["replies"], json!({ "items": [], "next": null }));
    let rest = w.get(replies["next"].as_str().unwrap()).await.expect(200);
    assert_eq!((ids(&rest), &rest["replies"], &rest["depth"]), (c[3..5].to_vec(), &json!(2), &json!(1)));
    let whole = root(&w.get(&format!("{path}?replies=4&depth=3")).await.expect(200));
    assert_eq!((ids(&whole), &whole["next"]), (c[1..5].to_vec(), &Value::Null));
    let below = &whole["items"][0]["replies"]["items"][0];
    assert_eq!((id(below), ids(&below["replies"])), (c[5].clone(), c[6..].to_vec()));
    for none in ["depth=0", "replies=0"] {
        let page = w.get(&format!("{path}?{none}")).await.expect(200);
        assert_eq!(root(&page)["items"], json!([]), "{none}");
        assert!(root(&page)["next"].is_string());
    }
}

#[actix_web::test]
async fn what_is_deeper_than_replies_nest_goes_on_flat() {
    let w = World::with(&[("thread_levels", "2")]).await;
    let (slug, article_id) = w.open_article().await;
    // A chain of six, and a second reply to the one on the last level that nests.
    let c = import(&w, article_id, [None, Some(0), Some(1), Some(2), Some(3), Some(4), Some(2)].into_iter()).await;
    let page = w.get(&format!("/v1/comments/{}/replies", c[1])).await.expect(200);
    let last = &page["items"][0];
    assert_eq!((id(last), &last["in_reply_to"]), (c[2].clone(), &Value::Null));
    let flat = &last["replies"];
    assert_eq!(ids(flat), c[3..6]);
    for (n, comment) in flat["items"].as_array().unwrap().iter().enumerate() {
        assert_eq!((&comment["in_reply_to"], &comment["depth"]), (&json!(c[n + 2]), &json!(n + 3)));
        assert_eq!(comment["parent_id"], comment["in_reply_to"]);
        assert_eq!(comment["replies"], json!({ "items": [], "next": null }));
    }
    let rest = w.get(flat["next"].as_str().unwrap()).await.expect(200);
    assert_eq!((ids(&rest), &rest["items"][0]["in_reply_to"]), (c[6..].to_vec(), &json!(c[2])));
    // The same list from its beginning, forth and back.
    let path = format!("/v1/comments/{}/replies?limit=3", c[2]);
    let first = w.get(&path).await.expect(200);
    let second = w.get(first["next"].as_str().unwrap()).await.expect(200);
    assert_eq!((ids(&first), ids(&second), &second["next"]), (c[3..6].to_vec(), c[6..].to_vec(), &Value::Null));
    assert_eq!(ids(&w.get(second["prev"].as_str().unwrap()).await.expect(200)), c[3..6]);
    // Below what is deeper still: its direct replies, and behind each its own.
    let deeper = w.get(&format!("/v1/comments/{}/replies", c[3])).await.expect(200);
    assert_eq!((ids(&deeper), &deeper["items"][0]["in_reply_to"]), (c[4..5].to_vec(), &json!(c[3])));
    let below = w.get(deeper["items"][0]["replies"]["next"].as_str().unwrap()).await.expect(200);
    assert_eq!(ids(&below), c[5..6]);
    // Each once, however it is walked.
    for query in ["", "?replies=0", "?replies=1&depth=1", "?limit=1&depth=2&replies=20"] {
        let walk = w.walk(&format!("/v1/articles/{slug}/comments{query}"), async |_| ()).await;
        assert_eq!(distinct(&walk), c.iter().cloned().collect(), "{query}");
    }
    let cursor = first["next"].as_str().unwrap().split("cursor=").nth(1).unwrap();
    let elsewhere = w.get(&format!("/v1/comments/{}/replies?cursor={cursor}", c[3])).await;
    assert_eq!(elsewhere.problem(400, "bad_cursor"), ["cursor"]);
}

#[actix_web::test]
async fn every_comment_comes_once_whatever_the_levels_are() {
    for levels in ["1", "3", "23"] {
        let w = World::with(&[("thread_levels", levels)]).await;
        let (slug, article_id) = w.open_article().await;
        // Two in three reply to the one before: conversations of up to forty levels.
        let parents = (0_usize..200).map(|n| (n % 40 != 0).then(|| if n % 3 == 0 { n / 40 * 40 } else { n - 1 }));
        let there = import(&w, article_id, parents).await.into_iter().collect();
        for query in ["", "?replies=2&depth=4&limit=2", "?sort=top&replies=20&depth=30"] {
            let walk = w.walk(&format!("/v1/articles/{slug}/comments{query}"), async |_| ()).await;
            assert_eq!(distinct(&walk), there, "{levels} {query}");
        }
        // A chain as long as the article is.
        let c = import(&w, article_id, (0_usize..60).map(|n| n.checked_sub(1))).await;
        let walk = w.walk(&format!("/v1/comments/{}/replies?replies=20&depth=23", c[0]), async |_| ()).await;
        assert_eq!(distinct(&walk), c[1..].iter().cloned().collect(), "{levels}");
    }
}

#[actix_web::test]
async fn a_page_carries_at_most_a_thousand_replies_and_says_where_the_others_are() {
    let w = World::new().await;
    let (slug, article_id) = w.article_taking("Long", OPEN).await;
    // A hundred roots with twenty replies each, which have one each.
    let parents = (0..4_100_usize).map(|n| match n {
        0..100 => None,
        100..2_100 => Some((n - 100) / 20),
        _ => Some(n - 2_000),
    });
    let there: BTreeSet<String> = import(&w, article_id, parents).await.into_iter().collect();
    let path = format!("/v1/articles/{slug}/comments?limit=100&replies=20&depth=2");
    let page = w.get(&path).await.expect(200);
    let roots = page["items"].as_array().unwrap();
    let direct: Vec<usize> = roots.iter().map(|root| root["replies"]["items"].as_array().unwrap().len()).collect();
    // Level by level: the first fifty roots have theirs, the others say where they are.
    assert_eq!(direct, [[20; 50], [0; 50]].concat());
    let cut = roots.iter().flat_map(|root| root["replies"]["items"].as_array().unwrap());
    assert!(cut.clone().all(|reply| reply["replies"]["items"] == json!([]) && reply["replies"]["next"].is_string()));
    let next: Vec<bool> = roots.iter().map(|root| root["replies"]["next"].is_string()).collect();
    assert_eq!(next, [[false; 50], [true; 50]].concat());
    let walk = w.walk(&path, async |_| ()).await;
    assert_eq!(distinct(&walk), there);
}

#[actix_web::test]
async fn the_bounds_of_every_parameter_stand_in_the_document() {
    let document: Value = serde_json::from_str(&colloquy::app::document().to_json().unwrap()).unwrap();
    let schema = |path: &str, name: &str| {
        let parameters = document["paths"][path]["get"]["parameters"].as_array().unwrap();
        parameters.iter().find(|parameter| parameter["name"] == name).unwrap()["schema"].clone()
    };
    let (thread, replies) = ("/v1/articles/{slug}/comments", "/v1/comments/{id}/replies");
    let (context, search) = ("/v1/comments/{id}/context", "/v1/articles/{slug}/comments/search");
    let number = |path, name| {
        let schema = schema(path, name);
        ["minimum", "maximum", "default"].map(|bound| schema[bound].as_i64().unwrap())
    };
    for path in [thread, replies, search] {
        assert_eq!(number(path, "limit"), [1, 100, 20], "{path}");
    }
    for path in [thread, replies, context] {
        assert_eq!((number(path, "replies"), number(path, "depth")), ([0, 20, 3], [0, 23, 2]), "{path}");
    }
    for (path, name, bounds) in [(thread, "section", [1, 200]), (search, "q", [2, 100])] {
        let schema = schema(path, name);
        assert_eq!(["minLength", "maxLength"].map(|bound| schema[bound].as_i64().unwrap()), bounds, "{name}");
    }
    let quote = &document["components"]["schemas"]["PostComment"]["properties"]["quote"];
    assert_eq!((&quote["minLength"], &quote["maxLength"]), (&json!(1), &json!(300)));
    assert_eq!(schema(thread, "sort")["enum"], json!(["oldest", "newest", "top"]));
}
