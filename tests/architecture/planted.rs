//! Every rule is shown bad sources, each of which it must catch, and good ones that look like them, which it must
//! leave alone. One plant a line: the path of a file, then what stands in it.
use super::{
    doors, places, proofs, sizes,
    source::{Breach, Source},
};

type Rule = fn(&Source) -> Vec<Breach>;

fn catches(rule: Rule, plants: &str) {
    for source in planted(plants) {
        let missed = rule(&source).is_empty();
        assert!(!missed, "not caught in {}: {}", source.path, source.text);
    }
}

fn spares(rule: Rule, plants: &str) {
    for source in planted(plants) {
        let wrong = listed(&rule(&source));
        assert!(wrong.is_empty(), "wrongly caught: {wrong:?} in {}", source.text);
    }
}

fn planted(plants: &str) -> Vec<Source> {
    let lines = plants.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| line.split_once(' ').unwrap_or((line, "")))
        .map(|(path, text)| Source::new(path, text.trim()))
        .collect()
}

fn listed(breaches: &[Breach]) -> Vec<String> {
    breaches.iter().map(ToString::to_string).collect()
}

#[test]
fn a_forbidden_door_is_caught_however_it_is_written() {
    catches(
        doors::rooms_use_only_their_doors,
        r#"
        src/http/problem.rs         use crate::comments::Comment;
        src/articles/actions.rs     use crate::{db::Conn, comments::post_comment};
        src/articles/actions.rs     use crate::comments as below;
        src/articles/actions.rs     use crate::comments::*;
        src/articles/actions.rs     fn f() { crate::comments::post_comment(); }
        src/articles/actions.rs     fn f(all: Vec<crate::comments::Comment>) {}
        src/articles/actions.rs     fn f() { format!("{}", crate::comments::count()); }
        src/articles/types.rs       #[derive(crate::comments::Rank)] struct A;
        src/articles/types.rs       struct A { #[serde(with = "crate::comments::plain")] at: u8 }
        src/articles/queries/one.rs use super::super::super::comments::Comment;
        src/articles/mod.rs         use super::comments::Comment;
        src/articles/rules.rs       mod tests { use super::super::super::comments::Comment; }
        src/articles/rules.rs       macro_rules! m { () => { $crate::comments::count() } }
        src/articles/rules.rs       fn f() -> colloquy::comments::Comment { loop {} }
        src/articles/rules.rs       use crate as house; fn f() { house::comments::count(); }
        src/moderation/actions.rs   use crate::coaching::desk;
        src/db/pool.rs              use crate::http::problem;
        src/http/cursor.rs          use crate::db::Conn;
        src/clock.rs                use crate::config::Config;
        src/transfer/actions.rs     use crate::app::App;
        src/app.rs                  use crate::cli::run;
        "#,
    );
}

#[test]
fn the_whole_house_and_unknown_rooms_are_caught() {
    catches(
        doors::rooms_use_only_their_doors,
        r"
        src/comments/rules.rs  use crate::*;
        src/comments/mod.rs    use super::*;
        src/comments/rules.rs  use crate as house;
        src/comments/rules.rs  use crate::utils::trim;
        src/utils.rs           fn trim() {}
        src/helpers/mod.rs     fn trim() {}
        ",
    );
}

#[test]
fn open_doors_are_spared() {
    spares(
        doors::rooms_use_only_their_doors,
        r#"
        src/comments/actions.rs         use crate::{articles, accounts::Actor, error::Result, db::Conn};
        src/comments/actions.rs         use super::{queries, types::Comment}; fn f() { queries::insert(); }
        src/comments/queries/thread.rs  use super::super::types::*; fn f() { self::g(); }
        src/comments/rules.rs           mod tests { use super::*; }
        src/db/pool.rs                  use crate::{config::Config, error::Result, secrets, clock::Clock};
        src/app.rs                      use crate::comments; fn f() { comments::routes(); }
        src/cli/serve.rs                use crate::{app, comments};
        src/main.rs                     fn main() { colloquy::cli::run() }
        src/lib.rs                      pub mod comments; pub use comments::Comment;
        src/comments/rules.rs           /** [`crate::cli::run`] */ fn f() { let s = "crate::cli::run"; }
        src/comments/rules.rs           fn f() { <u8 as Into<u16>>::into(1); Vec::<u8>::new(); }
        src/comments/rules.rs           fn f<'a>(x: &'a u8) -> impl Sized + use<'a> { x }
        "#,
    );
}

