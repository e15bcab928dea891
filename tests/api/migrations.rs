//! Every migration can be undone and done again, and those that move what is there lose nothing of it.

use crate::world::{TestDb, World, id, noon};
use colloquy::{
    clock::Clock,
    db::migrations::{self, MIGRATIONS},
};
use diesel_async::AsyncMigrationHarness;
use diesel_migrations::MigrationHarness;
use serde_json::json;

#[actix_web::test]
async fn every_migration_goes_down_and_up_again() {
    let db = TestDb::new().await;
    let before = migrations::status(&db.owner_url()).await.unwrap();
    assert!(!before.is_empty() && before.iter().all(|(_, applied)| *applied), "{before:?}");
    let conn = db.conn().await;
    let reverted = tokio::task::spawn_blocking(move || {
        AsyncMigrationHarness::new(conn).revert_all_migrations(MIGRATIONS).unwrap().len()
    });
    assert_eq!(reverted.await.unwrap(), before.len());
    let after = migrations::status(&db.owner_url()).await.unwrap();
    assert!(after.iter().all(|(_, applied)| !applied), "{after:?}");
    assert_eq!(migrations::up(&db.owner_url(), Some("colloquy")).await.unwrap().len(), before.len());
    assert_eq!(migrations::status(&db.owner_url()).await.unwrap(), before);
}

/// Undoes what was done last, down to a migration.
async fn revert_to(db: &TestDb, number: &'static str) {
    let conn = db.conn().await;
    let revert = move || {
        let mut conn = AsyncMigrationHarness::new(conn);
        while !conn.revert_last_migration(MIGRATIONS).unwrap().to_string().ends_with(number) {}
    };
    tokio::task::spawn_blocking(revert).await.unwrap();
}

#[actix_web::test]
async fn questions_from_before_they_stood_in_what_they_are_found_by_are_found_whole() {
    let db = TestDb::new().await;
    let clock = Clock::held_at(noon());
    let w = World::on(db.clone(), clock.clone(), &[]).await;
    let (marit, colin) = (w.coach("Marit").await, w.coach("Colin").await);
    let comments = json!({ "open": true, "guests": true, "moderation": "open" });
    let article = w.article(&marit, json!({ "title": "How to listen", "tags": ["Even"], "comments": comments })).await;
    let slug = article["slug"].as_str().unwrap();
    let (waiting, claimed) = (w.say(slug, "How long?", None).await, w.say(slug, "To whom?", None).await);
    w.until_desk(&marit, "tag=even", &[&waiting, &claimed]).await;
    w.claim_question(&colin, &claimed).await.expect(200);
    let pages = ["asked=me", "tag=even", "tag=even&state=claimed", "asked=me&tag=even&language=en", "state=claimed"];
    let mut before = Vec::new();
    for page in pages {
        before.push(w.see(&marit, &format!("/v1/desk?{page}")).await.expect(200)["items"].clone());
    }
    assert_eq!(id(&before[2][0]["comment"]), claimed);
    w.server.stop().await.unwrap();
    revert_to(&db, "000078").await;
    migrations::up(&db.owner_url(), Some("colloquy")).await.unwrap();
    let w = World::on(db, clock, &[]).await;
    let marit = w.again(marit).await;
    for (page, before) in pages.iter().zip(before) {
        assert_eq!(w.see(&marit, &format!("/v1/desk?{page}")).await.expect(200)["items"], before, "{page}");
    }
}
