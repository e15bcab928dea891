use crate::world::{CAREFUL, World, id};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn what_waits_comes_oldest_first_with_all_that_a_moderator_needs() {
    let w = World::new().await;
    let (slug, article_id) = w.article_taking("Careful", CAREFUL).await;
    let moderator = w.moderator("Mo").await;
    let mut waiting = Vec::new();
    for n in 0..5 {
        w.clock.set(w.clock.now() + TimeDelta::minutes(1));
        waiting.push(w.say(&slug, &format!("comment {n}"), None).await);
    }
    let get = async |address: &str| w.request(Method::GET, address).bearer(&moderator.access_token).send().await;
    let reply = get("/v1/moderation/comments?limit=2").await;
    let first = reply.expect(200);
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(reply.header("link"), format!("<{}>; rel=\"next\"", first["next"].as_str().unwrap()));
    let item = &first["items"][0];
    assert_eq!(item["article"], json!({ "id": article_id, "slug": slug, "title": "Careful" }));
    assert_eq!(
        (&item["comment"]["status"], &item["comment"]["body"]["text"]),
        (&json!("pending"), &json!("comment 0"))
    );
    assert_eq!(item["comment"]["author"]["name"], "Wendy");
    let mut seen = Vec::new();
    let mut page = first;
    loop {
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| id(&item["comment"])));
        let Some(next) = page["next"].as_str() else { break };
        page = get(next).await.expect(200);
    }
    assert_eq!(seen, waiting);
    let before = get(page["prev"].as_str().unwrap()).await.expect(200);
    assert_eq!(before["items"].as_array().unwrap().len(), 2);
    assert_eq!(id(&before["items"][0]["comment"]), waiting[2]);
}

#[actix_web::test]
async fn each_state_has_its_own_queue() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let moderator = w.moderator("Mo").await;
    let (waiting, rejected) = (w.say(&slug, "waits", None).await, w.say(&slug, "rejected", None).await);
    w.decide(&moderator.access_token, &rejected, "reject").await.expect(200);
    for (status, expected) in [("pending", Some(&waiting)), ("rejected", Some(&rejected)), ("held", None)] {
        let path = format!("/v1/moderation/comments?status={status}");
        let page = w.request(Method::GET, &path).bearer(&moderator.access_token).send().await.expect(200);
        let ids: Vec<String> = page["items"].as_array().unwrap().iter().map(|item| id(&item["comment"])).collect();
        assert_eq!(ids, expected.into_iter().cloned().collect::<Vec<_>>(), "{status}");
        assert_eq!((&page["next"], &page["prev"]), (&Value::Null, &Value::Null));
    }
}

#[actix_web::test]
async fn equally_many_statements_whatever_the_size() {
    let w = World::with(&[("standing_seconds", "0")]).await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let moderator = w.moderator("Mo").await;
    for n in 0..8 {
        w.say(&slug, &format!("comment {n}"), None).await;
    }
    let mut sent = Vec::new();
    for limit in [1, 50] {
        let path = format!("/v1/moderation/comments?limit={limit}");
        let get = w.request(Method::GET, &path).bearer(&moderator.access_token).send();
        let (statements, page) = w.statements(get).await;
        page.expect(200);
        sent.push(statements);
    }
    assert_eq!(sent[0], sent[1]);
}

#[actix_web::test]
async fn only_moderators_look() {
    let w = World::new().await;
    let path = "/v1/moderation/comments";
    w.get(path).await.problem(401, "unauthenticated");
    w.request(Method::GET, path).guest("nonsense").send().await.problem(401, "unauthenticated");
    for person in [w.reader("Ada").await, w.coach("Colin").await] {
        w.request(Method::GET, path).bearer(&person.access_token).send().await.problem(403, "forbidden");
        // Nor does anybody else hear what is wrong with the question.
        let odd = w.request(Method::GET, &format!("{path}?limit=many")).bearer(&person.access_token).send().await;
        odd.problem(403, "forbidden");
    }
    let admin = w.admin("Root").await;
    w.request(Method::GET, path).bearer(&admin.access_token).send().await.expect(200);
}

#[actix_web::test]
async fn what_is_asked_wrongly_is_refused_by_name() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let get = async |query: &str| {
        let path = format!("/v1/moderation/comments?{query}");
        w.request(Method::GET, &path).bearer(&moderator.access_token).send().await
    };
    assert_eq!(get("limit=0").await.problem(400, "bad_request"), ["limit"]);
    assert_eq!(get("cursor=x").await.problem(400, "bad_cursor"), ["cursor"]);
    assert_eq!(get("status=visible").await.problem(400, "bad_request"), ["status"]);
    assert_eq!(get("sort=newest").await.problem(400, "bad_request"), ["sort"]);
}