#[test]
fn climbing_into_a_feature_is_caught() {
    catches(
        doors::features_are_entered_by_their_mod_rs,
        r"
        src/comments/rules.rs  use crate::accounts::queries;
        src/comments/rules.rs  use crate::accounts::{Role, types::{Account, Session}};
        src/comments/rules.rs  use crate::accounts::*;
        src/comments/rules.rs  use crate::accounts; fn f() { accounts::queries::find(); }
        src/comments/rules.rs  use crate::accounts as people; fn f() { people::tokens::verify(); }
        src/comments/rules.rs  use crate::accounts as a; use a::sessions as s; fn f() { s::find(); }
        src/comments/rules.rs  fn f() { crate::accounts::tokens::verify(); }
        src/comments/rules.rs  fn f() { vec![super::super::accounts::rules::may_edit()]; }
        src/cli/account.rs     use crate::accounts::actions::create_account;
        src/app.rs             use crate::comments::handlers;
        ",
    );
    spares(
        doors::features_are_entered_by_their_mod_rs,
        r#"
        src/comments/rules.rs  use crate::accounts::{self, Role}; fn f() { accounts::sign_up(); Role::Coach; }
        src/comments/rules.rs  fn f() { crate::accounts::Role::parse("coach"); crate::accounts::find::<u8>(); }
        src/comments/rules.rs  use crate::http::problem::Problem; use crate::db::schema::comments::dsl;
        src/comments/rules.rs  use super::types::Comment; use crate::comments::queries::thread;
        "#,
    );
}

#[test]
fn a_door_with_something_behind_it_is_caught() {
    catches(
        doors::feature_doors_hold_no_logic,
        r"
        src/comments/mod.rs  pub mod queries;
        src/comments/mod.rs  pub(crate) mod types;
        src/comments/mod.rs  mod queries { fn find() {} }
        src/comments/mod.rs  mod types; pub use types::*;
        src/comments/mod.rs  fn rank() -> u8 { 1 }
        src/comments/mod.rs  pub struct Comment;
        ",
    );
    spares(
        doors::feature_doors_hold_no_logic,
        r"
        src/comments/mod.rs        mod types; pub use types::{Comment, Thread}; pub fn routes(c: &mut C) { g(c); }
        src/comments/types/mod.rs  pub struct Comment;
        src/http/mod.rs            pub mod problem; pub struct Page;
        ",
    );
}

#[test]
fn a_silent_room_and_a_moved_module_are_caught() {
    catches(
        doors::rooms_introduce_themselves,
        r"
        src/comments/mod.rs  mod types;
        src/clock.rs         /** A clock. */ pub struct Clock;
        src/lib.rs           pub mod clock;
        ",
    );
    spares(
        doors::rooms_introduce_themselves,
        r"
        src/comments/mod.rs    //! Threads.
        src/comments/types.rs  pub struct Comment;
        ",
    );
    catches(
        doors::modules_live_where_their_path_says,
        r#"src/http/mod.rs  #[path = "../comments/queries.rs"] mod borrowed;"#,
    );
    spares(
        doors::modules_live_where_their_path_says,
        r"src/comments/handlers.rs  #[utoipa::path(tag = 1)] fn post_comment() {} mod inner;",
    );
}

