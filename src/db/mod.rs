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
pub use pool::{Pool, PooledConn, transaction};
pub use prepared::Prepare;

/// A connection. Every query takes `&mut Conn`, so that it works in and out of a transaction.
pub type Conn = diesel_async::AsyncPgConnection;
