use super::{Endpoint, asking, asking_for, endpoint::Mood, posted, shown, standing, status, tried};
use crate::world::{World, metered, until};
use chrono::TimeDelta;
use serde_json::json;

/// How long it is waited after the first failure.
const PAUSE: TimeDelta = TimeDelta::seconds(30);

/// Whatever the endpoint does, the comment is kept and held, everything else goes on, and it is asked again later.
async fn stays_held(w: &World, endpoint: &Endpoint) {
    let (slug, _) = w.open_article().await;
    let id = posted(w, &slug, "I am here.").await;
    tried(w, &id, 1, Some(w.clock.now() + PAUSE)).await;
    assert_eq!(shown(w, &slug).await, 0);
    w.get("/health/ready").await.expect(204);
    let later = posted(w, &slug, "So am I.").await;
    tried(w, &later, 1, Some(w.clock.now() + PAUSE)).await;
    let coach = w.coach("Colin").await;
    let welcome = w.post_as(&coach.access_token, &slug, &json!({ "body": "Welcome." })).await.expect(201);
    assert_eq!(welcome["status"], "visible");
    // When it is well again, nothing was lost.
    endpoint.feel(Mood::Approve);
    w.clock.set(w.clock.now() + PAUSE);
    until("all are shown", async || shown(w, &slug).await == 3).await;
}

#[actix_web::test]
async fn one_that_lies_or_breaks_is_not_believed() {
    let moods = [
        Mood::Failing,
        Mood::Forging,
        Mood::Unsigned,
        Mood::Stale,
        Mood::Misdirected,
        Mood::Mistaken,
        Mood::Broken,
        Mood::Strange,
    ];
    for mood in moods {
        let endpoint = Endpoint::start(mood);
        let w = asking(&endpoint).await;
        stays_held(&w, &endpoint).await;
    }
}

#[actix_web::test]
async fn a_body_without_end_is_not_read() {
    let endpoint = Endpoint::start(Mood::Endless);
    let (metrics, _guard) = metered();
    let w = asking(&endpoint).await;
    stays_held(&w, &endpoint).await;
    let metrics = metrics.render();
    let failures = metrics.lines().filter(|line| line.starts_with("colloquy_external_check_failures_total{"));
    let failures: Vec<_> = failures.collect();
    assert_eq!(failures, ["colloquy_external_check_failures_total{failure=\"too_long\"} 2"], "not until the time-out");
}

#[actix_web::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Endpoint::start(Mood::Approve);
    for mood in [Mood::Redirecting, Mood::RedirectingWhole] {
        let endpoint = Endpoint::start(mood);
        endpoint.point_to(&elsewhere.url);
        let w = asking(&endpoint).await;
        stays_held(&w, &endpoint).await;
    }
    assert!(elsewhere.questions().is_empty());
}

#[actix_web::test]
async fn one_that_is_slow_keeps_nobody_waiting() {
    for mood in [Mood::Silent, Mood::Dribbling] {
        let endpoint = Endpoint::start(mood);
        let w = asking_for(&endpoint, &[("screening_timeout_ms", "30")]).await;
        let (slug, _) = w.open_article().await;
        let id = posted(&w, &slug, "I am here.").await;
        tried(&w, &id, 1, Some(w.clock.now() + PAUSE)).await;
    }
    // While four questions hang, people write and read.
    let endpoint = Endpoint::start(Mood::Silent);
    let w = asking(&endpoint).await;
    let (slug, _) = w.open_article().await;
    for number in 0..6 {
        posted(&w, &slug, &format!("Thought {number}")).await;
    }
    endpoint.asked(4).await;
    posted(&w, &slug, "One more.").await;
    assert_eq!((shown(&w, &slug).await, endpoint.questions().len()), (0, 4), "four at once");
    w.get("/health/ready").await.expect(204);
}

#[actix_web::test]
async fn one_that_is_down_is_asked_again_five_times_and_then_a_human_decides() {
    let endpoint = Endpoint::start(Mood::Approve);
    let w = asking(&endpoint).await;
    endpoint.stop().await;
    let (slug, _) = w.open_article().await;
    let id = posted(&w, &slug, "I am here.").await;
    for (tries, pause) in (1..).zip([30, 120, 600, 1800, 7200]) {
        let again_at = w.clock.now() + TimeDelta::seconds(pause);
        tried(&w, &id, tries, Some(again_at)).await;
        w.clock.set(again_at);
    }
    tried(&w, &id, 6, None).await;
    let moderator = w.moderator("Mo").await;
    w.decide(&moderator.access_token, &id, "approve").await.expect(200);
    assert_eq!((status(&w, &id).await.as_str(), shown(&w, &slug).await), ("visible", 1));
    let metrics = w.get("/metrics").await.text();
    assert!(metrics.contains("colloquy_external_checks_total{outcome=\"failed\"}"), "{metrics}");
    assert!(metrics.contains("colloquy_external_check_failures_total{failure=\"unreachable\"}"));
}

#[actix_web::test]
async fn a_node_that_dies_while_asking_loses_nothing() {
    let endpoint = Endpoint::start(Mood::Silent);
    let w = asking(&endpoint).await;
    let (slug, _) = w.open_article().await;
    let id = posted(&w, &slug, "I am here.").await;
    endpoint.asked(1).await;
    // The answer never comes; the question is as if this node had died. Another one, when the lease is over:
    endpoint.feel(Mood::Approve);
    let settings = [
        ("screening_timeout_ms", "60000"),
        ("screening_url", endpoint.url.as_str()),
        ("screening_secret", super::SECRET),
    ];
    let there = World::on(w.db.clone(), w.clock.clone(), &settings).await;
    assert_eq!(standing(&w, &id).await.2, Some(1));
    w.clock.set(w.clock.now() + TimeDelta::seconds(120));
    until("it is shown", async || status(&there, &id).await == "visible").await;
}
