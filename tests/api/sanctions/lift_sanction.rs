use super::{account, lay, lift};
use crate::world::World;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn a_lifted_sanction_holds_no_more() {
    let w = World::new().await;
    let (admin, moderator, ada) = (w.admin("June").await, w.moderator("Mo").await, w.reader("Ada").await);
    let laid = lay(&w, &moderator, &account("mute", &ada)).await;
    for _ in 0..2 {
        lift(&w, &moderator, &laid.json()).await.expect(204);
    }
    let seen = w.get_as(&moderator.access_token, laid.header("location")).await.expect(200);
    assert_eq!((&seen["in_force"], &seen["lifted_by"]), (&json!(false), &json!(moderator.id)));
    assert_eq!(seen["lifted_at"], json!(w.clock.now()));
    let path = format!("/v1/audit?kind=sanction.lifted&subject_id={}", ada.id);
    let notes = w.get_as(&admin.access_token, &path).await.expect(200);
    assert_eq!(notes["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn nobody_lifts_what_lies_on_themselves_and_moderators_nothing_of_staff() {
    let w = World::new().await;
    let (admin, moderator, coach) = (w.admin("June").await, w.moderator("Mo").await, w.coach("Marit").await);
    let on_staff = lay(&w, &admin, &account("warn", &coach)).await.expect(201);
    lift(&w, &moderator, &on_staff).await.problem(403, "forbidden");
    lift(&w, &coach, &on_staff).await.problem(403, "forbidden");
    let on_moderator = lay(&w, &admin, &account("warn", &moderator)).await.expect(201);
    lift(&w, &moderator, &on_moderator).await.problem(409, "conflict");
    lift(&w, &admin, &on_moderator).await.expect(204);
}

#[actix_web::test]
async fn what_is_not_there_is_not_lifted() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let nothing = "/v1/moderation/sanctions/01890000-0000-7000-8000-000000000000";
    let lift = w.request(Method::DELETE, nothing).bearer(&moderator.access_token).send().await;
    lift.problem(404, "not_found");
}
