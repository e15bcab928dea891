use super::{account, lay};
use crate::world::World;

#[actix_web::test]
async fn a_moderator_sees_one() {
    let w = World::new().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    let laid = lay(&w, &moderator, &account("mute", &ada)).await;
    let seen = w.get_as(&moderator.access_token, laid.header("location")).await;
    assert_eq!(seen.expect(200), laid.json());
    assert_eq!(seen.header("cache-control"), "no-store");
}

#[actix_web::test]
async fn what_is_not_there_is_not_found_and_others_see_none() {
    let w = World::new().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    let nothing = "/v1/moderation/sanctions/01890000-0000-7000-8000-000000000000";
    w.get_as(&moderator.access_token, nothing).await.problem(404, "not_found");
    w.get_as(&ada.access_token, nothing).await.problem(403, "forbidden");
    w.get(nothing).await.problem(401, "unauthenticated");
}
