//! What pages take in the great thread and in small ones, every page made anew.

use crate::{
    chance::Chance,
    median,
    pages::{after, ask, get, thread},
    server::Server,
    site::{GREAT, Site},
};
use colloquy::db::private::Durability;
use std::{collections::HashMap, path::Path, sync::Barrier, thread as threads, time::Instant};

/// Requests that are asked in turn, all different, so that no two that are under way are answered by one making.
const VARIANTS: usize = 16;
/// How often all of them are asked in a round; once more before, to be warm. Small threads and the great one take turns
/// after each lap, so that what else the machine does meets both.
const LAPS: usize = 8;
const CONNECTIONS: [usize; 2] = [1, 8];

/// A kind of page.
#[derive(Clone, Copy)]
enum Page {
    /// Of the thread, sorted so, after all the roots that come before a deep page or none.
    Thread {
        sort: &'static str,
        deep: bool,
    },
    /// The replies to the root that has most of them.
    Subtree,
    Permalink,
}

const PAGES: [(&str, Page); 7] = [
    ("first page", Page::Thread { sort: "oldest", deep: false }),
    ("page after others", Page::Thread { sort: "oldest", deep: true }),
    ("newest", Page::Thread { sort: "newest", deep: false }),
    ("top", Page::Thread { sort: "top", deep: false }),
    ("top, after others", Page::Thread { sort: "top", deep: true }),
    ("subtree", Page::Subtree),
    ("permalink", Page::Permalink),
];

/// What one round measured: milliseconds of the middle request, and bytes of the middle answer.
struct Measured {
    time: f64,
    bytes: f64,
}

/// Milliseconds and bytes of answers.
type Answers = Vec<(f64, f64)>;

/// Asks for pages of a thread, remembering how far it walked.
struct Asker<'a> {
    server: &'a Server,
    /// Roots before a deep page.
    deep: usize,
    cursors: HashMap<(String, &'static str), Option<String>>,
}

pub fn read(directory: &Path, rounds: usize) {
    let site = Site::open(directory, Durability::Durable);
    let server = site.serve(&[("COLLOQUY_CACHE_BYTES", "0")]);
    let mut chance = Chance::new(std::process::id().into());
    let whole = ask(&mut server.connect(), thread(GREAT, "oldest", 1, 0)).unwrap();
    let (comments, roots) = (whole["count"].as_u64().unwrap(), whole["root_count"].as_u64().unwrap() as usize);
    let mut great = Asker { server: &server, deep: 10_000.min(roots / 2), cursors: HashMap::new() };
    println!(
        "Thread of {comments} comments against threads of 91, {VARIANTS} others in each round; deep pages after {} roots, or 20. \
         Cache off; {rounds} rounds of {LAPS} x {VARIANTS} requests of each connection, in turn; medians of the rounds' median requests.",
        great.deep
    );
    println!(
        "{:<20}{:>12}{:>14}{:>14}{:>8}{:>20}",
        "", "connections", "91, ms", "great, ms", "ratio", "KiB, 91 and great"
    );
    for (name, page) in PAGES {
        let Some(ours) = great.requests(&[GREAT; VARIANTS], page) else {
            println!("{name:<20}  the server does not know it");
            continue;
        };
        let mut rows = CONNECTIONS.map(|_| (Vec::new(), Vec::new()));
        for _ in 0..rounds {
            // Drawn anew, so that it is no single thread's luck.
            let slugs = match page {
                // The great thread's first page is as full as theirs.
                Page::Thread { sort: "oldest", deep: false } => site.some_full(&mut chance, VARIANTS),
                _ => site.some_small(&mut chance, VARIANTS),
            };
            let mut small = Asker { server: &server, deep: 20, cursors: HashMap::new() };
            let theirs = small.requests(&slugs, page).unwrap();
            for ((small, great), connections) in rows.iter_mut().zip(CONNECTIONS) {
                let [theirs, ours] = measure(&server, [&theirs, &ours], connections);
                small.push(theirs);
                great.push(ours);
            }
        }
        for ((small, great), connections) in rows.iter().zip(CONNECTIONS) {
            let of = |rounds: &[Measured], what: fn(&Measured) -> f64| median(rounds.iter().map(what).collect());
            let (theirs, ours) = (of(small, |round| round.time), of(great, |round| round.time));
            let bytes = [small, great].map(|rounds| of(rounds, |round| round.bytes) / 1024.0);
            println!(
                "{name:<20}{connections:>12}{theirs:>14.3}{ours:>14.3}{:>8.2}{:>20}",
                ours / theirs,
                format!("{:.1} {:.1}", bytes[0], bytes[1])
            );
        }
    }
}

