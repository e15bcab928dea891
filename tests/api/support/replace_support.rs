use super::{but, create, line, names, path, replace};
use crate::world::World;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn it_is_entered_anew_whole() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let made = create(&w, &moderator, &line("A line", "DE", "de")).await.expect(201);
    assert_eq!(names(&w, "region=DE").await, ["A line"]);
    let new = json!({ "name": "A page", "language": "en", "url": "https://example.org", "checked_on": "2026-03-10" });
    let now = replace(&w, &moderator, &made, &new).await.expect(200);
    let kept = json!({
        "id": made["id"], "revision": 2, "name": "A page", "region": null, "language": "en", "phone": null,
        "url": "https://example.org", "checked_on": "2026-03-10", "position": 0,
    });
    assert_eq!(now, kept);
    assert_eq!(w.get("/v1/support").await.expect(200)["items"], json!([kept]));
}

#[actix_web::test]
async fn what_cannot_be_kept_is_named_and_changes_nothing() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let made = create(&w, &moderator, &line("A line", "DE", "de")).await.expect(201);
    let new = but(line("A line", "DE", "de"), json!({ "phone": null }));
    assert_eq!(replace(&w, &moderator, &made, &new).await.problem(422, "validation"), ["#/phone"]);
    let new = but(line("A line", "DE", "de"), json!({ "colour": "blue" }));
    replace(&w, &moderator, &made, &new).await.problem(400, "bad_request");
    assert_eq!(w.get("/v1/support").await.expect(200)["items"], json!([made]));
}

#[actix_web::test]
async fn nobody_replaces_what_they_have_not_seen() {
    let w = World::new().await;
    let (moderator, coach) = (w.moderator("Mo").await, w.coach("Colin").await);
    let (made, new) = (create(&w, &moderator, &line("One", "", "en")).await.expect(201), line("Two", "", "en"));
    replace(&w, &moderator, &made, &new).await.expect(200);
    replace(&w, &moderator, &made, &new).await.problem(412, "precondition_failed");
    let request = w.request(Method::PUT, &path(&made)).bearer(&moderator.access_token).json(&new);
    request.send().await.problem(428, "precondition_required");
    replace(&w, &coach, &made, &new).await.problem(403, "forbidden");
    w.request(Method::PUT, &path(&made)).json(&new).send().await.problem(401, "unauthenticated");
    let nothing = json!({ "id": w.clock.id(), "revision": 1 });
    replace(&w, &moderator, &nothing, &new).await.problem(404, "not_found");
}
