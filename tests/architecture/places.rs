//! Which kind of code stands in which kind of file.
use super::{
    doors::is_feature,
    paths::Mention,
    source::{Breach, Source},
};

fn foreign(source: &Source, wanted: fn(&[String]) -> bool) -> impl Iterator<Item = &Mention> {
    source.mentions.iter().filter(move |mention| wanted(&mention.path))
}

fn is_database(path: &[String]) -> bool {
    let driver = path[0].starts_with("diesel") || path[0] == "tokio_postgres";
    driver || (path.len() > 2 && path[..3] == ["crate", "db", "schema"])
}

fn is_actix(path: &[String]) -> bool {
    path[0].starts_with("actix")
}

/// Diesel and the tables stay in `db`, `events`, `queries` and the rows of `types`; `error` turns named constraints
/// into codes.
pub fn diesel_stays_with_the_tables(source: &Source) -> Vec<Breach> {
    let at_home = matches!(source.room(), "db" | "events" | "error") || source.is("queries") || source.is("types");
    if at_home && !source.is("handlers") {
        return Vec::new();
    }
    let strays = foreign(source, is_database);
    strays.map(|stray| source.breach(stray.line, format!("uses {}", stray.path.join("::")))).collect()
}

/// actix-web is how requests come in: `handlers`, `http` and `app` know it, and `cli`, which starts the server.
pub fn actix_stays_at_the_front(source: &Source) -> Vec<Breach> {
    if matches!(source.room(), "http" | "app" | "cli") || source.is("handlers") {
        return Vec::new();
    }
    let strays = foreign(source, is_actix);
    strays.map(|stray| source.breach(stray.line, format!("uses {}", stray.path.join("::")))).collect()
}

/// Rules decide; they neither wait nor look anything up.
pub fn rules_are_pure(source: &Source) -> Vec<Breach> {
    if !source.is("rules") {
        return Vec::new();
    }
    let outside = |path: &[String]| {
        is_database(path) || is_actix(path) || path[0] == "tokio" || (path.len() > 1 && path[..2] == ["crate", "db"])
    };
    let strays = foreign(source, outside).map(|stray| (stray.line, stray.path.join("::")));
    let waits = source.lines_with(&["async"]).into_iter().map(|line| (line, "async".to_owned()));
    strays.chain(waits).map(|(line, what)| source.breach(line, format!("uses {what}"))).collect()
}

/// `.route(…)` and `web::resource(…)` answer requests that the OpenAPI document does not know, so no test that
/// walks the document would see them. In a feature, an operation is a function with `#[get]`, `#[post]`, ….
pub fn features_answer_only_by_operations(source: &Source) -> Vec<Breach> {
    if !is_feature(source.room()) {
        return Vec::new();
    }
    let calls = [&[".", "route", "("][..], &["web", ":", ":", "resource"], &["web", ":", ":", "scope"]];
    let lines = calls.iter().flat_map(|call| source.lines_with(call));
    lines.map(|line| source.breach(line, "answers requests outside the OpenAPI document")).collect()
}
