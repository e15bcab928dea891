use super::{ask, call, draft_of, save_draft};
use crate::world::{NOTHING, World};
use chrono::TimeDelta;
use colloquy::db::schema::answer_drafts;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn what_was_written_last_is_kept_sealed() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let coach = w.coach("Marit").await;
    let question = ask(&w, &slug, &coach, "How do I begin?").await;
    let first = save_draft(&w, &coach, &question, "Dear Wendy,").await.expect(200);
    assert_eq!(first, json!({ "comment_id": question, "body": "Dear Wendy,", "updated_at": w.clock.now() }));
    w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    let second = save_draft(&w, &coach, &question, "Dear Wendy,\n\nby listening.").await.expect(200);
    assert_eq!(draft_of(&w, &coach, &question).await.expect(200), second);
    assert_eq!(
        (&second["body"], &second["updated_at"]),
        (&json!("Dear Wendy,\n\nby listening."), &json!(w.clock.now()))
    );
    // Nobody who has the database reads it, or moves it to another question.
    let sealed = answer_drafts::table.select(answer_drafts::sealed);
    let sealed: Vec<u8> = sealed.first(&mut w.db.conn().await).await.unwrap();
    assert!(!sealed.windows(5).any(|part| part == b"Wendy"));
    let other = ask(&w, &slug, &coach, "And then?").await;
    let moved =
        diesel::update(answer_drafts::table).set(answer_drafts::comment_id.eq(other.parse::<uuid::Uuid>().unwrap()));
    moved.execute(&mut w.db.conn().await).await.unwrap();
    draft_of(&w, &coach, &other).await.problem(500, "internal");
}

#[actix_web::test]
async fn what_no_comment_may_say_is_refused_and_so_is_an_answer_to_nothing() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let coach = w.coach("Marit").await;
    let question = ask(&w, &slug, &coach, "How do I begin?").await;
    for body in ["", " \n", "a\u{7}bell", &"x".repeat(20_001)] {
        assert_eq!(save_draft(&w, &coach, &question, body).await.problem(422, "validation"), ["#/body"]);
    }
    save_draft(&w, &coach, &question, &"x".repeat(20_000)).await.expect(200);
    save_draft(&w, &coach, NOTHING, "Dear Wendy,").await.problem(404, "not_found");
    let own = w.post_as(&coach.access_token, &slug, &json!({ "body": "Not a question." })).await.expect(201);
    save_draft(&w, &coach, own["id"].as_str().unwrap(), "Dear me,").await.problem(404, "not_found");
    call(&w, &coach, Method::PUT, &format!("{question}/draft"), &json!({ "text": "?" }))
        .await
        .problem(400, "bad_request");
    save_draft(&w, &w.reader("Wren").await, &question, "Dear Wendy,").await.problem(403, "forbidden");
}

#[actix_web::test]
#[expect(clippy::disallowed_methods, reason = "rows out of a series are not in the query builder")]
async fn a_coach_has_five_hundred_at_most() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let coach = w.coach("Marit").await;
    w.thread(article_id, 501).await;
    let question = ask(&w, &slug, &coach, "How do I begin?").await;
    let many = diesel::sql_query(
        "INSERT INTO answer_drafts (account_id, comment_id, sealed, updated_at)
         SELECT $1, id, '', now() FROM comments WHERE id <> $2 ORDER BY id LIMIT 500",
    );
    let many = many.bind::<diesel::sql_types::Uuid, _>(coach.id.parse::<uuid::Uuid>().unwrap());
    let many = many.bind::<diesel::sql_types::Uuid, _>(question.parse::<uuid::Uuid>().unwrap());
    many.execute(&mut w.db.conn().await).await.unwrap();
    save_draft(&w, &coach, &question, "Dear Wendy,").await.problem(409, "conflict");
}
