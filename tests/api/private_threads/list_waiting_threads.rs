use super::{bearer, get, opened, post};
use crate::world::{World, id};
use chrono::TimeDelta;
use serde_json::{Value, json};

#[actix_web::test]
async fn coaches_see_that_threads_wait_and_nothing_else() {
    let w = World::new().await;
    let (ada, marit) = (bearer(&w.reader("Ada").await), bearer(&w.coach("Marit").await));
    let begun = w.clock.now();
    let first = opened(&w, &ada).await;
    w.clock.set(begun + TimeDelta::minutes(5));
    let second = opened(&w, &ada).await;
    let reply = get(&w, &marit, "/v1/private-threads/waiting").await;
    assert_eq!(reply.header("cache-control"), "private, no-store");
    let told = json!([
        { "id": first, "since": begun, "asked_you": false },
        { "id": second, "since": begun + TimeDelta::minutes(5), "asked_you": false },
    ]);
    assert_eq!(reply.expect(200)["items"], told);
}

#[actix_web::test]
async fn they_are_walked_there_and_back() {
    let w = World::new().await;
    let (ada, marit) = (bearer(&w.reader("Ada").await), bearer(&w.coach("Marit").await));
    let mut all = Vec::new();
    for _ in 0..5 {
        all.push(opened(&w, &ada).await);
    }
    let ids = |page: &Value| page["items"].as_array().unwrap().iter().map(id).collect::<Vec<_>>();
    let first = get(&w, &marit, "/v1/private-threads/waiting?limit=2").await.expect(200);
    let second = get(&w, &marit, first["next"].as_str().unwrap()).await.expect(200);
    let third = get(&w, &marit, second["next"].as_str().unwrap()).await.expect(200);
    assert_eq!([ids(&first), ids(&second), ids(&third)].concat(), all);
    assert_eq!(third["next"], json!(null));
    assert_eq!(ids(&get(&w, &marit, third["prev"].as_str().unwrap()).await.expect(200)), ids(&second));
    // A cursor is good for nobody else.
    let joss = bearer(&w.coach("Joss").await);
    get(&w, &joss, first["next"].as_str().unwrap()).await.problem(400, "bad_cursor");
}

#[actix_web::test]
async fn only_coaches_see_them() {
    let w = World::new().await;
    for person in [w.reader("Ada").await, w.moderator("Mo").await] {
        get(&w, &bearer(&person), "/v1/private-threads/waiting").await.problem(403, "forbidden");
    }
    w.get("/v1/private-threads/waiting").await.problem(401, "unauthenticated");
    let marit = bearer(&w.coach("Marit").await);
    get(&w, &marit, "/v1/private-threads/waiting?limit=0").await.problem(400, "bad_request");
    post(&w, &marit, "/v1/private-threads/waiting/admission", json!({})).await.problem(404, "not_found");
}
