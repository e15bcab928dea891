//! The arithmetic and what happens when many come at once.

use crate::world::World;
use chrono::TimeDelta;
use colloquy::{
    db::{Pool, schema::throttles},
    error::{Code, Error, Quota},
    events::{Journal, Own},
    throttle::{self, Bucket, Limit},
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::future::join_all;
use std::sync::Arc;

const NARROW: Limit = Limit { name: "narrow", burst: 10, per: TimeDelta::seconds(60) };
const WIDE: Limit = Limit { name: "wide", burst: 100, per: TimeDelta::hours(1) };

struct Counted {
    w: World,
    pool: Pool,
}

impl Counted {
    async fn new() -> Self {
        let w = World::new().await;
        let settings =
            colloquy::config::Settings::with(&[("connections_per_worker", "20"), ("argon2_memory_kib", "64")]).unwrap();
        let pool = Pool::new(&w.db.url(), &settings, Arc::default()).unwrap();
        Self { w, pool }
    }

    async fn take(&self, buckets: &[Bucket<'_>]) -> Result<Quota, Error> {
        let mut conn = self.pool.get().await.unwrap();
        throttle::take(&mut conn, &self.w.secrets, self.w.clock.now(), buckets).await
    }

    fn later(&self, seconds: i64) {
        self.w.clock.set(self.w.clock.now() + TimeDelta::seconds(seconds));
    }
}

#[actix_web::test]
async fn after_a_burst_there_is_one_more_in_each_span() {
    let c = Counted::new().await;
    for n in 0..10 {
        let quota = c.take(&[(NARROW, b"ada")]).await.unwrap();
        assert_eq!((quota.remaining, quota.window), (9 - n, 600));
    }
    let refused = c.take(&[(NARROW, b"ada")]).await.unwrap_err();
    assert_eq!((refused.code, refused.retry_after), (Code::TooManyRequests, Some(60)));
    assert_eq!(refused.quota.unwrap().limit, "narrow");
    c.take(&[(NARROW, b"eve")]).await.unwrap();
    c.later(59);
    assert_eq!(c.take(&[(NARROW, b"ada")]).await.unwrap_err().retry_after, Some(1));
    c.later(1);
    c.take(&[(NARROW, b"ada")]).await.unwrap();
    c.take(&[(NARROW, b"ada")]).await.unwrap_err();
    c.later(600);
    assert_eq!(c.take(&[(NARROW, b"ada")]).await.unwrap().remaining, 9);
}

#[actix_web::test]
async fn a_refusal_costs_one_statement_charges_nothing_and_names_what_is_full() {
    let c = Counted::new().await;
    for _ in 0..10 {
        c.take(&[(NARROW, b"ada"), (WIDE, b"all")]).await.unwrap();
    }
    let before = c.pool.statements();
    for _ in 0..50 {
        let refused = c.take(&[(NARROW, b"ada"), (WIDE, b"all")]).await.unwrap_err();
        assert_eq!((refused.quota.unwrap().limit, refused.retry_after), ("narrow", Some(60)));
    }
    assert_eq!(c.pool.statements() - before, 50);
    assert_eq!(c.take(&[(WIDE, b"all")]).await.unwrap().remaining, 89, "only what was let through was charged");
}

#[actix_web::test]
async fn of_fifty_at_once_exactly_a_burst_gets_through_and_is_charged() {
    let c = Counted::new().await;
    let buckets: [Bucket<'_>; 2] = [(NARROW, b"ada"), (WIDE, b"all")];
    let all = join_all((0..50).map(|_| c.take(&buckets))).await;
    assert_eq!(all.iter().filter(|taken| taken.is_ok()).count(), 10);
    assert!(all.iter().filter_map(|taken| taken.as_ref().err()).all(|error| error.code == Code::TooManyRequests));
    assert_eq!(c.take(&[(WIDE, b"all")]).await.unwrap().remaining, 89, "who was refused was charged nowhere");
}

#[actix_web::test]
async fn what_was_no_failure_is_given_back_and_what_is_forgotten_is_empty() {
    let c = Counted::new().await;
    let (secrets, mut conn) = (&c.w.secrets, c.pool.get().await.unwrap());
    for _ in 0..3 {
        c.take(&[(NARROW, b"ada")]).await.unwrap();
    }
    throttle::give_back(&mut conn, secrets, &[(NARROW, b"ada")]).await.unwrap();
    assert_eq!(c.take(&[(NARROW, b"ada")]).await.unwrap().remaining, 7);
    throttle::forget(&mut conn, secrets, &[(NARROW, b"ada")]).await.unwrap();
    throttle::give_back(&mut conn, secrets, &[(NARROW, b"ada"), (NARROW, b"never seen")]).await.unwrap();
    assert_eq!(c.take(&[(NARROW, b"ada")]).await.unwrap().remaining, 9, "never better than empty");
}

#[actix_web::test]
async fn nothing_is_kept_of_who_did_what_and_what_is_empty_is_forgotten() {
    let c = Counted::new().await;
    c.take(&[(NARROW, b"ada@example.org")]).await.unwrap();
    let keys: Vec<Vec<u8>> = throttles::table.select(throttles::key).load(&mut c.w.db.conn().await).await.unwrap();
    assert!(keys.len() == 1 && keys[0].len() == 32 && !String::from_utf8_lossy(&keys[0]).contains("ada"));
    let journal = Journal::new(c.pool.clone(), c.w.clock.clone(), Arc::new(|_| ()), Own::default());
    assert_eq!(throttle::sweep(&journal).await.unwrap(), 0);
    c.later(60);
    assert_eq!(throttle::sweep(&journal).await.unwrap(), 1);
}
