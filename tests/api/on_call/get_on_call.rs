use super::{ON_CALL, set};
use crate::world::World;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn it_names_those_who_work_here_now_in_their_order() {
    let w = World::new().await;
    let (moderator, admin) = (w.moderator("Mo").await, w.admin("June").await);
    let (one, other) = (w.coach("Colin").await, w.coach("Marit").await);
    assert_eq!(w.see(&moderator, ON_CALL).await.expect(200), json!({ "accounts": [] }));
    set(&w, &moderator, &[&other.id, &moderator.id, &one.id]).await.expect(200);
    let person = |id: &str, name: &str, role: &str| json!({ "id": id, "name": name, "role": role });
    let all = [
        person(&other.id, "Marit", "coach"),
        person(&moderator.id, "Mo", "moderator"),
        person(&one.id, "Colin", "coach"),
    ];
    assert_eq!(w.see(&moderator, ON_CALL).await.expect(200), json!({ "accounts": all }));
    // Whoever is banned or has another role is not called.
    let change = async |what: &str, body: Value| {
        let request = w.request(Method::PUT, &format!("/v1/accounts/{what}")).bearer(&admin.access_token);
        request.json(&body).send().await.expect(200);
    };
    change(&format!("{}/ban", one.id), json!({ "reason": "Threats." })).await;
    change(&format!("{}/role", other.id), json!({ "role": "reader" })).await;
    assert_eq!(w.see(&moderator, ON_CALL).await.expect(200), json!({ "accounts": [all[1]] }));
}

#[actix_web::test]
async fn moderators_see_it() {
    let w = World::new().await;
    let coach = w.coach("Colin").await;
    w.see(&coach, ON_CALL).await.problem(403, "forbidden");
    w.get(ON_CALL).await.problem(401, "unauthenticated");
}
