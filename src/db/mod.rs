//! The way to Postgres: pool, migrations, generated schema, the private cluster. Knows no business words.

mod at_most;
mod connect;
pub mod migrations;
mod patience;
mod pool;
mod prepared;
pub mod private;
#[expect(missing_docs, reason = "generated: the migrations explain the columns")]
pub mod schema;

pub use at_most::AtMost;
pub use connect::direct;
pub use patience::Patience;
pub use pool::{Pool, PooledConn, snapshot, transaction};
pub use prepared::{Fixed, Prepare, fixed};

use crate::error::{Error, Result};

/// A connection. Every query takes `&mut Conn`, so that it works in and out of a transaction; those that are sent together with
/// others before the first of them is answered take `&Conn`.
pub type Conn = diesel_async::AsyncPgConnection;

/// What is asked about some; about none nothing is asked.
///
/// # Errors
/// As `ask`.
pub async fn if_any<S, T: Default, E: Into<Error>>(
    some: &[S],
    ask: impl Future<Output = std::result::Result<T, E>>,
) -> Result<T> {
    if some.is_empty() { Ok(T::default()) } else { ask.await.map_err(Into::into) }
}
