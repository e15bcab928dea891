use super::{at, bearer, get, pair, say};
use crate::world::{NOTHING, World};
use serde_json::json;

#[actix_web::test]
async fn each_side_sees_it_from_its_own() {
    let w = World::new().await;
    let (ada, marit, thread) = pair(&w).await;
    say(&w, &marit, &thread, "I am here.").await;
    let reply = get(&w, &ada, &at(&thread, "")).await;
    assert_eq!(
        (reply.header("cache-control"), reply.header("vary").contains("Authorization")),
        ("private, no-store", true)
    );
    let (reader, coach) = (reply.expect(200), get(&w, &marit, &at(&thread, "")).await.expect(200));
    assert_eq!((&reader["you"], &coach["you"]), (&json!("reader"), &json!("coach")));
    assert_eq!((&reader["unread"], &coach["unread"]), (&json!(1), &json!(0)));
    assert_eq!((&reader["last_no"], &reader["read_no"], &coach["read_no"]), (&json!(2), &json!(1), &json!(2)));
}

#[actix_web::test]
async fn without_an_account_or_a_manage_token_there_is_nothing_to_ask() {
    let w = World::new().await;
    let (_, _, thread) = pair(&w).await;
    let (here, nowhere) = (w.get(&at(&thread, "")).await, w.get(&at(NOTHING, "")).await);
    here.problem(401, "unauthenticated");
    assert_eq!(here.text(), nowhere.text());
    let joss = bearer(&w.coach("Joss").await);
    get(&w, &joss, &at(&thread, "")).await.problem(404, "not_found");
    get(&w, &joss, &at("no-id", "")).await.problem(404, "not_found");
}

#[actix_web::test]
async fn whoever_is_no_coach_any_more_is_in_no_thread_as_one() {
    let w = World::new().await;
    let (ada, marit) = (w.reader("Ada").await, w.coach("Marit").await);
    let thread = super::taken(&w, &bearer(&ada), &marit).await;
    let june = w.admin("June").await;
    let role = w.request(reqwest::Method::PUT, &format!("/v1/accounts/{}/role", marit.id)).bearer(&june.access_token);
    role.json(&json!({ "role": "reader" })).send().await.expect(200);
    let (token, _) = w.log_in(&marit.email).await;
    get(&w, &format!("Bearer {token}"), &at(&thread, "")).await.problem(404, "not_found");
    assert_eq!(get(&w, &format!("Bearer {token}"), "/v1/private-threads").await.expect(200)["items"], json!([]));
}
