//! Whether readers wait while a crowd logs in, and how much memory that takes.

use crate::{
    client, known, median, quantile,
    server::{Server, post},
};
use colloquy::cli::demo;
use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

/// People who log in at the same time, each from an address of their own.
pub const CROWD: usize = 200;
pub const READERS: u32 = 4;
/// Time between two requests of a reader.
pub const PACE: Duration = Duration::from_millis(20);
pub const ROUNDS: usize = 5;
pub const ROUND: Duration = Duration::from_secs(4);

/// What readers saw in one round, and what it took.
struct Round {
    median: f64,
    last_percent: f64,
    peak: f64,
    log_ins: u32,
    refused: u32,
}

/// Rounds without and with log-ins in turn.
pub fn readers(name: &str, server: &Server) {
    round(server, false);
    let (mut quiet, mut busy) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        quiet.push(round(server, false));
        busy.push(round(server, true));
    }
    let of = |rounds: &[Round], what: fn(&Round) -> f64| median(rounds.iter().map(what).collect());
    let (median, with) = (of(&quiet, |round| round.median), of(&busy, |round| round.median));
    let (last, last_with) = (of(&quiet, |round| round.last_percent), of(&busy, |round| round.last_percent));
    let rate = of(&busy, |round| f64::from(round.log_ins)) / ROUND.as_secs_f64();
    let refused: u32 = busy.iter().map(|round| round.refused).sum();
    // Later rounds without log-ins begin with what log-ins have left behind.
    let (peak, peak_with) = (quiet.first().unwrap().peak, busy.iter().map(|round| round.peak).fold(f64::MIN, f64::max));
    println!(
        "{name:<16}{median:>14.2}{with:>14.2}{:>8.2}{last:>14.2}{last_with:>14.2}{:>8.2}{rate:>12.0}{refused:>10}{peak:>12.0}{peak_with:>12.0}",
        with / median,
        last_with / last
    );
}

fn round(server: &Server, crowded: bool) -> Round {
    server.forget_peak();
    let stop = AtomicBool::new(!crowded);
    thread::scope(|scope| {
        let crowd: Vec<_> = (0..CROWD)
            .filter(|_| crowded)
            .map(|person| {
                scope.spawn({
                    let stop = &stop;
                    move || log_in_until(server, person, stop)
                })
            })
            .collect();
        let until = Instant::now() + ROUND;
        let readers: Vec<_> = (0..READERS)
            .map(|number| scope.spawn(move || read_until(server, PACE * number / READERS, until)))
            .collect();
        let mut times: Vec<f64> = readers.into_iter().flat_map(|reader| reader.join().unwrap()).collect();
        stop.store(true, Ordering::Relaxed);
        let counts: Vec<(u32, u32)> = crowd.into_iter().map(|person| person.join().unwrap()).collect();
        times.sort_by(f64::total_cmp);
        Round {
            median: quantile(&times, 0.5),
            last_percent: quantile(&times, 0.99),
            peak: server.peak(),
            log_ins: counts.iter().map(|(done, _)| done).sum(),
            refused: counts.iter().map(|(_, refused)| refused).sum(),
        }
    })
}

/// Milliseconds of each request. Where one was late because the answer before it was, the wait counts.
fn read_until(server: &Server, delay: Duration, until: Instant) -> Vec<f64> {
    let mut connection = server.connect();
    let request = format!(
        "GET /v1/articles/{}/comments?limit=20&replies=3 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        demo::THREAD_ARTICLE
    );
    // One after the other, not all at the same moment.
    let (mut due, mut times) = (Instant::now() + delay, Vec::new());
    while due < until {
        let wait = due.saturating_duration_since(Instant::now());
        thread::sleep(wait);
        let begun = if wait.is_zero() { due } else { Instant::now() };
        let (status, end) = connection.send(&request);
        assert_eq!(status, 200);
        times.push((end - begun).as_secs_f64() * 1000.0);
        due += PACE;
    }
    times
}

/// How often somebody logged in, and how often there were too many before them.
fn log_in_until(server: &Server, person: usize, stop: &AtomicBool) -> (u32, u32) {
    let mut connection = server.connect();
    let body = serde_json::json!({ "email": known(person), "password": demo::PASSWORD });
    let request = post("/v1/sessions", client(person), &body);
    let (mut done, mut refused) = (0, 0);
    while !stop.load(Ordering::Relaxed) {
        match connection.send(&request).0 {
            201 if !stop.load(Ordering::Relaxed) => done += 1,
            201 => {}
            503 => refused += 1,
            status => panic!("a log-in was answered with {status}"),
        }
    }
    (done, refused)
}
