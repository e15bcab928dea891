use super::{at, bearer, call, get, pair, stored};
use crate::world::{NOTHING, World};
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn the_reader_erases_it_for_everybody() {
    let w = World::new().await;
    let (ada, marit, thread) = pair(&w).await;
    let draft = json!({ "body": "What I wanted" });
    call(&w, &marit, Method::PUT, &at(&thread, "/draft"), Some(draft)).await.expect(200);
    call(&w, &ada, Method::DELETE, &at(&thread, ""), None).await.expect(204);
    assert_eq!(stored(&w).await, (0, 0));
    let never = get(&w, &marit, &at(NOTHING, "")).await.text();
    for by in [&ada, &marit] {
        assert_eq!(get(&w, by, &at(&thread, "")).await.text(), never);
    }
    call(&w, &ada, Method::DELETE, &at(&thread, ""), None).await.problem(404, "not_found");
}

#[actix_web::test]
async fn also_after_having_left() {
    let w = World::new().await;
    let (ada, _, thread) = pair(&w).await;
    call(&w, &ada, Method::POST, &at(&thread, "/leave"), None).await.expect(204);
    call(&w, &ada, Method::DELETE, &at(&thread, ""), None).await.expect(204);
    assert_eq!(stored(&w).await, (0, 0));
}

#[actix_web::test]
async fn nobody_else_does() {
    let w = World::new().await;
    let (_, marit, thread) = pair(&w).await;
    call(&w, &marit, Method::DELETE, &at(&thread, ""), None).await.problem(403, "forbidden");
    for person in [w.reader("Bea").await, w.coach("Joss").await, w.admin("June").await] {
        call(&w, &bearer(&person), Method::DELETE, &at(&thread, ""), None).await.problem(404, "not_found");
    }
    assert_eq!(stored(&w).await, (1, 1));
}
