//! One source file as the rules see it.
use super::paths::{Mention, line_of, mentions};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::{fmt, fs, path::Path, sync::LazyLock};
use walkdir::WalkDir;

/// A place that breaks a rule, printed as `file:line: what`.
pub struct Breach {
    at: String,
    what: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.what)
    }
}

pub struct Source {
    /// Relative to the repository, with `/`: `src/comments/queries.rs`.
    pub path: String,
    pub text: String,
    pub mentions: Vec<Mention>,
    /// All tokens in a row with their lines, brackets included; a literal or a comment is one token.
    pub words: Vec<(usize, String)>,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Self {
        let tokens: TokenStream = text.parse().unwrap_or_else(|e| panic!("{path} is not Rust: {e}"));
        let mut words = Vec::new();
        flatten(tokens.clone(), &mut words);
        Self { path: path.to_owned(), text: text.to_owned(), mentions: mentions(path, tokens), words }
    }

    /// The syntax tree, for the few rules that need one; it cannot be shared between tests.
    pub fn syntax(&self) -> syn::File {
        syn::parse_file(&self.text).unwrap_or_else(|e| panic!("{} is not Rust: {e}", self.path))
    }

    /// The lines on which these tokens stand in a row: `lines_with(&["todo", "!"])`.
    pub fn lines_with(&self, tokens: &[&str]) -> Vec<usize> {
        let same = |row: &&[(usize, String)]| row.iter().zip(tokens).all(|((_, word), token)| word == token);
        self.words.windows(tokens.len()).filter(same).map(|row| row[0].0).collect()
    }

    /// The room below `src/`: the folder, or the file's own name for a room of one file (`src/clock.rs`).
    pub fn room(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        inside.split('/').next().map_or(inside, |room| room.trim_end_matches(".rs"))
    }

    /// Is this `<name>.rs` of a room, or a file in the room's folder `<name>/`?
    pub fn is(&self, name: &str) -> bool {
        let part = self.path.split('/').nth(2).unwrap_or_default();
        part == name || part.strip_suffix(".rs") == Some(name)
    }

    /// Is this the `mod.rs` at the root of a room?
    pub fn is_room_door(&self) -> bool {
        self.path == format!("src/{}/mod.rs", self.room())
    }

    pub fn breach(&self, line: usize, what: impl Into<String>) -> Breach {
        Breach { at: format!("{}:{line}", self.path), what: what.into() }
    }
}

/// Every Rust file of the program.
pub fn house() -> &'static [Source] {
    static HOUSE: LazyLock<Vec<Source>> = LazyLock::new(|| below("src"));
    &HOUSE
}

/// Every Rust file of its tests.
pub fn tests() -> &'static [Source] {
    static TESTS: LazyLock<Vec<Source>> = LazyLock::new(|| below("tests"));
    &TESTS
}

fn below(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files: Vec<Source> = WalkDir::new(root.join(folder))
        .sort_by_file_name()
        .into_iter()
        .map(|entry| entry.expect("the folder is readable").into_path())
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .map(|path| {
            let text = fs::read_to_string(&path).expect("sources are UTF-8");
            let relative = path.strip_prefix(root).expect("walked from the root");
            Source::new(&relative.to_string_lossy(), &text)
        })
        .collect();
    assert!(!files.is_empty(), "{folder}/ holds no Rust file: the rules would pass on nothing");
    files
}

/// All tokens of a stream in a row, each with its line.
pub fn flatten(stream: TokenStream, words: &mut Vec<(usize, String)>) {
    for tree in stream {
        let TokenTree::Group(group) = tree else {
            words.push((line_of(&tree), tree.to_string()));
            continue;
        };
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::None => ("", ""),
        };
        words.push((group.span_open().start().line, open.to_owned()));
        flatten(group.stream(), words);
        words.push((group.span_close().start().line, close.to_owned()));
    }
}
