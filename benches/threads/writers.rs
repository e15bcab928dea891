//! People who post comments, each on a connection of their own.

use crate::{
    SECRET,
    server::{Connection, Server, post as post_from},
    site::{NAME, Site},
};
use colloquy::{
    accounts::{self, Email, Hasher, NewAccount},
    clock::Clock,
    config::Settings,
    db::Pool,
    error::Error,
    events::{Journal, Own},
    http::permission::Role,
    secrets::Secrets,
};
use secrecy::SecretString;
use serde_json::{Value, json};
use std::{net::Ipv4Addr, sync::Arc};

const PASSWORD: &str = "a long table for everyone";

/// What somebody sends to be known: an `Authorization` header.
pub type Credentials = String;

/// Readers with an account who are logged in; the accounts are made where they are missing.
pub fn members(site: &Site, server: &Server, number: usize) -> Vec<Credentials> {
    make_accounts(site, number);
    let mut connection = server.connect();
    let log_in = |person: usize| {
        let body = json!({ "email": email(person), "password": PASSWORD });
        let (status, _) = connection.send(&post_from("/v1/sessions", client(person), &body));
        assert_eq!(status, 201, "a log-in");
        let session: Value = serde_json::from_slice(connection.body()).unwrap();
        format!("Bearer {}", session["access_token"].as_str().unwrap())
    };
    (0..number).map(log_in).collect()
}

/// Guests who have written on this article before.
pub fn guests(server: &Server, slug: &str, number: usize) -> Vec<Credentials> {
    let mut connection = server.connect();
    let write = |person: usize| {
        let run = std::process::id();
        let body = json!({ "body": format!("I come for the first time, {run}."), "guest": { "name": format!("Visitor {run} {person}") } });
        let (status, _) = connection.send(&post_from(&comments(slug), client(person), &body));
        assert_eq!(status, 201, "{}", String::from_utf8_lossy(connection.body()));
        let posted: Value = serde_json::from_slice(connection.body()).unwrap();
        format!("Guest {}", posted["manage_token"].as_str().unwrap())
    };
    (0..number).map(write).collect()
}

/// Posts a comment that nobody has posted before. Gives its id, when it is there.
pub fn post(connection: &mut Connection, credentials: &str, slug: &str, words: &str) -> String {
    let body = json!({ "body": words }).to_string();
    let request = format!(
        "POST {} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {credentials}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        comments(slug),
        body.len()
    );
    let (status, _) = connection.send(&request);
    let answer = connection.body();
    assert_eq!(status, 201, "{}", String::from_utf8_lossy(answer));
    // A comment begins with its id.
    let id = str::from_utf8(&answer[..43]).unwrap().strip_prefix("{\"id\":\"");
    id.unwrap().get(..36).unwrap().to_owned()
}

/// About a hundred characters that are not the same twice.
pub fn words(writer: usize, number: usize) -> String {
    let run = std::process::id();
    format!(
        "After the *long* evening at the table, nobody wanted to begin, and then {writer} said {number} things, {run}."
    )
}

fn comments(slug: &str) -> String {
    format!("/v1/articles/{slug}/comments")
}

/// An address that nobody else has.
fn client(person: usize) -> Ipv4Addr {
    Ipv4Addr::from_bits(Ipv4Addr::new(10, 0, 0, 1).to_bits() + u32::try_from(person).unwrap())
}

fn email(person: usize) -> String {
    format!("writer{person:03}@example.org")
}

fn make_accounts(site: &Site, number: usize) {
    let url = site.postgres.url(NAME, NAME);
    let made = actix_web::rt::System::new().block_on(async {
        let (secrets, settings) = (Secrets::new(SECRET)?, Settings::with(&[])?);
        let password = Hasher::new(&settings)?.hash(SecretString::from(PASSWORD)).await?;
        let pool = Pool::new(&url, &settings, Arc::default())?;
        let journal = Journal::new(pool, Clock::system(), Arc::new(|_| ()), Own::default());
        let writing = journal.write(async |tx| {
            for person in 0..number {
                if accounts::find_by_email(tx.conn, &secrets, &email(person)).await?.is_some() {
                    continue;
                }
                let email = Email::parse(&email(person)).map_err(|field| Error::validation(vec![field]))?;
                let (name, password_hash) = (format!("Writer {person}"), Some(password.clone()));
                let new = NewAccount { display_name: &name, email: Some(&email), role: Role::Reader, password_hash };
                accounts::create_account(tx, &secrets, new).await?;
            }
            Ok(())
        });
        writing.await?;
        anyhow::Ok(())
    });
    made.unwrap();
}
