//! The pool of one runtime. A connection lives on the runtime that opened it, so each worker has its own.

use super::{
    Conn, Patience,
    connect::{Planning, connect},
};
use crate::{
    config::Settings,
    error::{Error, Result},
};
use diesel::connection::{Instrumentation, InstrumentationEvent};
use diesel_async::{
    AsyncConnection, TransactionManager,
    pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod, deadpool},
};
use futures_util::FutureExt;
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// A connection on loan.
pub type PooledConn = deadpool::Object<Conn>;

/// Connections to Postgres for the runtime it was made on.
#[derive(Clone)]
pub struct Pool {
    connections: deadpool::Pool<Conn>,
    statements: Arc<AtomicU64>,
}

impl Pool {
    /// A pool for the calling thread's runtime. Opens nothing yet. `statements` counts every SQL statement
    /// that its connections send.
    ///
    /// # Errors
    /// Only when the pool cannot be built, never for a database that is away.
    pub fn new(url: &str, settings: &Settings, statements: Arc<AtomicU64>) -> anyhow::Result<Self> {
        Self::with(url, settings, statements, Planning::Anew)
    }

    /// One for whoever asks the same over and over, and by keys alone: on each of its connections everything is planned once.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn planned_once(url: &str, settings: &Settings, statements: Arc<AtomicU64>) -> anyhow::Result<Self> {
        Self::with(url, settings, statements, Planning::Once)
    }

    fn with(url: &str, settings: &Settings, statements: Arc<AtomicU64>, planning: Planning) -> anyhow::Result<Self> {
        let (patience, counter) = (Patience::of(settings), Arc::clone(&statements));
        let mut config = ManagerConfig::default();
        // `Verified` would cost a SELECT per checkout; `Fast` still drops closed and mid-transaction connections.
        config.recycling_method = RecyclingMethod::Fast;
        config.custom_setup = Box::new(move |url| {
            let (url, counter) = (url.to_owned(), Arc::clone(&counter));
            async move {
                let mut conn = connect(&url, patience, planning).await?;
                conn.set_instrumentation(Counting(counter));
                Ok(conn)
            }
            .boxed()
        });
        let manager = AsyncDieselConnectionManager::<Conn>::new_with_config(url, config);
        let connections = deadpool::Pool::builder(manager)
            .max_size(settings.connections_per_worker)
            // The connection that was used last has its statements planned, and its catalogs at hand.
            .queue_mode(::deadpool::managed::QueueMode::Lifo)
            .wait_timeout(Some(patience.connection()))
            .create_timeout(Some(patience.connection()))
            .runtime(::deadpool::Runtime::Tokio1)
            .build()?;
        Ok(Self { connections, statements })
    }

    /// A connection, waiting for one at most for [`Patience::connection`].
    ///
    /// # Errors
    /// [`Code::Unavailable`](crate::error::Code::Unavailable) when the database is away or all are in use.
    pub async fn get(&self) -> Result<PooledConn> {
        self.connections.get().await.map_err(Error::unavailable)
    }

    /// SQL statements sent so far by all pools that share the counter.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }
}

type Manager = <Conn as AsyncConnection>::TransactionManager;

/// Runs `work` in one transaction, which commits when it returns `Ok`.
///
/// Any future works here, even one that is not `Send`: a request never leaves its worker thread. A future
/// that is dropped midway leaves the transaction open until the pool sees the connection again and closes it;
/// `idle_in_transaction_session_timeout` bounds that.
///
/// # Errors
/// Whatever `work` returns, or what went wrong at BEGIN or COMMIT.
pub async fn transaction<T>(conn: &mut Conn, work: impl AsyncFnOnce(&mut Conn) -> Result<T>) -> Result<T> {
    Manager::begin_transaction(conn).await?;
    end(conn, work).await
}

/// Runs `work`, which only reads, on one snapshot: all that it reads was so at one moment. What it asks is planned once on each
/// connection, so it must ask by keys alone, with limits that are [written into the text](super::AtMost).
///
/// # Errors
/// As [`transaction`].
pub async fn snapshot<T>(conn: &mut Conn, work: impl AsyncFnOnce(&mut Conn) -> Result<T>) -> Result<T> {
    // One message, so that it costs one wait.
    let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL plan_cache_mode = force_generic_plan";
    Manager::begin_transaction_sql(conn, begin).await?;
    end(conn, work).await
}

/// Ends a transaction that has begun as `work` ends.
async fn end<T>(conn: &mut Conn, work: impl AsyncFnOnce(&mut Conn) -> Result<T>) -> Result<T> {
    match work(conn).await {
        Ok(value) => Ok(Manager::commit_transaction(conn).await.map(|()| value)?),
        Err(error) => {
            // What went wrong first is what the caller wants to hear; a failed rollback closes the connection.
            if let Err(rollback) = Manager::rollback_transaction(conn).await {
                tracing::warn!(%rollback, "a rollback failed");
            }
            Err(error)
        }
    }
}

struct Counting(Arc<AtomicU64>);

impl Instrumentation for Counting {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if matches!(event, InstrumentationEvent::StartQuery { .. }) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}
