use super::{bearer, guests, report, spam};
use crate::world::World;
use serde_json::{Value, json};

#[actix_web::test]
async fn moderators_see_what_was_reported_and_admins_by_whom() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, moderator, admin) = (w.reader("Ada").await, w.moderator("Mo").await, w.admin("June").await);
    let comment = w.say(&slug, "Buy pills.", None).await;
    let reader = guests(&w, &slug, 1).await.remove(0);
    report(&w, &bearer(&ada), &comment, &json!({ "reason": "abuse", "note": "Rude." })).await.expect(201);
    report(&w, &reader, &comment, &spam()).await.expect(201);
    let path = format!("/v1/moderation/comments/{comment}/reports");
    let page = w.get_as(&admin.access_token, &path).await;
    assert_eq!(page.header("cache-control"), "no-store");
    let page = page.expect(200);
    let [second, first] = page["items"].as_array().unwrap().as_slice() else { panic!("{page}") };
    assert_eq!((&second["reason"], &second["reporter"]["guest"]), (&json!("spam"), &json!(true)));
    let expected = json!({
        "id": first["id"], "reason": "abuse", "note": "Rude.", "revision": 1, "created_at": w.clock.now(),
        "reporter": { "id": ada.id, "guest": false }, "counts": true, "state": "open", "decided_at": null,
    });
    assert_eq!(first, &expected);
    let seen = w.get_as(&moderator.access_token, &path).await.expect(200);
    assert_eq!((&seen["items"][1]["note"], &seen["items"][1]["reporter"]), (&json!("Rude."), &Value::Null));
    let first = w.get_as(&moderator.access_token, &format!("{path}?limit=1")).await.expect(200);
    let rest = w.get_as(&moderator.access_token, first["next"].as_str().unwrap()).await.expect(200);
    assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (1, &Value::Null));
}

#[actix_web::test]
async fn nobody_else_does() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, coach) = (w.reader("Ada").await, w.coach("Marit").await);
    let comment = w.say(&slug, "Buy pills.", None).await;
    let path = format!("/v1/moderation/comments/{comment}/reports");
    for person in [&ada, &coach] {
        w.get_as(&person.access_token, &path).await.problem(403, "forbidden");
    }
    w.get(&path).await.problem(401, "unauthenticated");
}
