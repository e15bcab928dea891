//! Also every way to come with a token that is not good: what holds here holds wherever somebody must be known.

use crate::world::{Person, Reply, World, encode, part, signed};
use aws_lc_rs::{rand::SystemRandom, signature::Ed25519KeyPair};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use colloquy::{
    accounts::{self, Keys, Who},
    db,
    http::permission::Role,
};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::Method;
use serde_json::{Value, json};

async fn me(w: &World, token: &str) -> Reply {
    w.request(Method::GET, "/v1/accounts/me").bearer(token).send().await
}

#[actix_web::test]
async fn the_account_is_its_owners_alone() {
    let w = World::new().await;
    let Person { id, access_token, .. } = w.coach("Ada").await;
    let reply = me(&w, &access_token).await;
    let body = json!({
        "id": id, "revision": 1, "display_name": "Ada", "role": "coach",
        "email": "ada@example.org", "bio": "", "website": null,
        "created_at": "2026-03-14T12:00:00Z", "erased_after": null
    });
    assert_eq!(reply.expect(200), body);
    assert_eq!(reply.header("cache-control"), "no-store");
    assert_eq!(reply.header("etag"), "\"1\"");
}

#[actix_web::test]
async fn without_a_token_nobody_is_known() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let reply = w.get("/v1/accounts/me").await;
    reply.problem(401, "unauthenticated");
    assert_eq!(reply.header("www-authenticate"), "Bearer");
    let path = format!("/v1/accounts/me?token={0}&access_token={0}", ada.access_token);
    w.get(&path).await.problem(401, "unauthenticated");
    let get = || w.request(Method::GET, "/v1/accounts/me");
    get().guest("secret").send().await.problem(401, "unauthenticated");
    get().header("authorization", &format!("Basic {}", ada.access_token)).send().await.problem(401, "unauthenticated");
    get().header("authorization", &ada.access_token).send().await.problem(401, "unauthenticated");
    let twice = get().bearer(&ada.access_token).bearer(&ada.access_token);
    twice.send().await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn a_refresh_token_is_no_access_token() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    me(&w, &ada.refresh_token).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn a_token_says_what_it_must() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let (header, claims) = (part(&ada.access_token, 0), part(&ada.access_token, 1));
    let keys = w.get("/.well-known/jwks.json").await.expect(200);
    assert_eq!(header, json!({ "typ": "at+jwt", "alg": "EdDSA", "kid": keys["keys"][0]["kid"] }));
    let now = w.clock.now().timestamp();
    for (name, value) in [("iss", json!(w.url(""))), ("aud", json!(w.url(""))), ("sub", json!(ada.id))] {
        assert_eq!(claims[name], value);
    }
    assert_eq!((&claims["iat"], &claims["nbf"], &claims["exp"]), (&json!(now), &json!(now), &json!(now + 600)));
    assert_eq!(claims["role"], "reader");
    assert!(claims["sid"].is_string() && claims["jti"].is_string());
}

#[actix_web::test]
async fn algorithms_are_not_the_clients_to_choose() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let (header, claims) = (part(&ada.access_token, 0), part(&ada.access_token, 1));
    let public = w.get("/.well-known/jwks.json").await.expect(200)["keys"][0]["x"].as_str().unwrap().to_owned();
    for alg in ["none", "None", "NONE", "nOnE", ""] {
        let mut header = header.clone();
        header["alg"] = json!(alg);
        for signature in ["", "e30", ada.access_token.rsplit('.').next().unwrap()] {
            let token = format!("{}.{}.{signature}", encode(&header), encode(&claims));
            me(&w, &token).await.problem(401, "unauthenticated");
        }
    }
    let secrets = [public.as_bytes().to_vec(), URL_SAFE_NO_PAD.decode(&public).unwrap(), Vec::new()];
    for secret in secrets {
        let header = Header {
            typ: Some("at+jwt".into()),
            kid: header["kid"].as_str().map(str::to_owned),
            ..Header::new(Algorithm::HS256)
        };
        let token = jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(&secret)).unwrap();
        me(&w, &token).await.problem(401, "unauthenticated");
    }
}

