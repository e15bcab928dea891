//! Tokens that are not good (RFC 8725, RFC 9068 §4).

use super::{
    issuer::{AUDIENCE, Issuer, Key, sign},
    me,
};
use crate::world::World;
use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, Header};
use serde_json::{Value, json};

async fn refused(w: &World, token: &str) {
    me(w, token).await.problem(401, "unauthenticated");
}

/// The two parts that are signed, written by hand.
fn unsigned(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}

#[actix_web::test]
async fn claims_that_are_not_good_are_refused() {
    let issuer = Issuer::start();
    let w = issuer.world("").await;
    let now = w.clock.now().timestamp();
    let bad = [
        json!({ "aud": "https://other.example.org" }),
        json!({ "aud": null }),
        json!({ "aud": ["https://other.example.org", "site"] }),
        json!({ "iss": "https://other.example.org" }),
        json!({ "iss": [issuer.url] }),
        json!({ "iss": format!("{}/", issuer.url) }),
        json!({ "iss": null }),
        json!({ "sub": null }),
        json!({ "sub": "" }),
        json!({ "sub": "x".repeat(256) }),
        json!({ "sub": 7 }),
        json!({ "exp": now - 5 }),
        json!({ "exp": null }),
        json!({ "exp": (now + 600).to_string() }),
        json!({ "exp": 1e99 }),
        json!({ "exp": -1 }),
        json!({ "nbf": now + 6 }),
        json!({ "nbf": "soon" }),
        json!({ "iat": now + 6 }),
        json!({ "iat": null }),
        json!({ "iat": i64::MIN }),
        json!({ "auth_time": "yesterday" }),
    ];
    for changes in bad {
        let token = issuer.token(&w, changes.clone());
        let reply = me(&w, &token).await;
        assert_eq!(reply.status, 401, "{changes}: {}", reply.text());
    }
    let good = [
        json!({ "aud": ["site", AUDIENCE] }),
        json!({ "exp": now - 4 }),
        json!({ "nbf": now + 5, "iat": now + 5 }),
        json!({ "sub": "x".repeat(255) }),
        json!({ "auth_time": now - 3600 }),
    ];
    for changes in good {
        me(&w, &issuer.token(&w, changes)).await.expect(200);
    }
}

#[actix_web::test]
async fn a_token_is_good_until_it_expires() {
    let issuer = Issuer::start();
    let w = issuer.world("").await;
    let token = issuer.token(&w, json!({}));
    me(&w, &token).await.expect(200);
    w.clock.set(w.clock.now() + TimeDelta::seconds(604));
    me(&w, &token).await.expect(200);
    w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    refused(&w, &token).await;
}

#[actix_web::test]
async fn the_algorithm_is_the_pinned_one_whatever_the_header_says() {
    let issuer = Issuer::signing_by(Algorithm::RS256);
    // The same key signs by two algorithms; only one of them is pinned. Others are published too.
    let (edwards, pss) =
        (Key::new("edwards", Algorithm::EdDSA), Key { algorithm: Algorithm::PS256, ..issuer.key.clone() });
    let mut secret = edwards.clone();
    secret.kid = "secret".into();
    secret.jwk =
        json!({ "kty": "oct", "k": URL_SAFE_NO_PAD.encode("a secret of thirty-two bytes....."), "kid": "secret" });
    issuer.publish(&[&issuer.key, &edwards, &secret]);
    let w = issuer.world("").await;
    let claims = issuer.claims(&w, json!({}));
    me(&w, &sign(&issuer.key.header(), &claims, &issuer.key)).await.expect(200);
    refused(&w, &sign(&pss.header(), &claims, &pss)).await;
    refused(&w, &sign(&edwards.header(), &claims, &edwards)).await;
    for name in ["none", "None", "nOnE"] {
        let unsigned = unsigned(&json!({ "alg": name, "typ": "at+jwt", "kid": "first" }), &claims);
        refused(&w, &format!("{unsigned}.")).await;
    }
    // The public key as the secret of a symmetric algorithm, in all forms that it is known by.
    let modulus = issuer.key.jwk["n"].as_str().unwrap();
    let forms = [issuer.key.jwk.to_string().into_bytes(), modulus.into(), URL_SAFE_NO_PAD.decode(modulus).unwrap()];
    for public in forms.iter().map(Vec::as_slice).chain([&b"a secret of thirty-two bytes....."[..]]) {
        for kid in ["first", "secret"] {
            let unsigned = unsigned(&json!({ "alg": "HS256", "typ": "at+jwt", "kid": kid }), &claims);
            let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, public), unsigned.as_bytes());
            refused(&w, &format!("{unsigned}.{}", URL_SAFE_NO_PAD.encode(tag))).await;
        }
    }
}

