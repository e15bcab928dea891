//! What readers of a thread get while comments are posted in it, and that no answer is older than what was acknowledged
//! before it was asked for.

use crate::{
    median,
    pages::{ask, get, thread as page},
    server::Server,
    site::{GREAT, Site},
    writers::{guests, members, post, words},
};
use colloquy::db::private::Durability;
use std::{
    path::Path,
    sync::{
        Barrier,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

const READERS: usize = 8;
const WRITERS: usize = 16;
/// Posts per second, of all writers.
const PACE: u32 = 500;
const ROUND: Duration = Duration::from_secs(4);
/// Who asks for a page that is not there, all at once.
const MISSING: usize = 64;
const MISSES: usize = 20;

/// One thread, its readers and writers, and how many comments in it were acknowledged.
struct Conversation<'a> {
    server: &'a Server,
    writers: Vec<String>,
    acknowledged: AtomicU64,
    next: AtomicU64,
}

pub fn mixed(directory: &Path, rounds: usize) {
    let site = Site::open(directory, Durability::Durable);
    let server = site.serve(&[]);
    let mut writers = members(&site, &server, WRITERS / 2);
    writers.extend(guests(&server, GREAT, WRITERS / 2));
    let count = ask(&mut server.connect(), page(GREAT, "oldest", 20, 3)).unwrap()["count"].as_u64().unwrap();
    let conversation =
        Conversation { server: &server, writers, acknowledged: AtomicU64::new(count), next: AtomicU64::new(0) };
    println!(
        "{READERS} readers of a thread of {count} comments, alone and with {PACE} posts a second in it; {rounds} rounds of {ROUND:?} \
         each, interleaved; medians."
    );
    conversation.round(false);
    let (mut alone, mut accompanied, mut posts) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        alone.push(conversation.round(false).0);
        let (reads, posted) = conversation.round(true);
        accompanied.push(reads);
        posts.push(posted);
    }
    let (alone, accompanied) = (median(alone), median(accompanied));
    println!("{:>12}{:>18}{:>8}{:>12}", "reads/s", "with posts", "ratio", "posts/s");
    println!("{alone:>12.0}{accompanied:>18.0}{:>8.2}{:>12.0}", accompanied / alone, median(posts));
    println!("No answer counted less than what had been acknowledged when it was asked for.");
    let most = (1..=MISSES).map(|limit| conversation.makings_of_a_crowd(limit)).max().unwrap();
    println!(
        "{MISSING} simultaneous requests for a page that nobody had asked for: made {most} time(s), the most of {MISSES} tries."
    );
    assert_eq!(most, 1);
}

impl Conversation<'_> {
    /// Reads and posts per second.
    fn round(&self, with_posts: bool) -> (f64, f64) {
        let begun = Instant::now();
        let until = begun + ROUND;
        let posts_before = self.next.load(Ordering::Relaxed);
        let reads: u32 = thread::scope(|scope| {
            let readers: Vec<_> = (0..READERS).map(|_| scope.spawn(move || self.read_until(until))).collect();
            if with_posts {
                (0..WRITERS).for_each(|writer| drop(scope.spawn(move || self.write_until(writer, until))));
            }
            readers.into_iter().map(|reader| reader.join().unwrap()).sum()
        });
        let seconds = begun.elapsed().as_secs_f64();
        let posts = self.next.load(Ordering::Relaxed) - posts_before;
        (f64::from(reads) / seconds, posts as f64 / seconds)
    }

    fn read_until(&self, until: Instant) -> u32 {
        let mut connection = self.server.connect();
        let request = get(page(GREAT, "oldest", 20, 3));
        let mut reads = 0;
        while Instant::now() < until {
            let acknowledged = self.acknowledged.load(Ordering::SeqCst);
            let (status, _) = connection.send(&request);
            assert_eq!(status, 200);
            let count = count(connection.body());
            assert!(count >= acknowledged, "an answer counted {count} when {acknowledged} had been acknowledged");
            reads += 1;
        }
        reads
    }

    /// Posts at its share of the pace; what is late is made up for.
    fn write_until(&self, writer: usize, until: Instant) {
        let mut connection = self.server.connect();
        let pace = Duration::from_secs(1) * WRITERS as u32 / PACE;
        let mut due = Instant::now() + pace * writer as u32 / WRITERS as u32;
        while due < until && Instant::now() < until {
            thread::sleep(due.saturating_duration_since(Instant::now()));
            self.post(&mut connection, writer);
            due += pace;
        }
    }

    fn post(&self, connection: &mut crate::server::Connection, writer: usize) {
        let number = self.next.fetch_add(1, Ordering::Relaxed) as usize;
        post(connection, &self.writers[writer], GREAT, &words(writer, number));
        self.acknowledged.fetch_add(1, Ordering::SeqCst);
    }

    /// How often a page that nobody has asked for yet was made for many who ask for it at once.
    fn makings_of_a_crowd(&self, limit: usize) -> u64 {
        let before = self.makings();
        let (barrier, request) = (Barrier::new(MISSING), get(page(GREAT, "newest", limit, 3)));
        let connections: Vec<_> = (0..MISSING).map(|_| self.server.connect()).collect();
        thread::scope(|scope| {
            for mut connection in connections {
                let (barrier, request) = (&barrier, &request);
                scope.spawn(move || {
                    barrier.wait();
                    assert_eq!(connection.send(request).0, 200);
                });
            }
        });
        self.makings() - before
    }

    fn makings(&self) -> u64 {
        let mut connection = self.server.connect();
        connection.send(&get("/metrics"));
        let metrics = str::from_utf8(connection.body()).unwrap();
        let makings = metrics.lines().find_map(|line| line.strip_prefix("colloquy_published_makings_total "));
        makings.unwrap().parse().unwrap()
    }
}

/// The `count` of a thread's page: it stands behind all comments.
fn count(body: &[u8]) -> u64 {
    let tail = str::from_utf8(&body[body.len() - 100..]).unwrap();
    let after = tail.split_once("\"count\":").unwrap().1;
    after.split(',').next().unwrap().parse().unwrap()
}
