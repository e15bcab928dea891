use super::{call, save_reply};
use crate::world::World;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn they_come_by_their_titles() {
    let w = World::new().await;
    let (coach, other) = (w.coach("Marit").await, w.coach("Colin").await);
    for (title, shared) in [("beta", false), ("alpha", true), ("beta", true), ("delta 100%", false), ("gamma", true)] {
        save_reply(&w, &coach, title, shared).await;
    }
    save_reply(&w, &other, "epsilon", false).await;
    let list = async |by, parameters: &str| {
        call(&w, by, Method::GET, &format!("saved-replies{parameters}"), &Value::Null).await
    };
    let titles = |page: &Value| {
        page["items"].as_array().unwrap().iter().map(|it| it["title"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let first = list(&coach, "?limit=2").await;
    assert!(first.header("link").contains("rel=\"next\""));
    let first = first.expect(200);
    let follow = async |url: &Value| {
        w.request(Method::GET, url.as_str().unwrap()).bearer(&coach.access_token).send().await.expect(200)
    };
    let second = follow(&first["next"]).await;
    let third = follow(&second["next"]).await;
    let all: Vec<String> = [&first, &second, &third].into_iter().flat_map(titles).collect();
    assert_eq!(all, ["alpha", "beta", "beta", "delta 100%", "gamma"]);
    assert_eq!((titles(&follow(&third["prev"]).await), &third["next"]), (titles(&second), &Value::Null));
    assert_eq!(titles(&list(&other, "").await.expect(200)), ["alpha", "beta", "epsilon", "gamma"]);
    for (q, found) in [("TA", vec!["beta", "beta", "delta 100%"]), ("0%25", vec!["delta 100%"]), ("nothing", vec![])] {
        assert_eq!(titles(&list(&coach, &format!("?q={q}")).await.expect(200)), found);
    }
    let some = list(&coach, "?q=ta&limit=1").await.expect(200);
    assert_eq!(titles(&follow(&some["next"]).await), ["beta"]);
    let cursor = some["next"].as_str().unwrap().split("cursor=").nth(1).unwrap();
    for (by, q) in [(&coach, "a"), (&other, "ta")] {
        let refused = list(by, &format!("?q={q}&limit=1&cursor={cursor}")).await;
        assert_eq!(refused.problem(400, "bad_cursor"), ["cursor"]);
    }
    for q in ["", "%00", &"x".repeat(121)] {
        assert_eq!(list(&coach, &format!("?q={q}")).await.problem(400, "bad_request"), ["q"], "{q}");
    }
    assert_eq!(list(&coach, "?limit=0").await.problem(400, "bad_request"), ["limit"]);
    assert_eq!(list(&coach, "?limit=500").await.expect(200)["limit"], json!(100));
    list(&w.reader("Wren").await, "").await.problem(403, "forbidden");
}
