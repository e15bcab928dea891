//! How a site gets a token of an issuer for its reader: authorization code with PKCE (RFC 6749 §4.1, RFC 7636).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use colloquy::secrets::{random_token, sha256};
use form_urlencoded::Serializer;
use reqwest::{Client, Url, redirect::Policy};
use serde_json::Value;

/// Where the issuer sends the reader back to. Nobody listens there: the code is read off the address.
pub const REDIRECT_URI: &str = "https://www.example.org/signed-in";

/// The issuer's answer to a log-in: access token and ID token.
pub async fn log_in(issuer: &str, username: &str, password: &str) -> Value {
    let client = Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
    let document = client.get(format!("{issuer}/.well-known/openid-configuration")).send().await.unwrap();
    let document: Value = document.json().await.unwrap();
    let (verifier, state) = (random_token().unwrap(), random_token().unwrap());
    let question = form(&[
        ("response_type", "code"),
        ("client_id", "site"),
        ("redirect_uri", REDIRECT_URI),
        ("scope", "openid profile email"),
        ("state", &state),
        ("code_challenge", &URL_SAFE_NO_PAD.encode(sha256(verifier.as_bytes()))),
        ("code_challenge_method", "S256"),
    ]);
    let form_of_the_issuer = format!("{}?{question}", document["authorization_endpoint"].as_str().unwrap());
    let answer = post(&client, &form_of_the_issuer, &[("username", username), ("password", password)]).await;
    let back = Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap();
    assert!(back.as_str().starts_with(REDIRECT_URI), "{back}");
    let said = |name: &str| back.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    assert_eq!(said("state"), Some(state));
    let exchange = [
        ("grant_type", "authorization_code"),
        ("client_id", "site"),
        ("redirect_uri", REDIRECT_URI),
        ("code", &said("code").expect("a code")),
        ("code_verifier", &verifier),
    ];
    let tokens = post(&client, document["token_endpoint"].as_str().unwrap(), &exchange).await;
    assert_eq!(tokens.status(), 200);
    tokens.json().await.unwrap()
}

fn form(fields: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(fields).finish()
}

async fn post(client: &Client, url: &str, fields: &[(&str, &str)]) -> reqwest::Response {
    let request = client.post(url).header("content-type", "application/x-www-form-urlencoded").body(form(fields));
    request.send().await.unwrap()
}
