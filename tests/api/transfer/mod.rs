//! Moving here from elsewhere, by the program itself, beside a server that is running.

mod broken_files;
mod import_wordpress;
mod large_threads;

use crate::world::World;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use std::{collections::BTreeMap, fs};

/// A small export by hand: two posts, a page, two posts that are not public, an attachment; nine comments under one post.
const EXPORT: &str = include_str!("long-table.xml");

/// What `colloquy import wordpress` said, and its exit code.
struct Imported {
    said: String,
    code: i32,
}

impl World {
    /// Imports an export as its users do.
    async fn import(&self, export: &str, options: &[&str]) -> Imported {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("export.xml");
        fs::write(&file, export).unwrap();
        let mut command = self.command();
        command.args(["import", "wordpress"]).arg(&file).args(options);
        let output = command.output().await.unwrap();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
        assert!(!said.contains("panicked"), "{said}");
        Imported { said, code: output.status.code().unwrap() }
    }

    /// How many rows every table has.
    #[expect(clippy::disallowed_methods, reason = "the tables' names come from the database")]
    async fn rows(&self) -> BTreeMap<String, i64> {
        #[derive(QueryableByName)]
        struct Table {
            #[diesel(sql_type = diesel::sql_types::Text)]
            name: String,
            #[diesel(sql_type = diesel::sql_types::BigInt)]
            rows: i64,
        }
        // Counts by query, since the statistics lag behind.
        let counting = "SELECT table_name::text AS name, (xpath('/row/n/text()', query_to_xml(
                            format('SELECT count(*) AS n FROM %I', table_name), false, true, '')))[1]::text::bigint AS rows
                        FROM information_schema.tables WHERE table_schema = 'public'
                          AND table_name !~ '^(event_readers|desk_scans|question)'";
        let tables: Vec<Table> = diesel::sql_query(counting).load(&mut self.db.conn().await).await.unwrap();
        tables.into_iter().map(|table| (table.name, table.rows)).collect()
    }

    /// The events of these kinds.
    async fn happened(&self, prefix: &str) -> Vec<String> {
        let events = crate::world::events(&mut self.db.conn().await).await;
        events.into_iter().map(|event| event.kind).filter(|kind| kind.starts_with(prefix)).collect()
    }
}

impl Imported {
    /// Asserts the exit code and that all of this was said.
    #[track_caller]
    fn expect(&self, code: i32, said: &[&str]) {
        assert_eq!(self.code, code, "{}", self.said);
        for words in said {
            assert!(self.said.contains(words), "not said: {words}\n{}", self.said);
        }
    }
}

/// An export with one post, number 7, and these comments: number, parent, words.
fn export(comments: impl IntoIterator<Item = (usize, usize, String)>) -> String {
    let comments: Vec<_> = comments.into_iter().map(|(id, parent, words)| comment(id, parent, &words)).collect();
    let comments = comments.concat();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <rss version=\"2.0\" xmlns:content=\"c\" xmlns:dc=\"d\" xmlns:wp=\"w\"><channel>\n\
         <link>https://old.example.org</link><wp:wxr_version>1.2</wp:wxr_version>\n\
         <item><title>Talk</title><link>https://old.example.org/talk/</link><dc:creator>marit</dc:creator>\n\
         <content:encoded>Words.</content:encoded><wp:post_id>7</wp:post_id>\n\
         <wp:post_date_gmt>2018-06-03 08:00:00</wp:post_date_gmt><wp:comment_status>open</wp:comment_status>\n\
         <wp:post_name>talk</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>\n\
         {comments}</item></channel></rss>\n"
    )
}

fn comment(id: usize, parent: usize, words: &str) -> String {
    let (hour, minute, second) = (id / 3600 % 24, id / 60 % 60, id % 60);
    format!(
        "<wp:comment><wp:comment_id>{id}</wp:comment_id><wp:comment_author>Wendy</wp:comment_author>\
         <wp:comment_date_gmt>2018-06-04 {hour:02}:{minute:02}:{second:02}</wp:comment_date_gmt>\
         <wp:comment_content><![CDATA[{words}]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved>\
         <wp:comment_type></wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>\n"
    )
}
