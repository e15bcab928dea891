//! Whose tables are whose. A room writes its own tables only, and reads another's only where a join saves a statement
//! per row.
use super::source::{Breach, Source};

const OWNERS: &[(&str, &[&str])] = &[
    ("events", &["event_readers", "events", "idempotency_keys"]),
    ("mail", &["bounces", "former_people", "mails", "unsubscriptions"]),
    ("audit", &["audit", "audit_networks"]),
    ("throttle", &["throttles", "used_challenges"]),
    (
        "accounts",
        &[
            "account_codes",
            "accounts",
            "external_identities",
            "invites",
            "recovery_codes",
            "refresh_tokens",
            "second_factors",
            "service_tokens",
            "sessions",
            "signing_keys",
            "signups",
        ],
    ),
    (
        "articles",
        &[
            "article_addresses",
            "article_authors",
            "article_revisions",
            "article_slugs",
            "article_tags",
            "articles",
            "tags",
        ],
    ),
    (
        "comments",
        &[
            "comment_hits",
            "comment_networks",
            "comment_prints",
            "comment_revisions",
            "comments",
            "continued_comments",
            "corrections",
            "guest_codes",
            "guests",
            "mentions",
            "reactions",
            "reports",
            "reviews",
            "threads",
            "verdicts",
        ],
    ),
    ("moderation", &["alerts", "on_call"]),
    (
        "coaching",
        &[
            "answer_drafts",
            "desk_scans",
            "question_answers",
            "question_coaches",
            "question_tags",
            "questions",
            "saved_replies",
        ],
    ),
    (
        "private_threads",
        &["private_accesses", "private_coaches", "private_drafts", "private_messages", "private_threads"],
    ),
    ("screening", &["sanctions", "screening_rules", "support_resources"]),
    ("notify", &["notices"]),
    ("privacy", &["erasures", "exports"]),
    ("transfer", &["imports"]),
];

/// Read-only joins: a room and whose tables it reads. `docs/ARCHITECTURE.md` says what for.
const JOINS: &[(&str, &[&str])] = &[
    ("articles", &["accounts"]),
    ("comments", &["accounts", "articles"]),
    ("moderation", &["articles"]),
    ("coaching", &["accounts"]),
    ("private_threads", &["accounts", "comments"]),
];

fn owner(table: &str) -> Option<&'static str> {
    OWNERS.iter().find(|(_, tables)| tables.contains(&table)).map(|(room, _)| *room)
}

/// Another room's table is changed by asking that room, which knows what else must change with it.
pub fn rooms_write_only_their_tables(source: &Source) -> Vec<Breach> {
    let foreign = written(source).into_iter().filter(|(_, table)| owner(table) != Some(source.room()));
    foreign.map(|(line, table)| source.breach(line, format!("writes {table}"))).collect()
}

/// Reading another room's table binds its columns; each pair of rooms that does is listed.
pub fn rooms_read_only_listed_tables(source: &Source) -> Vec<Breach> {
    let room = source.room();
    let joins = JOINS.iter().find(|(reader, _)| *reader == room).map_or(&[][..], |(_, owners)| *owners);
    let foreign = read(source)
        .into_iter()
        .filter(|(_, table)| owner(table).is_some_and(|owner| owner != room && !joins.contains(&owner)));
    foreign.map(|(line, table)| source.breach(line, format!("reads {table}"))).collect()
}

/// Every table has one owner. `schema` is the generated schema.
pub fn tables_without_owner(schema: &Source) -> Vec<Breach> {
    let words: Vec<&str> = schema.words.iter().map(|(_, word)| word.as_str()).collect();
    let joinable = ["allow_tables_to_appear_in_same_query", "!", "("];
    let start = words.windows(joinable.len()).position(|row| row == joinable);
    let listed = words.iter().skip(start.map_or(words.len(), |at| at + joinable.len()));
    let tables: Vec<&str> = listed.copied().take_while(|word| *word != ")").filter(|word| *word != ",").collect();
    let owned = OWNERS.iter().flat_map(|(_, tables)| *tables).copied();
    let gone =
        owned.filter(|table| !tables.contains(table)).map(|table| format!("{table} is owned but does not exist"));
    let unowned = tables.iter().filter(|table| owner(table).is_none()).map(|table| format!("{table} has no owner"));
    unowned.chain(gone).map(|what| schema.breach(1, what)).collect()
}

/// The known tables that `source` writes, by diesel (`insert_into(comments::table)`) or in SQL of its own.
fn written(source: &Source) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, (line, word)) in source.words.iter().enumerate() {
        let verb = matches!(word.as_str(), "insert_into" | "insert_or_ignore_into" | "update" | "delete");
        let before = at.checked_sub(1).and_then(|before| source.words.get(before)).map(|(_, word)| word.as_str());
        if verb && !matches!(before, Some("." | "fn")) {
            let after = source.words.iter().skip(at + 1).map(|(_, word)| word);
            let target =
                after.skip_while(|word| *word == "(").take_while(|word| !matches!(word.as_str(), "." | "," | ")"));
            found.extend(target.map(|word| (*line, word.clone())));
        } else if word.contains('"') {
            found.extend(written_by_sql(word).into_iter().map(|table| (*line, table)));
        }
    }
    found.retain(|(_, word)| owner(word).is_some());
    found
}

/// The tables that `source` takes from the schema, or names in SQL of its own.
fn read(source: &Source) -> Vec<(usize, String)> {
    let schema = ["crate", "db", "schema"];
    let imported = source.mentions.iter().filter(|mention| mention.path.starts_with(&schema.map(str::to_owned)));
    let imported = imported.filter_map(|mention| Some((mention.line, mention.path.get(3)?.clone())));
    let literals = source.words.iter().filter(|(_, word)| word.contains('"'));
    let by_sql = literals.flat_map(|(line, literal)| {
        let words = sql_words(literal);
        let tables = words.windows(2).filter(|row| matches!(row[0], "FROM" | "JOIN")).map(|row| row[1].to_owned());
        tables.map(|table| (*line, table)).collect::<Vec<_>>()
    });
    imported.chain(by_sql).collect()
}

/// Keywords in capitals, as SQL is written here: English that speaks of an update is not SQL.
fn written_by_sql(literal: &str) -> Vec<String> {
    let words = sql_words(literal);
    let targets = words.windows(3).filter_map(|row| match row {
        ["INSERT" | "MERGE", "INTO", table] | ["DELETE", "FROM", table] | ["UPDATE" | "TRUNCATE", table, _] => {
            Some(*table)
        }
        _ => None,
    });
    targets.map(str::to_owned).collect()
}

fn sql_words(literal: &str) -> Vec<&str> {
    literal.split(|c: char| c != '_' && !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}
