//! The rules of the house, checked on its sources: no database, a second or two. A failure is first a question about
//! the design; each message says what to do. That every rule catches what it should stands in
//! `architecture/planted.rs`.
#![expect(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a broken rule ends the test")]

mod architecture {
    pub mod documents;
    pub mod doors;
    mod paths;
    pub mod places;
    mod planted;
    pub mod proofs;
    pub mod sizes;
    pub mod source;
    pub mod tables;
}

use architecture::{
    documents, doors, places, proofs, sizes,
    source::{Breach, Source, house, tests},
    tables,
};

fn hold(files: &[Source], rule: fn(&Source) -> Vec<Breach>, advice: &str) {
    let breaches: Vec<Breach> = files.iter().flat_map(rule).collect();
    agree(&breaches, advice);
}

fn agree(breaches: &[Breach], advice: &str) {
    let list: Vec<String> = breaches.iter().map(|breach| format!("  {breach}")).collect();
    assert!(list.is_empty(), "\n{advice}\n{}\n", list.join("\n"));
}

#[test]
fn rooms_use_only_their_doors() {
    hold(
        house(),
        doors::rooms_use_only_their_doors,
        "A room uses only rooms below it. Move the code down, hand the value in as an argument, or append an event \
         that the upper room follows. A new room or door is a decision: write it in docs/decisions and in STOREYS.",
    );
}

#[test]
fn features_are_entered_by_their_mod_rs() {
    hold(
        house(),
        doors::features_are_entered_by_their_mod_rs,
        "A feature is asked through its mod.rs. Write the question as a function in its actions.rs, `pub use` it in \
         its mod.rs, and name that.",
    );
}

#[test]
fn feature_doors_hold_no_logic() {
    hold(
        house(),
        doors::feature_doors_hold_no_logic,
        "A feature's mod.rs shows its doors: private `mod` lines, `pub use` by name, `routes`. Move the rest inside.",
    );
}

#[test]
fn rooms_introduce_themselves() {
    hold(
        house(),
        doors::rooms_introduce_themselves,
        "Say in a `//!` comment what the room is for and what it never does.",
    );
}

#[test]
fn modules_live_where_their_path_says() {
    hold(house(), doors::modules_live_where_their_path_says, "Put the file where its module path says.");
}

#[test]
fn diesel_stays_with_the_tables() {
    hold(
        house(),
        places::diesel_stays_with_the_tables,
        "Diesel and the schema belong in queries.rs (or queries/<question>.rs), rows in types.rs. Give the question a \
         name there and call it.",
    );
}

#[test]
fn rooms_write_only_their_tables() {
    hold(
        house(),
        tables::rooms_write_only_their_tables,
        "A table is written by its own room. Ask that room through an action, or append an event it follows.",
    );
}

#[test]
fn rooms_read_only_listed_tables() {
    hold(
        house(),
        tables::rooms_read_only_listed_tables,
        "Ask the room that owns the table. If a join truly saves a statement per row, list the pair of rooms in JOINS \
         and say what is read in docs/ARCHITECTURE.md.",
    );
}

#[test]
fn every_table_has_an_owner() {
    let schema = house().iter().find(|source| source.path == "src/db/schema.rs").expect("the schema is generated");
    agree(&tables::tables_without_owner(schema), "Name the room that writes the table in OWNERS.");
}

#[test]
fn actix_stays_at_the_front() {
    hold(
        house(),
        places::actix_stays_at_the_front,
        "Only handlers, http, app and cli know actix-web. Take plain values, return error::Result.",
    );
}

#[test]
fn rules_are_pure() {
    hold(house(), places::rules_are_pure, "Let the caller look things up and hand them in; a rule only decides.");
}

#[test]
fn features_answer_only_by_operations() {
    hold(
        house(),
        places::features_answer_only_by_operations,
        "Write a function with #[get], #[post], … and add it with `.service(…)`: only that enters the OpenAPI document.",
    );
}

#[test]
fn files_fit_in_a_head() {
    let advice = "Divide the file by question or resource: queries/<question>.rs, handlers/<resource>.rs.";
    hold(house(), sizes::files_fit_in_a_head, advice);
    hold(tests(), sizes::files_fit_in_a_head, advice);
}

#[test]
fn feature_doors_fit_on_a_screen() {
    hold(
        house(),
        sizes::feature_doors_fit_on_a_screen,
        "A long mod.rs holds too many doors, or logic. Keep the doors.",
    );
}

#[test]
fn handlers_only_translate() {
    hold(
        house(),
        sizes::handlers_only_translate,
        "A handler turns HTTP into one call and the answer into HTTP. Move the rest into actions, rules or queries.",
    );
}

#[test]
fn tests_neither_sleep_nor_look_away() {
    hold(
        tests(),
        proofs::tests_neither_sleep_nor_look_away,
        "Wait on a condition, hand in the time, assert on the error. A test that cannot run yet is not written yet.",
    );
}

#[test]
fn nothing_is_left_unfinished() {
    let advice = "Finish it, or leave it out.";
    hold(house(), proofs::nothing_is_left_unfinished, advice);
    hold(tests(), proofs::nothing_is_left_unfinished, advice);
}

#[test]
fn every_file_is_compiled() {
    let advice = "Declare the file with `mod`, or delete it.";
    let manifest = include_str!("../Cargo.toml");
    agree(&proofs::undeclared(house(), manifest), advice);
    agree(&proofs::undeclared(tests(), manifest), advice);
}

#[test]
fn every_operation_has_its_test_file() {
    agree(
        &proofs::operations_without_a_test(house(), tests()),
        "Every operation has a test file of its own name: tests/api/<resource>/<operation>.rs.",
    );
}

#[test]
fn every_problem_of_an_operation_has_its_test() {
    agree(
        &proofs::problems_without_a_test(house(), tests()),
        "A refusal that an operation declares in `x-problems` is proven in its test file, by `reply.problem(…)`.",
    );
}

#[test]
fn every_link_in_the_documents_leads_somewhere() {
    let dead = documents::dead_links();
    assert!(dead.is_empty(), "\nMend the link, or write what it promises.\n{}\n", dead.join("\n"));
}
