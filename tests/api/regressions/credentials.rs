//! Lemmy #3499: a token in an address stands in logs, histories and referrers. What comes that way opens nothing.

use super::{operations, ready};
use crate::world::World;

#[actix_web::test]
async fn a_token_in_the_address_opens_nothing() {
    let w = World::new().await;
    let admin = w.admin("June").await;
    let (slug, _) = w.open_article().await;
    let guest = w.post_as_guest(&slug, "Good evening.", None).await.expect(201);
    let tokens = [admin.access_token.as_str(), guest["manage_token"].as_str().unwrap()];
    let mut asked = 0;
    for operation in operations().iter().filter(|operation| operation.guarded) {
        let send = async |query: &str, number: usize| {
            let address = format!("{}?{query}", operation.address());
            let from = format!("198.18.{}.{}", number / 250, number % 250);
            ready(w.request(operation.method.clone(), &address).from(&from)).send().await.status.as_u16()
        };
        let without = send("", asked).await;
        for name in ["token", "access_token", "manage_token", "authorization"] {
            for token in tokens {
                asked += 1;
                let with = send(&format!("{name}={token}"), asked).await;
                // Nobody still, or told that there is no such parameter.
                assert!(with == without || with == 400, "{} with ?{name}=: {with}, not {without}", operation.name);
            }
        }
    }
    assert!(asked > 500, "only {asked} were asked");
}
