//! The rules of the cache, each interleaving played step by step: who waits for whom, what is kept, what is not.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use colloquy::{
    clock::Clock,
    config::Settings,
    error::{Code, Error},
    events::Listener,
    http::representation::{Representation, Served},
    published::Published,
};
use proptest::prelude::*;
use std::{
    cell::Cell,
    rc::Rc,
    sync::{
        Barrier,
        atomic::{AtomicU32, Ordering},
    },
};
use tokio::{
    sync::oneshot,
    task::{JoinHandle, LocalSet, spawn_local, yield_now},
};

/// A store, the value that pages show, and a count of makings.
#[derive(Clone)]
struct Stage {
    published: Published,
    value: Rc<Cell<u32>>,
    makings: Rc<Cell<u32>>,
    clock: Clock,
}

fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 14, 12, 0, 0).unwrap()
}

fn page(value: u32) -> Representation {
    Representation::json(&value, vec!["thread:1".into()]).unwrap()
}

async fn shown(served: Served) -> String {
    let request = actix_web::test::TestRequest::default().to_http_request();
    let body = actix_web::body::to_bytes(served.answer(&request).into_body()).await.unwrap_or_default();
    String::from_utf8(body.to_vec()).unwrap()
}

impl Stage {
    fn new() -> Self {
        let clock = Clock::held_at(noon());
        let published = Published::new(&Settings::with(&[]).unwrap(), clock.clone());
        published.hearing();
        Self { published, value: Rc::default(), makings: Rc::default(), clock }
    }

    /// A request for the page; making it is quick.
    async fn get(&self) -> String {
        let stage = self.clone();
        let served = self.published.page("page", || async move { Ok(stage.make()) }).await.unwrap();
        shown(served).await
    }

    fn make(&self) -> Representation {
        self.makings.set(self.makings.get() + 1);
        page(self.value.get())
    }

    /// A request whose making has read the value and then waits for the word.
    async fn get_slowly(&self) -> (JoinHandle<String>, oneshot::Sender<()>) {
        let (go, wait) = oneshot::channel();
        let (stage, published) = (self.clone(), self.published.clone());
        let before = self.makings.get();
        let asked = spawn_local(async move {
            let making = || async move {
                let made = stage.make();
                wait.await.unwrap();
                Ok(made)
            };
            shown(published.page("page", making).await.unwrap()).await
        });
        while self.makings.get() == before {
            yield_now().await;
        }
        (asked, go)
    }

    /// A write: the value changes, then its tag is raised, as the journal does it.
    fn write(&self, value: u32) {
        self.value.set(value);
        self.published.raise(&["thread:1".into()]);
    }
}

async fn on_stage<T>(play: impl AsyncFnOnce(Stage) -> T) -> T {
    LocalSet::new().run_until(async { play(Stage::new()).await }).await
}

