//! `colloquy doctor`

use super::database::{self, Database};
use crate::{
    accounts::Issuers,
    clock::Clock,
    coaching, comments,
    config::{SETTINGS, Settings},
    db::{direct, migrations},
    private_threads, screening,
};
use anyhow::Result;
use clap::Args;
use std::{collections::BTreeSet, process::ExitCode};

#[derive(Debug, Args)]
pub struct Options {
    /// Set counters that have drifted to what counting gives, and what questions are found by to what they are
    #[arg(long)]
    repair: bool,
}

pub async fn run(options: &Options, settings: Settings) -> Result<ExitCode> {
    for setting in SETTINGS.iter().filter(|setting| setting.secret) {
        println!("setting    COLLOQUY_{}: {}", setting.name.to_uppercase(), settings.missing_or_set(setting.name));
    }
    let database = database::open(&settings, &|line| eprintln!("{line}")).await?;
    let status = migrations::status(&database.url).await?;
    println!("database   answers");
    let missing = status.iter().filter(|(_, applied)| !applied).count();
    println!("migrations {} applied, {missing} missing", status.len() - missing);
    let drifted = if missing == 0 { counters(&database, options.repair).await? } else { 0 };
    let misfiled = if missing == 0 { questions(&database, options.repair).await? } else { 0 };
    let stale = if missing == 0 { support(&settings, &database).await? } else { 0 };
    let lost = if missing == 0 { private_keys(&database).await? } else { 0 };
    let away = issuers(&settings, &database).await?;
    let sound = missing == 0 && drifted == 0 && misfiled == 0 && away == 0 && stale == 0 && lost == 0;
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Says which keys private threads need. Returns how many threads need one that the settings do not have.
async fn private_keys(database: &Database) -> Result<i64> {
    let mut lost = 0;
    for key in private_threads::count_keys(&mut direct(&database.url).await?).await? {
        let known = database.secrets.has_private_key(&key.name);
        let note = if known { "" } else { ", which COLLOQUY_PRIVATE_KEYS does not have" };
        println!("private    {} threads under `{}`{note}", key.threads, key.name);
        lost += if known { 0 } else { key.threads };
    }
    Ok(lost)
}

/// Asks every issuer whose tokens are good here for its keys. Returns how many have none.
async fn issuers(settings: &Settings, database: &Database) -> Result<usize> {
    let issuers = Issuers::load(settings, database.secrets.clone(), Clock::system())?;
    let mut away = 0;
    for (issuer, keys) in issuers.check().await {
        match keys {
            Ok(count) => println!("issuer     {issuer}: {count} keys"),
            Err(error) => {
                println!("issuer     {issuer}: {error:#}");
                away += 1;
            }
        }
    }
    Ok(away)
}

/// Counts support resources that should be checked again.
async fn support(settings: &Settings, database: &Database) -> Result<i64> {
    let (today, days) = (Clock::system().now().date_naive(), settings.support_days);
    let stale = screening::count_stale_support(&mut direct(&database.url).await?, today, days).await?;
    println!("support    {stale} not checked for {days} days");
    Ok(stale)
}

/// Compares every stored counter with a recount. Returns how many are wrong when it ends.
async fn counters(database: &Database, repair: bool) -> Result<usize> {
    // A recount reads every comment, so it has no time-out.
    let mut conn = direct(&database.url).await?;
    let drift = comments::recount(&mut conn).await?;
    for each in &drift {
        let place = each.comment_id.map_or_else(|| "thread".to_owned(), |id| format!("comment {id}"));
        println!(
            "counters   article {} {place}: {} is {}, should be {}",
            each.article_id, each.counter, each.stored, each.counted
        );
    }
    println!("counters   {} wrong", drift.len());
    if !repair || drift.is_empty() {
        return Ok(drift.len());
    }
    for article_id in drift.iter().map(|each| each.article_id).collect::<BTreeSet<_>>() {
        database.write(async |tx| comments::repair(tx, article_id).await).await?;
    }
    let left = comments::recount(&mut conn).await?.len();
    println!("counters   repaired, {left} wrong");
    Ok(left)
}

/// Compares every question with what it is found by. Returns how many differ when it ends.
async fn questions(database: &Database, repair: bool) -> Result<usize> {
    let mut conn = direct(&database.url).await?;
    let drifted = coaching::drifted(&mut conn).await?;
    println!("desk       {} questions differ from what they are found by", drifted.len());
    if !repair || drifted.is_empty() {
        return Ok(drifted.len());
    }
    database.write(async |tx| coaching::repair(tx, &drifted).await).await?;
    let left = coaching::drifted(&mut conn).await?.len();
    println!("desk       repaired, {left} differ");
    Ok(left)
}
