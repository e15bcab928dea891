use crate::world::{CAREFUL, Person, World};
use chrono::TimeDelta;
use serde_json::{Value, json};

async fn log(w: &World, person: &Person, parameters: &str) -> Vec<Value> {
    let page = w.see(person, &format!("/v1/moderation/log?{parameters}")).await.expect(200);
    page["items"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn everybody_sees_of_it_what_is_theirs_to_see() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let (coach, moderator, admin) = (w.coach("Colin").await, w.moderator("Mo").await, w.admin("Root").await);
    let comment = w.say(&slug, "Hurtful.", None).await;
    let reporter = w.reported(&comment, "abuse").await;
    let why = json!({ "reason": "abuse", "message": "Please be kind." });
    let given = w.give(&moderator, &comment, "reject", why).await.expect(200);
    let full = json!({
        "id": given["verdict_id"], "at": w.clock.now(), "comment_id": comment, "was": "visible", "became": "rejected",
        "reason": "abuse", "message": "Please be kind.", "by": { "id": moderator.id, "name": "Mo" }, "automated": false,
        "undone_at": null, "undone_by": null, "reports": 1, "reported_by": [{ "id": reporter, "guest": false }],
        "article": { "id": article_id, "slug": slug, "title": "How to listen" },
    });
    let without = |names: &[&str]| {
        let mut entry = full.clone();
        for name in names {
            entry.as_object_mut().unwrap().remove(*name);
        }
        entry
    };
    assert_eq!(log(&w, &admin, "").await, std::slice::from_ref(&full));
    assert_eq!(log(&w, &moderator, "").await, [without(&["reported_by"])]);
    assert_eq!(log(&w, &coach, "").await, [without(&["reported_by", "message"])]);
    let (_, service) = w.service(&admin, &["moderation"]).await;
    let service = w.request(reqwest::Method::GET, "/v1/moderation/log").bearer(&service).send().await.expect(200);
    assert_eq!(service["items"], json!([without(&["reported_by"])]));
}

#[actix_web::test]
async fn it_is_filtered_and_walked_the_newest_first() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (mo, hollis) = (w.moderator("Mo").await, w.moderator("Hollis").await);
    let start = w.clock.now();
    let mut given = Vec::new();
    for (n, (person, verdict, why)) in [
        (&mo, "approve", json!({})),
        (&hollis, "reject", json!({ "reason": "spam" })),
        (&mo, "reject", json!({ "reason": "abuse" })),
        (&mo, "hold", json!({})),
    ]
    .into_iter()
    .enumerate()
    {
        let comment = w.say(&slug, &format!("comment {n}"), None).await;
        w.clock.set(start + TimeDelta::minutes(i64::try_from(n).unwrap()));
        let verdict = w.give(person, &comment, verdict, why).await.expect(200);
        given.push(verdict["verdict_id"].as_str().unwrap().to_owned());
    }
    let ids = |items: &[Value]| -> Vec<String> { items.iter().map(crate::world::id).collect() };
    let at = |minutes| (start + TimeDelta::minutes(minutes)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    for (parameters, expected) in [
        (String::new(), vec![3, 2, 1, 0]),
        (format!("moderator_id={}", mo.id), vec![3, 2, 0]),
        ("reason=spam".into(), vec![1]),
        ("became=rejected".into(), vec![2, 1]),
        (format!("from={}", at(2)), vec![3, 2]),
        (format!("until={}", at(2)), vec![1, 0]),
        (format!("from={}&until={}&became=rejected", at(1), at(2)), vec![1]),
    ] {
        let expected: Vec<String> = expected.into_iter().map(|n: usize| given[n].clone()).collect();
        assert_eq!(ids(&log(&w, &mo, &parameters).await), expected, "{parameters}");
    }
    let first = w.see(&mo, "/v1/moderation/log?became=rejected&limit=1").await.expect(200);
    assert_eq!(ids(first["items"].as_array().unwrap()), [given[2].clone()]);
    let second = w.see(&mo, first["next"].as_str().unwrap()).await.expect(200);
    assert_eq!((ids(second["items"].as_array().unwrap()), &second["next"]), (vec![given[1].clone()], &Value::Null));
    assert_eq!(w.see(&mo, second["prev"].as_str().unwrap()).await.expect(200)["items"], first["items"]);
}

#[actix_web::test]
async fn readers_do_not_see_it_and_what_is_asked_wrongly_is_named() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    w.get("/v1/moderation/log").await.problem(401, "unauthenticated");
    w.see(&w.reader("Ada").await, "/v1/moderation/log").await.problem(403, "forbidden");
    for (parameters, code, name) in [
        ("limit=0", "bad_request", "limit"),
        ("cursor=x", "bad_cursor", "cursor"),
        ("reason=taste", "bad_request", "reason"),
        ("became=burnt", "bad_request", "became"),
        ("from=yesterday", "bad_request", "from"),
        ("until=0", "bad_request", "until"),
        ("from=-9999-01-01T00:00:00Z", "bad_request", "from"),
        ("until=-4714-01-01T00:00:00Z", "bad_request", "until"),
        ("until=%2B10000-01-01T00:00:00Z", "bad_request", "until"),
        ("moderator_id=Mo", "bad_request", "moderator_id"),
    ] {
        let refused = w.see(&moderator, &format!("/v1/moderation/log?{parameters}")).await;
        assert_eq!(refused.problem(400, code), [name], "{parameters}");
    }
}
