//! Whether the time that an answer takes tells who has an account.

use crate::{
    client, known, median, quantile,
    readers::CROWD,
    server::{Server, post},
    unknown,
};
use std::time::Instant;

pub const PAIRS: usize = 2000;
/// Pairs that are asked first and not counted.
pub const WARMING_UP: usize = 50;
const RESAMPLES: usize = 2000;

/// Asks with known and unknown addresses in random order, and prints how far the times differ.
pub fn pairs(server: &Server) {
    let cases =
        [("log-in", "/v1/sessions", 401), ("sign-up", "/v1/accounts", 202), ("reset", "/v1/password-resets", 202)];
    let (mut connection, mut chance, mut clients) = (server.connect(), Chance(42), (CROWD..).map(client));
    for (name, path, expected) in cases {
        let mut ask = |email: String| {
            let body = match name {
                "log-in" => serde_json::json!({ "email": email, "password": "not the password of anybody" }),
                "sign-up" => {
                    serde_json::json!({ "email": email, "password": "four rivers under one bridge", "display_name": "Ada" })
                }
                _ => serde_json::json!({ "email": email }),
            };
            let request = post(path, clients.next().unwrap(), &body);
            let begun = Instant::now();
            let (status, end) = connection.send(&request);
            assert_eq!(status, expected, "{name}");
            (end - begun).as_secs_f64() * 1000.0
        };
        let times: Vec<(f64, f64)> = (0..WARMING_UP + PAIRS)
            .map(|number| {
                if chance.below(2) == 0 {
                    (ask(known(number)), ask(unknown(number)))
                } else {
                    let stranger = ask(unknown(number));
                    (ask(known(number)), stranger)
                }
            })
            .skip(WARMING_UP)
            .collect();
        let (known, unknown): (Vec<f64>, Vec<f64>) = times.iter().copied().unzip();
        let differences: Vec<f64> = times.iter().map(|(known, unknown)| known - unknown).collect();
        let whole = median([known.clone(), unknown.clone()].concat());
        let mut resampled: Vec<f64> = (0..RESAMPLES)
            .map(|_| median((0..PAIRS).map(|_| *differences.get(chance.below(PAIRS)).unwrap()).collect()))
            .collect();
        resampled.sort_by(f64::total_cmp);
        let [low, high] = [0.025, 0.975].map(|share| quantile(&resampled, share) / whole * 100.0);
        println!(
            "{name:<12}{:>12.3}{:>14.3}{:>18.4}{:>28}",
            median(known),
            median(unknown),
            median(differences),
            format!("{low:+.2} to {high:+.2}")
        );
    }
}

/// `SplitMix64`: the same draws in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % bound as u64).unwrap()
    }
}
