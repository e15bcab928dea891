//! What Postgres touches for a page of a thread, statement by statement.

use crate::{
    chance::Chance,
    explained::{self, Statement, touched},
    median,
    pages::{ask, thread},
    server::Connection,
    site::{GREAT, NAME, Site},
};
use colloquy::db::private::Durability;
use serde_json::Value;
use std::{
    collections::HashSet,
    fs::File,
    io::{Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

/// Threads of 91 comments that are looked at.
const SMALL: usize = 50;
/// The page of the bound: 20 roots with 3 replies each.
const ROOTS: usize = 20;
const REPLIES: usize = 3;
/// More comments than the great thread has at any scale but 1.
const WHOLE: u64 = 500_000;

pub fn buffers(directory: &Path) {
    let site = Site::open(directory, Durability::Durable);
    let owner = site.owner();
    owner.run(&explained::begin(NAME));
    // One worker: its statements are planned for good after a few requests.
    let one = [("COLLOQUY_CACHE_BYTES", "0"), ("COLLOQUY_WORKERS", "1"), ("COLLOQUY_CONNECTIONS_PER_WORKER", "1")];
    let server = site.serve(&one);
    let mut asker = Asker { connection: server.connect(), log: site.postgres.dir().join("server.log") };
    let mut chance = Chance::new(std::process::id().into());
    println!(
        "Buffers of a page of {ROOTS} roots with {REPLIES} replies each, in Postgres' cache or not; medians of {SMALL} threads of 91."
    );
    println!("{:<10}{:>14}{:>14}{:>14}{:>8}{:>14}", "sort", "statements", "91", "great", "ratio", "great, rows");
    let mut kept = Vec::new();
    for sort in ["oldest", "newest", "top"] {
        if asker.page(GREAT, sort).is_none() {
            println!("{sort:<10}  the server does not know it");
            continue;
        }
        // The first pages are full; elsewhere roots have as many replies as there happen to be.
        let threads =
            if sort == "oldest" { site.some_full(&mut chance, SMALL) } else { site.some_small(&mut chance, SMALL) };
        for slug in &threads {
            asker.page(slug, sort);
        }
        let small: Vec<f64> = threads.iter().map(|slug| touched(&asker.page(slug, sort).unwrap())).collect();
        let statements = asker.page(GREAT, sort).unwrap();
        let (theirs, ours) = (median(small), touched(&statements));
        println!(
            "{sort:<10}{:>14}{theirs:>14.0}{ours:>14.0}{:>8.2}{:>14}",
            statements.len(),
            ours / theirs,
            statements.iter().map(|statement| statement.plan["Actual Rows"].as_u64().unwrap_or(0)).sum::<u64>()
        );
        print_shapes(&statements, &asker.page(threads[0], sort).unwrap());
        kept.push((sort, statements));
    }
    let great = ask(&mut asker.connection, thread(GREAT, "oldest", 1, 0)).unwrap();
    drop(server);
    owner.run(&explained::end(NAME));
    // A smaller site is planned otherwise.
    if great["count"].as_u64().unwrap() > WHOLE {
        for (sort, statements) in &kept {
            compare_shapes(sort, statements);
        }
    }
}

/// Asks for one page after the other, and reads in the log what was sent for it.
struct Asker {
    connection: Connection,
    log: PathBuf,
}

impl Asker {
    fn page(&mut self, slug: &str, sort: &str) -> Option<Vec<Statement>> {
        let mut log = File::open(&self.log).unwrap();
        log.seek(SeekFrom::End(0)).unwrap();
        ask(&mut self.connection, thread(slug, sort, ROOTS, REPLIES))?;
        let mut written = String::new();
        log.read_to_string(&mut written).unwrap();
        let mut statements = explained::read_log(&written);
        // Others of the server's connections have their own business.
        let ours: HashSet<String> = statements
            .iter()
            .filter(|statement| statement.text.contains("\"article_slugs\""))
            .map(|statement| statement.process.clone())
            .collect();
        statements.retain(|statement| ours.contains(&statement.process));
        Some(statements)
    }
}

/// The plans' shapes, each with what it touches, and where a small thread's are others.
fn print_shapes(great: &[Statement], small: &[Statement]) {
    for (great, small) in great.iter().zip(small) {
        let [ours, theirs] = [great, small].map(|statement| shape(&statement.plan, 1));
        println!("  {} buffers: {}\n{ours}", touched(std::slice::from_ref(great)), excerpt(&great.text));
        if ours != theirs {
            println!("  and under a thread of 91:\n{theirs}");
        }
    }
}

/// Holds the plans against those that were kept: `INSTA_UPDATE=always` keeps others.
fn compare_shapes(sort: &str, statements: &[Statement]) {
    let shapes =
        statements.iter().map(|statement| format!("{}\n{}", excerpt(&statement.text), shape(&statement.plan, 1)));
    let shapes: Vec<String> = shapes.collect();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(format!("{sort}_page_of_the_great_thread"), shapes.join("\n"));
    });
}

fn excerpt(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.split_once(" FROM ") {
        Some((_, from)) => format!("… FROM {}", from.chars().take(90).collect::<String>()),
        None => text.chars().take(90).collect(),
    }
}

/// One line for each node: what it is, and on what.
fn shape(plan: &Value, depth: usize) -> String {
    let text = |name: &str| plan[name].as_str().unwrap_or_default().to_owned();
    let on = [text("Index Name"), text("Relation Name")].into_iter().find(|name| !name.is_empty());
    let line = format!("{:indent$}{} {}", "", text("Node Type"), on.unwrap_or_default(), indent = depth * 4);
    let line = line.trim_end().to_owned() + "\n";
    let below = plan["Plans"].as_array().into_iter().flatten();
    below.fold(line, |lines, plan| lines + &shape(plan, depth + 1))
}
