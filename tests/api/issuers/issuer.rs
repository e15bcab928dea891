//! An OpenID Connect issuer on this machine, as well or as badly behaved as a test wants it.

use crate::world::{TestDb, World, noon, until};
use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    dev::ServerHandle,
    http::{StatusCode, header},
    web,
};
use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der},
    rand::SystemRandom,
    rsa,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use colloquy::clock::Clock;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, jwk::Jwk};
use serde_json::{Value, json};
use std::{
    net::TcpListener,
    sync::{Arc, Mutex},
};
use tempfile::NamedTempFile;

/// Somebody's name at the issuer that never changes.
pub const SUBJECT: &str = "248289761001";

/// By what the issuer names our API.
pub const AUDIENCE: &str = "https://api.example.org";

/// A key to sign with.
#[derive(Clone)]
pub struct Key {
    pub kid: String,
    pub algorithm: Algorithm,
    pub private: EncodingKey,
    /// The public half, as it is published.
    pub jwk: Value,
}

impl Key {
    pub fn new(kid: &str, algorithm: Algorithm) -> Self {
        let random = SystemRandom::new();
        let private = match algorithm {
            Algorithm::ES256 => {
                let pair = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
                EncodingKey::from_ec_der(pair.as_ref())
            }
            Algorithm::EdDSA => EncodingKey::from_ed_der(Ed25519KeyPair::generate_pkcs8v1(&random).unwrap().as_ref()),
            _ => {
                let pair = rsa::KeyPair::generate(rsa::KeySize::Rsa2048).unwrap();
                let der = STANDARD.encode(AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).unwrap().as_ref());
                let pem = format!("-----BEGIN PRIVATE KEY-----\n{der}\n-----END PRIVATE KEY-----\n");
                EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap()
            }
        };
        let mut jwk = serde_json::to_value(Jwk::from_encoding_key(&private, algorithm).unwrap()).unwrap();
        jwk["kid"] = kid.into();
        jwk["use"] = "sig".into();
        Self { kid: kid.into(), algorithm, private, jwk }
    }

    pub fn header(&self) -> Header {
        Header { typ: Some("at+jwt".into()), kid: Some(self.kid.clone()), ..Header::new(self.algorithm) }
    }
}

/// How the issuer behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Fine,
    /// Answers 500 to everything.
    Failing,
    /// Takes requests and never answers.
    Silent,
    /// Its keys are elsewhere, it says with a 302.
    Redirecting,
    /// Its keys are a little more than is read.
    Huge,
    /// Its discovery document is of another issuer.
    Misnamed,
}

/// What the handlers see.
struct Stage {
    url: String,
    keys: Vec<Value>,
    mood: Mood,
    /// Paths that were asked for.
    hits: Vec<String>,
}

pub struct Issuer {
    pub url: String,
    pub key: Key,
    stage: Arc<Mutex<Stage>>,
    handle: ServerHandle,
}

impl Issuer {
    /// One that signs by ES256.
    pub fn start() -> Self {
        Self::signing_by(Algorithm::ES256)
    }

