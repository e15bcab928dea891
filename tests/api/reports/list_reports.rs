use super::{bearer, guests, report, spam};
use crate::world::World;
use reqwest::Method;
use serde_json::{Value, json};

async fn reports(w: &World, authorization: &str, query: &str) -> Value {
    let request = w.request(Method::GET, &format!("/v1/reports{query}"));
    request.header("authorization", authorization).send().await.expect(200)
}

#[actix_web::test]
async fn a_reporter_learns_what_became_of_it() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, bea, moderator) = (w.reader("Ada").await, w.reader("Bea").await, w.moderator("Mo").await);
    let mut comments = Vec::new();
    for text in ["One.", "Two.", "Three."] {
        let comment = w.say(&slug, text, None).await;
        report(&w, &bearer(&ada), &comment, &spam()).await.expect(201);
        comments.push(comment);
    }
    let open = reports(&w, &bearer(&ada), "").await;
    assert_eq!(open["items"].as_array().unwrap().len(), 3);
    assert!(open["items"].as_array().unwrap().iter().all(|one| one["state"] == "open"));
    w.clock.set(w.clock.now() + chrono::TimeDelta::minutes(10));
    w.decide(&moderator.access_token, &comments[0], "reject").await.expect(200);
    w.delete(&moderator.access_token, &comments[1]).await.expect(204);
    let first = reports(&w, &bearer(&ada), "?limit=2").await;
    let second = w.request(Method::GET, first["next"].as_str().unwrap()).bearer(&ada.access_token);
    let second = second.send().await.expect(200);
    let of = |page: &Value, at: usize| {
        let one = &page["items"][at];
        (one["comment_id"].clone(), one["state"].clone(), one["decided_at"].clone())
    };
    let decided = json!(w.clock.now());
    assert_eq!(of(&first, 0), (json!(comments[2]), json!("open"), Value::Null));
    assert_eq!(of(&first, 1), (json!(comments[1]), json!("upheld"), decided.clone()));
    assert_eq!(of(&second, 0), (json!(comments[0]), json!("upheld"), decided));
    assert_eq!((&second["next"], second["prev"].is_string()), (&Value::Null, true));
    assert_eq!(reports(&w, &bearer(&bea), "").await["items"], json!([]));
    w.decide(&moderator.access_token, &comments[2], "approve").await.expect(200);
    let last = reports(&w, &bearer(&ada), "?limit=1").await;
    assert_eq!(of(&last, 0), (json!(comments[2]), json!("dismissed"), json!(w.clock.now())));
}

#[actix_web::test]
async fn guests_see_theirs() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let comment = w.say(&slug, "Buy pills.", None).await;
    let readers = guests(&w, &slug, 2).await;
    report(&w, &readers[0], &comment, &spam()).await.expect(201);
    let reply = w.request(Method::GET, "/v1/reports").header("authorization", &readers[0]).send().await;
    assert_eq!(reply.expect(200)["items"][0]["comment_id"], json!(comment));
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(reports(&w, &readers[1], "").await["items"], json!([]));
    w.get("/v1/reports").await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn pages_are_asked_for_rightly() {
    let w = World::new().await;
    let (ada, bea) = (w.reader("Ada").await, w.reader("Bea").await);
    let ask = async |query: &str| w.get_as(&ada.access_token, &format!("/v1/reports{query}")).await;
    assert_eq!(ask("?limit=0").await.problem(400, "bad_request"), ["limit"]);
    assert_eq!(ask("?limit=1000").await.expect(200)["limit"], 100);
    ask("?cursor=nonsense").await.problem(400, "bad_cursor");
    let (slug, _) = w.open_article().await;
    for text in ["One.", "Two."] {
        report(&w, &bearer(&ada), &w.say(&slug, text, None).await, &spam()).await.expect(201);
    }
    // A cursor is good for one's own list only.
    let next = ask("?limit=1").await.expect(200)["next"].as_str().unwrap().to_owned();
    w.get_as(&bea.access_token, &next).await.problem(400, "bad_cursor");
}

#[actix_web::test]
async fn what_a_guest_reported_goes_over_into_their_account() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let (one, two) = (w.say(&slug, "One.", None).await, w.say(&slug, "Two.", None).await);
    let posted = w.post_as_guest(&slug, "I am here, too.", None).await.expect(201);
    let token = posted["manage_token"].as_str().unwrap();
    for comment in [&one, &two] {
        report(&w, &format!("Guest {token}"), comment, &spam()).await.expect(201);
    }
    report(&w, &bearer(&ada), &one, &spam()).await.expect(201);
    let claim = w.request(Method::POST, "/v1/accounts/me/claims").bearer(&ada.access_token);
    claim.json(&json!({ "manage_token": token })).send().await.expect(200);
    let mut mine: Vec<Value> = reports(&w, &bearer(&ada), "").await["items"].as_array().unwrap().clone();
    mine.sort_by_key(|one| one["comment_id"].as_str().unwrap().to_owned());
    let on: Vec<&Value> = mine.iter().map(|one| &one["comment_id"]).collect();
    assert_eq!(on, [&json!(one), &json!(two)]);
}
