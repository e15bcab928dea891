//! Plants for the doors.
use super::{super::doors, catches, spares};

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
