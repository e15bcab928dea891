//! Every migration can be undone and done again.

use crate::world::TestDb;
use colloquy::db::migrations::{self, MIGRATIONS};
use diesel_async::AsyncMigrationHarness;
use diesel_migrations::MigrationHarness;

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
