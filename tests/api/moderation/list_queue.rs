use crate::world::{CAREFUL, Person, World, id};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn what_waits_comes_with_all_that_deciding_needs() {
    let w = World::new().await;
    let (slug, article_id) = w.article_taking("Careful", CAREFUL).await;
    let moderator = w.moderator("Mo").await;
    let posted = w.post_as_guest(&slug, "See https://example.org for more.", None).await.expect(201);
    let path = "/v1/moderation/queue";
    let reply = w.see(&moderator, path).await;
    assert_eq!(reply.header("cache-control"), "no-store");
    let page = reply.expect(200);
    let item = &page["items"][0];
    assert_eq!(item["comment"]["id"], posted["id"]);
    assert_eq!(item["comment"]["body"]["markdown"], "See https://example.org for more.");
    assert_eq!(item["article"], json!({ "id": article_id, "slug": slug, "title": "Careful" }));
    assert_eq!((&item["state"], &item["priority"], &item["link"]), (&json!("pending"), &json!(0), &json!(true)));
    assert_eq!((&item["first_time"], &item["edited"], &item["claim"]), (&json!(true), &json!(false), &Value::Null));
    assert_eq!(item["queued_at"], json!(w.clock.now()));
    assert_eq!((&item["hits"][0]["check"], &item["hits"][0]["action"]), (&json!("policy"), &json!("wait")));
    assert_eq!(item["author_record"], json!({ "approved": 0, "rejected": 0 }));
    assert_eq!(item["reports"], json!({ "count": 0, "reasons": {} }));
    assert_eq!((&page["next"], &page["prev"]), (&Value::Null, &Value::Null));
}

#[actix_web::test]
async fn what_readers_reported_stands_there_with_their_reasons_and_not_their_names() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let comment = w.say(&slug, "Hurtful.", None).await;
    let reporter = w.reported(&comment, "abuse").await;
    w.reported(&comment, "abuse").await;
    w.reported(&comment, "spam").await;
    let reply = w.see(&moderator, "/v1/moderation/queue?state=reported").await;
    let item = &reply.expect(200)["items"][0];
    assert_eq!((&item["state"], &item["comment"]["status"]), (&json!("reported"), &json!("visible")));
    assert_eq!(item["reports"], json!({ "count": 3, "reasons": { "abuse": 2, "spam": 1 } }));
    assert!(!reply.text().contains(&reporter.to_string()));
}

#[actix_web::test]
async fn how_its_author_stands_is_told_of_the_last_thirty_days() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (reader, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    for (text, verdict) in [("One.", "approve"), ("Two.", "approve"), ("Three.", "reject")] {
        let comment = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": text })).await.expect(201));
        w.decide(&moderator.access_token, &comment, verdict).await.expect(200);
    }
    w.post_as(&reader.access_token, &slug, &json!({ "body": "Four." })).await.expect(201);
    let record = async |moderator: &Person| {
        w.see(moderator, "/v1/moderation/queue").await.expect(200)["items"][0]["author_record"].clone()
    };
    assert_eq!(record(&moderator).await, json!({ "approved": 2, "rejected": 1 }));
    w.clock.set(w.clock.now() + TimeDelta::days(31));
    let (access_token, _) = w.log_in(&moderator.email).await;
    let moderator = Person { access_token, ..moderator };
    assert_eq!(record(&moderator).await, json!({ "approved": 0, "rejected": 0 }));
}

#[actix_web::test]
async fn it_is_sorted_by_age_or_by_risk_and_walked_both_ways() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let moderator = w.moderator("Mo").await;
    let mut waiting = Vec::new();
    for n in 0..7 {
        // Two at each moment.
        w.clock.set(w.clock.now() + TimeDelta::minutes(n % 2));
        waiting.push(w.say(&slug, &format!("comment {n}"), None).await);
    }
    for (n, priority) in [(2, 3), (4, 1), (5, 3)] {
        w.prioritise(&waiting[n], priority).await;
    }
    let by_risk: Vec<String> = [2, 5, 4, 0, 1, 3, 6].map(|n| waiting[n].clone()).to_vec();
    for (sort, expected) in [("age", &waiting), ("risk", &by_risk)] {
        let (mut seen, mut back) = (Vec::new(), Vec::new());
        let mut page = w.see(&moderator, &format!("/v1/moderation/queue?sort={sort}&limit=2")).await.expect(200);
        let ids = |page: &Value| -> Vec<String> {
            page["items"].as_array().unwrap().iter().map(|item| id(&item["comment"])).collect()
        };
        loop {
            seen.extend(ids(&page));
            let Some(next) = page["next"].as_str() else { break };
            page = w.see(&moderator, next).await.expect(200);
        }
        assert_eq!(&seen, expected, "{sort}");
        loop {
            back.splice(0..0, ids(&page));
            let Some(previous) = page["prev"].as_str() else { break };
            page = w.see(&moderator, previous).await.expect(200);
        }
        assert_eq!(&back, expected, "{sort}, backward");
    }
}

