use crate::world::{CAREFUL, Reply, World, verdict};
use diesel_async::SimpleAsyncConnection;
use reqwest::Method;
use serde_json::{Value, json};

const PATH: &str = "/v1/moderation/verdicts";

fn statuses(results: &Value) -> Vec<&str> {
    let items = results["items"].as_array().unwrap().iter();
    items.map(|item| item["status"].as_str().unwrap_or_else(|| item["problem"]["code"].as_str().unwrap())).collect()
}

#[actix_web::test]
async fn many_are_decided_at_once_each_by_itself() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (other, _) = w.open_article().await;
    let (mo, hollis) = (w.moderator("Mo").await, w.moderator("Hollis").await);
    let mut waiting = Vec::new();
    for n in 0..4 {
        waiting.push(w.say(&slug, &format!("comment {n}"), None).await);
    }
    let root = w.say(&other, "root", None).await;
    let reply = w.say(&other, "reply", Some(&root)).await;
    w.claim(&hollis, &waiting[3]).await.expect(200);
    let nothing = w.clock.id().to_string();
    let mut stale = verdict(&waiting[2], "approve");
    stale["revision"] = json!(9);
    let items = json!([
        verdict(&waiting[0], "approve"),
        { "comment_id": waiting[1], "verdict": "reject", "reason": "spam", "message": "No advertising." },
        stale,
        verdict(&waiting[3], "approve"),
        verdict(&root, "reject"),
        verdict(&reply, "hold"),
        verdict(&nothing, "approve"),
    ]);
    let results = w.post_by(&mo, PATH, &json!({ "items": items })).await.expect(200);
    let expected = ["visible", "rejected", "precondition_failed", "conflict", "rejected", "held", "not_found"];
    assert_eq!(statuses(&results), expected);
    let named: Vec<&Value> = results["items"].as_array().unwrap().iter().map(|item| &item["comment_id"]).collect();
    assert_eq!(named[..2], [&json!(waiting[0]), &json!(waiting[1])]);
    assert!(results["items"][3]["problem"]["detail"].as_str().unwrap().starts_with("Hollis has claimed it until"));
    assert!(results["items"][0]["verdict_id"].is_string() && results["items"][3].get("verdict_id").is_none());
    assert_eq!(w.queued(&mo, "").await, [waiting[2].clone(), waiting[3].clone(), reply]);
    assert_eq!(w.get(&format!("/v1/articles/{other}/comments")).await.expect(200)["items"], json!([]));
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn the_counters_of_a_deep_thread_stay_right_whatever_is_decided_together() {
    let w = World::new().await;
    let (_, article_id) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let ids: Vec<String> = w.thread(article_id, 60).await.iter().map(ToString::to_string).collect();
    // Every comment is decided on in three of seven rounds, each time together with others above and below it.
    for round in 0..7_usize {
        let items: Vec<Value> = ids
            .iter()
            .enumerate()
            .filter(|(n, _)| (n * 5 + round * 3) % 7 < 3)
            .map(|(n, id)| verdict(id, ["reject", "approve", "hold"][(n + round) % 3]))
            .collect();
        w.post_by(&moderator, PATH, &json!({ "items": items })).await.expect(200);
        w.assert_counters_right().await;
    }
    let all: Vec<Value> = ids.iter().map(|id| verdict(id, "reject")).collect();
    w.post_by(&moderator, PATH, &json!({ "items": all })).await.expect(200);
    w.assert_counters_right().await;
    let all: Vec<Value> = ids.iter().map(|id| verdict(id, "approve")).collect();
    let results = w.post_by(&moderator, PATH, &json!({ "items": all })).await.expect(200);
    assert!(statuses(&results).iter().all(|status| *status == "visible"));
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn as_many_statements_for_two_as_for_forty() {
    let w = World::with(&[("standing_seconds", "0")]).await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let moderator = w.moderator("Mo").await;
    let mut waiting = Vec::new();
    for n in 0..44 {
        waiting.push(verdict(&w.say(&slug, &format!("comment {n}"), None).await, ["approve", "reject"][n % 2]));
    }
    let give = async |items: &[Value]| w.statements(w.post_by(&moderator, PATH, &json!({ "items": items }))).await;
    // Once before, so that statements are prepared.
    give(&waiting[..2]).await.1.expect(200);
    let (few, reply) = give(&waiting[2..4]).await;
    reply.expect(200);
    let (many, reply) = give(&waiting[4..]).await;
    assert_eq!(statuses(&reply.expect(200)).len(), 40);
    assert_eq!(few, many);
}

#[actix_web::test]
async fn sent_twice_with_a_key_it_happens_once() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let moderator = w.moderator("Mo").await;
    let comment = w.say(&slug, "Hello.", None).await;
    let send = async |items: Value| -> Reply {
        let request = w.request(Method::POST, PATH).bearer(&moderator.access_token);
        request.header("idempotency-key", "a-key-of-mine").json(&json!({ "items": items })).send().await
    };
    let first = send(json!([verdict(&comment, "approve")])).await.expect(200);
    assert_eq!(send(json!([verdict(&comment, "approve")])).await.expect(200), first);
    send(json!([verdict(&comment, "reject")])).await.problem(422, "idempotency_key_reused");
}

