//! Plants for sizes, and for tests that prove nothing.
use super::{
    super::{documents, proofs, sizes, source::Source},
    Rule, catches, listed, planted, spares,
};

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
        tests/screening/learn.rs
        tests/architecture.rs
        ",
    );
    let expected = ["tests/api/comments/edit_comment.rs:1: no `mod` declares it"];
    assert_eq!(listed(&proofs::undeclared(&files, r#"path = "tests/screening/learn.rs""#)), expected);
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

#[test]
fn a_problem_without_a_test_is_caught() {
    let house = planted(
        r#"
        src/comments/handlers.rs  #[utoipa::path(extensions(("x-problems" = json!(["a", "b", "c"]))))] #[post("/a")] async fn post_x() {}
        src/comments/read.rs      #[utoipa::path(params(("d" = String, Path)))] #[get("/a/{d}")] async fn get_x() {}
        "#,
    );
    let tests = planted(
        r#"
        tests/api/comments/post_x.rs      fn f() { reply.problem(409, "a"); }
        tests/api/comments/post_x/more.rs fn f() { reply.problem(409, "b"); }
        tests/api/comments/get_x.rs       fn f() { reply.problem(409, "c"); /* "c" */ }
        "#,
    );
    let expected = ["src/comments/handlers.rs:1: no test of post_x has \"c\""];
    assert_eq!(listed(&proofs::problems_without_a_test(&house, &tests)), expected);
}

#[test]
fn links_are_found_where_they_are_links() {
    let text = "See [a](a.md) and [b](../b/#c).\n```sh\ncurl [x](y.md)\n```\n| [c](c.md) |";
    assert_eq!(documents::links(text), ["a.md", "../b/#c", "c.md"]);
}
