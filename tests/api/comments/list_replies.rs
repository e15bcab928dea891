use crate::world::{World, id};
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn replies_come_oldest_first_each_with_the_first_below_it() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let root = w.say(&slug, "root", None).await;
    let mut replies = Vec::new();
    for n in 0..5 {
        replies.push(w.say(&slug, &format!("reply {n}"), Some(&root)).await);
    }
    let below = w.say(&slug, "below", Some(&replies[1])).await;
    let path = format!("/v1/comments/{root}/replies?limit=2");
    let reply = w.get(&path).await;
    let first = reply.expect(200);
    assert_eq!((&first["limit"], &first["replies"], &first["prev"]), (&json!(2), &json!(3), &Value::Null));
    let ids = |page: &Value| page["items"].as_array().unwrap().iter().map(id).collect::<Vec<_>>();
    assert_eq!(ids(&first), replies[..2]);
    assert_eq!(first["items"][1]["replies"]["items"][0]["id"], json!(below));
    assert_eq!(reply.header("link"), format!("<{}>; rel=\"next\"", first["next"].as_str().unwrap()));
    let second = w.get(first["next"].as_str().unwrap()).await.expect(200);
    assert_eq!(ids(&second), replies[2..4]);
    let third = w.get(second["next"].as_str().unwrap()).await.expect(200);
    assert_eq!((ids(&third), &third["next"]), (replies[4..].to_vec(), &Value::Null));
    assert_eq!(ids(&w.get(third["prev"].as_str().unwrap()).await.expect(200)), replies[2..4]);
}

#[actix_web::test]
async fn a_comment_without_replies_has_an_empty_list() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let root = w.say(&slug, "root", None).await;
    let path = format!("/v1/comments/{root}/replies");
    let empty = w.get(&path).await;
    assert_eq!(empty.expect(200)["items"], json!([]));
    w.say(&slug, "reply", Some(&root)).await;
    let request = w.request(Method::GET, &path).header("if-none-match", empty.header("etag"));
    assert_eq!(request.send().await.expect(200)["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn a_tombstone_shows_the_replies_that_hang_on_it() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let root = w.say(&slug, "root", None).await;
    let reply = w.say(&slug, "reply", Some(&root)).await;
    w.delete(&moderator.access_token, &root).await.expect(204);
    assert_eq!(w.get(&format!("/v1/comments/{root}/replies")).await.expect(200)["items"][0]["id"], json!(reply));
    w.delete(&moderator.access_token, &reply).await.expect(204);
    w.get(&format!("/v1/comments/{root}/replies")).await.problem(404, "not_found");
}

#[actix_web::test]
async fn equally_many_statements_whatever_the_size() {
    let w = World::with(&[("cache_bytes", "0")]).await;
    let (slug, _) = w.open_article().await;
    let root = w.say(&slug, "root", None).await;
    for n in 0..12 {
        let reply = w.say(&slug, &format!("reply {n}"), Some(&root)).await;
        w.say(&slug, "below", Some(&reply)).await;
    }
    let mut sent = Vec::new();
    for query in ["limit=1&replies=0", "limit=1", "limit=50", "limit=50&replies=20"] {
        let (statements, page) = w.statements(w.get(&format!("/v1/comments/{root}/replies?{query}"))).await;
        page.expect(200);
        sent.push(statements);
    }
    assert_eq!(sent, [4, 5, 5, 5]);
}

#[actix_web::test]
async fn what_is_asked_wrongly_is_refused_by_name() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let root = w.say(&slug, "root", None).await;
    for n in 0..3 {
        w.say(&slug, &format!("reply {n}"), Some(&root)).await;
    }
    let path = format!("/v1/comments/{root}/replies");
    for (query, parameter) in
        [("limit=0", "limit"), ("replies=-1", "replies"), ("depth=-1", "depth"), ("sort=newest", "sort")]
    {
        assert_eq!(w.get(&format!("{path}?{query}")).await.problem(400, "bad_request"), [parameter]);
    }
    let next = w.get(&format!("{path}?limit=1")).await.expect(200)["next"].as_str().unwrap().to_owned();
    let cursor = next.split("cursor=").nth(1).unwrap();
    let other = w.say(&slug, "other", None).await;
    let elsewhere = w.get(&format!("/v1/comments/{other}/replies?cursor={cursor}")).await;
    assert_eq!(elsewhere.problem(400, "bad_cursor"), ["cursor"]);
    w.get(&format!("/v1/comments/{}/replies", w.clock.id())).await.problem(404, "not_found");
    w.get("/v1/comments/nonsense/replies").await.problem(404, "not_found");
}
