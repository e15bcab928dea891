use super::{account, lay, lift, on, post_from};
use crate::world::World;
use serde_json::{Value, json};

#[actix_web::test]
async fn people_see_what_holds_on_them_and_why() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, ada, bea) = (w.moderator("Mo").await, w.reader("Ada").await, w.reader("Bea").await);
    let mut mute = account("mute", &ada);
    mute["message"] = json!("Take a breath.");
    let mute = lay(&w, &moderator, &mute).await.expect(201);
    let gone = lay(&w, &moderator, &account("hold_all", &ada)).await.expect(201);
    lift(&w, &moderator, &gone).await.expect(204);
    let own = async |token: &str| w.get_as(token, "/v1/accounts/me/sanctions").await;
    let seen = own(&ada.access_token).await;
    let expected = json!({ "items": [{
        "id": mute["id"], "kind": "mute", "by": "account", "reason": "abuse", "message": "Take a breath.",
        "created_at": w.clock.now(), "expires_at": null, "acknowledged_at": null,
    }] });
    assert_eq!(seen.expect(200), expected);
    assert_eq!(seen.header("cache-control"), "no-store");
    // Who laid it is not told.
    assert!(!seen.text().contains(&moderator.id));
    assert_eq!(own(&bea.access_token).await.expect(200)["items"], json!([]));
    // What lies on the network from which they ask holds on them, too.
    let posted = post_from(&w, &slug, "198.51.100.9", "lantern@example.org").await;
    let subject = json!({ "comment_id": posted["id"], "by": "network" });
    lay(&w, &moderator, &on("hold_all", &subject)).await.expect(201);
    let request = w.request(reqwest::Method::GET, "/v1/accounts/me/sanctions").from("198.51.100.9");
    let there: Value = request.bearer(&bea.access_token).send().await.expect(200);
    assert_eq!(there["items"][0]["by"], "network");
}

#[actix_web::test]
async fn it_is_for_those_with_an_account() {
    let w = World::new().await;
    w.get("/v1/accounts/me/sanctions").await.problem(401, "unauthenticated");
}
