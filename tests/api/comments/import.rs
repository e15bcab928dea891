//! Taking in threads that were written elsewhere.

use crate::world::{CAREFUL, OPEN, World, id};
use chrono::{DateTime, TimeDelta, Utc};
use colloquy::comments::{self, CommentStatus, GuestName, ImportedAuthor, ImportedComment};
use colloquy::{articles::CommentPolicyInput, error::Code};
use serde_json::{Value, json};
use uuid::Uuid;

fn comment(w: &World, parent: Option<Uuid>, name: &str, minute: i64, status: CommentStatus) -> ImportedComment {
    ImportedComment {
        id: w.clock.id(),
        parent_id: parent,
        author: ImportedAuthor::Guest(GuestName { name: name.into(), email: None }),
        created_at: at(w, minute),
        status,
        body_markdown: format!("{name} at {minute}"),
        fragment: None,
    }
}

fn at(w: &World, minute: i64) -> DateTime<Utc> {
    w.clock.now() - TimeDelta::days(1000) + TimeDelta::minutes(minute)
}

async fn import(w: &World, article_id: Uuid, batch: &[ImportedComment]) {
    let import = w.write(async |tx| {
        comments::import_thread(tx, &w.secrets, article_id, batch).await?;
        comments::finish_import(tx, article_id).await
    });
    import.await.unwrap();
}

#[actix_web::test]
async fn a_thread_comes_in_by_date_with_its_parents_whatever_the_order_of_the_file() {
    use CommentStatus::{Held, Pending, Visible};
    let w = World::new().await;
    // What the article takes today says nothing about what was written then.
    let closed = CommentPolicyInput { open: Some(false), guests: Some(false), ..CAREFUL };
    let (slug, article_id) = w.article_taking("Old", closed).await;
    let coach = w.coach("Colin").await;
    let second = comment(&w, None, "Annice", 5, Visible);
    let first = comment(&w, None, "Wendy", 1, Visible);
    let mut answer = comment(&w, Some(second.id), "Colin", 7, Visible);
    answer.author = ImportedAuthor::Member(coach.id.parse().unwrap());
    // Dated before what it replies to, as clocks go.
    let thanks = comment(&w, Some(answer.id), "Annice", 6, Visible);
    let (waiting, spam) = (comment(&w, None, "Dianna", 2, Pending), comment(&w, None, "Seller", 3, Held));
    let batch = [thanks.clone(), answer.clone(), second.clone(), spam, waiting.clone(), first.clone()];
    import(&w, article_id, &batch).await;
    w.assert_counters_right().await;
    let thread = w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200);
    assert_eq!((&thread["count"], &thread["root_count"]), (&json!(4), &json!(2)));
    let roots = thread["items"].as_array().unwrap();
    assert_eq!([id(&roots[0]), id(&roots[1])], [first.id.to_string(), second.id.to_string()]);
    assert_eq!((&roots[0]["root_no"], &roots[1]["root_no"]), (&json!(1), &json!(2)));
    assert_eq!((&roots[1]["created_at"], &roots[1]["descendant_count"]), (&json!(at(&w, 5)), &json!(2)));
    let reply = &roots[1]["replies"]["items"][0];
    assert_eq!((&reply["author"]["kind"], &reply["author"]["name"]), (&json!("coach"), &json!("Colin")));
    assert_eq!(id(&reply["replies"]["items"][0]), thanks.id.to_string());
    // One guest of one name in one batch.
    assert_eq!(reply["replies"]["items"][0]["author"], roots[1]["author"]);
    let moderator = w.moderator("Mo").await;
    let approved = w.decide(&moderator.access_token, &waiting.id.to_string(), "approve").await.expect(200);
    assert_eq!(approved["comment"]["root_no"], 3);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn a_second_batch_hangs_on_the_first_and_stands_behind_it() {
    use CommentStatus::Visible;
    let w = World::new().await;
    let (slug, article_id) = w.article_taking("Old", OPEN).await;
    let root = comment(&w, None, "Wendy", 5, Visible);
    import(&w, article_id, std::slice::from_ref(&root)).await;
    let here = w.say(&slug, "written here", None).await;
    let batch = [comment(&w, Some(root.id), "Annice", 6, Visible), comment(&w, None, "Dianna", 1, Visible)];
    import(&w, article_id, &batch).await;
    let thread = w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200);
    let roots: Vec<String> = thread["items"].as_array().unwrap().iter().map(id).collect();
    assert_eq!(roots, [root.id.to_string(), here, batch[1].id.to_string()]);
    assert_eq!(id(&thread["items"][0]["replies"]["items"][0]), batch[0].id.to_string());
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn what_is_visible_below_what_is_not_hangs_on_a_tombstone() {
    use CommentStatus::{Pending, Rejected, Visible};
    let w = World::new().await;
    let (slug, article_id) = w.article_taking("Old", OPEN).await;
    let moderator = w.moderator("Mo").await;
    let root = comment(&w, None, "Wendy", 1, Pending);
    let middle = comment(&w, Some(root.id), "Annice", 2, Rejected);
    let leaf = comment(&w, Some(middle.id), "Dianna", 3, Visible);
    import(&w, article_id, &[root.clone(), middle.clone(), leaf.clone()]).await;
    let page = w.get(&format!("/v1/articles/{slug}/comments")).await;
    let thread = page.expect(200);
    assert!(!page.text().contains("Wendy") && !page.text().contains("Annice"));
    assert_eq!(
        (&thread["count"], &thread["root_count"], &thread["items"][0]["body"]),
        (&json!(1), &json!(1), &Value::Null)
    );
    w.assert_counters_right().await;
    // With it they disappear, and come back.
    for (verdict, roots) in [("reject", 0), ("approve", 1)] {
        w.decide(&moderator.access_token, &leaf.id.to_string(), verdict).await.expect(200);
        let thread = w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200);
        assert_eq!(thread["root_count"], roots);
        w.assert_counters_right().await;
    }
}

#[actix_web::test]
async fn a_parent_that_is_nowhere_leaves_nothing_behind() {
    let w = World::new().await;
    let (slug, article_id) = w.article_taking("Old", OPEN).await;
    let (_, elsewhere) = w.article_taking("Other", OPEN).await;
    let foreign = w.thread(elsewhere, 1).await[0];
    for parent in [w.clock.id(), foreign] {
        let batch = [
            comment(&w, None, "Wendy", 1, CommentStatus::Visible),
            comment(&w, Some(parent), "Annice", 2, CommentStatus::Visible),
        ];
        let refused = w.write(async |tx| comments::import_thread(tx, &w.secrets, article_id, &batch).await).await;
        assert_eq!(refused.unwrap_err().code, Code::ParentElsewhere);
    }
    assert_eq!(w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200)["count"], 0);
}

#[actix_web::test]
async fn more_comments_than_one_statement_takes_come_in_too() {
    let w = World::new().await;
    let (slug, article_id) = w.article_taking("Old", OPEN).await;
    w.thread(article_id, 2500).await;
    assert_eq!(w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200)["count"], 2500);
    w.assert_counters_right().await;
}
