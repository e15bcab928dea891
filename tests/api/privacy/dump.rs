//! The whole database as text, and every spelling in which something could stand there.

use crate::world::World;
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use colloquy::db::Conn;
use diesel::{QueryableByName, sql_query, sql_types::Text};
use diesel_async::RunQueryDsl;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

async fn lines(conn: &mut Conn, sql: &str) -> Vec<String> {
    let lines: Vec<Line> = sql_query(sql).load(conn).await.unwrap();
    lines.into_iter().map(|row| row.line).collect()
}

impl World {
    /// Every row of every table, each after the name of its table; bytes as hex.
    pub async fn dump(&self) -> Vec<String> {
        let conn = &mut self.db.conn().await;
        let tables = "SELECT format('%I.%I', table_schema, table_name) AS line FROM information_schema.tables
                      WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')";
        let mut dump = Vec::new();
        for table in lines(conn, tables).await {
            let rows = format!("SELECT '{table} ' || row_to_json(each)::text AS line FROM {table} AS each");
            dump.extend(lines(conn, &rows).await);
        }
        assert!(dump.len() > 20, "{dump:#?}");
        dump
    }

    /// Asserts that bytes stand nowhere in the database, however they are spelled.
    #[track_caller]
    pub fn assert_absent(dump: &[String], what: &str, bytes: &[u8]) {
        for (spelling, folded) in spellings(bytes) {
            let found =
                dump.iter().find(|line| line.contains(&spelling) || (folded && fold(line).contains(&fold(&spelling))));
            assert!(found.is_none(), "{what} stands there as {spelling}: {found:?}");
        }
    }

    /// The opposite, so that a dump that shows nothing proves nothing.
    #[track_caller]
    pub fn assert_present(dump: &[String], what: &str, bytes: &[u8]) {
        let stands = |(spelling, _): &(String, bool)| dump.iter().any(|line| line.contains(spelling));
        assert!(spellings(bytes).iter().any(stands), "{what} should stand there");
    }
}

fn fold(text: &str) -> String {
    text.to_lowercase()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Each with whether case does not matter: as text, as JSON in JSON, as hex, as base64 (both alphabets, at each of the
/// three offsets), and base64 as hex.
fn spellings(bytes: &[u8]) -> Vec<(String, bool)> {
    let mut spellings = vec![(hex(bytes), false)];
    if let Ok(text) = std::str::from_utf8(bytes) {
        spellings.push((text.to_owned(), true));
        spellings.push((serde_json::to_string(text).unwrap().trim_matches('"').to_owned(), true));
        spellings.push((hex(text.to_lowercase().as_bytes()), false));
    }
    for offset in 0..3 {
        let padded = [&vec![0; offset], bytes].concat();
        // Characters at the ends depend on what stands beside.
        let whole = STANDARD_NO_PAD.encode(&padded);
        let start = [0, 2, 3][offset];
        let end = whole.len() - usize::from(padded.len() % 3 != 0);
        let inner = &whole[start..end];
        let url_safe = inner.replace('+', "-").replace('/', "_");
        spellings.extend(
            [inner.to_owned(), url_safe].map(|inner| [(hex(inner.as_bytes()), false), (inner, false)]).concat(),
        );
    }
    spellings
}

#[test]
fn spellings_find_what_stands_within_something_else() {
    let canary = "Quetzal Äther";
    let hidden = [
        format!("x {canary} y"),
        canary.to_uppercase(),
        format!("\\x00{}00", hex(canary.as_bytes())),
        STANDARD_NO_PAD.encode(format!("a{canary}b")),
        STANDARD_NO_PAD.encode(format!("ab{canary}")),
        STANDARD_NO_PAD.encode(format!("abc{canary}dd")),
        hex(STANDARD_NO_PAD.encode(format!("a{canary}")).as_bytes()),
    ];
    for line in hidden {
        let found = spellings(canary.as_bytes())
            .into_iter()
            .any(|(spelling, folded)| line.contains(&spelling) || (folded && fold(&line).contains(&fold(&spelling))));
        assert!(found, "{line}");
    }
}
