//! What a test must be to prove something, and where it must stand.
use super::{
    sizes::{Operation, operations},
    source::{Breach, Source},
};
use std::collections::BTreeSet;

/// A sleep is a race that has not been lost yet; an ignored test proves nothing.
pub fn tests_neither_sleep_nor_look_away(source: &Source) -> Vec<Breach> {
    let sleeps = source.mentions.iter().filter(|mention| {
        let tail: Vec<&str> = mention.path.iter().rev().take(2).map(String::as_str).collect();
        matches!(tail[..], ["sleep" | "sleep_until" | "sleep_ms", "thread" | "time"])
    });
    let sleeps = sleeps.map(|mention| (mention.line, "sleeps"));
    let looks_away = ["ignore", "should_panic", "cfg_attr"]
        .into_iter()
        .flat_map(|name| source.lines_with(&["#", "[", name]).into_iter().map(move |line| (line, name)));
    sleeps.chain(looks_away).map(|(line, what)| source.breach(line, what)).collect()
}

/// Nothing is left for later, in the house or in its tests.
pub fn nothing_is_left_unfinished(source: &Source) -> Vec<Breach> {
    let macros = ["todo", "unimplemented", "dbg"];
    let found =
        macros.into_iter().flat_map(|name| source.lines_with(&[name, "!", "("]).into_iter().map(move |l| (l, name)));
    found.map(|(line, name)| source.breach(line, format!("{name}!"))).collect()
}

/// Cargo compiles only what some `mod` names, or its `manifest`: a file that nobody declares is never built, so its tests never
/// run.
pub fn undeclared(files: &[Source], manifest: &str) -> Vec<Breach> {
    let is_root = |source: &Source| {
        let parts: Vec<&str> = source.path.split('/').collect();
        matches!(parts[..], ["tests", _] | ["tests", _, "main.rs"] | ["src", "main.rs" | "lib.rs"])
    };
    let declared = |source: &&Source| {
        let name = module_name(&source.path);
        let by_manifest = || manifest.contains(&format!("path = \"{}\"", source.path));
        let by_mod = |file: &Source| !file.lines_with(&["mod", name, ";"]).is_empty();
        is_root(source) || by_manifest() || files.iter().any(by_mod)
    };
    files.iter().filter(|source| !declared(source)).map(|source| source.breach(1, "no `mod` declares it")).collect()
}

/// Every operation of `house` has a file of its name among `tests`, below `tests/api/`.
pub fn operations_without_a_test(house: &[Source], tests: &[Source]) -> Vec<Breach> {
    let api = tests.iter().filter(|test| test.path.starts_with("tests/api/"));
    let names: BTreeSet<&str> = api.map(|test| module_name(&test.path)).collect();
    let untested = house.iter().flat_map(|source| operations(source).into_iter().map(move |o| (source, o)));
    let untested = untested.filter(|(_, operation)| !names.contains(operation.name.as_str()));
    untested.map(|(source, o)| source.breach(o.at, format!("no tests/api/<resource>/{}.rs", o.name))).collect()
}

/// Every problem that an operation of `house` declares itself stands in its test file, or in the folder of its name.
pub fn problems_without_a_test(house: &[Source], tests: &[Source]) -> Vec<Breach> {
    let every = house.iter().flat_map(|source| operations(source).into_iter().map(move |o| (source, o)));
    let declared = every.flat_map(|(source, Operation { name, at, problems, .. })| {
        problems.into_iter().map(move |code| (source, at, name.clone(), code))
    });
    let proven = |name: &str, code: &str| {
        let own = |test: &&Source| module_name(&test.path) == name || test.path.contains(&format!("/{name}/"));
        tests.iter().filter(own).any(|test| test.words.iter().any(|(_, word)| word == code))
    };
    let unproven = declared.filter(|(_, _, name, code)| !proven(name, code));
    unproven.map(|(source, at, name, code)| source.breach(at, format!("no test of {name} has {code}"))).collect()
}

/// `tests/api/sessions/log_in.rs` → `log_in`, `src/comments/mod.rs` → `comments`.
fn module_name(path: &str) -> &str {
    path.trim_end_matches(".rs").trim_end_matches("/mod").rsplit('/').next().unwrap_or(path)
}
