//! What the demo prints when it is ready: where everything is, and lines to paste.

use super::{PASSWORD, THREAD_ARTICLE, content};
use crate::{
    accounts::{self, Keys, Tokens},
    cli::database::Database,
    clock::Clock,
    config::Settings,
};
use anyhow::{Context, Result};
use std::net::SocketAddr;

/// One of each role is enough to try everything.
const SHOWN: [&str; 4] = ["reader", "coach", "moderator", "admin"];

pub async fn compose(database: &Database, settings: &Settings, address: SocketAddr) -> Result<String> {
    let url = format!("http://{address}");
    let mut settings = settings.clone();
    settings.bind = address;
    let people = content::people()?;
    let mut shown = Vec::new();
    for role in SHOWN {
        let person = people.iter().find(|person| person.role == role).with_context(|| format!("nobody is {role}"))?;
        shown.push((role, &person.email, token(database, &settings, &person.email).await?));
    }
    let tokens: Vec<_> = shown
        .iter()
        .map(|(role, email, token)| {
            format!(
                "  {role:<10} {email:<34} {token}
"
            )
        })
        .collect();
    let tokens = tokens.concat();
    let emails: Vec<_> = shown.iter().map(|(_, email, _)| email.as_str()).collect();
    let [reader, coach, ..] = emails.as_slice() else { anyhow::bail!("nobody to show") };
    Ok(format!(
        "\
Ready: {url}

  a page to look at   {url}/demo
  API documentation   {url}/docs/
  OpenAPI document    {url}/openapi.json
  mails it sends      {mails}

Everybody in the demo has the same
  password: {PASSWORD}
Tokens, good for {minutes} minutes:
{tokens}
Read:
  curl {url}/v1/articles
  curl {url}/v1/articles/{THREAD_ARTICLE}
  curl '{url}/v1/articles/{THREAD_ARTICLE}/comments?limit=3'

Comment as a guest:
  curl {url}/v1/articles/{THREAD_ARTICLE}/comments -H 'content-type: application/json' \\
    -d '{{\"body\":\"The second cup is still here.\",\"guest\":{{\"name\":\"Lantern\"}}}}'

Log in (as a reader; as a coach with {coach}):
  curl {url}/v1/sessions -H 'content-type: application/json' \\
    -d '{{\"email\":\"{reader}\",\"password\":\"{PASSWORD}\"}}'

Press Ctrl-C to stop. The next `colloquy demo` goes on where this one ended.
",
        mails = settings.mail_dir(),
        minutes = settings.access_token_seconds / 60,
    ))
}

async fn token(database: &Database, settings: &Settings, email: &str) -> Result<String> {
    let mut conn = database.pool()?.get().await?;
    let keys = Keys::load(&mut conn, &database.secrets, &Clock::system()).await?;
    let account =
        accounts::find_by_email(&mut conn, &database.secrets, email).await?.context("the demo's people are gone")?;
    let tokens = Tokens::new(keys, settings, database.secrets.clone(), Clock::system());
    let session = database.write(async |tx| accounts::issue_session(tx, &tokens, account.id).await).await?;
    Ok(session.access_token)
}