#[actix_web::test]
async fn facets_narrow_it_down() {
    let w = World::new().await;
    let (slug, article_id) = w.article_taking("Careful", CAREFUL).await;
    let (other, _) = w.article_taking("Elsewhere", CAREFUL).await;
    let (reader, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let linked = w.say(&slug, "See https://example.org.", None).await;
    let plain = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "Plain." })).await.expect(201));
    let elsewhere = w.say(&other, "Elsewhere.", None).await;
    let held = w.say(&slug, "Held.", None).await;
    w.give(&moderator, &held, "hold", json!({})).await.expect(200);
    w.claim(&moderator, &plain).await.expect(200);
    let cases = [
        ("guest=false".to_owned(), vec![&plain]),
        ("guest=true&state=pending".into(), vec![&linked, &elsewhere]),
        ("link=true".into(), vec![&linked]),
        ("link=false&guest=true&state=pending".into(), vec![&elsewhere]),
        ("state=held".into(), vec![&held]),
        ("state=held,pending".into(), vec![&linked, &plain, &elsewhere, &held]),
        ("state=reported".into(), vec![]),
        ("first_time=true&state=pending".into(), vec![&linked, &plain, &elsewhere]),
        ("first_time=false".into(), vec![]),
        ("edited=true".into(), vec![]),
        ("claim=mine".into(), vec![&plain]),
        ("claim=unclaimed&state=pending".into(), vec![&linked, &elsewhere]),
        (format!("article_id={article_id}&link=true"), vec![&linked]),
        (format!("author_id={}", reader.id), vec![&plain]),
    ];
    for (parameters, expected) in cases {
        let expected: Vec<String> = expected.into_iter().cloned().collect();
        assert_eq!(w.queued(&moderator, &parameters).await, expected, "{parameters}");
    }
}

#[actix_web::test]
async fn what_was_changed_after_it_was_shown_can_be_asked_for() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (reader, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let changed = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "Kind." })).await.expect(201));
    let new = w.say(&slug, "New.", None).await;
    w.give(&moderator, &changed, "approve", json!({})).await.expect(200);
    let change = w.request(Method::PATCH, &format!("/v1/comments/{changed}")).bearer(&reader.access_token);
    change.header("if-match", "*").json(&json!({ "body": "Changed." })).send().await.expect(200);
    assert_eq!(w.queued(&moderator, "edited=true").await, [changed]);
    assert_eq!(w.queued(&moderator, "edited=false").await, [new]);
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
        let (statements, page) = w.statements(w.see(&moderator, &format!("/v1/moderation/queue?limit={limit}"))).await;
        page.expect(200);
        sent.push(statements);
    }
    assert_eq!(sent[0], sent[1]);
}

#[actix_web::test]
async fn only_moderators_see_it() {
    let w = World::new().await;
    let path = "/v1/moderation/queue";
    w.get(path).await.problem(401, "unauthenticated");
    for person in [w.reader("Ada").await, w.coach("Colin").await] {
        w.see(&person, path).await.problem(403, "forbidden");
        w.see(&person, &format!("{path}?limit=many")).await.problem(403, "forbidden");
    }
    let admin = w.admin("Root").await;
    w.see(&admin, path).await.expect(200);
}

#[actix_web::test]
async fn what_is_asked_wrongly_is_refused_by_name() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (moderator, admin) = (w.moderator("Mo").await, w.admin("Root").await);
    for n in 0..2 {
        w.say(&slug, &format!("comment {n}"), None).await;
    }
    for (parameters, code, name) in [
        ("limit=0", "bad_request", "limit"),
        ("cursor=x", "bad_cursor", "cursor"),
        ("state=visible", "bad_request", "state"),
        ("state=", "bad_request", "state"),
        ("sort=newest", "bad_request", "sort"),
        ("guest=perhaps", "bad_request", "guest"),
        ("claim=theirs", "bad_request", "claim"),
        ("author_id=Ada", "bad_request", "author_id"),
        ("colour=blue", "bad_request", "colour"),
    ] {
        let refused = w.see(&moderator, &format!("/v1/moderation/queue?{parameters}")).await;
        assert_eq!(refused.problem(400, code), [name], "{parameters}");
    }
    assert_eq!(w.see(&moderator, "/v1/moderation/queue?limit=1000").await.expect(200)["limit"], 100);
    let page = w.see(&moderator, "/v1/moderation/queue?limit=1").await.expect(200);
    let cursor = page["next"].as_str().unwrap().split("cursor=").nth(1).unwrap();
    let other = format!("/v1/moderation/queue?sort=risk&cursor={cursor}");
    w.see(&moderator, &other).await.problem(400, "bad_cursor");
    let path = format!("/v1/moderation/queue?cursor={cursor}");
    w.see(&admin, &path).await.problem(400, "bad_cursor");
    w.request(Method::GET, &path).bearer(&moderator.access_token).send().await.expect(200);
}
