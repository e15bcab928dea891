use super::{call, matched, save_reply};
use crate::world::World;
use reqwest::Method;
use serde_json::Value;

#[actix_web::test]
async fn who_wrote_it_throws_it_away_or_an_admin() {
    let w = World::new().await;
    let (coach, other, admin) = (w.coach("Marit").await, w.coach("Colin").await, w.admin("June").await);
    let (own, shared) = (save_reply(&w, &coach, "Own", false).await, save_reply(&w, &coach, "Shared", true).await);
    let delete = async |by, id: &str, revision: &str| matched(&w, by, Method::DELETE, id, revision, &Value::Null).await;
    delete(&other, &shared, "*").await.problem(403, "forbidden");
    delete(&admin, &own, "*").await.problem(404, "not_found");
    assert_eq!(delete(&coach, &own, "\"2\"").await.problem(412, "precondition_failed"), ["If-Match"]);
    let path = format!("saved-replies/{own}");
    let blind = call(&w, &coach, Method::DELETE, &path, &Value::Null).await;
    assert_eq!(blind.problem(428, "precondition_required"), ["If-Match"]);
    delete(&coach, &own, "\"1\"").await.expect(204);
    delete(&admin, &shared, "\"1\"").await.expect(204);
    delete(&coach, &own, "\"1\"").await.problem(404, "not_found");
    call(&w, &coach, Method::GET, &path, &Value::Null).await.problem(404, "not_found");
}
