use crate::world::World;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, jwk::JwkSet};
use reqwest::Method;
use serde_json::Value;

#[actix_web::test]
async fn others_can_check_our_tokens() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let reply = w.get("/.well-known/jwks.json").await;
    let keys = reply.expect(200);
    assert_eq!(keys["keys"].as_array().unwrap().len(), 1);
    assert!(keys["keys"][0].get("d").is_none(), "the private half stays here");
    assert_eq!((&keys["keys"][0]["use"], &keys["keys"][0]["alg"]), (&"sig".into(), &"EdDSA".into()));
    let keys: JwkSet = serde_json::from_value(keys).unwrap();
    let header = jsonwebtoken::decode_header(&ada.access_token).unwrap();
    let key = DecodingKey::from_jwk(keys.find(&header.kid.unwrap()).unwrap()).unwrap();
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_issuer(&[w.url("")]);
    validation.set_audience(&[w.url("")]);
    validation.validate_exp = false;
    let claims = jsonwebtoken::decode::<Value>(&ada.access_token, &key, &validation).unwrap().claims;
    assert_eq!((&claims["sub"], &claims["role"]), (&ada.id.into(), &"coach".into()));
}

#[actix_web::test]
async fn they_may_be_kept_and_survive_a_restart() {
    let w = World::new().await;
    let reply = w.get("/.well-known/jwks.json").await;
    let etag = reply.header("etag");
    assert_eq!(reply.header("cache-tag"), "jwks");
    assert_eq!(reply.header("cache-control"), "public, no-cache");
    let again = w.request(Method::GET, "/.well-known/jwks.json").header("if-none-match", etag).send().await;
    assert_eq!(again.status, 304);
    let other = World::on(w.db.clone(), w.clock.clone(), &[]).await;
    assert_eq!(other.get("/.well-known/jwks.json").await.bytes, reply.bytes);
}
