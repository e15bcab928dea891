//! Which room may use which, and how a room is entered.
use super::source::{Breach, Source};
use syn::{Item, Visibility, spanned::Spanned};

/// The house from the ground up: a room may use the rooms on the lines above its own, never one beside it.
const STOREYS: &[&[&str]] = &[
    &["error", "clock"],
    &["config", "secrets", "text"],
    &["db", "http"],
    &["events"],
    &["published", "mail", "audit", "throttle"],
    &["accounts"],
    &["screening"],
    &["articles"],
    &["comments"],
    &["moderation", "private_threads"],
    &["coaching"],
    &["privacy", "notify", "transfer"],
    &["app"],
    &["cli"],
];

/// Doors that the storeys would allow and that stay shut: the database and HTTP carry text, they do not read it.
const SHUT: &[(&str, &str)] = &[("db", "text"), ("http", "text")];

/// The crate's root declares the rooms and starts the program; it may name all of them.
const ROOT: &[&str] = &["lib", "main"];

/// Rooms with a business of their own. They are entered by what their `mod.rs` exports and by nothing else; the base
/// rooms below them are toolboxes and may be entered by submodules (`http::problem`, `db::schema`).
const FEATURES: &[&str] = &[
    "accounts",
    "screening",
    "articles",
    "comments",
    "moderation",
    "private_threads",
    "coaching",
    "privacy",
    "notify",
    "transfer",
    "audit",
];

/// The inner files of a feature.
const INNER: &[&str] = &["handlers", "queries", "types", "rules", "actions"];

pub fn is_feature(room: &str) -> bool {
    FEATURES.contains(&room)
}

fn storey(room: &str) -> Option<usize> {
    STOREYS.iter().position(|rooms| rooms.contains(&room))
}

fn may_use(room: &str, other: &str) -> bool {
    room == other || ROOT.contains(&room) || (storey(room) > storey(other) && !SHUT.contains(&(room, other)))
}

/// Every file stands in a known room, and every path it mentions leads into a room it may use.
pub fn rooms_use_only_their_doors(source: &Source) -> Vec<Breach> {
    let room = source.room();
    if storey(room).is_none() && !ROOT.contains(&room) {
        return vec![source.breach(1, format!("`{room}` is no room of this house"))];
    }
    let crosses = source.mentions.iter().filter(|mention| mention.path[0] == "crate");
    let judge = crosses.filter_map(|mention| {
        let what = match mention.path.get(1).map(String::as_str) {
            None | Some("*") if ROOT.contains(&room) => return None,
            None | Some("*") => "takes the whole house (`crate` or its glob); name the room".to_owned(),
            Some(other) if other == room => return None,
            Some(other) if storey(other).is_none() => {
                format!("`crate::{other}` is no room of this house")
            }
            Some(other) if may_use(room, other) => return None,
            Some(other) => format!("{room} -> {other} is not a door"),
        };
        Some(source.breach(mention.line, what))
    });
    judge.collect()
}

/// `crate::accounts::sign_up` and `crate::accounts::Role::Coach` use a door of `accounts`;
/// `crate::accounts::queries::…`, any other submodule and a glob climb in by the window.
pub fn features_are_entered_by_their_mod_rs(source: &Source) -> Vec<Breach> {
    let room = source.room();
    let windows = source.mentions.iter().filter_map(|mention| {
        let [root, other, inside, rest @ ..] = mention.path.as_slice() else {
            return None;
        };
        if root != "crate" || other == room || !is_feature(other) {
            return None;
        }
        let module = INNER.contains(&inside.as_str()) || (!rest.is_empty() && inside.starts_with(char::is_lowercase));
        let what = format!("`{}` is inside {other}", mention.path.join("::"));
        (module || inside == "*").then(|| source.breach(mention.line, what))
    });
    windows.collect()
}

/// A feature's `mod.rs` holds its doc comment, private modules, named re-exports and `routes`: the compiler then
/// keeps everyone else out of the inner files.
pub fn feature_doors_hold_no_logic(source: &Source) -> Vec<Breach> {
    if !source.is_room_door() || !is_feature(source.room()) {
        return Vec::new();
    }
    let globs = source.mentions.iter().filter(|mention| mention.path.last().is_some_and(|last| last == "*"));
    let mut found: Vec<Breach> =
        globs.map(|glob| source.breach(glob.line, "exports by glob; name each door")).collect();
    for item in source.syntax().items {
        let what = match &item {
            Item::Use(_) => continue,
            Item::Mod(module) if module.content.is_some() => "holds code in an inline module",
            Item::Mod(module) if matches!(module.vis, Visibility::Inherited) => continue,
            Item::Mod(_) => "opens a whole module; keep it private and `pub use` what others may ask for",
            Item::Fn(function) if function.sig.ident == "routes" => continue,
            _ => "holds more than modules, `pub use` and `routes`",
        };
        found.push(source.breach(item.span().start().line, what));
    }
    found
}

/// A room says first what it is: the root file of every room starts with a `//!` comment.
pub fn rooms_introduce_themselves(source: &Source) -> Vec<Breach> {
    let root_file = source.is_room_door() || !source.path.trim_start_matches("src/").contains('/');
    let silent = root_file && !source.text.starts_with("//!");
    silent.then(|| source.breach(1, "does not start with a `//!` comment")).into_iter().collect()
}

/// `#[path]` would let a file live in one room and count as another.
pub fn modules_live_where_their_path_says(source: &Source) -> Vec<Breach> {
    let moved = source.lines_with(&["#", "[", "path", "="]);
    moved.into_iter().map(|line| source.breach(line, "#[path] moves a module")).collect()
}
