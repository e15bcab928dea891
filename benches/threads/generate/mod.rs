//! Building the site: all of it from one seed, by COPY into tables without indexes, which are then made again as they were.

mod bodies;
mod catalog;
mod copy;
mod people;
mod plan;
mod rows;
mod tree;

use crate::{
    SECRET,
    database::Database,
    site::{GREAT, NAME, OWNER, open},
};
use clap::Args;
use colloquy::{
    accounts::{self, NewAccount},
    articles::{self, CreateArticle, NewArticle, Status},
    clock::Clock,
    config::Settings,
    db::{
        Pool, migrations,
        private::{Durability, Private},
    },
    events::{Journal, Own, begin_reading},
    http::permission::Role,
    secrets::Secrets,
};
use indicatif::{HumanBytes, HumanDuration, ProgressBar, ProgressStyle};
use plan::Plan;
use std::{path::Path, sync::Arc, time::Instant};

/// Tables that are too large to be filled under their indexes.
const LARGE: [&str; 3] = ["comments", "guests", "reactions"];

/// A relation that is as old as the transaction needs no log (`wal_level`), and is frozen at once (`FREEZE`).
const FOR_LOADING: &str = "ALTER SYSTEM SET wal_level = minimal; ALTER SYSTEM SET max_wal_senders = 0;
    ALTER SYSTEM SET max_wal_size = '4GB'; ALTER SYSTEM SET checkpoint_timeout = '30min';
    ALTER SYSTEM SET maintenance_work_mem = '768MB'; ALTER SYSTEM SET autovacuum = off";

/// What `generate` can be told.
#[derive(Args)]
pub struct Options {
    /// How large the site is, as a share of 10,000,000 comments: 0.01 to try
    #[arg(long, default_value_t = 1.0)]
    scale: f64,
    /// The same seed gives the same site
    #[arg(long, default_value_t = 20_261_121)]
    seed: u64,
}

pub fn generate(directory: &Path, options: &Options) {
    let begun = Instant::now();
    let plan = Plan::new(options.scale, options.seed);
    let postgres = tune(directory);
    prepare(&postgres);
    let database = Database::connect(&postgres.url(OWNER, NAME));
    people::copy_accounts(&database, &plan);
    people::clone_article(&database, &plan);

    let comments = plan.total();
    let bar = progress(comments as u64, "growing trees");
    let site = tree::grow(&plan, &bar);
    let structure = catalog::take_down(&database, &LARGE);
    rows::copy_all(&database, &plan, &site, &bar);
    structure.put_back(&database, &bar);
    bar.reset();
    bar.set_message("analysing");
    database.run_each("VACUUM (FREEZE, ANALYZE); ALTER SYSTEM RESET ALL; CHECKPOINT");
    bar.finish_and_clear();

    let (bytes, great) = sizes(&database);
    drop(database);
    let place = postgres.dir().display().to_string();
    postgres.stop().unwrap();
    println!(
        "{comments} comments, {great} of them in one thread, under {} articles: {} in {place}, built in {} ({:.0} s)",
        plan.articles.len(),
        HumanBytes(bytes),
        HumanDuration(begun.elapsed()),
        begun.elapsed().as_secs_f64()
    );
}

/// An empty database on a Postgres that is set for loading: what a crash would cost can be built again.
fn tune(directory: &Path) -> Private {
    let postgres = open(directory, Durability::Fast);
    Database::connect(&postgres.url(OWNER, "postgres")).run_each(FOR_LOADING);
    // `wal_level` is read at the start.
    postgres.stop().unwrap();
    open(directory, Durability::Fast)
}

/// The schema, and one article by the server's own hand, of which all others are copies.
fn prepare(postgres: &Private) {
    let (owner, url) = (postgres.url(OWNER, NAME), postgres.url(NAME, NAME));
    let prepared = actix_web::rt::System::new().block_on(async {
        postgres.prepare(NAME, NAME).await?;
        let applied = migrations::up(&owner, Some(NAME)).await?;
        anyhow::ensure!(!applied.is_empty(), "there is a site already: remove the directory, or name another");
        let (secrets, settings) = (Secrets::new(SECRET)?, Settings::with(&[])?);
        let pool = Pool::new(&url, &settings, Arc::default())?;
        let journal = Journal::new(pool, Clock::held_at(plan::BEGINNING), Arc::new(|_| ()), Own::default());
        let writing = journal.write(async |tx| {
            let coach = NewAccount { display_name: "Ada Quill", email: None, role: Role::Coach, password_hash: None };
            let coach = accounts::create_account(tx, &secrets, coach).await?;
            let article = CreateArticle {
                title: "The great thread".into(),
                body: bodies::ARTICLE.into(),
                slug: Some(GREAT.into()),
                authors: Some(vec![coach.id]),
                ..CreateArticle::default()
            };
            let new = NewArticle { status: Status::Published, ..article.into() };
            articles::create(tx, new, None).await?;
            // What is copied in is older than the desk: otherwise it would be looked through while others are measured.
            begin_reading(tx, "desk").await
        });
        writing.await?;
        anyhow::Ok(())
    });
    prepared.unwrap();
}

/// Bytes of the database, and the comments of the great thread.
fn sizes(database: &Database) -> (u64, i32) {
    let bytes: i64 = database.one("SELECT pg_database_size(current_database())", &[]);
    let great = "SELECT comment_count FROM threads JOIN articles ON articles.id = article_id WHERE slug = $1";
    (u64::try_from(bytes).unwrap(), database.one(great, &[&GREAT]))
}

fn progress(length: u64, message: &'static str) -> ProgressBar {
    let style = "{elapsed_precise} {wide_bar} {human_pos}/{human_len} {msg} ({eta})";
    ProgressBar::new(length).with_style(ProgressStyle::with_template(style).unwrap()).with_message(message)
}
