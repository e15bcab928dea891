//! Who may call what: every operation of the OpenAPI document, by every kind of caller, against one reviewed table.
//!
//! `.` means let through (whatever comes then is about the request, not the caller), `401` and `403` that the caller is
//! turned away, `404` that what belongs to somebody else is not there for this caller.

mod table;

use crate::world::{Document, NOTHING, Operation, Person, World, encode, part, signed};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use colloquy::http::permission::Scope;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use table::{ACCESS, CALLERS};

/// Who calls, and what of theirs there is.
struct Callers<'a> {
    w: &'a World,
    guest: String,
    people: BTreeMap<&'static str, Person>,
    services: BTreeMap<&'static str, String>,
    bad: Vec<(&'static str, String)>,
    /// An export that the reader asked for.
    export: String,
}

impl<'a> Callers<'a> {
    async fn of(w: &'a World, coach: Person, guest: String) -> Self {
        let people = BTreeMap::from([
            ("reader", w.reader("Wren").await),
            ("other", w.reader("Robin").await),
            ("coach", coach),
            ("moderator", w.moderator("Hollis").await),
            ("admin", w.admin("June").await),
        ]);
        let admin = &people["admin"];
        let mut services = BTreeMap::new();
        for scope in Scope::ALL {
            services.insert(scope.as_str(), w.service(admin, &[scope.as_str()]).await.1);
        }
        let bad = bad_tokens(w, admin).await;
        let ask = w.request(Method::POST, "/v1/accounts/me/exports").bearer(&people["reader"].access_token);
        let export = ask.send().await.expect(202)["id"].as_str().unwrap().to_owned();
        Self { w, guest, people, services, bad, export }
    }

    /// What a kind of caller sends as `Authorization`, in every variant there is. Logging out is an operation too, so
    /// everybody with an account comes with a new session each time.
    async fn authorizations(&self, caller: &'static str) -> Vec<Option<String>> {
        match caller {
            "nobody" => vec![None],
            "guest" => vec![Some(format!("Guest {}", self.guest))],
            "signed out" => {
                let (token, _) = self.w.log_in(&self.people["admin"].email).await;
                self.w.request(Method::DELETE, "/v1/sessions/current").bearer(&token).send().await.expect(204);
                vec![Some(format!("Bearer {token}"))]
            }
            "bad" => self.bad.iter().map(|(_, token)| Some(format!("Bearer {token}"))).collect(),
            scope if self.services.contains_key(scope) => vec![Some(format!("Bearer {}", self.services[scope]))],
            role => vec![Some(format!("Bearer {}", self.w.log_in(&self.people[role].email).await.0))],
        }
    }
}

/// Tokens of an admin, each with one thing wrong.
async fn bad_tokens(w: &World, admin: &Person) -> Vec<(&'static str, String)> {
    let token = &admin.access_token;
    let (header, claims) = (part(token, 0), part(token, 1));
    let with = |name: &str, value: Value| {
        let mut claims = claims.clone();
        claims[name] = value;
        claims
    };
    let (message, signature) = token.rsplit_once('.').unwrap();
    let flipped = if signature.starts_with('A') { 'B' } else { 'A' };
    let unsigned = format!("{}.{}.", encode(&json!({ "typ": "at+jwt", "alg": "none" })), encode(&claims));
    let public = w.get("/.well-known/jwks.json").await.expect(200)["keys"][0]["x"].as_str().unwrap().to_owned();
    let confused = Header {
        typ: Some("at+jwt".into()),
        kid: header["kid"].as_str().map(str::to_owned),
        ..Header::new(Algorithm::HS256)
    };
    let public = EncodingKey::from_secret(&URL_SAFE_NO_PAD.decode(public).unwrap());
    let (id, revoked) = w.service(admin, &["drafts", "articles", "moderation", "relay"]).await;
    w.request(Method::DELETE, &format!("/v1/service-tokens/{id}")).bearer(token).send().await.expect(204);
    let now = w.clock.now().timestamp();
    vec![
        ("expired", signed(w, &header, &with("exp", json!(now - 60))).await),
        ("of another audience", signed(w, &header, &with("aud", json!("https://elsewhere.example"))).await),
        ("of another issuer", signed(w, &header, &with("iss", json!("https://elsewhere.example"))).await),
        ("not signed", unsigned),
        ("signed with our public key", jsonwebtoken::encode(&confused, &claims, &public).unwrap()),
        ("forged", format!("{message}.{flipped}{}", &signature[1..])),
        ("a revoked service token", revoked),
        ("a service token of nobody", "cst_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".into()),
        ("a refresh token", admin.refresh_token.clone()),
        ("garbage", "../../dev/null".into()),
    ]
}

