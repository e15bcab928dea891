use super::{RULES, create, path, words};
use crate::world::World;
use reqwest::Method;

#[actix_web::test]
async fn one_is_shown_and_what_is_not_there_is_not() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let made = create(&w, &moderator.access_token, &words(&["spam"])).await.expect(201);
    let see = async |path: &str| w.request(Method::GET, path).bearer(&moderator.access_token).send().await;
    assert_eq!(see(&path(&made)).await.expect(200), made);
    see(&format!("{RULES}/{}", w.clock.id())).await.problem(404, "not_found");
    see(&format!("{RULES}/nonsense")).await.problem(404, "not_found");
}
