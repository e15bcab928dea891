use crate::world::{Person, Reply, World, id};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

async fn history(w: &World, moderator: &Person, comment: &str, parameters: &str) -> Reply {
    let path = format!("/v1/moderation/comments/{comment}/revisions{parameters}");
    w.request(Method::GET, &path).bearer(&moderator.access_token).send().await
}

async fn edit(w: &World, token: &str, id: &str, body: &str) -> Value {
    let request = w.request(Method::PATCH, &format!("/v1/comments/{id}")).header("authorization", token);
    request.header("if-match", "*").json(&json!({ "body": body })).send().await.expect(200)
}

#[actix_web::test]
async fn moderators_see_what_was_said_before() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (reader, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let comment = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "First." })).await.expect(201));
    let token = format!("Bearer {}", reader.access_token);
    w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    edit(&w, &token, &comment, "**Second.**").await;
    edit(&w, &token, &comment, "Third.").await;
    let seen = history(&w, &moderator, &comment, "").await.expect(200);
    let ada = json!({ "id": reader.id, "name": "Ada", "kind": "reader" });
    let text = |revision: i64, markdown: &str| {
        json!({
            "revision": revision, "markdown": markdown, "replaced_at": w.clock.now(), "replaced_by": ada, "expires_at": null,
        })
    };
    assert_eq!(seen["items"], json!([text(1, "First."), text(2, "**Second.**")]));
    assert_eq!((&seen["revision"], &seen["status"], &seen["next"]), (&json!(3), &json!("visible"), &Value::Null));
    // Everybody sees that it was edited, and nothing of what it said.
    let public = w.get(&format!("/v1/comments/{comment}")).await;
    assert_eq!(public.expect(200)["edited_at"], json!(w.clock.now()));
    assert!(!public.text().contains("First.") && !public.text().contains("Second."));
}

#[actix_web::test]
async fn they_are_paged_oldest_first() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let posted = w.post_as_guest(&slug, "Text 1", None).await.expect(201);
    let (comment, token) = (id(&posted), format!("Guest {}", posted["manage_token"].as_str().unwrap()));
    for n in 2..=6 {
        edit(&w, &token, &comment, &format!("Text {n}")).await;
    }
    let numbers = |page: &Value| {
        page["items"].as_array().unwrap().iter().map(|it| it["revision"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    let first = history(&w, &moderator, &comment, "?limit=2").await;
    assert!(first.header("link").contains("rel=\"next\""));
    let first = first.expect(200);
    let get = async |url: &Value| {
        w.request(Method::GET, url.as_str().unwrap()).bearer(&moderator.access_token).send().await.expect(200)
    };
    let second = get(&first["next"]).await;
    let third = get(&second["next"]).await;
    assert_eq!([numbers(&first), numbers(&second), numbers(&third)], [vec![1, 2], vec![3, 4], vec![5]]);
    assert_eq!(get(&third["prev"]).await["items"], second["items"]);
    assert_eq!(second["items"][0]["replaced_by"], Value::Null);
    let other = w.say(&slug, "Another.", None).await;
    let cursor = first["next"].as_str().unwrap().split("cursor=").nth(1).unwrap();
    history(&w, &moderator, &other, &format!("?cursor={cursor}")).await.problem(400, "bad_cursor");
    assert_eq!(history(&w, &moderator, &comment, "?limit=0").await.problem(400, "bad_request"), ["limit"]);
    assert_eq!(history(&w, &moderator, &comment, "?limit=1000").await.expect(200)["limit"], 100);
    history(&w, &moderator, &w.clock.id().to_string(), "").await.problem(404, "not_found");
    history(&w, &moderator, "nonsense", "").await.problem(404, "not_found");
}

#[actix_web::test]
async fn what_its_author_deletes_is_in_no_history() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (reader, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let comment = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "First." })).await.expect(201));
    edit(&w, &format!("Bearer {}", reader.access_token), &comment, "Second.").await;
    w.delete(&moderator.access_token, &comment).await.expect(204);
    assert_eq!(history(&w, &moderator, &comment, "").await.expect(200)["items"].as_array().unwrap().len(), 2);
    // Also when a moderator was faster.
    w.delete(&reader.access_token, &comment).await.expect(204);
    assert_eq!(history(&w, &moderator, &comment, "").await.expect(200)["items"], json!([]));
}
