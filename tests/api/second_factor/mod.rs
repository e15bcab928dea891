//! A second factor: an authenticator app, played by the same library, and recovery codes.

mod begin_second_factor;
mod confirm_second_factor;
mod get_second_factor;
mod log_in;
mod remove_second_factor;
mod renew_recovery_codes;

use crate::world::{PASSWORD, Person, Reply, World};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};
use totp_rs::{Builder, Secret, Totp};

/// Where roles ask for a second factor.
const GUARDED: (&str, &str) = ("second_factor_roles", "coach,moderator,admin");

const PATH: &str = "/v1/accounts/me/second-factor";

async fn send(w: &World, method: Method, path: &str, token: &str, body: &Value) -> Reply {
    w.request(method, path).bearer(token).json(body).send().await
}

/// An app that has scanned the secret.
async fn app_of(w: &World, token: &str) -> Totp {
    let begun = send(w, Method::POST, PATH, token, &json!({})).await.expect(201);
    let secret = Secret::try_from_base32(begun["secret"].as_str().unwrap()).unwrap();
    Builder::new().with_secret(secret).with_account_name("me").build().unwrap()
}

/// What the app shows now.
fn code(w: &World, app: &Totp) -> String {
    app.generate(u64::try_from(w.clock.now().timestamp()).unwrap()).to_string()
}

/// Half a minute later the app shows another code.
fn next_code(w: &World, app: &Totp) -> String {
    w.clock.set(w.clock.now() + TimeDelta::seconds(30));
    code(w, app)
}

/// A second factor that is in use: the app and the recovery codes.
async fn set_up(w: &World, token: &str) -> (Totp, Vec<String>) {
    let app = app_of(w, token).await;
    let shown = json!({ "code": code(w, &app) });
    let confirmed = send(w, Method::POST, &format!("{PATH}/confirmations"), token, &shown).await.expect(200);
    let codes = confirmed["recovery_codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap().to_owned());
    (app, codes.collect())
}

async fn log_in(w: &World, person: &Person, code: Option<&str>) -> Reply {
    let mut given = json!({ "email": person.email, "password": PASSWORD });
    if let Some(code) = code {
        given["one_time_code"] = json!(code);
    }
    w.post("/v1/sessions", &given).await
}