#[tokio::test]
async fn a_page_is_made_once_and_then_kept() {
    on_stage(async |stage| {
        assert_eq!((stage.get().await, stage.get().await), ("0".into(), "0".into()));
        assert_eq!(stage.makings.get(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_write_drops_what_shows_its_tag() {
    on_stage(async |stage| {
        stage.get().await;
        stage.write(7);
        assert_eq!(stage.get().await, "7");
        stage.published.raise(&["thread:2".into()]);
        stage.get().await;
        assert_eq!(stage.makings.get(), 2, "another thread's write drops nothing");
    })
    .await;
}

#[tokio::test]
async fn everybody_waits_for_one_making() {
    on_stage(async |stage| {
        let (first, go) = stage.get_slowly().await;
        let others: Vec<_> = (0..64)
            .map(|_| {
                spawn_local({
                    let stage = stage.clone();
                    async move { stage.get().await }
                })
            })
            .collect();
        yield_now().await;
        go.send(()).unwrap();
        first.await.unwrap();
        for other in others {
            assert_eq!(other.await.unwrap(), "0");
        }
        assert_eq!(stage.makings.get(), 1);
    })
    .await;
}

/// Workers ask at the same moment, over and over, so that some come just as a making lands.
#[test]
fn a_page_is_made_once_for_all_workers() {
    const WORKERS: usize = 4;
    const PAGES: u32 = 3000;
    let published = Published::new(&Settings::with(&[]).unwrap(), Clock::held_at(noon()));
    published.hearing();
    let (makings, start) = (AtomicU32::new(0), Barrier::new(WORKERS));
    let worker = |published: Published| {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        for number in 0..PAGES {
            start.wait();
            let made = || {
                makings.fetch_add(1, Ordering::SeqCst);
                async move { Ok(page(number)) }
            };
            runtime.block_on(LocalSet::new().run_until(published.page(&number.to_string(), made))).unwrap();
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            let published = published.clone();
            scope.spawn(|| worker(published));
        }
    });
    assert_eq!(makings.load(Ordering::SeqCst), PAGES);
}

#[tokio::test]
async fn a_making_that_races_a_write_is_not_kept() {
    on_stage(async |stage| {
        let (first, go) = stage.get_slowly().await;
        stage.write(1);
        go.send(()).unwrap();
        assert_eq!(first.await.unwrap(), "0", "it asked before the write: the old page is a true answer");
        assert_eq!(stage.get().await, "1", "nobody who asks after the write may see the old page");
        assert_eq!(stage.makings.get(), 2);
    })
    .await;
}

#[tokio::test]
async fn nobody_joins_a_making_that_began_before_the_last_write() {
    on_stage(async |stage| {
        let (old, go_old) = stage.get_slowly().await;
        stage.write(1);
        let (new, go_new) = stage.get_slowly().await;
        go_new.send(()).unwrap();
        assert_eq!(new.await.unwrap(), "1");
        go_old.send(()).unwrap();
        old.await.unwrap();
        assert_eq!(stage.get().await, "1", "the old making ended last, and must not replace the newer page");
        assert_eq!(stage.makings.get(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_client_that_goes_away_takes_nothing_with_it() {
    on_stage(async |stage| {
        let (first, go) = stage.get_slowly().await;
        let second = spawn_local({
            let stage = stage.clone();
            async move { stage.get().await }
        });
        yield_now().await;
        first.abort();
        go.send(()).unwrap();
        assert_eq!(second.await.unwrap(), "0");
        assert_eq!(stage.makings.get(), 1);
    })
    .await;
}

#[tokio::test]
async fn while_deaf_nothing_is_called_fresh() {
    on_stage(async |stage| {
        stage.get().await;
        stage.published.deaf();
        stage.value.set(3);
        assert_eq!(stage.get().await, "3");
        stage.value.set(4);
        assert_eq!(stage.get().await, "4", "kept while deaf is not fresh either");
        stage.published.hearing();
        stage.value.set(5);
        assert_eq!(stage.get().await, "5");
    })
    .await;
}

#[tokio::test]
async fn a_making_under_way_while_the_connection_was_lost_is_not_kept() {
    on_stage(async |stage| {
        let (asked, go) = stage.get_slowly().await;
        stage.published.deaf();
        stage.value.set(9); // somebody else's write, which is never told
        stage.published.hearing();
        go.send(()).unwrap();
        asked.await.unwrap();
        assert_eq!(stage.get().await, "9");
    })
    .await;
}

async fn away(stage: &Stage) -> colloquy::error::Result<Served> {
    stage.published.page("page", || async { Err(Error::unavailable(anyhow::anyhow!("gone"))) }).await
}

#[tokio::test]
async fn while_the_database_is_away_a_stale_page_is_served_for_a_bounded_time_and_says_so() {
    on_stage(async |stage| {
        stage.get().await;
        stage.published.deaf();
        stage.clock.set(noon() + TimeDelta::seconds(599));
        let served = away(&stage).await.unwrap();
        assert_eq!(served.stale_for.unwrap().as_secs(), 599);
        assert_eq!(shown(served).await, "0");
        stage.clock.set(noon() + TimeDelta::seconds(601));
        assert_eq!(away(&stage).await.unwrap_err().code, Code::Unavailable);
    })
    .await;
}

#[tokio::test]
async fn a_page_ends_when_time_alone_changes_it() {
    on_stage(async |stage| {
        let making = || async {
            let mut made = page(1);
            made.valid_until = Some(noon() + TimeDelta::minutes(5));
            Ok(made)
        };
        stage.published.page("page", making).await.unwrap();
        stage.get().await;
        assert_eq!(stage.makings.get(), 0, "still valid");
        stage.clock.set(noon() + TimeDelta::minutes(5));
        stage.get().await;
        assert_eq!(stage.makings.get(), 1);
    })
    .await;
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Write,
    Get,
    BeginSlowly,
    Land,
}

proptest! {
    /// Whatever the order of writes and requests, who asks after a write was acknowledged sees it.
    #[test]
    fn no_request_after_a_write_sees_what_was_before(
        steps in proptest::collection::vec(prop_oneof![Just(Step::Write), Just(Step::Get), Just(Step::BeginSlowly), Just(Step::Land)], 1..40),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(on_stage(async |stage| play(&stage, &steps).await));
    }
}

async fn play(stage: &Stage, steps: &[Step]) {
    let mut written = 0;
    let mut slow = Vec::new();
    // True while the newest slow making may be joined, and so would keep a request waiting.
    let mut joinable = false;
    for step in steps {
        match step {
            Step::Write => {
                written += 1;
                stage.write(written);
                joinable = false;
            }
            Step::Get if !joinable => assert_eq!(stage.get().await, written.to_string()),
            Step::BeginSlowly if !joinable => {
                // Raised first, so that there is something to make.
                stage.write(written);
                slow.push((written, stage.get_slowly().await));
                joinable = true;
            }
            Step::Land => {
                if let Some((asked_at, (asked, go))) = slow.pop() {
                    go.send(()).unwrap();
                    assert_eq!(asked.await.unwrap(), asked_at.to_string());
                    joinable = false;
                }
            }
            Step::Get | Step::BeginSlowly => {}
        }
    }
}
