use crate::world::World;
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn my_sessions_are_listed_the_newest_first() {
    let w = World::new().await;
    let (ada, _) = (w.reader("Ada").await, w.reader("Eve").await);
    w.clock.set(w.clock.now() + TimeDelta::minutes(5));
    let (second, _) = w.log_in(&ada.email).await;
    w.post("/v1/sessions/refresh", &json!({ "refresh_token": ada.refresh_token })).await.expect(200);
    let reply = w.request(Method::GET, "/v1/sessions").bearer(&second).send().await;
    let list = reply.expect(200);
    assert_eq!(reply.header("cache-control"), "no-store");
    let items = list["items"].as_array().unwrap();
    assert_eq!(items.len(), 2);
    assert_eq!((&items[0]["current"], &items[1]["current"]), (&json!(true), &json!(false)));
    assert_eq!(items[1]["created_at"], "2026-03-14T12:00:00Z");
    assert_eq!(items[1]["refreshed_at"], "2026-03-14T12:05:00Z");
    assert_eq!(items[1]["expires_at"], "2026-04-13T12:00:00Z");
    assert_eq!((&list["limit"], &list["next"], &list["prev"]), (&json!(20), &Value::Null, &Value::Null));
}

#[actix_web::test]
async fn a_long_list_is_walked_page_by_page() {
    let w = World::with(&[("standing_seconds", "0")]).await;
    let ada = w.reader("Ada").await;
    for _ in 0..6 {
        w.clock.set(w.clock.now() + TimeDelta::seconds(1));
        w.log_in(&ada.email).await;
    }
    let page = async |path: &str| {
        let reply = w.request(Method::GET, path).bearer(&ada.access_token).send().await;
        (reply.expect(200), reply.header("link").to_owned())
    };
    let ids = |list: &Value| -> Vec<String> {
        list["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
    };
    let (whole, _) = page("/v1/sessions").await;
    let (mut path, mut walked, mut back) = ("/v1/sessions?limit=3".to_owned(), Vec::new(), String::new());
    loop {
        let (list, link) = page(&path).await;
        walked.extend(ids(&list));
        if let Some(prev) = list["prev"].as_str() {
            prev.clone_into(&mut back);
        }
        let Some(next) = list["next"].as_str() else { break };
        assert!(link.contains(&format!("<{next}>; rel=\"next\"")), "{link}");
        next.clone_into(&mut path);
    }
    assert_eq!(walked, ids(&whole));
    assert_eq!(ids(&page(&back).await.0), walked[3..6]);
    assert_eq!(page("/v1/sessions?limit=1000").await.0["limit"], 100);
    let (one, _) = w.statements(page("/v1/sessions?limit=1")).await;
    let (many, _) = w.statements(page("/v1/sessions?limit=50")).await;
    assert_eq!(one, many);
}

#[actix_web::test]
async fn what_has_ended_is_not_listed() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let (second, _) = w.log_in(&ada.email).await;
    w.request(Method::DELETE, "/v1/sessions/current").bearer(&ada.access_token).send().await.expect(204);
    let list = w.request(Method::GET, "/v1/sessions").bearer(&second).send().await.expect(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn a_cursor_is_of_no_use_to_others() {
    let w = World::new().await;
    let (ada, eve) = (w.reader("Ada").await, w.reader("Eve").await);
    w.log_in(&ada.email).await;
    let get = async |path: &str, token: &str| w.request(Method::GET, path).bearer(token).send().await;
    let list = get("/v1/sessions?limit=1", &ada.access_token).await.expect(200);
    let next = list["next"].as_str().unwrap();
    get(next, &ada.access_token).await.expect(200);
    assert_eq!(get(next, &eve.access_token).await.problem(400, "bad_cursor"), ["cursor"]);
    get("/v1/sessions?cursor=nonsense", &ada.access_token).await.problem(400, "bad_cursor");
    assert_eq!(get("/v1/sessions?limit=0", &ada.access_token).await.problem(400, "bad_request"), ["limit"]);
    get("/v1/sessions?page=2", &ada.access_token).await.problem(400, "bad_request");
    w.get("/v1/sessions").await.problem(401, "unauthenticated");
}
