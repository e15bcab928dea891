//! A conversation in which everybody answers the last: five thousand replies deep.

use crate::world::{OPEN, World, id};
use colloquy::comments::{self, CommentStatus, GuestName, ImportedAuthor, ImportedComment};
use serde_json::json;
use uuid::Uuid;

const LENGTH: usize = 5_001;

async fn chain(w: &World, article_id: Uuid, length: usize) -> Vec<String> {
    let ids: Vec<Uuid> = (0..length).map(|_| w.clock.id()).collect();
    let mut batch: Vec<_> = (0..length)
        .map(|n| ImportedComment {
            id: ids[n],
            parent_id: n.checked_sub(1).map(|above| ids[above]),
            author: ImportedAuthor::Guest(GuestName { name: "Annice".into(), email: None }),
            created_at: w.clock.now(),
            status: CommentStatus::Visible,
            body_markdown: format!("level {n}"),
            fragment: None,
        })
        .collect();
    // The last comes first in the file.
    batch.reverse();
    let import = w.write(async |tx| {
        comments::import_thread(tx, &w.secrets, article_id, &batch).await?;
        comments::finish_import(tx, article_id).await
    });
    import.await.unwrap();
    ids.iter().map(Uuid::to_string).collect()
}

#[actix_web::test]
async fn five_thousand_replies_deep_is_read_answered_and_deleted_like_any_other() {
    let w = World::with(&[("cache_bytes", "0"), ("standing_seconds", "0")]).await;
    let (slug, article_id) = w.article_taking("Deep", OPEN).await;
    let c = chain(&w, article_id, LENGTH).await;
    let (other, other_id) = w.article_taking("Flat", OPEN).await;
    let short = chain(&w, other_id, 30).await;
    let moderator = w.moderator("Mo").await;
    w.say(&other, "so that connections are open", None).await;

    // The first page nests ten levels, then the rest comes in one list.
    let page = w.get(&format!("/v1/articles/{slug}/comments?depth=10")).await.expect(200);
    let mut deepest = &page["items"][0];
    let mut read = vec![id(deepest)];
    while let Some(reply) = deepest["replies"]["items"].get(0) {
        read.push(id(reply));
        deepest = reply;
    }
    assert_eq!((read.len(), &page["items"][0]["descendant_count"]), (11, &json!(LENGTH - 1)));
    let (mut address, mut requests) =
        (deepest["replies"]["next"].as_str().unwrap().replace("limit=20", "limit=100"), 1);
    loop {
        let page = w.get(&address).await.expect(200);
        requests += 1;
        read.extend(page["items"].as_array().unwrap().iter().map(id));
        match page["next"].as_str() {
            Some(next) => next.clone_into(&mut address),
            None => break,
        }
    }
    assert_eq!((requests, read), (51, c.clone()));

    // No statement per level: as many as for thirty.
    let last = c.last().unwrap();
    let context = async |of: &str| w.statements(w.get(&format!("/v1/comments/{of}/context"))).await;
    let (deep, reply) = context(last).await;
    let reply = reply.expect(200);
    assert!(deep <= context(&short[29]).await.0 + 3);
    let ancestors = &reply["ancestors"];
    assert_eq!((&ancestors[0]["id"], &ancestors[25]["depth"]), (&json!(c[0]), &json!(4_999)));
    assert!(reply["ancestors_next"].is_string());
    let (deep, posted) = w.statements(w.post_as_guest(&slug, "deeper still", Some(last))).await;
    assert_eq!(posted.expect(201)["depth"], json!(LENGTH));
    assert!(deep <= w.statements(w.post_as_guest(&other, "deeper", Some(&short[29]))).await.0 + 3);
    let (deep, gone) = w.statements(w.delete(&moderator.access_token, &c[0])).await;
    gone.expect(204);
    assert!(deep <= w.statements(w.delete(&moderator.access_token, &short[0])).await.0 + 3);
    let tombstone = w.get(&format!("/v1/articles/{slug}/comments?depth=0")).await.expect(200);
    assert_eq!((&tombstone["items"][0]["status"], &tombstone["count"]), (&json!("deleted"), &json!(LENGTH)));
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn a_chain_that_is_gone_but_for_its_end_goes_with_it() {
    use colloquy::db::schema::comments as rows;
    use diesel::prelude::*;
    use diesel_async::RunQueryDsl;
    let w = World::with(&[("cache_bytes", "0")]).await;
    let (slug, article_id) = w.article_taking("Deep", OPEN).await;
    let moderator = w.moderator("Mo").await;
    let c = chain(&w, article_id, LENGTH).await;
    let last: Uuid = c.last().unwrap().parse().unwrap();
    let above = rows::table.filter(rows::id.ne(last));
    diesel::update(above).set(rows::status.eq("deleted")).execute(&mut w.db.conn().await).await.unwrap();
    w.write(async |tx| comments::repair(tx, article_id).await).await.unwrap();
    let page = w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200);
    assert_eq!((&page["count"], &page["root_count"]), (&json!(1), &json!(1)));
    let (statements, gone) = w.statements(w.delete(&moderator.access_token, c.last().unwrap())).await;
    gone.expect(204);
    assert!(statements < 20, "{statements}");
    let page = w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200);
    assert_eq!((&page["count"], &page["root_count"], &page["items"]), (&json!(0), &json!(0), &json!([])));
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn everybody_answers_the_last_five_thousand_times() {
    let w = World::with(&[("comments_pace_ms", "0")]).await;
    let (slug, _) = w.article_taking("Deep", OPEN).await;
    let root = w.say(&slug, "level 0", None).await;
    let mut above = root.clone();
    for level in 1..LENGTH {
        let (statements, reply) = w.statements(w.post_as_guest(&slug, &format!("level {level}"), Some(&above))).await;
        let posted = reply.expect(201);
        assert_eq!(posted["depth"], json!(level));
        assert!(level < 10 || statements < 20, "level {level}: {statements}");
        above = id(&posted);
    }
    let context = w.get(&format!("/v1/comments/{above}/context")).await.expect(200);
    assert_eq!(context["ancestors"][0]["id"], json!(root));
    w.assert_counters_right().await;
    let thread = w.get(&format!("/v1/articles/{slug}/comments?depth=0")).await.expect(200);
    let counts = (&thread["count"], &thread["root_count"], &thread["items"][0]["descendant_count"]);
    assert_eq!(counts, (&json!(LENGTH), &json!(1), &json!(LENGTH - 1)));
}
