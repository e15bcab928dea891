use super::{ask, call, save_draft};
use crate::world::World;
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn ones_own_drafts_come_the_last_first() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, other) = (w.coach("Marit").await, w.coach("Colin").await);
    let mut questions = Vec::new();
    for n in 0..5 {
        let question = ask(&w, &slug, &coach, &format!("Question {n}?")).await;
        save_draft(&w, &coach, &question, &format!("Draft {n}")).await.expect(200);
        questions.push(question);
        // Two are kept at the same time.
        if n != 2 {
            w.clock.set(w.clock.now() + TimeDelta::seconds(1));
        }
    }
    save_draft(&w, &other, &questions[0], "Another's.").await.expect(200);
    let list =
        async |by, parameters: &str| call(&w, by, Method::GET, &format!("drafts{parameters}"), &Value::Null).await;
    let bodies = |page: &Value| {
        page["items"].as_array().unwrap().iter().map(|it| it["body"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let first = list(&coach, "?limit=2").await;
    assert!(first.header("link").contains("rel=\"next\""));
    let first = first.expect(200);
    assert_eq!(bodies(&first), ["Draft 4", "Draft 3"]);
    let follow = async |url: &Value| {
        w.request(Method::GET, url.as_str().unwrap()).bearer(&coach.access_token).send().await.expect(200)
    };
    let second = follow(&first["next"]).await;
    let third = follow(&second["next"]).await;
    assert_eq!(
        (bodies(&second), bodies(&third)),
        (vec!["Draft 2".into(), "Draft 1".into()], vec!["Draft 0".to_owned()])
    );
    assert_eq!((bodies(&follow(&third["prev"]).await), &third["next"]), (bodies(&second), &Value::Null));
    assert_eq!(bodies(&list(&other, "").await.expect(200)), ["Another's."]);
    // One's cursor is nobody else's.
    let cursor = first["next"].as_str().unwrap().split("cursor=").nth(1).unwrap();
    assert_eq!(list(&other, &format!("?limit=2&cursor={cursor}")).await.problem(400, "bad_cursor"), ["cursor"]);
    assert_eq!(list(&coach, "?limit=0").await.problem(400, "bad_request"), ["limit"]);
    assert_eq!(list(&coach, "?limit=500").await.expect(200)["limit"], json!(100));
    assert_eq!(list(&coach, "?q=x").await.problem(400, "bad_request"), ["q"]);
    list(&w.reader("Wren").await, "").await.problem(403, "forbidden");
}
