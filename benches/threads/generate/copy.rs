//! Rows in the binary form of COPY.

use crate::database::Database;
use bytes::{BufMut, Bytes, BytesMut};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Bytes that are sent at once.
const PIECE: usize = 256 * 1024;

/// Seconds from 1970, from which dates count, to 2000, from which Postgres counts them.
const EPOCH: i64 = 946_684_800;

/// A row while it is written: its columns one after the other, in the order in which COPY names them.
#[derive(Default)]
pub struct Row(BytesMut);

impl Row {
    fn field(&mut self, bytes: &[u8]) {
        self.0.put_i32(i32::try_from(bytes.len()).unwrap());
        self.0.put_slice(bytes);
    }

    pub fn null(&mut self) {
        self.0.put_i32(-1);
    }

    /// `null` for nothing.
    pub fn maybe<T>(&mut self, value: Option<T>, put: impl FnOnce(&mut Self, T)) {
        match value {
            Some(value) => put(self, value),
            None => self.null(),
        }
    }

    pub fn uuid(&mut self, value: Uuid) {
        self.field(value.as_bytes());
    }

    pub fn text(&mut self, value: &str) {
        self.field(value.as_bytes());
    }

    pub fn bytes(&mut self, value: &[u8]) {
        self.field(value);
    }

    pub fn bool(&mut self, value: bool) {
        self.field(&[u8::from(value)]);
    }

    pub fn int2(&mut self, value: i16) {
        self.field(&value.to_be_bytes());
    }

    /// Counts and numbers.
    pub fn int4(&mut self, value: u32) {
        self.field(&i32::try_from(value).unwrap().to_be_bytes());
    }

    pub fn int8(&mut self, value: i64) {
        self.field(&value.to_be_bytes());
    }

    pub fn at(&mut self, value: DateTime<Utc>) {
        self.int8(value.timestamp_micros() - EPOCH * 1_000_000);
    }

    /// `jsonb`, which begins with the number of its form.
    pub fn json(&mut self, value: &str) {
        self.field(&[b"\x01", value.as_bytes()].concat());
    }
}

/// Fills an empty table, in one transaction with its emptying: it is frozen, and needs no log.
pub fn copy<T>(
    database: &Database,
    table: &str,
    columns: &[&str],
    items: impl Iterator<Item = T>,
    write: impl Fn(&mut Row, T),
) {
    database.run(&format!("BEGIN; TRUNCATE {table}"));
    append(database, table, columns, "BINARY, FREEZE", items, write);
    database.run("COMMIT");
}

/// Adds to a table that has rows.
pub fn append<T>(
    database: &Database,
    table: &str,
    columns: &[&str],
    format: &str,
    items: impl Iterator<Item = T>,
    write: impl Fn(&mut Row, T),
) {
    let format = format.replace("BINARY", "FORMAT binary");
    let sql = format!("COPY {table} ({}) FROM STDIN ({format})", columns.join(", "));
    let fields = i16::try_from(columns.len()).unwrap();
    let mut row = Row::default();
    row.0.put_slice(b"PGCOPY\n\xFF\r\n\0");
    row.0.put_i64(0);
    let mut items = items.fuse();
    let mut ended = false;
    let pieces = std::iter::from_fn(move || -> Option<Bytes> {
        while !ended && row.0.len() < PIECE {
            if let Some(item) = items.next() {
                row.0.put_i16(fields);
                write(&mut row, item);
            } else {
                row.0.put_i16(-1);
                ended = true;
            }
        }
        (!row.0.is_empty()).then(|| row.0.split().freeze())
    });
    database.copy(&sql, pieces);
}
