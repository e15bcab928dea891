use super::{ALERTS, FINE, NEED, SOON, acknowledge, alert, alerts, over};
use crate::world::World;
use chrono::TimeDelta;
use serde_json::{Value, json};

#[actix_web::test]
async fn what_should_not_wait_has_one_until_it_is_decided() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, moderator) = (w.coach("Colin").await, w.moderator("Mo").await);
    let fine = w.say(&slug, FINE, None).await;
    let (need, soon) = (w.say(&slug, NEED, None).await, w.say(&slug, SOON, None).await);
    let raised = alert(&w, &coach, &need, 0).await;
    let due = json!({
        "id": raised["id"], "comment_id": need, "priority": 3, "created_at": "2026-03-14T12:00:00Z", "calls": 0,
        "next_at": "2026-03-14T12:00:00Z", "acknowledged_by": null, "acknowledged_at": null,
    });
    assert_eq!(raised, due);
    assert_eq!(alert(&w, &coach, &soon, 0).await["priority"], 2);
    assert!(alerts(&w, &coach).await.iter().all(|alert| alert["comment_id"] != fine));
    // It says nothing of the text, and nothing of who wrote it.
    assert_eq!(raised.as_object().unwrap().len(), 8);
    w.decide(&moderator.access_token, &need, "approve").await.expect(200);
    over(&w, &coach, &need).await;
    w.decide(&moderator.access_token, &soon, "reject").await.expect(200);
    over(&w, &coach, &soon).await;
}

#[actix_web::test]
async fn what_its_author_deletes_has_none() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, wren) = (w.coach("Colin").await, w.reader("Wren").await);
    let posted = w.post_as(&wren.access_token, &slug, &json!({ "body": NEED })).await.expect(201);
    let id = crate::world::id(&posted);
    alert(&w, &coach, &id, 0).await;
    w.delete(&wren.access_token, &id).await.expect(204);
    over(&w, &coach, &id).await;
}

#[actix_web::test]
async fn what_changes_so_that_it_should_not_wait_gets_one() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, wren) = (w.coach("Colin").await, w.reader("Wren").await);
    let posted = w.post_as(&wren.access_token, &slug, &json!({ "body": FINE })).await.expect(201);
    let path = format!("/v1/comments/{}", posted["id"].as_str().unwrap());
    let edit = w.request(reqwest::Method::PATCH, &path).bearer(&wren.access_token).header("if-match", "\"1\"");
    edit.json(&json!({ "body": NEED })).send().await.expect(200);
    alert(&w, &coach, &crate::world::id(&posted), 0).await;
}

#[actix_web::test]
async fn those_that_nobody_has_answered_come_first_and_pages_follow_each_other() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let coach = w.coach("Colin").await;
    let mut comments = Vec::new();
    for n in 0..5 {
        w.clock.set(crate::world::noon() + TimeDelta::seconds(n));
        let comment = w.say(&slug, &format!("{NEED} It is the {n}. time."), None).await;
        let raised = alert(&w, &coach, &comment, 0).await;
        if n % 2 == 0 {
            acknowledge(&w, &coach, &raised).await.expect(200);
        }
        comments.push(comment);
    }
    let order = [1, 3, 0, 2, 4].map(|at: usize| comments[at].clone());
    let of = |page: &Value| -> Vec<String> {
        let items = page["items"].as_array().unwrap().iter();
        items.map(|alert| alert["comment_id"].as_str().unwrap().to_owned()).collect()
    };
    let first = w.see(&coach, &format!("{ALERTS}?limit=2")).await;
    let (link, first) = (first.header("link").to_owned(), first.expect(200));
    assert_eq!(of(&first), order[..2]);
    assert!(link.contains("rel=\"next\""), "{link}");
    let second = w.see(&coach, first["next"].as_str().unwrap()).await.expect(200);
    assert_eq!(of(&second), order[2..4]);
    let third = w.see(&coach, second["next"].as_str().unwrap()).await.expect(200);
    assert_eq!((of(&third), &third["next"]), (order[4..].to_vec(), &Value::Null));
    let back = w.see(&coach, third["prev"].as_str().unwrap()).await.expect(200);
    assert_eq!(of(&back), order[2..4]);
    let back = w.see(&coach, back["prev"].as_str().unwrap()).await.expect(200);
    assert_eq!(of(&back), order[..2]);
}

#[actix_web::test]
async fn whoever_may_be_called_sees_them() {
    let w = World::new().await;
    let (wren, coach, admin) = (w.reader("Wren").await, w.coach("Colin").await, w.admin("June").await);
    assert!(alerts(&w, &coach).await.is_empty() && alerts(&w, &admin).await.is_empty());
    w.see(&wren, ALERTS).await.problem(403, "forbidden");
    w.get(ALERTS).await.problem(401, "unauthenticated");
    let (_, service) = w.service(&admin, &["moderation"]).await;
    let by_service = w.request(reqwest::Method::GET, ALERTS).bearer(&service).send().await;
    by_service.problem(403, "forbidden");
    assert_eq!(w.see(&coach, &format!("{ALERTS}?limit=0")).await.problem(400, "bad_request"), ["limit"]);
    assert_eq!(w.see(&coach, &format!("{ALERTS}?cursor=x")).await.problem(400, "bad_cursor"), ["cursor"]);
    w.see(&coach, &format!("{ALERTS}?order=newest")).await.problem(400, "bad_request");
}
