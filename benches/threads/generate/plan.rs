//! How large everything is, and what follows from the number of a thing alone: its id, its date.

use crate::{
    chance::Chance,
    site::{FULL, GREAT, OTHER, SMALL, SMALL_THREAD},
};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::{Builder, Uuid};

/// When the site was opened.
pub const BEGINNING: DateTime<Utc> = DateTime::from_timestamp(1_640_995_200, 0).unwrap();

/// How long it was written on, milliseconds.
const SPAN_MS: i64 = 3 * 365 * 24 * 60 * 60 * 1000;

/// Comments and everything else, at scale 1.
const COMMENTS: f64 = 10_000_000.0;
const ACCOUNTS: f64 = 200_000.0;
const GUESTS: f64 = 300_000.0;
const SMALL_THREADS: f64 = 1000.0;
const FULL_THREADS: f64 = 100.0;
const OTHER_THREADS: f64 = 2000.0;

/// Kinds of things, so that no two have the same id.
#[derive(Clone, Copy)]
pub enum Kind {
    Account = 1,
    Article,
    Guest,
    Comment,
}

pub struct Article {
    pub slug: String,
    /// Whether its first comments fill a page: [`FULL`].
    pub full: bool,
    pub comments: usize,
    /// Numbers of its guests, from here on.
    pub first_guest: usize,
    pub guests: usize,
}

pub struct Plan {
    pub seed: u64,
    pub accounts: usize,
    /// The great thread is the first.
    pub articles: Vec<Article>,
}

impl Plan {
    pub fn new(scale: f64, seed: u64) -> Self {
        let scaled = |number: f64, least: f64| (number * scale).max(least) as usize;
        let total = scaled(COMMENTS, 50_000.0);
        let great = (total / 10, GREAT.to_owned());
        let small = (0..scaled(SMALL_THREADS, 50.0)).map(|number| (SMALL_THREAD, format!("{SMALL}{number:04}")));
        let full = (0..scaled(FULL_THREADS, 50.0)).map(|number| (SMALL_THREAD, format!("{FULL}{number:04}")));
        let mut sizes: Vec<(usize, String)> = [great].into_iter().chain(small).chain(full).collect();
        let left = total - sizes.iter().map(|(size, _)| size).sum::<usize>();
        sizes.extend(
            spread(left, scaled(OTHER_THREADS, 20.0)).zip(0..).map(|(size, n)| (size, format!("{OTHER}{n:04}"))),
        );
        let mut first_guest = 0;
        let articles = sizes.into_iter().map(|(comments, slug)| {
            let guests = ((comments as f64 * GUESTS / COMMENTS) as usize).max(2);
            first_guest += guests;
            let full = slug == GREAT || slug.starts_with(FULL);
            Article { slug, full, comments, first_guest: first_guest - guests, guests }
        });
        Self { seed, accounts: scaled(ACCOUNTS, 1000.0), articles: articles.collect() }
    }

    pub fn total(&self) -> usize {
        self.articles.iter().map(|article| article.comments).sum()
    }

    /// A UUID v7 (RFC 9562) that begins with the date.
    pub fn id(&self, kind: Kind, number: usize) -> Uuid {
        let mut chance = Chance::of(self.seed ^ ((kind as u64) << 56), number as u64);
        let mut random = [0; 10];
        random[..8].copy_from_slice(&chance.draw().to_be_bytes());
        // So that no two have the same, whatever chance says.
        random[6..].copy_from_slice(&(number as u32).to_be_bytes());
        let millis = self.at(kind, number).timestamp_millis();
        Builder::from_unix_timestamp_millis(u64::try_from(millis).unwrap(), &random).into_uuid()
    }

    /// Comments are written one after the other through the whole span; all others are there before.
    pub fn at(&self, kind: Kind, number: usize) -> DateTime<Utc> {
        match kind {
            Kind::Comment => BEGINNING + TimeDelta::milliseconds(SPAN_MS * number as i64 / self.total() as i64),
            _ => BEGINNING,
        }
    }
}

/// Sizes that fall as the inverse of their rank and add up to `total`.
fn spread(total: usize, number: usize) -> impl Iterator<Item = usize> {
    let weight = |rank: usize| 1.0 / (rank + 30) as f64;
    let whole: f64 = (0..number).map(weight).sum();
    let mut left = total;
    (0..number).map(move |rank| {
        let size = if rank + 1 == number { left } else { (total as f64 * weight(rank) / whole) as usize };
        left -= size;
        size
    })
}
