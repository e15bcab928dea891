//! `colloquy account`

use super::database;
use crate::{
    accounts::{self, Email, NewAccount, Who},
    config::Settings,
    error::Error,
    http::permission::Role,
};
use anyhow::{Result, anyhow};
use clap::{Subcommand, ValueEnum};
use std::process::ExitCode;
use uuid::Uuid;

/// Accounts listed by one statement.
const PAGE: i64 = 500;

#[derive(Debug, Subcommand)]
pub enum Action {
    /// Make an account and print a one-time code by which its owner sets a password
    Create {
        #[arg(long, value_name = "DISPLAY NAME")]
        name: String,
        #[arg(long)]
        email: String,
        #[arg(long, value_enum, default_value = "reader")]
        role: RoleName,
    },
    /// Give an account another role
    Role {
        /// E-mail address or id
        account: String,
        #[arg(value_enum)]
        role: RoleName,
    },
    /// Take the second factor away from somebody who has lost it, recovery codes included
    ResetSecondFactor {
        /// E-mail address or id
        account: String,
    },
    /// List all accounts: id, role, e-mail, display name
    List,
    /// Print a one-time code, good for seven days, by which the owner of an account sets a new password
    Invite {
        /// E-mail address or id
        account: String,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum RoleName {
    Reader,
    Coach,
    Moderator,
    Admin,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Reader => Self::Reader,
            RoleName::Coach => Self::Coach,
            RoleName::Moderator => Self::Moderator,
            RoleName::Admin => Self::Admin,
        }
    }
}

pub async fn run(action: Action, settings: Settings) -> Result<ExitCode> {
    let database = database::open(&settings, &|line| eprintln!("{line}")).await?;
    let secrets = &database.secrets;
    match action {
        Action::Create { name, email, role } => {
            let email = Email::parse(&email).map_err(|field| anyhow!("--email {}", field.detail))?;
            let new = NewAccount { display_name: &name, email: Some(&email), role: role.into(), password_hash: None };
            let invitation = database
                .write(async |tx| {
                    let account = accounts::create_account(tx, secrets, new).await?;
                    accounts::invite(tx, secrets, &Who::Id(account.id)).await
                })
                .await
                .map_err(explain)?;
            println!("{} {}", invitation.account.id, invitation.account.role.as_str());
            print_code(&invitation.code, &settings);
        }
        Action::Role { account, role } => {
            let who = who(&account);
            let account = database.write(async |tx| accounts::set_role(tx, secrets, &who, role.into()).await).await;
            let account = account.map_err(explain)?;
            println!("{} is {} now", account.id, account.role.as_str());
        }
        Action::ResetSecondFactor { account } => {
            let who = who(&account);
            let reset = database.write(async |tx| accounts::reset_second_factor(tx, secrets, &who).await).await;
            println!("{}", if reset.map_err(explain)? { "it is gone" } else { "there is none" });
        }
        Action::List => list(&database).await?,
        Action::Invite { account } => {
            let who = who(&account);
            let invitation = database.write(async |tx| accounts::invite(tx, secrets, &who).await).await;
            print_code(&invitation.map_err(explain)?.code, &settings);
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(database: &database::Database) -> Result<()> {
    let mut conn = database.pool()?.get().await?;
    let mut last = None;
    loop {
        let page = accounts::list_accounts(&mut conn, &database.secrets, last.as_ref(), PAGE).await?;
        for account in &page {
            let email = account.email.as_deref().unwrap_or("-");
            println!("{} {:<9} {email} {}", account.id, account.role.as_str(), account.display_name);
        }
        match page.into_iter().last() {
            Some(account) => last = Some(account),
            None => return Ok(()),
        }
    }
}

fn who(account: &str) -> Who {
    account.parse::<Uuid>().map_or_else(|_| Who::Email(account.to_owned()), Who::Id)
}

fn print_code(code: &str, settings: &Settings) {
    println!("one-time code: {code}");
    let url = settings.public_url();
    println!("to set a password with it:");
    println!("  curl -X POST {url}/v1/accounts/claims -H 'content-type: application/json' \\");
    println!("    -d '{{\"code\":\"{code}\",\"password\":\"…\"}}'");
}

/// The words that a client would have been given, with the fields that were not acceptable.
fn explain(error: Error) -> anyhow::Error {
    let fields: Vec<_> = error.fields.iter().map(|field| field.detail.to_string()).collect();
    let said = format!("{} {}", error.detail, fields.join("; "));
    match error.cause {
        Some(cause) => cause.context(said),
        None => anyhow!(said.trim_end().to_owned()),
    }
}
