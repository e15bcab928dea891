//! Statements to the site's Postgres, one after the other.

use bytes::Bytes;
use std::pin::pin;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, CopyInSink, NoTls, Row, types::ToSql};
use uuid::Uuid;

/// A connection.
pub struct Database {
    runtime: Runtime,
    client: Client,
}

impl Database {
    pub fn connect(url: &str) -> Self {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (client, connection) = runtime.block_on(tokio_postgres::connect(url, NoTls)).unwrap();
        runtime.spawn(connection);
        Self { runtime, client }
    }

    /// Statements without parameters, separated by semicolons.
    pub fn run(&self, sql: &str) {
        self.runtime.block_on(self.client.batch_execute(sql)).unwrap();
    }

    /// Each by itself: some are not taken in one transaction with others.
    pub fn run_each(&self, sql: &str) {
        sql.split(';').for_each(|statement| self.run(statement));
    }

    pub fn rows(&self, sql: &str, parameters: &[&(dyn ToSql + Sync)]) -> Vec<Row> {
        self.runtime.block_on(self.client.query(sql, parameters)).unwrap()
    }

    /// The only column of the only row.
    pub fn one<T: for<'a> tokio_postgres::types::FromSql<'a>>(
        &self,
        sql: &str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> T {
        self.rows(sql, parameters)[0].get(0)
    }

    /// The only id, as text: the client has no words for ids.
    pub fn one_id(&self, sql: &str, parameters: &[&(dyn ToSql + Sync)]) -> Uuid {
        Uuid::parse_str(&self.one::<String>(sql, parameters)).unwrap()
    }

    /// Sends what `COPY … FROM STDIN` takes, piece by piece.
    pub fn copy(&self, sql: &str, pieces: impl Iterator<Item = Bytes>) {
        self.runtime.block_on(async {
            let sink: CopyInSink<Bytes> = self.client.copy_in(sql).await.unwrap();
            let mut sink = pin!(sink);
            for piece in pieces {
                futures_util::SinkExt::send(&mut sink, piece).await.unwrap();
            }
            sink.finish().await.unwrap();
        });
    }
}
