//! What is left when a coach goes, and what is handed out to them.

use super::{ask, call, draft_of, save_draft, save_reply};
use crate::world::World;
use colloquy::db::schema::{answer_drafts, saved_replies};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn what_a_coach_keeps_stands_in_their_export_and_goes_with_them() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, other) = (w.coach("Marit").await, w.coach("Colin").await);
    let asked = ask(&w, &slug, &coach, "How do I begin?").await;
    save_draft(&w, &coach, &asked, "Dear Wendy,").await.expect(200);
    save_draft(&w, &other, &asked, "Hello Wendy,").await.expect(200);
    let shared = save_reply(&w, &coach, "Shared", true).await;
    save_reply(&w, &coach, "Own", false).await;
    save_reply(&w, &other, "Another's", false).await;
    let at = w.export(&coach.access_token).await;
    let document = w.see(&coach, &format!("{at}/document")).await.expect(200);
    let drafts = json!([{ "comment_id": asked, "body": "Dear Wendy,", "updated_at": w.clock.now() }]);
    assert_eq!(document["answer_drafts"], drafts);
    let saved = document["saved_replies"].as_array().unwrap();
    assert_eq!(saved.iter().map(|it| it["title"].as_str().unwrap()).collect::<Vec<_>>(), ["Shared", "Own"]);
    w.leave(&coach, "anonymise").await;
    let conn = &mut w.db.conn().await;
    assert_eq!(answer_drafts::table.count().get_result::<i64>(conn).await.unwrap(), 1);
    let theirs = saved_replies::table.filter(saved_replies::author_id.eq(coach.id.parse::<uuid::Uuid>().unwrap()));
    assert_eq!(theirs.count().get_result::<i64>(conn).await.unwrap(), 0);
    let other = w.again(other).await;
    assert_eq!(draft_of(&w, &other, &asked).await.expect(200)["body"], "Hello Wendy,");
    let left = call(&w, &other, Method::GET, "saved-replies", &Value::Null).await.expect(200);
    let left = left["items"].as_array().unwrap();
    assert_eq!(left.iter().map(|it| it["title"].as_str().unwrap()).collect::<Vec<_>>(), ["Another's", "Shared"]);
    assert_eq!((&left[1]["id"], &left[1]["author"]), (&json!(shared), &Value::Null));
}
