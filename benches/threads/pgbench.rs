//! What the same Postgres takes when nobody stands between it and the rows: pgbench, which comes with the server.

use crate::{
    database::Database,
    site::{NAME, Site},
};
use std::{fs, path::PathBuf, process::Command};

pub const CLIENTS: usize = 32;

/// Positions that the server never reaches: these rows are made without asking what the last one was.
const BY_PGBENCH: i64 = 1 << 50;

/// An id that begins with the time, as the server's do, and what else a row needs.
const COMMENT: &str = "INSERT INTO comments (id, article_id, root_id, position, depth, path, account_id, status, shown,
    body_markdown, body_html, body_text, renderer, created_at, rank)
SELECT new.id, ARTICLE, new.id, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint * 64 + :client_id, 0, '',
    ACCOUNT, 'visible', true, WORDS, '<p>' || WORDS || '</p>', WORDS, 1, now(),
    round(extract(epoch FROM now()) * 1000000 / 172800)
FROM (SELECT encode(overlay(uuid_send(gen_random_uuid()) PLACING
          substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 'hex')::uuid AS id
      OFFSET 0) AS new";
const COUNTER: &str = "UPDATE threads SET version = version + 1, comment_count = comment_count + 1,
    root_count = root_count + 1 WHERE article_id = ARTICLE";
const WORDS: &str =
    "'After the *long* evening at the table, nobody wanted to begin, and then somebody said a few things.'::text";

/// What is run.
#[derive(Clone, Copy)]
pub enum Script {
    /// A comment and the counter, in one statement, on one article.
    HotStatement,
    /// The same as a transaction of two statements.
    HotTransaction,
    /// A comment and nothing else, on some of many articles.
    Spread,
}

/// Scripts for these articles, the first of which is the hot one.
pub struct Pgbench<'a> {
    site: &'a Site,
    database: Database,
    articles: Vec<String>,
    account: String,
    file: PathBuf,
}

impl<'a> Pgbench<'a> {
    pub fn new(site: &'a Site, hot: &str, spread: &[&str]) -> Self {
        let database = site.owner();
        let id = |slug: &str| database.one("SELECT id::text FROM articles WHERE slug = $1", &[&slug]);
        let articles = [hot].iter().chain(spread).map(|slug| id(slug)).collect();
        let account = database.one("SELECT id::text FROM accounts LIMIT 1", &[]);
        Self { articles, account, file: site.postgres.dir().join("pgbench.sql"), database, site }
    }

    /// Transactions per second.
    pub fn run(&self, script: Script, seconds: u64) -> f64 {
        fs::write(&self.file, self.sql(script)).unwrap();
        let mut command = Command::new("pgbench");
        command.args(["--no-vacuum", "--protocol=prepared", "--jobs=2"]);
        command.arg(format!("--client={CLIENTS}")).arg(format!("--time={seconds}")).arg("--file").arg(&self.file);
        let output = command.arg(self.site.postgres.url(NAME, NAME)).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let rate = said.lines().find_map(|line| line.strip_prefix("tps = ")).unwrap();
        rate.split(' ').next().unwrap().parse().unwrap()
    }

    fn sql(&self, script: Script) -> String {
        let (hot, spread) = self.articles.split_first().unwrap();
        let on = |sql: &str, article: &str| {
            let account = format!("'{}'::uuid", self.account);
            sql.replace("ARTICLE", article).replace("ACCOUNT", &account).replace("WORDS", WORDS).replace('\n', " ")
        };
        let hot = format!("'{hot}'::uuid");
        match script {
            Script::HotStatement => {
                format!("WITH posted AS ({} RETURNING 1) {};", on(COMMENT, &hot), on(COUNTER, &hot))
            }
            Script::HotTransaction => format!("BEGIN;\n{};\n{};\nCOMMIT;", on(COMMENT, &hot), on(COUNTER, &hot)),
            Script::Spread => {
                let article = format!("('{{{}}}'::uuid[])[:article]", spread.join(","));
                format!("\\set article random(1, {})\n{};", spread.len(), on(COMMENT, &article))
            }
        }
    }

    /// Takes back everything that was run.
    pub fn clean(self) {
        // Nothing refers to these rows; to make sure of that, Postgres would read the whole table for each.
        self.database.run("SET session_replication_role = replica");
        let deleted = self.database.rows(
            "DELETE FROM comments WHERE article_id = ANY ($1::text[]::uuid[]) AND position > $2 RETURNING article_id::text",
            &[&self.articles, &BY_PGBENCH],
        );
        let hot = &self.articles[0];
        let counted = deleted.iter().filter(|row| row.get::<_, &str>(0) == hot).count();
        let sql = "UPDATE threads SET comment_count = comment_count - $2::bigint, root_count = root_count - $2 WHERE article_id = $1::text::uuid";
        self.database.rows(sql, &[hot, &(counted as i64)]);
        // It would leave the index entries of so few: a walk from the thread's end would go through all of them.
        self.database.run("VACUUM (INDEX_CLEANUP ON) comments");
        fs::remove_file(&self.file).unwrap();
    }
}
