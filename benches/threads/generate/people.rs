//! Accounts and articles: few enough to be written under their indexes.

use super::{
    copy::append,
    plan::{Kind, Plan},
};
use crate::{database::Database, site::GREAT};
use colloquy::text;
use uuid::Uuid;

const NAMES: [&str; 24] = [
    "Annice", "Bela", "Caro", "Dina", "Edda", "Falk", "Gero", "Hanne", "Ida", "Jaro", "Kaja", "Lene", "Mads", "Nora",
    "Ole", "Pia", "Quint", "Runa", "Sven", "Tilda", "Ulla", "Vera", "Wim", "Yara",
];

/// What somebody is called.
pub fn name(number: usize) -> String {
    format!("{} {number}", NAMES[number % NAMES.len()])
}

/// Readers.
pub fn copy_accounts(database: &Database, plan: &Plan) {
    let columns = ["id", "display_name", "name_skeleton", "created_at", "updated_at"];
    append(database, "accounts", &columns, "BINARY", 0..plan.accounts, |row, number| {
        let (name, at) = (name(number), plan.at(Kind::Account, number));
        row.uuid(plan.id(Kind::Account, number));
        row.text(&name);
        row.text(&text::name_skeleton(&name));
        row.at(at);
        row.at(at);
    });
}

/// Makes copies of the one article that is there, under the plan's ids and slugs.
pub fn clone_article(database: &Database, plan: &Plan) {
    let ids: Vec<String> = (1..plan.articles.len()).map(|number| plan.id(Kind::Article, number).to_string()).collect();
    let slugs: Vec<&str> = plan.articles.iter().skip(1).map(|article| article.slug.as_str()).collect();
    database.run("BEGIN");
    database.rows(
        "INSERT INTO articles
         SELECT (jsonb_populate_record(template, jsonb_build_object('id', copy.id, 'slug', copy.slug))).*
         FROM articles AS template, unnest($1::text[]::uuid[], $2::text[]) AS copy (id, slug) WHERE template.slug = $3",
        &[&ids, &slugs, &GREAT],
    );
    database.rows(
        "INSERT INTO article_slugs (slug, article_id) SELECT slug, id FROM unnest($1::text[]::uuid[], $2::text[]) AS copy (id, slug)",
        &[&ids, &slugs],
    );
    database.rows(
        "INSERT INTO article_authors (article_id, account_id, position)
         SELECT id, account_id, position FROM article_authors, unnest($1::text[]::uuid[]) AS copy (id)",
        &[&ids],
    );
    database.run("COMMIT");
}

/// The ids of all articles, the great one's first, and the ids of the sections that they all have.
pub fn articles(database: &Database, plan: &Plan) -> (Vec<Uuid>, Vec<String>) {
    let great = database.one_id("SELECT id::text FROM articles WHERE slug = $1", &[&GREAT]);
    let others = (1..plan.articles.len()).map(|number| plan.id(Kind::Article, number));
    let sections = database.rows(
        "SELECT section ->> 'id' FROM articles, jsonb_array_elements(sections) AS section WHERE slug = $1",
        &[&GREAT],
    );
    ([great].into_iter().chain(others).collect(), sections.iter().map(|row| row.get(0)).collect())
}
