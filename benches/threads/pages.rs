//! Pages as a client asks for them.

use crate::server::Connection;
use serde_json::Value;
use std::fmt::Display;

/// A GET of this path.
pub fn get(path: impl Display) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n")
}

/// What is there; nothing where the server refuses the question.
pub fn ask(connection: &mut Connection, path: impl Display) -> Option<Value> {
    let (status, _) = connection.send(&get(path));
    (status == 200).then(|| serde_json::from_slice(connection.body()).unwrap())
}

/// Path of an article's thread, sorted so.
pub fn thread(slug: &str, sort: &str, limit: usize, replies: usize) -> String {
    format!("/v1/articles/{slug}/comments?sort={sort}&limit={limit}&replies={replies}")
}

/// The cursor of the page after this one.
pub fn next(page: &Value) -> String {
    page["next"].as_str().unwrap().split_once("cursor=").unwrap().1.to_owned()
}

/// The cursor of the page after so many roots, reached by walking there.
pub fn after(connection: &mut Connection, slug: &str, sort: &str, roots: usize) -> Option<String> {
    let mut cursor = String::new();
    let mut left = roots;
    while left > 0 {
        let limit = left.min(100);
        let page = ask(connection, format!("{}{cursor}", thread(slug, sort, limit, 0)))?;
        cursor = format!("&cursor={}", next(&page));
        left -= limit;
    }
    Some(cursor)
}
