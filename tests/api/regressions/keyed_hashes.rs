//! Whoever has the database and not the secret cannot find out whose address or network stands in it by trying some.

use crate::world::World;
use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use colloquy::{
    accounts::Email,
    secrets::{Secrets, sha256},
};
use reqwest::Method;
use serde_json::json;

const ADDRESS: &str = "ada@example.org";
const NETWORK: &str = "203.0.113.9";

#[actix_web::test]
async fn trying_addresses_finds_nobody_without_the_secret() {
    let w = World::new().await;
    w.reader("Ada").await;
    let (slug, _) = w.open_article().await;
    let guest = json!({ "body": "Hello.", "guest": { "name": "Lantern", "email": ADDRESS } });
    w.post(&format!("/v1/articles/{slug}/comments"), &guest).await.expect(201);
    for password in [crate::world::PASSWORD, "not the password at all"] {
        let given = json!({ "email": ADDRESS, "password": password });
        w.request(Method::POST, "/v1/sessions").from(NETWORK).json(&given).send().await;
    }
    let dump = w.dump().await;
    let keyed = Email::parse(ADDRESS).unwrap().hash(&w.secrets).unwrap();
    World::assert_present(&dump, "the keyed hash", &keyed);
    for known in [ADDRESS, "ADA@EXAMPLE.ORG", NETWORK, "203.0.113.9/32"] {
        World::assert_absent(&dump, known, known.as_bytes());
        World::assert_absent(&dump, "its SHA-256", &sha256(known.as_bytes()));
        for key in ["", "colloquy", "colloquy/email-hash/1", "colloquy/network/1", "colloquy/throttle/1"] {
            let guess = sign(&Key::new(HMAC_SHA256, key.as_bytes()), known.as_bytes());
            World::assert_absent(&dump, "its HMAC under a known key", guess.as_ref());
        }
    }
    let another = Secrets::new("another secret of more than thirty-two bytes").unwrap();
    World::assert_absent(&dump, "under another secret", &Email::parse(ADDRESS).unwrap().hash(&another).unwrap());
}
