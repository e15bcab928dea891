//! Opening one connection, with TLS where the URL asks for it.

use super::{Conn, Patience};
use diesel::{ConnectionError, ConnectionResult};
use rustls::ClientConfig;
use rustls_platform_verifier::ConfigVerifierExt;
use std::str::FromStr;
use tokio_postgres::{Config, NoTls, config::SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How often what is asked on a connection is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planning {
    /// Anew where that promises a better plan: by what is asked for.
    Anew,
    /// Once: for whoever asks the same over and over, and by keys alone.
    Once,
}

/// Opens a connection for requests, with the time-outs that keep a forgotten transaction from holding locks.
///
/// # Errors
/// When the URL does not parse or Postgres does not answer.
pub async fn connect(url: &str, patience: Patience, planning: Planning) -> ConnectionResult<Conn> {
    let mut config = parse(url)?;
    let [statement, lock, idle] = [patience.statement(), patience.lock(), patience.idle()].map(|time| time.as_millis());
    let plans = match planning {
        Planning::Anew => "auto",
        Planning::Once => "force_generic_plan",
    };
    // Memoize sets up megabytes for all rows that a table might give, also for a page of twenty.
    config.options(format!(
        "-c statement_timeout={statement} -c lock_timeout={lock} -c idle_in_transaction_session_timeout={idle} \
         -c enable_memoize=off -c plan_cache_mode={plans} -c timezone=UTC"
    ));
    open(config).await
}

/// Opens a connection that may wait for as long as it needs: for migrations, LISTEN and long jobs.
///
/// # Errors
/// When the URL does not parse or Postgres does not answer.
pub async fn direct(url: &str) -> ConnectionResult<Conn> {
    let mut config = parse(url)?;
    config.options("-c timezone=UTC");
    open(config).await
}

async fn open(config: Config) -> ConnectionResult<Conn> {
    if config.get_ssl_mode() == SslMode::Disable {
        let (client, connection) = config.connect(NoTls).await.map_err(bad)?;
        Conn::try_from_client_and_connection(client, connection).await
    } else {
        let tls = ClientConfig::with_platform_verifier().map_err(bad)?;
        let (client, connection) = config.connect(MakeRustlsConnect::new(tls)).await.map_err(bad)?;
        Conn::try_from_client_and_connection(client, connection).await
    }
}

/// tokio-postgres does not know `sslmode=verify-full`, the name by which libpq's users ask for what rustls
/// always does: verify the certificate and the name in it.
fn parse(url: &str) -> ConnectionResult<Config> {
    let mut config = Config::from_str(
        &url.replace("sslmode=verify-full", "sslmode=require").replace("sslmode=verify-ca", "sslmode=require"),
    )
    .map_err(bad)?;
    config.connect_timeout(std::time::Duration::from_secs(5)).application_name("colloquy");
    let only_sockets = config.get_hosts().iter().all(|host| matches!(host, tokio_postgres::config::Host::Unix(_)));
    if only_sockets {
        config.ssl_mode(SslMode::Disable);
    }
    Ok(config)
}

fn bad(error: impl std::fmt::Display) -> ConnectionError {
    ConnectionError::BadConnection(error.to_string())
}