#[actix_web::test]
async fn a_signature_of_another_key_or_none_is_refused() {
    let issuer = Issuer::start();
    let w = issuer.world("").await;
    let claims = issuer.claims(&w, json!({}));
    // It has the name of the issuer's key.
    let forger = Key::new("first", Algorithm::ES256);
    refused(&w, &sign(&forger.header(), &claims, &forger)).await;
    let good = issuer.token(&w, json!({}));
    let (signed, signature) = good.rsplit_once('.').unwrap();
    refused(&w, &format!("{signed}.")).await;
    refused(&w, signed).await;
    let mut bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
    for at in [0, bytes.len() / 2, bytes.len() - 1] {
        bytes[at] ^= 1;
        refused(&w, &format!("{signed}.{}", URL_SAFE_NO_PAD.encode(&bytes))).await;
        bytes[at] ^= 1;
    }
    me(&w, &good).await.expect(200);
}

#[actix_web::test]
async fn headers_lead_nowhere_and_kinds_are_not_mixed_up() {
    let (issuer, elsewhere) = (Issuer::start(), Issuer::start());
    let w = issuer.world("").await;
    let claims = issuer.claims(&w, json!({}));
    let forger = Key { kid: "forged".into(), ..elsewhere.key.clone() };
    let keys = Some(format!("{}/keys", elsewhere.url));
    let jwk = serde_json::from_value(forger.jwk.clone()).ok();
    let leading = [
        Header { jku: keys.clone(), ..forger.header() },
        Header { x5u: keys, ..forger.header() },
        Header { jwk: jwk.clone(), ..forger.header() },
        Header { jwk, kid: None, ..forger.header() },
        Header { kid: Some(format!("{}/keys", elsewhere.url)), ..forger.header() },
    ];
    for header in leading {
        refused(&w, &sign(&header, &claims, &forger)).await;
    }
    assert_eq!(elsewhere.hits(), Vec::<String>::new());
    let names = ["x".repeat(10_000), "../../dev/null".into(), "' OR 1=1 --".into(), "\0".into(), String::new()];
    for kid in names {
        refused(&w, &sign(&Header { kid: Some(kid), ..issuer.key.header() }, &claims, &issuer.key)).await;
    }
    for typ in [Some("JWT"), Some("id+jwt"), Some("logout+jwt"), Some(""), None] {
        let header = Header { typ: typ.map(str::to_owned), ..issuer.key.header() };
        refused(&w, &sign(&header, &claims, &issuer.key)).await;
    }
    let critical = Header { crit: Some(vec!["exp".into()]), ..issuer.key.header() };
    refused(&w, &sign(&critical, &claims, &issuer.key)).await;
    for typ in ["application/at+jwt", "AT+JWT"] {
        let header = Header { typ: Some(typ.into()), ..issuer.key.header() };
        me(&w, &sign(&header, &claims, &issuer.key)).await.expect(200);
    }
}

#[actix_web::test]
async fn an_issuer_that_writes_another_type_or_none_is_taken_as_configured() {
    for (lines, typ, other) in [("token_type = 'JWT'", Some("JWT"), None), ("token_type = ''", None, Some("JWT"))] {
        let issuer = Issuer::start();
        let w = issuer.world(lines).await;
        let claims = issuer.claims(&w, json!({}));
        let typed = |typ: Option<&str>| {
            let header = Header { typ: typ.map(str::to_owned), ..issuer.key.header() };
            sign(&header, &claims, &issuer.key)
        };
        me(&w, &typed(typ)).await.expect(200);
        refused(&w, &typed(other)).await;
        refused(&w, &typed(Some("at+jwt"))).await;
    }
}

#[actix_web::test]
async fn our_own_tokens_go_on_and_an_issuer_cannot_make_them() {
    let issuer = Issuer::start();
    let w = issuer.world("").await;
    let wren = w.reader("Wren").await;
    me(&w, &wren.access_token).await.expect(200);
    let ours = format!("http://{}", w.server.address);
    let forged = json!({
        "iss": ours, "aud": ours, "sub": wren.id, "sid": wren.id, "role": "admin", "nbf": w.clock.now().timestamp(),
    });
    refused(&w, &issuer.token(&w, forged)).await;
    // And where nobody else is trusted, nobody else gets in.
    let alone = World::new().await;
    refused(&alone, &issuer.token(&alone, json!({}))).await;
}