#[actix_web::test]
async fn what_is_wrong_is_named_and_nothing_is_decided() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let moderator = w.moderator("Mo").await;
    let comment = w.say(&slug, "Hello.", None).await;
    let refused = async |items: Value| w.post_by(&moderator, PATH, &json!({ "items": items })).await;
    assert_eq!(refused(json!([])).await.problem(422, "validation"), ["#/items"]);
    let many: Vec<Value> = (0..501).map(|_| verdict(&w.clock.id().to_string(), "approve")).collect();
    assert_eq!(refused(json!(many)).await.problem(422, "validation"), ["#/items"]);
    let wrong = json!([
        { "comment_id": comment, "verdict": "hold", "message": "x".repeat(1001) },
        { "comment_id": comment, "verdict": "reject", "message": "  " },
        { "comment_id": w.clock.id(), "verdict": "approve", "reason": "other", "message": "Welcome." },
    ]);
    let expected =
        ["#/items/0/message", "#/items/1/comment_id", "#/items/1/message", "#/items/2/reason", "#/items/2/message"];
    assert_eq!(refused(wrong).await.problem(422, "validation"), expected);
    let odd = json!([{ "comment_id": comment, "verdict": "burn" }]);
    assert_eq!(refused(odd).await.problem(400, "bad_request"), ["#/items/0/verdict"]);
    let odd = json!([{ "comment_id": comment, "verdict": "reject", "reason": "bad taste" }]);
    assert_eq!(refused(odd).await.problem(400, "bad_request"), ["#/items/0/reason"]);
    assert_eq!(w.queued(&moderator, "").await, std::slice::from_ref(&comment));
    let body = json!({ "items": [verdict(&comment, "approve")] });
    w.post(PATH, &body).await.problem(401, "unauthenticated");
    w.post_by(&w.coach("Colin").await, PATH, &body).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn five_hundred_are_taken_together() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let ids = w.thread(article_id, 500).await;
    let items: Vec<Value> = ids.iter().map(|id| verdict(&id.to_string(), "reject")).collect();
    let results = w.post_by(&moderator, PATH, &json!({ "items": items })).await.expect(200);
    assert!(statuses(&results).iter().all(|status| *status == "rejected"));
    assert_eq!(w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200)["count"], 0);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn where_the_last_cannot_be_kept_none_is_given() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let ids = w.thread(article_id, 500).await;
    let breaks = format!(
        "CREATE FUNCTION breaks() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$;
         CREATE TRIGGER breaks BEFORE INSERT ON verdicts FOR EACH ROW WHEN (NEW.comment_id = '{}')
         EXECUTE FUNCTION breaks();",
        ids[499],
    );
    w.db.conn().await.batch_execute(&breaks).await.unwrap();
    let items: Vec<Value> = ids.iter().map(|id| verdict(&id.to_string(), "reject")).collect();
    w.post_by(&moderator, PATH, &json!({ "items": items })).await.problem(500, "internal");
    assert_eq!(w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200)["count"], 500);
    assert_eq!(w.see(&moderator, "/v1/moderation/log").await.expect(200)["items"], json!([]));
    w.assert_counters_right().await;
}
