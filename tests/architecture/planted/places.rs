//! Plants for what stands in which kind of file.
use super::{
    super::{places, tables},
    catches, listed, planted, spares,
};

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
fn reaching_for_anothers_table_is_caught() {
    catches(
        tables::rooms_write_only_their_tables,
        r#"
        src/moderation/queries.rs  fn f() { diesel::update(comments::table.find(id)).set(x); }
        src/moderation/queries.rs  fn f() { update(dsl::comments).set(x); }
        src/articles/queries.rs    fn f() { insert_into(threads::table).values(x); }
        src/articles/queries.rs    fn f() { diesel::delete(schema::events::table.filter(x)); }
        src/transfer/queries.rs    fn f() { sql_query("WITH a AS (SELECT 1) INSERT INTO  articles (id) VALUES ($1)"); }
        src/accounts/queries.rs    fn f() { sql_query("UPDATE comments SET author_id = NULL"); }
        src/cli/doctor.rs          fn f() { sql_query("DELETE FROM sessions"); }
        "#,
    );
    spares(
        tables::rooms_write_only_their_tables,
        r#"
        src/comments/queries.rs    fn f() { diesel::update(comments::table.find(id)); insert_into(threads::table); }
        src/moderation/queries.rs  fn f() { comments::table.inner_join(articles::table).load(conn); }
        src/moderation/queries.rs  fn f() { sql_query("SELECT 1 FROM comments FOR UPDATE OF comments"); }
        src/articles/actions.rs    fn update(comments: u8) { hash.update(comments); "To update comments, ask."; }
        "#,
    );
    catches(
        tables::rooms_read_only_listed_tables,
        r#"
        src/articles/queries.rs  use crate::db::schema::{articles, comments};
        src/accounts/queries.rs  use crate::db::schema; fn f() { schema::articles::table.load(conn); }
        src/accounts/queries.rs  fn f() { sql_query("SELECT 1 FROM accounts a JOIN comments c ON true"); }
        src/cli/doctor.rs        fn f() { sql_query("SELECT count(*) FROM threads"); }
        "#,
    );
    spares(
        tables::rooms_read_only_listed_tables,
        r#"
        src/comments/queries.rs  use crate::db::schema::{accounts, articles, comments, threads};
        src/comments/queries.rs  fn f() { sql_query("SELECT 1 FROM comments c JOIN accounts a ON true"); }
        src/accounts/rules.rs    fn f() { "Taken from comments."; }
        "#,
    );
    let schema = planted("src/db/schema.rs diesel::allow_tables_to_appear_in_same_query!(articles, votes,);");
    let breaches = listed(&tables::tables_without_owner(&schema[0]));
    assert!(breaches.contains(&"src/db/schema.rs:1: votes has no owner".to_owned()));
    assert!(breaches.contains(&"src/db/schema.rs:1: comments is owned but does not exist".to_owned()));
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
