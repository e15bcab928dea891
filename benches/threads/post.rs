//! How many comments a second are posted, all under one article and spread over many, beside what pgbench gets from the
//! same Postgres, with the same tables, in the same run.

use crate::{
    chance::Chance,
    database::Database,
    machine::alone,
    median,
    pgbench::{CLIENTS, Pgbench, Script},
    server::Server,
    site::{GREAT, Site},
    writers::{guests, members, post, words},
};
use colloquy::db::private::Durability;
use std::{
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

const SPREAD: usize = 1000;
const SECONDS: u64 = 4;

/// Comments that were acknowledged, per second and by id.
struct Posted {
    rate: f64,
    ids: Vec<String>,
}

/// Who writes where, and the number of what is written next.
struct Crowd<'a> {
    server: &'a Server,
    credentials: Vec<String>,
    slugs: Vec<&'a str>,
    next: AtomicUsize,
}

pub fn post_all(directory: &Path, rounds: usize, writers: usize) {
    let site = Site::open(directory, Durability::Durable);
    let server = site.serve(&[]);
    let members = members(&site, &server, writers);
    // Half of those who write under one article are guests.
    let guests = guests(&server, GREAT, writers / 2);
    let slugs = site.some_others(&mut Chance::new(std::process::id().into()), SPREAD);
    let hot_credentials = members.iter().take(writers / 2).cloned().chain(guests).collect();
    let crowd = |credentials, slugs| Crowd { server: &server, credentials, slugs, next: AtomicUsize::new(0) };
    let pgbench = Pgbench::new(&site, GREAT, &slugs);
    let (hot, spread) = (crowd(hot_credentials, vec![GREAT]), crowd(members, slugs));
    println!(
        "{writers} writers over HTTP, {CLIENTS} clients of pgbench; spread over {} articles; {rounds} rounds of {SECONDS} s each, \
         interleaved; medians, per second.",
        spread.slugs.len()
    );
    let mut rates: [Vec<f64>; 5] = Default::default();
    let (mut ids, mut again, mut behind) = (Vec::new(), 0, Duration::ZERO);
    for round in 0..=rounds {
        let mut all_read = || behind = behind.max(site.until_read());
        let ours = [&hot, &spread].map(|crowd| {
            alone(&mut again, &mut all_read, || {
                let posted = crowd.write();
                ids.extend(posted.ids);
                posted.rate
            })
        });
        let theirs = [Script::HotStatement, Script::HotTransaction, Script::Spread]
            .map(|each| alone(&mut again, &mut all_read, || pgbench.run(each, SECONDS)));
        // The first is for warming up.
        if round > 0 {
            rates.iter_mut().zip(ours.into_iter().chain(theirs)).for_each(|(rates, rate)| rates.push(rate));
        }
    }
    let [ours, our_spread, statement, transaction, insert] = rates.map(median);
    println!("{:<52}{:>12}{:>12}{:>8}", "", "pgbench", "colloquy", "ratio");
    let rows = [
        ("one article; comment and counter in one statement", statement, ours),
        ("one article; comment and counter, BEGIN … COMMIT", transaction, ours),
        ("spread; the comment alone", insert, our_spread),
    ];
    for (name, theirs, ours) in rows {
        println!("{name:<52}{theirs:>12.0}{ours:>12.0}{:>8.2}", ours / theirs);
    }
    println!(
        "{again} phases were measured again, since others had the machine. Whoever follows the events (the desk, mails) came after \
         within {behind:.1?}."
    );
    pgbench.clean();
    check(&site.owner(), &ids);
}

impl Crowd<'_> {
    /// Everybody posts one comment after the other until the time is over.
    fn write(&self) -> Posted {
        let begun = Instant::now();
        let until = begun + Duration::from_secs(SECONDS);
        let ids: Vec<String> = thread::scope(|scope| {
            let writers: Vec<_> = (0..self.credentials.len())
                .map(|writer| scope.spawn(move || self.write_until(writer, until)))
                .collect();
            writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect()
        });
        Posted { rate: ids.len() as f64 / begun.elapsed().as_secs_f64(), ids }
    }

    fn write_until(&self, writer: usize, until: Instant) -> Vec<String> {
        let mut connection = self.server.connect();
        let mut ids = Vec::new();
        while Instant::now() < until {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let slug = self.slugs[number % self.slugs.len()];
            ids.push(post(&mut connection, &self.credentials[writer], slug, &words(writer, number)));
        }
        ids
    }
}

/// Every comment that was acknowledged is there once, also where somebody is to look at it first, and what was written under is
/// counted as it is.
fn check(database: &Database, ids: &[String]) {
    let there: i64 = database.one("SELECT count(*) FROM comments WHERE id = ANY ($1::text[]::uuid[])", &[&ids]);
    assert_eq!(there as usize, ids.len(), "acknowledged comments that are not there");
    let wrong = database.rows(
        "WITH touched AS (SELECT DISTINCT article_id FROM comments WHERE id = ANY ($1::text[]::uuid[])),
         counted AS (
             SELECT article_id, count(*) FILTER (WHERE status = 'visible') AS visible, max(position) AS last,
                    count(*) FILTER (WHERE shown AND parent_id IS NULL) AS roots, count(*) AS rows,
                    count(DISTINCT body_markdown) FILTER (WHERE id = ANY ($1::text[]::uuid[])) AS texts,
                    count(*) FILTER (WHERE id = ANY ($1::text[]::uuid[])) AS posted
             FROM touched JOIN comments USING (article_id) GROUP BY article_id
         )
         SELECT slug FROM counted JOIN threads USING (article_id) JOIN articles ON articles.id = article_id
         WHERE (comment_count, root_count, last_position) <> (visible, roots, last) OR rows <> last OR texts <> posted",
        &[&ids],
    );
    let wrong: Vec<String> = wrong.iter().map(|row| row.get(0)).collect();
    assert!(wrong.is_empty(), "counters, positions or texts are wrong under {wrong:?}");
    println!("{} comments were acknowledged; each is there once, and all counters are exact.", ids.len());
}
