//! What was not checked for long makes itself heard.

use super::{create, line};
use crate::world::{TestDb, World, metered, noon, until};
use chrono::TimeDelta;
use colloquy::clock::Clock;

#[actix_web::test]
async fn doctor_and_metrics_say_how_many_are_stale() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    create(&w, &moderator, &line("A line", "", "en")).await.expect(201);
    let doctor = async |days: &str| {
        let mut doctor = w.command();
        let output = doctor.arg("doctor").env("COLLOQUY_SUPPORT_DAYS", days).output().await.unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap())
    };
    // The program goes by its own clock.
    let (well, said) = doctor("1").await;
    assert!(!well && said.contains("support    1 not checked for 1 days"), "{said}");
    let (_, said) = doctor("1000000").await;
    assert!(said.contains("support    0 not checked"), "{said}");
}

#[actix_web::test]
async fn a_server_counts_them() {
    let db = TestDb::new().await;
    let w = World::on(db.clone(), Clock::held_at(noon()), &[]).await;
    let moderator = w.moderator("Mo").await;
    create(&w, &moderator, &line("A line", "", "en")).await.expect(201);
    w.server.stop().await.unwrap();
    let (metrics, _guard) = metered();
    // Whoever starts counts at once.
    let later = World::on(db, Clock::held_at(noon() + TimeDelta::days(200)), &[]).await;
    until("it is counted", async || metrics.render().contains("colloquy_support_stale 1")).await;
    later.get("/health/ready").await.expect(204);
}