    pub fn signing_by(algorithm: Algorithm) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let key = Key::new("first", algorithm);
        let stage = Stage { url: url.clone(), keys: vec![key.jwk.clone()], mood: Mood::Fine, hits: Vec::new() };
        let stage = Arc::new(Mutex::new(stage));
        let shared = Arc::clone(&stage);
        let server = HttpServer::new(move || {
            let stage = Arc::clone(&shared);
            App::new().default_service(web::to(move |request: HttpRequest| answer(request, Arc::clone(&stage))))
        });
        let server = server.workers(1).listen(listener).unwrap().disable_signals().run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self { url, key, stage, handle }
    }

    pub fn feel(&self, mood: Mood) {
        self.stage.lock().unwrap().mood = mood;
    }

    /// Publishes these keys and no others.
    pub fn publish(&self, keys: &[&Key]) {
        self.stage.lock().unwrap().keys = keys.iter().map(|key| key.jwk.clone()).collect();
    }

    /// How often its keys were asked for.
    pub fn looks(&self) -> usize {
        self.hits().iter().filter(|path| *path == "/keys").count()
    }

    /// The paths that were asked for so far.
    pub fn hits(&self) -> Vec<String> {
        self.stage.lock().unwrap().hits.clone()
    }

    /// Waits until its keys were asked for so often.
    pub async fn looked_at(&self, times: usize) {
        until("somebody asks for the keys", async || self.looks() >= times).await;
    }

    /// It goes away: nobody listens any more.
    pub async fn stop(&self) {
        self.handle.stop(false).await;
    }

    /// A table of the file of issuers, with more lines in it.
    pub fn table(&self, lines: &str) -> String {
        let (url, algorithm) = (&self.url, self.key.algorithm);
        format!("[[issuer]]\nissuer = '{url}'\naudience = '{AUDIENCE}'\nalgorithm = '{algorithm:?}'\n{lines}\n")
    }

    /// A server that trusts this issuer, with more lines in its table.
    pub async fn world(&self, lines: &str) -> World {
        trusting(&self.table(lines)).await
    }

    /// What a good token says, with these claims changed; null takes one out.
    pub fn claims(&self, w: &World, changes: Value) -> Value {
        let now = w.clock.now().timestamp();
        let mut claims = json!({
            "iss": self.url, "aud": AUDIENCE, "sub": SUBJECT, "iat": now, "exp": now + 600, "client_id": "site",
            "jti": "1", "name": "Ada",
        });
        if let (Value::Object(claims), Value::Object(changes)) = (&mut claims, changes) {
            claims.extend(changes);
            claims.retain(|_, value| !value.is_null());
        }
        claims
    }

    /// A good token, with these claims changed.
    pub fn token(&self, w: &World, changes: Value) -> String {
        sign(&self.key.header(), &self.claims(w, changes), &self.key)
    }
}

pub fn sign(header: &Header, claims: &Value, key: &Key) -> String {
    encode(header, claims, &key.private).unwrap()
}

/// A file of issuers. It is read once, when a server starts.
pub fn written(file: &str) -> NamedTempFile {
    let written = NamedTempFile::with_suffix(".toml").unwrap();
    std::fs::write(written.path(), file).unwrap();
    written
}

/// A server whose file of issuers is this one.
pub async fn trusting(file: &str) -> World {
    let file = written(file);
    let changes = [("issuers_file", file.path().to_str().unwrap()), ("workers", "2")];
    World::on(TestDb::new().await, Clock::held_at(noon()), &changes).await
}

async fn answer(request: HttpRequest, stage: Arc<Mutex<Stage>>) -> HttpResponse {
    let path = request.path().to_owned();
    let (url, keys, mood) = {
        let mut stage = stage.lock().unwrap();
        stage.hits.push(path.clone());
        (stage.url.clone(), stage.keys.clone(), stage.mood)
    };
    match (mood, path.as_str()) {
        (Mood::Failing, _) => HttpResponse::build(StatusCode::INTERNAL_SERVER_ERROR).finish(),
        (Mood::Silent, _) => std::future::pending().await,
        (Mood::Redirecting, "/keys") => {
            HttpResponse::Found().insert_header((header::LOCATION, format!("{url}/elsewhere"))).finish()
        }
        (Mood::Huge, "/keys") => HttpResponse::Ok().json(json!({ "keys": keys, "padding": "x".repeat(256 * 1024) })),
        (mood, "/.well-known/openid-configuration") => {
            let issuer = if mood == Mood::Misnamed { format!("{url}/") } else { url.clone() };
            HttpResponse::Ok().json(json!({ "issuer": issuer, "jwks_uri": format!("{url}/keys") }))
        }
        (_, "/keys" | "/elsewhere") => HttpResponse::Ok().json(json!({ "keys": keys })),
        _ => HttpResponse::build(StatusCode::NOT_FOUND).finish(),
    }
}
