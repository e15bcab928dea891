use super::{ask, call, draft_of, save_draft};
use crate::world::{NOTHING, World};
use reqwest::Method;
use serde_json::Value;

#[actix_web::test]
async fn a_draft_is_thrown_away() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, other) = (w.coach("Marit").await, w.coach("Colin").await);
    let question = ask(&w, &slug, &coach, "How do I begin?").await;
    save_draft(&w, &coach, &question, "Dear Wendy,").await.expect(200);
    let delete = async |by, of: &str| call(&w, by, Method::DELETE, &format!("{of}/draft"), &Value::Null).await;
    delete(&other, &question).await.expect(204);
    draft_of(&w, &coach, &question).await.expect(200);
    for _ in 0..2 {
        delete(&coach, &question).await.expect(204);
        draft_of(&w, &coach, &question).await.problem(404, "not_found");
    }
    delete(&coach, NOTHING).await.expect(204);
    delete(&w.reader("Wren").await, &question).await.problem(403, "forbidden");
}
