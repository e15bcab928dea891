//! Bringing the schema up to date, and telling how far it is.

use self::library::__diesel_schema_migrations;
use super::{Conn, direct};
use anyhow::{Result, anyhow};
use diesel::{
    migration::{Migration, MigrationSource},
    pg::Pg,
    prelude::*,
};
use diesel_async::{AsyncMigrationHarness, RunQueryDsl, SimpleAsyncConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

/// The migrations in the binary.
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!();

/// What the migration library keeps.
mod library {
    diesel::table! {
        /// The migrations that have been applied.
        __diesel_schema_migrations (version) {
            /// Its date and number.
            version -> Text,
            /// When it was applied.
            run_on -> Timestamp,
        }
    }
}

/// Held while migrating, so that two nodes that start together do not both migrate.
const LOCK: &str = "SELECT pg_advisory_lock(7241000001)";

/// Applies what is missing and lets `app_role`, if given, use the tables (not change or own them).
/// Returns the names of the migrations it applied.
///
/// # Errors
/// When the database is away, or a migration fails; those before it stay.
pub async fn up(url: &str, app_role: Option<&str>) -> Result<Vec<String>> {
    let mut lock = direct(url).await?;
    lock.batch_execute(LOCK).await?;
    let applied = harness(url, |harness| {
        let applied = harness.run_pending_migrations(MIGRATIONS).map_err(|error| anyhow!("{error}"))?;
        Ok(applied.iter().map(ToString::to_string).collect())
    })
    .await?;
    if let Some(role) = app_role {
        grant(&mut lock, role).await?;
    }
    Ok(applied)
}

/// Every migration with whether it has been applied. Needs no more than to read.
///
/// # Errors
/// When the database is away.
pub async fn status(url: &str) -> Result<Vec<(String, bool)>> {
    let mut conn = direct(url).await?;
    let applied: Vec<String> =
        match __diesel_schema_migrations::table.select(__diesel_schema_migrations::version).load(&mut conn).await {
            Ok(applied) => applied,
            // A new database does not even have the table.
            Err(diesel::result::Error::DatabaseError(_, info)) if info.message().contains("does not exist") => {
                Vec::new()
            }
            Err(error) => return Err(error.into()),
        };
    let all: Vec<Box<dyn Migration<Pg>>> = MIGRATIONS.migrations().map_err(|error| anyhow!("{error}"))?;
    Ok(all.iter().map(|each| (each.name().to_string(), applied.contains(&each.name().version().to_string()))).collect())
}

/// The harness blocks, and refuses to do so on the runtime's own thread.
async fn harness<T: Send + 'static>(
    url: &str,
    work: impl FnOnce(&mut AsyncMigrationHarness<Conn>) -> Result<T> + Send + 'static,
) -> Result<T> {
    let conn = direct(url).await?;
    tokio::task::spawn_blocking(move || work(&mut AsyncMigrationHarness::new(conn))).await?
}

async fn grant(conn: &mut Conn, role: &str) -> Result<()> {
    let role = format!("\"{}\"", role.replace('"', "\"\""));
    conn.batch_execute(&format!(
        "GRANT USAGE ON SCHEMA public TO {role};
         GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
         REVOKE INSERT, UPDATE, DELETE ON __diesel_schema_migrations FROM {role};
         REVOKE UPDATE, DELETE ON audit FROM {role};"
    ))
    .await?;
    Ok(())
}
