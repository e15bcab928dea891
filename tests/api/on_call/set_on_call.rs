use super::{ON_CALL, put, set};
use crate::world::World;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn it_takes_the_place_of_what_was_there_and_is_remembered() {
    let w = World::new().await;
    let (moderator, admin) = (w.moderator("Mo").await, w.admin("June").await);
    let (one, other) = (w.coach("Colin").await, w.coach("Marit").await);
    let now = set(&w, &moderator, &[&one.id, &other.id]).await.expect(200);
    assert_eq!([&now["accounts"][0]["name"], &now["accounts"][1]["name"]], ["Colin", "Marit"]);
    let now = set(&w, &moderator, &[&other.id]).await.expect(200);
    assert_eq!(now["accounts"], json!([{ "id": other.id, "name": "Marit", "role": "coach" }]));
    assert_eq!(set(&w, &moderator, &[]).await.expect(200), json!({ "accounts": [] }));
    let audit = w.see(&admin, "/v1/audit?kind=on_call.set").await.expect(200);
    let entries = audit["items"].as_array().unwrap();
    assert_eq!((entries.len(), &entries[0]["actor_id"]), (3, &json!(moderator.id)), "{audit}");
}

#[actix_web::test]
async fn whoever_cannot_be_called_is_named() {
    let w = World::new().await;
    let (moderator, coach, reader) = (w.moderator("Mo").await, w.coach("Colin").await, w.reader("Wren").await);
    let nobody = w.clock.id().to_string();
    let refused = set(&w, &moderator, &[&coach.id, &reader.id, &nobody, &coach.id]).await;
    assert_eq!(refused.problem(422, "validation"), ["#/accounts/1", "#/accounts/2", "#/accounts/3"]);
    let many: Vec<&str> = (0..21).map(|_| nobody.as_str()).collect();
    assert_eq!(set(&w, &moderator, &many).await.problem(422, "validation"), ["#/accounts"]);
    assert_eq!(w.see(&moderator, ON_CALL).await.expect(200), json!({ "accounts": [] }));
}

#[actix_web::test]
async fn twenty_may_be_called() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let mut coaches = Vec::new();
    for n in 0..20 {
        coaches.push(w.coach(&format!("Coach {n}")).await.id);
    }
    let coaches: Vec<&str> = coaches.iter().map(String::as_str).collect();
    let now = set(&w, &moderator, &coaches).await.expect(200);
    assert_eq!(now["accounts"].as_array().unwrap().len(), 20);
}

#[actix_web::test]
async fn moderators_do_it() {
    let w = World::new().await;
    let (moderator, coach) = (w.moderator("Mo").await, w.coach("Colin").await);
    set(&w, &coach, &[&coach.id]).await.problem(403, "forbidden");
    let nobody = w.request(Method::PUT, ON_CALL).json(&json!({ "accounts": [] }));
    nobody.send().await.problem(401, "unauthenticated");
    put(&w, &moderator, &json!({ "accounts": ["Colin"] })).await.problem(400, "bad_request");
    put(&w, &moderator, &json!({})).await.problem(400, "bad_request");
}
