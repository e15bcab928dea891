//! Indexes and constraints: taken down before the tables are filled, and put back as the catalog had them.

use crate::database::Database;
use indicatif::ProgressBar;

/// What was taken down.
pub struct Structure {
    /// What brings each back, in an order in which each finds what it needs.
    statements: Vec<(String, String)>,
}

/// Takes down what the tables have: foreign keys from and to them, keys, indexes.
pub fn take_down(database: &Database, tables: &[&str]) -> Structure {
    let constraints = database.rows(
        "SELECT conname::text, conrelid::regclass::text, contype = 'f',
                format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
         FROM pg_constraint
         WHERE contype IN ('p', 'u', 'f')
           AND (conrelid = ANY ($1::text[]::regclass[]) OR (contype = 'f' AND confrelid = ANY ($1::text[]::regclass[])))
         ORDER BY contype = 'f' DESC, conname",
        &[&tables],
    );
    let indexes = database.rows(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
         WHERE indrelid = ANY ($1::text[]::regclass[])
           AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u'))
         ORDER BY 1",
        &[&tables],
    );
    let (mut keys, mut references) = (Vec::new(), Vec::new());
    for row in constraints {
        let (name, table, refers, statement): (String, String, bool, String) =
            (row.get(0), row.get(1), row.get(2), row.get(3));
        database.run(&format!("ALTER TABLE {table} DROP CONSTRAINT \"{name}\""));
        if refers { &mut references } else { &mut keys }.push((name, statement));
    }
    let indexes = indexes.iter().map(|row| {
        let (name, statement): (String, String) = (row.get(0), row.get(1));
        database.run(&format!("DROP INDEX {name}"));
        (name, statement)
    });
    let indexes: Vec<_> = indexes.collect();
    Structure { statements: [keys, indexes, references].concat() }
}

impl Structure {
    /// Puts everything back.
    pub fn put_back(self, database: &Database, bar: &ProgressBar) {
        bar.reset();
        bar.set_length(self.statements.len() as u64);
        for (name, statement) in self.statements {
            bar.set_message(name);
            database.run(&statement);
            bar.inc(1);
        }
    }
}
