use super::{account, lay, on};
use crate::world::{Reply, World};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

async fn acknowledge(w: &World, authorization: &str, sanction: &Value) -> Reply {
    let path = format!("/v1/sanctions/{}/acknowledge", sanction["id"].as_str().unwrap());
    w.request(Method::POST, &path).header("authorization", authorization).send().await
}

#[actix_web::test]
async fn a_warning_is_read_and_moderators_see_that() {
    let w = World::new().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    let token = format!("Bearer {}", ada.access_token);
    let laid = lay(&w, &moderator, &account("warn", &ada)).await;
    let read_at = w.clock.now() + TimeDelta::minutes(1);
    for minutes in [1, 2] {
        w.clock.set(laid.json()["created_at"].as_str().unwrap().parse().unwrap());
        w.clock.set(w.clock.now() + TimeDelta::minutes(minutes));
        acknowledge(&w, &token, &laid.json()).await.expect(204);
    }
    let seen = w.get_as(&moderator.access_token, laid.header("location")).await.expect(200);
    assert_eq!((&seen["acknowledged_at"], &seen["in_force"]), (&json!(read_at), &json!(true)));
    let own = w.get_as(&ada.access_token, "/v1/accounts/me/sanctions").await.expect(200);
    assert_eq!(own["items"][0]["acknowledged_at"], json!(read_at));
}

#[actix_web::test]
async fn guests_too() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let posted = w.post_as_guest(&slug, "Hello.", None).await.expect(201);
    let laid = lay(&w, &moderator, &on("warn", &json!({ "comment_id": posted["id"] }))).await.expect(201);
    let token = format!("Guest {}", posted["manage_token"].as_str().unwrap());
    acknowledge(&w, &token, &laid).await.expect(204);
}

#[actix_web::test]
async fn nobody_reads_what_is_not_on_them_or_holds_no_more() {
    let w = World::new().await;
    let (moderator, ada, bea) = (w.moderator("Mo").await, w.reader("Ada").await, w.reader("Bea").await);
    let mut brief = account("warn", &ada);
    brief["minutes"] = json!(1);
    let laid = lay(&w, &moderator, &brief).await.expect(201);
    acknowledge(&w, &format!("Bearer {}", bea.access_token), &laid).await.problem(404, "not_found");
    w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    acknowledge(&w, &format!("Bearer {}", ada.access_token), &laid).await.problem(404, "not_found");
    let path = format!("/v1/sanctions/{}/acknowledge", laid["id"].as_str().unwrap());
    w.request(Method::POST, &path).send().await.problem(401, "unauthenticated");
}
