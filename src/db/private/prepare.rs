//! The role and the database of the application on a private server.

use anyhow::{Context as _, Result};
use tokio_postgres::NoTls;

use super::Private;

/// Any number, as long as it stays: one process prepares at a time.
const PREPARING: i64 = 0x636f_6c6c_6f71_7579;

impl Private {
    /// Makes the database `database` and the role `role`, which may log in and nothing more, where they are missing.
    ///
    /// # Errors
    /// When the server cannot be reached or refuses.
    pub async fn prepare(&self, database: &str, role: &str) -> Result<()> {
        let (client, connection) = tokio_postgres::connect(&self.url("postgres", "postgres"), NoTls)
            .await
            .context("connecting to the private PostgreSQL")?;
        let connection = tokio::spawn(connection);
        // CREATE DATABASE runs in no transaction, so the lock is the session's and ends with it.
        client.execute("SELECT pg_advisory_lock($1)", &[&PREPARING]).await?;
        if client.query_opt("SELECT FROM pg_roles WHERE rolname = $1", &[&role]).await?.is_none() {
            client.batch_execute(&format!("CREATE ROLE {} LOGIN", identifier(role))).await?;
        }
        if client.query_opt("SELECT FROM pg_database WHERE datname = $1", &[&database]).await?.is_none() {
            client.batch_execute(&format!("CREATE DATABASE {}", identifier(database))).await?;
        }
        drop(client);
        connection.await?.context("leaving the private PostgreSQL")
    }
}

fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
