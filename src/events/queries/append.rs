//! Appending events. As arrays, so that one prepared statement serves any number of them.

use super::super::types::NewEvent;
use crate::db::Conn;
use chrono::{DateTime, Utc};
use diesel::{
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_types::{Array, BigInt, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

/// Appends events to those of the transaction.
pub async fn append(mut conn: &Conn, events: Vec<NewEvent>) -> QueryResult<usize> {
    let mut columns = Append::default();
    for event in events {
        columns.ids.push(event.id);
        columns.kinds.push(event.kind);
        columns.streams.push(event.stream);
        columns.versions.push(event.stream_version);
        columns.tags.push(event.tags);
        columns.data.push(event.data);
        columns.actors.push(event.actor_id);
        columns.times.push(event.at);
    }
    columns.execute(&mut conn).await
}

#[derive(Default, QueryId)]
struct Append {
    ids: Vec<Uuid>,
    kinds: Vec<&'static str>,
    streams: Vec<Uuid>,
    versions: Vec<i64>,
    tags: Vec<String>,
    data: Vec<Value>,
    actors: Vec<Option<Uuid>>,
    times: Vec<DateTime<Utc>>,
}

impl QueryFragment<Pg> for Append {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "INSERT INTO events (id, kind, stream, stream_version, tags, data, actor_id, at) SELECT * FROM unnest(",
        );
        out.push_bind_param::<Array<SqlUuid>, _>(&self.ids)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.kinds)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<SqlUuid>, _>(&self.streams)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.versions)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.tags)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Jsonb>, _>(&self.data)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Nullable<SqlUuid>>, _>(&self.actors)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Timestamptz>, _>(&self.times)?;
        out.push_sql(")");
        Ok(())
    }
}