#[actix_web::test]
async fn a_signature_must_be_whole_and_ours() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let (message, signature) = ada.access_token.rsplit_once('.').unwrap();
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
    for bit in [0, 7, 100, 255, 256, 511] {
        let mut flipped = signature.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        me(&w, &format!("{message}.{}", URL_SAFE_NO_PAD.encode(flipped))).await.problem(401, "unauthenticated");
    }
    for broken in [
        message.to_owned(),
        format!("{message}."),
        format!("{}.x", ada.access_token),
        "..".into(),
        ".".into(),
        "x".into(),
    ] {
        me(&w, &broken).await.problem(401, "unauthenticated");
    }
    let mut claims = part(&ada.access_token, 1);
    claims["role"] = json!("admin");
    let (head, _) = message.split_once('.').unwrap();
    let swapped = format!("{head}.{}.{}", encode(&claims), URL_SAFE_NO_PAD.encode(&signature));
    me(&w, &swapped).await.problem(401, "unauthenticated");
    let foreign = Ed25519KeyPair::generate_pkcs8v1(&SystemRandom::new()).unwrap();
    let foreign = EncodingKey::from_ed_der(foreign.as_ref());
    let forged = jsonwebtoken::crypto::sign(message.as_bytes(), &foreign, Algorithm::EdDSA).unwrap();
    me(&w, &format!("{message}.{forged}")).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn a_header_leads_to_no_key_but_ours() {
    let w = World::new().await;
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let elsewhere = format!("http://{}/keys", listener.local_addr().unwrap());
    let ada = w.reader("Ada").await;
    let (header, claims) = (part(&ada.access_token, 0), part(&ada.access_token, 1));
    let changed = |name: &str, value: Value| {
        let mut header = header.clone();
        header[name] = value;
        header
    };
    let good = signed(&w, &header, &claims).await;
    me(&w, &good).await.expect(200);
    let long = "k".repeat(10_000);
    for kid in ["../../dev/null", "'OR 1=1--", "\u{0}", "", &long] {
        me(&w, &signed(&w, &changed("kid", json!(kid)), &claims).await).await.problem(401, "unauthenticated");
    }
    let mut nameless = header.clone();
    nameless.as_object_mut().unwrap().remove("kid");
    me(&w, &signed(&w, &nameless, &claims).await).await.problem(401, "unauthenticated");
    for name in ["jku", "x5u"] {
        me(&w, &signed(&w, &changed(name, json!(elsewhere)), &claims).await).await.expect(200);
    }
    me(&w, &signed(&w, &changed("crit", json!(["b64"])), &claims).await).await.problem(401, "unauthenticated");
    assert!(listener.accept().is_err(), "nobody came to look for keys");
}

#[actix_web::test]
async fn kind_issuer_and_audience_must_be_ours() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let (header, claims) = (part(&ada.access_token, 0), part(&ada.access_token, 1));
    for kind in [json!("JWT"), json!("jwt"), json!("rt+jwt"), json!(""), Value::Null] {
        let mut header = header.clone();
        header["typ"] = kind.clone();
        me(&w, &signed(&w, &header, &claims).await).await.problem(401, "unauthenticated");
    }
    let wrong = [
        ("iss", json!("https://elsewhere.example")),
        ("iss", json!([])),
        ("iss", Value::Null),
        ("aud", json!("https://elsewhere.example")),
        ("aud", json!([])),
        ("aud", Value::Null),
        ("sub", json!("not-an-id")),
        ("sub", Value::Null),
        ("sid", json!("018f0000-0000-7000-8000-000000000000")),
        ("sid", Value::Null),
        ("role", json!("owner")),
    ];
    for (name, value) in wrong {
        let mut claims = claims.clone();
        claims[name] = value.clone();
        let reply = me(&w, &signed(&w, &header, &claims).await).await;
        assert_eq!(reply.status, 401, "{name}: {value}");
    }
}

#[actix_web::test]
async fn a_token_is_good_in_its_time() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let (header, claims) = (part(&ada.access_token, 0), part(&ada.access_token, 1));
    let exp = claims["exp"].as_i64().unwrap();
    let times = [
        ("exp", json!(exp.to_string())),
        ("exp", json!(-1)),
        ("exp", json!(1e99)),
        ("exp", Value::Null),
        ("exp", serde_json::from_str(&format!("{exp}.5")).unwrap()),
        ("exp", json!([exp])),
        ("nbf", json!(exp)),
        ("nbf", json!("0")),
        ("nbf", Value::Null),
    ];
    for (name, value) in times {
        let mut claims = claims.clone();
        claims[name] = value.clone();
        let reply = me(&w, &signed(&w, &header, &claims).await).await;
        assert_eq!(reply.status, 401, "{name}: {value}");
    }
    for name in ["exp", "nbf", "iss", "aud", "sub", "sid"] {
        let mut claims = claims.clone();
        claims.as_object_mut().unwrap().remove(name);
        me(&w, &signed(&w, &header, &claims).await).await.problem(401, "unauthenticated");
    }
    let issued = w.clock.now();
    w.clock.set(issued + TimeDelta::seconds(599));
    me(&w, &ada.access_token).await.expect(200);
    w.clock.set(issued + TimeDelta::minutes(11));
    me(&w, &ada.access_token).await.problem(401, "unauthenticated");
    w.clock.set(issued - TimeDelta::minutes(10));
    me(&w, &ada.access_token).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn the_role_is_the_present_one() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let who: Who = ada.email.parse().unwrap();
    w.write(async |tx| accounts::set_role(tx, &w.secrets, &who, Role::Moderator).await).await.unwrap();
    let account = me(&w, &ada.access_token).await.expect(200);
    assert_eq!((&account["role"], &account["revision"]), (&json!("moderator"), &json!(2)));
}

#[actix_web::test]
async fn two_servers_that_start_together_agree_on_the_keys() {
    let w = World::new().await;
    let url = w.db.owner_url();
    db::direct(&url).await.unwrap();
    let (mut one, mut two) = (w.db.conn().await, w.db.conn().await);
    diesel_async::SimpleAsyncConnection::batch_execute(&mut one, "DELETE FROM signing_keys").await.unwrap();
    let (one, two) =
        tokio::join!(Keys::load(&mut one, &w.secrets, &w.clock), Keys::load(&mut two, &w.secrets, &w.clock));
    let name = |keys: colloquy::error::Result<Keys>| keys.unwrap().signing(w.clock.now()).unwrap().0.to_owned();
    assert_eq!(name(one), name(two));
}