#[test]
fn stray_diesel_is_caught() {
    catches(
        places::diesel_stays_with_the_tables,
        r"
        src/comments/handlers.rs          use diesel::prelude::*;
        src/comments/handlers/threads.rs  fn f() { diesel_async::RunQueryDsl::load(q); }
        src/events/handlers.rs            use diesel_async::AsyncPgConnection;
        src/comments/handlers.rs          use crate::db::schema::comments;
        src/comments/handlers.rs          use crate::db; fn f() { db::schema::comments::table; }
        src/comments/actions.rs           fn f() -> ::diesel::QueryResult<u8> { Ok(1) }
        src/comments/rules.rs             fn f() { sql!(diesel::sql_types::Text); }
        src/http/cursor.rs                use diesel::sql_types::Text;
        src/cli/doctor.rs                 use tokio_postgres::Client;
        ",
    );
    spares(
        places::diesel_stays_with_the_tables,
        r"
        src/db/pool.rs                  use diesel_async::AsyncPgConnection;
        src/comments/queries.rs         use diesel::prelude::*; use crate::db::schema::comments;
        src/comments/queries/thread.rs  use diesel::prelude::*;
        src/comments/types.rs           use diesel::prelude::*;
        src/error.rs                    use diesel::result::Error as Db;
        src/comments/handlers.rs        /* no diesel::prelude here */ use crate::db::Pool;
        ",
    );
}

#[test]
fn stray_actix_is_caught() {
    catches(
        places::actix_stays_at_the_front,
        r"
        src/comments/actions.rs  use actix_web::HttpResponse;
        src/comments/mod.rs      use actix_web::web::{self, ServiceConfig};
        src/error.rs             impl actix_web::ResponseError for Error {}
        src/published/mod.rs     use actix_http::header;
        ",
    );
    spares(
        places::actix_stays_at_the_front,
        r"
        src/comments/handlers.rs          use actix_web::{get, web};
        src/comments/handlers/replies.rs  use actix_web::get;
        src/http/problem.rs               use actix_web::ResponseError;
        src/app.rs                        use actix_web::App;
        src/comments/mod.rs               use utoipa_actix_web::service_config::ServiceConfig;
        ",
    );
}

#[test]
fn an_impure_rule_is_caught() {
    catches(
        places::rules_are_pure,
        r"
        src/comments/rules.rs       pub async fn may_edit() {}
        src/comments/rules.rs       use crate::db::Conn;
        src/comments/rules.rs       use tokio::sync::Mutex;
        src/comments/rules/rank.rs  fn f() { let g = async || 1; }
        ",
    );
    spares(
        places::rules_are_pure,
        r"
        src/comments/rules.rs    /** Never async. */ pub fn rank(at: chrono::DateTime<chrono::Utc>) -> f64 { 0.0 }
        src/comments/actions.rs  pub async fn post_comment() {}
        ",
    );
}

#[test]
fn an_answer_outside_the_document_is_caught() {
    catches(
        places::features_answer_only_by_operations,
        r#"
        src/comments/mod.rs       fn routes(c: &mut C) { c.route("/x", web::get().to(x)); }
        src/comments/handlers.rs  fn f(c: &mut C) { c.service(web::resource("/x")); }
        "#,
    );
    spares(
        places::features_answer_only_by_operations,
        r#"
        src/app.rs           fn f(app: App) { app.route("/metrics", web::get().to(metrics)); }
        src/comments/mod.rs  fn routes(c: &mut C) { c.service(handlers::post_comment); }
        "#,
    );
}

