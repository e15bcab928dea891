use super::waiting;
use crate::world::{OPEN, World, id};
use chrono::TimeDelta;
use serde_json::{Value, json};

#[actix_web::test]
async fn what_waits_stands_on_the_desk_with_all_that_answering_needs() {
    let (w, slug, coach, question) = waiting().await;
    let page = w.see(&coach, "/v1/desk").await.expect(200);
    let item = &page["items"][0];
    assert_eq!(id(&item["comment"]), question);
    assert_eq!(item["comment"]["body"]["text"], "How do I begin?");
    assert_eq!(item["article"]["slug"], slug);
    assert_eq!(item["state"], "waiting");
    assert_eq!(item["asked_at"], json!(w.clock.now()));
    assert_eq!(item["waiting_seconds"], 0);
    assert_eq!((&item["priority"], &item["by_guest"], &item["asked_of_me"]), (&json!(0), &json!(true), &json!(false)));
    for nothing in ["claim", "snoozed_until", "answer", "decided"] {
        assert_eq!(item[nothing], Value::Null, "{nothing}");
    }
    w.clock.set(w.clock.now() + TimeDelta::minutes(5));
    assert_eq!(w.see(&coach, "/v1/desk").await.expect(200)["items"][0]["waiting_seconds"], 300);
}

#[actix_web::test]
async fn the_oldest_comes_first_and_every_walk_sees_each_once() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let coach = w.coach("Marit").await;
    let mut asked = Vec::new();
    for n in 0..7 {
        w.clock.set(w.clock.now() + TimeDelta::seconds(1));
        asked.push(w.say(&slug, &format!("Question {n}"), None).await);
    }
    let all: Vec<&str> = asked.iter().map(String::as_str).collect();
    w.until_desk(&coach, "", &all).await;
    for sort in ["age", "priority"] {
        let (mut seen, mut back) = (Vec::new(), Vec::new());
        let mut next = Some(format!("/v1/desk?limit=3&sort={sort}"));
        let mut prev = None;
        while let Some(address) = next {
            let page = w.see(&coach, &address).await.expect(200);
            seen.extend(page["items"].as_array().unwrap().iter().map(|item| id(&item["comment"])));
            next = page["next"].as_str().map(str::to_owned);
            prev = page["prev"].as_str().map(str::to_owned);
        }
        assert_eq!(seen, asked, "{sort}");
        while let Some(address) = prev {
            let page = w.see(&coach, &address).await.expect(200);
            back.splice(0..0, page["items"].as_array().unwrap().iter().map(|item| id(&item["comment"])));
            prev = page["prev"].as_str().map(str::to_owned);
        }
        assert_eq!(back, asked[..6], "{sort}");
    }
}

#[actix_web::test]
async fn what_should_not_wait_comes_first_by_priority() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, moderator) = (w.coach("Marit").await, w.moderator("Hollis").await);
    let calm = w.say(&slug, "How do I begin?", None).await;
    w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    let urgent = w.say(&slug, "I am going to kill myself tonight.", None).await;
    w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    let last = w.say(&slug, "And then?", None).await;
    // Where it was held, a moderator has looked.
    let _ = w.decide(&moderator.access_token, &urgent, "approve").await;
    w.until_desk(&coach, "sort=age", &[&calm, &urgent, &last]).await;
    let item = w.question(&coach, &urgent).await.expect(200);
    let priority = item["priority"].as_i64().unwrap();
    assert!(priority >= 2, "{item}");
    assert_eq!(w.desk(&coach, "sort=priority").await, [urgent.clone(), calm, last]);
    assert_eq!(w.desk(&coach, &format!("priority={priority}")).await, [urgent]);
    assert!(w.desk(&coach, "priority=1").await.is_empty());
}

#[actix_web::test]
async fn a_cursor_is_good_for_its_list_only() {
    let (w, slug, coach, _) = waiting().await;
    let second = w.say(&slug, "And then?", None).await;
    w.until_desk(&coach, "limit=1&sort=priority", &[&w.desk(&coach, "").await[0].clone()]).await;
    crate::world::until("both wait", async || w.desk(&coach, "").await.contains(&second)).await;
    let next = w.see(&coach, "/v1/desk?limit=1").await.expect(200)["next"].as_str().unwrap().to_owned();
    let cursor = next.split("cursor=").nth(1).unwrap();
    w.see(&coach, &format!("/v1/desk?limit=1&state=dismissed&cursor={cursor}")).await.problem(400, "bad_cursor");
    let colin = w.coach("Colin").await;
    w.see(&colin, &next).await.problem(400, "bad_cursor");
}

#[actix_web::test]
async fn what_cannot_be_asked_for_is_named() {
    let (w, _, coach, _) = waiting().await;
    for (parameters, place) in [
        ("state=lost", "state"),
        ("sort=name", "sort"),
        ("priority=4", "priority"),
        ("priority=-1", "priority"),
        ("section_id=one", "section_id"),
        ("asked=you", "asked"),
        ("asked_before=yesterday", "asked_before"),
        ("asked_before=-9999-01-01T00:00:00Z", "asked_before"),
        ("asked_after=-0001-12-31T23:59:59Z", "asked_after"),
        ("asked_after=%2B10000-01-01T00:00:00Z", "asked_after"),
        ("asked_after=0000-01-01T00:00:00%2B14:00", "asked_after"),
        ("guest=maybe", "guest"),
        ("limit=0", "limit"),
        ("mood=good", "mood"),
        ("tag=a%00b", "tag"),
        (&format!("tag={}", "a".repeat(101)), "tag"),
        (&format!("language={}", "a".repeat(36)), "language"),
    ] {
        assert_eq!(w.see(&coach, &format!("/v1/desk?{parameters}")).await.problem(400, "bad_request"), [place]);
    }
    // These are times of which there are questions, or none.
    for parameters in ["asked_after=0000-01-01T00:00:00Z", "asked_before=9999-12-31T23:59:59Z"] {
        assert_eq!(w.desk(&coach, parameters).await.len(), 1, "{parameters}");
    }
    w.see(&w.reader("Wren").await, "/v1/desk").await.problem(403, "forbidden");
    w.get("/v1/desk").await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn what_is_said_between_readers_is_no_question() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Open", OPEN).await;
    let coach = w.coach("Marit").await;
    let root = w.say(&slug, "How do I begin?", None).await;
    w.say(&slug, "I began with a walk.", Some(&root)).await;
    let own = w.post_as(&coach.access_token, &slug, &json!({ "body": "Tell us how it went." })).await.expect(201);
    let follow_up = w.say(&slug, "It went well, but what now?", Some(&id(&own))).await;
    w.until_desk(&coach, "", &[&root, &follow_up]).await;
}
