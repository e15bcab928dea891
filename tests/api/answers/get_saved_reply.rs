use super::{call, save_reply};
use crate::world::{NOTHING, World};
use reqwest::Method;
use serde_json::Value;

#[actix_web::test]
async fn ones_own_and_what_is_shared_can_be_read() {
    let w = World::new().await;
    let (coach, other, admin) = (w.coach("Marit").await, w.coach("Colin").await, w.admin("June").await);
    let (own, shared) = (save_reply(&w, &coach, "Own", false).await, save_reply(&w, &coach, "Shared", true).await);
    let get = async |by, id: &str| call(&w, by, Method::GET, &format!("saved-replies/{id}"), &Value::Null).await;
    let read = get(&coach, &own).await;
    assert_eq!((read.header("etag"), &read.expect(200)["title"]), ("\"1\"", &Value::from("Own")));
    for by in [&coach, &other, &admin] {
        assert_eq!(get(by, &shared).await.expect(200)["title"], "Shared");
    }
    for by in [&other, &admin] {
        get(by, &own).await.problem(404, "not_found");
    }
    get(&coach, NOTHING).await.problem(404, "not_found");
    get(&w.reader("Wren").await, &shared).await.problem(403, "forbidden");
}