#[test]
fn overlong_things_are_caught() {
    let caught = |rule: Rule, path: &str, text: &str| !rule(&Source::new(path, text)).is_empty();

    let file = |lines: usize| "// line\n".repeat(lines);
    let rule: Rule = sizes::files_fit_in_a_head;
    assert!(caught(rule, "src/comments/queries.rs", &file(401)));
    assert!(caught(rule, "tests/api/main.rs", &file(401)));
    assert!(!caught(rule, "src/comments/queries.rs", &file(400)));
    assert!(!caught(rule, "src/db/schema.rs", &file(401)));

    let rule: Rule = sizes::feature_doors_fit_on_a_screen;
    assert!(caught(rule, "src/comments/mod.rs", &file(41)));
    assert!(!caught(rule, "src/comments/mod.rs", &file(40)));
    assert!(!caught(rule, "src/http/mod.rs", &file(41)));

    let body = |lines: usize| format!("async fn post_x(\n    a: A,\n) {{\n{}}}", "f();\n".repeat(lines));
    let (rule, path): (Rule, _) = (sizes::handlers_only_translate, "src/comments/handlers.rs");
    assert!(caught(rule, path, &format!("#[post(\"/x\")]\n{}", body(31))));
    assert!(caught(rule, path, &format!("mod inner {{ #[actix_web::get(\"/x\")]\n{} }}", body(31))));
    assert!(!caught(rule, path, &format!("#[post(\"/x\")]\n{}", body(30))));
    assert!(!caught(rule, path, &body(31)));
}

#[test]
fn a_sleeping_or_skipped_test_is_caught() {
    catches(
        proofs::tests_neither_sleep_nor_look_away,
        r#"
        tests/api/x.rs  fn f() { std::thread::sleep(d); }
        tests/api/x.rs  use std::thread; fn f() { thread::sleep(d); }
        tests/api/x.rs  use tokio::time::{sleep as rest, Duration}; async fn f() { rest(d).await; }
        tests/api/x.rs  async fn f() { tokio::select! { _ = tokio::time::sleep_until(t) => {} } }
        tests/api/x.rs  #[test] #[ignore] fn f() {}
        tests/api/x.rs  #[test] #[ignore = "flaky"] fn f() {}
        tests/api/x.rs  #[test] #[should_panic(expected = "x")] fn f() {}
        tests/api/x.rs  #[cfg_attr(target_os = "linux", ignore)] #[test] fn f() {}
        "#,
    );
    spares(
        proofs::tests_neither_sleep_nor_look_away,
        r##"tests/api/x.rs  /** No #[ignore]. */ fn f() { tokio::time::timeout(d, ready()); "#[ignore]"; }"##,
    );
}

#[test]
fn unfinished_work_is_caught() {
    catches(
        proofs::nothing_is_left_unfinished,
        r#"
        src/comments/rules.rs  fn f() { todo!() }
        src/comments/rules.rs  fn f() { vec![dbg!(1)]; }
        tests/api/x.rs         fn f() { unimplemented!("x") }
        "#,
    );
    spares(
        proofs::nothing_is_left_unfinished,
        r#"src/comments/rules.rs  /** No todo!(). */ fn f(todo: &str) -> bool { todo != "todo!()" }"#,
    );
}

#[test]
fn a_file_nobody_declares_is_caught() {
    let files = planted(
        r"
        tests/api/main.rs                   mod comments { mod post_comment; } mod world;
        tests/api/world/mod.rs
        tests/api/comments/post_comment.rs
        tests/api/comments/edit_comment.rs
        tests/architecture.rs
        ",
    );
    let expected = ["tests/api/comments/edit_comment.rs:1: no `mod` declares it"];
    assert_eq!(listed(&proofs::undeclared(&files)), expected);
}

#[test]
fn an_operation_without_a_test_is_caught() {
    let house = planted(
        r#"
        src/comments/handlers.rs        #[get("/a")] async fn list_comments() {}
        src/comments/handlers/write.rs  #[actix_web::post("/a")] async fn post_comment() {} fn helper() {}
        "#,
    );
    let tests = planted("tests/api/comments/list_comments.rs \n tests/world/post_comment.rs");
    let expected = ["src/comments/handlers/write.rs:1: no tests/api/<resource>/post_comment.rs"];
    assert_eq!(listed(&proofs::operations_without_a_test(&house, &tests)), expected);
}
