use super::{KEPT, create, line};
use crate::world::World;
use chrono::TimeDelta;
use serde_json::json;

#[actix_web::test]
async fn those_who_keep_them_see_which_are_stale() {
    let w = World::with(&[("support_days", "30")]).await;
    let moderator = w.moderator("Mo").await;
    // Checked on the first of March; it is the fourteenth.
    let made = create(&w, &moderator, &line("A line", "DE", "de")).await.expect(201);
    for (later, is_stale) in [(0, false), (17, false), (18, true)] {
        w.clock.set(crate::world::noon() + TimeDelta::days(later));
        let (token, _) = w.log_in(&moderator.email).await;
        let list = w.request(reqwest::Method::GET, KEPT).bearer(&token).send().await.expect(200);
        let mut kept = made.clone();
        kept["stale"] = json!(is_stale);
        assert_eq!(list, json!({ "items": [kept] }), "after {later} days");
    }
}

#[actix_web::test]
async fn moderators_do_it() {
    let w = World::new().await;
    let coach = w.coach("Colin").await;
    w.see(&coach, KEPT).await.problem(403, "forbidden");
    w.get(KEPT).await.problem(401, "unauthenticated");
}