impl Asker<'_> {
    /// One request for each slug, all of them different.
    fn requests(&mut self, slugs: &[&str], page: Page) -> Option<Vec<String>> {
        slugs.iter().enumerate().map(|(variant, slug)| self.request(slug, variant, page).map(get)).collect()
    }

    /// Pages hold up to 20 roots with 3 replies each.
    fn request(&mut self, slug: &str, variant: usize, page: Page) -> Option<String> {
        let connection = &mut self.server.connect();
        Some(match page {
            Page::Thread { sort, deep } => {
                let cursor = if deep { self.cursor(slug, sort)? } else { String::new() };
                let path = format!("{}{cursor}", thread(slug, sort, 17 + variant % 4, 3 + variant / 4));
                ask(connection, &path)?;
                path
            }
            Page::Subtree => {
                let first = ask(connection, thread(slug, "oldest", 20, 0))?;
                let roots = first["items"].as_array().unwrap();
                let busy = roots.iter().max_by_key(|root| root["reply_count"].as_u64()).unwrap();
                let (limit, replies) = (3 + variant / 2, 2 + variant % 2);
                format!("/v1/comments/{}/replies?limit={limit}&replies={replies}", busy["id"].as_str().unwrap())
            }
            Page::Permalink => {
                let cursor = self.cursor(slug, "oldest")?;
                let page = ask(connection, format!("{}{cursor}", thread(slug, "oldest", VARIANTS, 0)))?;
                format!("/v1/comments/{}", page["items"][variant]["id"].as_str().unwrap())
            }
        })
    }

    fn cursor(&mut self, slug: &str, sort: &'static str) -> Option<String> {
        let walk = || after(&mut self.server.connect(), slug, sort, self.deep);
        self.cursors.entry((slug.to_owned(), sort)).or_insert_with(walk).clone()
    }
}

/// One round: clients ask for the small threads' pages and for the great one's in turn, all for the same at a time.
fn measure(server: &Server, requests: [&[String]; 2], connections: usize) -> [Measured; 2] {
    let in_step = Barrier::new(connections);
    let answers: Vec<[Answers; 2]> = threads::scope(|scope| {
        let begin = |number: usize| {
            let in_step = &in_step;
            scope.spawn(move || client(server, requests, number * VARIANTS / connections, in_step))
        };
        let clients: Vec<_> = (0..connections).map(begin).collect();
        clients.into_iter().map(|client| client.join().unwrap()).collect()
    });
    [0, 1].map(|side| {
        let (times, bytes) = answers.iter().flat_map(|both| &both[side]).copied().unzip();
        Measured { time: median(times), bytes: median(bytes) }
    })
}

/// One client, whose laps begin with this request.
fn client(server: &Server, requests: [&[String]; 2], first: usize, in_step: &Barrier) -> [Answers; 2] {
    let mut connection = server.connect();
    let mut answers = [Vec::new(), Vec::new()];
    for lap in 0..=LAPS {
        for (requests, answers) in requests.iter().zip(&mut answers) {
            in_step.wait();
            for request in requests.iter().cycle().skip(first).take(VARIANTS) {
                let begun = Instant::now();
                let (status, end) = connection.send(request);
                assert_eq!(status, 200, "{request}");
                if lap > 0 {
                    answers.push(((end - begun).as_secs_f64() * 1000.0, connection.body().len() as f64));
                }
            }
        }
    }
    answers
}
