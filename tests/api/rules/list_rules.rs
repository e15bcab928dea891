use super::{RULES, create, words};
use crate::world::World;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn they_come_in_the_order_in_which_they_were_made_page_by_page() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let mut made = Vec::new();
    for term in ["one", "two", "three"] {
        made.push(create(&w, &moderator.access_token, &words(&[term])).await.expect(201));
    }
    let list = async |path: &str| w.request(Method::GET, path).bearer(&moderator.access_token).send().await;
    let reply = list(&format!("{RULES}?limit=2")).await;
    let first = reply.expect(200);
    assert_eq!(first["items"], json!(made[..2]));
    assert!(reply.header("link").contains("rel=\"next\""));
    let second = list(first["next"].as_str().unwrap()).await.expect(200);
    assert_eq!((&second["items"], &second["next"]), (&json!(made[2..]), &Value::Null));
    assert_eq!(list(second["prev"].as_str().unwrap()).await.expect(200)["items"], first["items"]);
    assert_eq!(list(RULES).await.expect(200)["items"], json!(made));
}

#[actix_web::test]
async fn what_is_asked_wrongly_is_refused() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let list = async |query: &str| {
        w.request(Method::GET, &format!("{RULES}?{query}")).bearer(&moderator.access_token).send().await
    };
    assert_eq!(list("limit=0").await.problem(400, "bad_request"), ["limit"]);
    assert_eq!(list("limit=1000").await.expect(200)["limit"], 100);
    list("cursor=nonsense").await.problem(400, "bad_cursor");
    list("kind=words").await.problem(400, "bad_request");
}