/// Where ids stand in paths: of nothing, or of what is the reader's.
async fn path_for(w: &World, callers: &Callers<'_>, caller: &str, template: &str, slug: &str) -> String {
    let path = template
        .replace("{slug}", slug)
        .replace("{code}", "validation")
        .replace("{kind}", "helpful")
        .replace("{no}", "1");
    if caller != "other" || !path.contains('{') {
        return path.replace("{id}", NOTHING).replace("{session_id}", NOTHING);
    }
    let (token, _) = w.log_in(&callers.people["reader"].email).await;
    let own = if path.starts_with("/v1/sessions/") {
        part(&token, 1)["sid"].as_str().unwrap().to_owned()
    } else if path.starts_with("/v1/accounts/me/exports/") {
        callers.export.clone()
    } else if path.starts_with("/v1/accounts/") {
        callers.people["reader"].id.clone()
    } else if path.starts_with("/v1/comments/") {
        let thread = format!("/v1/articles/{slug}/comments");
        let comment = w
            .request(Method::POST, &thread)
            .bearer(&token)
            .json(&json!({ "body": format!("Mine, {}.", w.clock.id()) }))
            .send()
            .await;
        comment.expect(201)["id"].as_str().unwrap().to_owned()
    } else if path.starts_with("/v1/private-threads/") {
        let thread = w.request(Method::POST, "/v1/private-threads").bearer(&token);
        thread.json(&json!({ "body": "Mine." })).send().await.expect(201)["id"].as_str().unwrap().to_owned()
    } else {
        NOTHING.to_owned()
    };
    path.replace("{id}", &own).replace("{session_id}", &own)
}

#[actix_web::test]
async fn every_operation_lets_in_whom_the_table_says() {
    let w = World::new().await;
    let coach = w.coach("Marit").await;
    let article = w.article(&coach, json!({ "title": "How to listen" })).await;
    let guest = json!({ "body": "Thank you.", "guest": { "name": "Lantern" } });
    let posted = w.post("/v1/articles/how-to-listen/comments", &guest).await.expect(201);
    let callers = Callers::of(&w, coach, posted["manage_token"].as_str().unwrap().into()).await;
    let slug = article["slug"].as_str().unwrap();
    let mut seen = Vec::new();
    for Operation { method, path: template, name: operation, .. } in Document::read().operations() {
        let mut row = Vec::new();
        for caller in CALLERS {
            let path = path_for(&w, &callers, caller, &template, slug).await;
            let mut answers = BTreeSet::new();
            for authorization in callers.authorizations(caller).await {
                let mut request = w.request(method.clone(), &path);
                // What an edit would need, so that whoever may is not stopped before.
                request = request.header("if-match", "\"1\"");
                if let Some(authorization) = &authorization {
                    request = request.header("authorization", authorization);
                }
                let body = match operation.as_str() {
                    "redact_comment" => json!({}),
                    "mark_private_thread_read" => json!({ "no": 0 }),
                    "disclose_private_thread" => json!({ "agree": false }),
                    _ => json!({ "body": "Changed." }),
                };
                let status = request.json(&body).send().await.status.as_u16();
                assert!(status < 500, "{operation} as {caller}: {status}");
                let foreign = caller == "other" && template.contains("id}") && !path.contains(NOTHING);
                let refused = matches!(status, 401 | 403) || (foreign && status == 404);
                answers.insert(if refused { status.to_string() } else { ".".into() });
            }
            row.push(answers.into_iter().collect::<Vec<_>>().join(" or "));
        }
        seen.push((operation, row));
    }
    let written: BTreeMap<&str, Vec<String>> =
        ACCESS.iter().map(|(name, row)| (*name, row.map(str::to_owned).to_vec())).collect();
    let wrong: Vec<_> = seen.iter().filter(|(operation, row)| written.get(operation.as_str()) != Some(row)).collect();
    assert!(wrong.is_empty(), "no row in ACCESS, or another one; the columns are {CALLERS:?}: {wrong:#?}");
    let operations: BTreeSet<_> = seen.iter().map(|(operation, _)| operation.as_str()).collect();
    let gone: Vec<_> = written.keys().filter(|name| !operations.contains(*name)).collect();
    assert!(gone.is_empty(), "rows in ACCESS for operations that are no more: {gone:?}");
}
