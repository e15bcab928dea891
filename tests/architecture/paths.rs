//! Every path a source mentions wherever it stands: in a `use`, an expression, a type, an attribute or the tokens of
//! a macro call. Reading tokens instead of the syntax tree is what makes the last two visible. `use`, `self`, `super`,
//! renames and inline modules are resolved, so that each path says where it leads.
use proc_macro2::{TokenStream, TokenTree};
use std::collections::HashMap;

/// A path a file mentions. `path[0]` is `crate`, or the first segment of a foreign or local path.
#[derive(Clone)]
pub struct Mention {
    pub line: usize,
    pub path: Vec<String>,
}

/// All paths mentioned by `tokens`, the content of the file at `path`.
pub fn mentions(path: &str, tokens: TokenStream) -> Vec<Mention> {
    let mut scan = Scan::default();
    scan.tokens(tokens, &module_of(path));
    scan.finish()
}

/// `src/comments/queries/thread.rs` → `[crate, comments, queries, thread]`.
fn module_of(path: &str) -> Vec<String> {
    let inside = path.trim_start_matches("src/").trim_end_matches(".rs");
    let parts = inside.split('/').filter(|part| !matches!(*part, "mod" | "lib" | "main"));
    std::iter::once("crate").chain(parts).map(str::to_owned).collect()
}

/// Collects paths first and resolves names last, because a `use` may stand below what it serves.
#[derive(Default)]
struct Scan {
    found: Vec<Mention>,
    bound: HashMap<String, Vec<String>>,
}

impl Scan {
    fn finish(mut self) -> Vec<Mention> {
        for mention in &mut self.found {
            // A renamed room may be renamed again; nobody does it four times.
            for _ in 0..4 {
                if let Some(target) = mention.path.first().and_then(|first| self.bound.get(first)) {
                    mention.path.splice(..1, target.iter().cloned());
                }
            }
        }
        self.found
    }

    fn tokens(&mut self, stream: TokenStream, module: &[String]) {
        let trees: Vec<TokenTree> = stream.into_iter().collect();
        let mut at = 0;
        while at < trees.len() {
            at = self.tree(&trees, at, module);
        }
    }

    /// Reads what starts at `at` and returns where the next thing starts.
    fn tree(&mut self, trees: &[TokenTree], at: usize, module: &[String]) -> usize {
        match (&trees[at], trees.get(at + 1), trees.get(at + 2)) {
            (hash, Some(TokenTree::Group(attribute)), _) if is(hash, '#') => {
                self.attribute(attribute.stream(), module);
                at + 2
            }
            (TokenTree::Ident(word), Some(TokenTree::Ident(name)), Some(TokenTree::Group(body))) if word == "mod" => {
                self.tokens(body.stream(), &[module, &[name.to_string()]].concat());
                at + 3
            }
            // `impl Trait + use<'a>` is the other `use`.
            (TokenTree::Ident(word), Some(next), _) if word == "use" && !is(next, '<') => {
                let end = (at..trees.len()).find(|i| is(&trees[*i], ';')).unwrap_or(trees.len());
                self.use_tree(&trees[at + 1..end], &[], module);
                end
            }
            (TokenTree::Ident(_), ..) => self.path(trees, at, module),
            (TokenTree::Group(group), ..) => {
                self.tokens(group.stream(), module);
                at + 1
            }
            _ => at + 1,
        }
    }

    /// Attributes hold paths as tokens, and as whole strings: `#[serde(with = "crate::text::plain")]`.
    fn attribute(&mut self, stream: TokenStream, module: &[String]) {
        for literal in literals(stream.clone()) {
            let path = literal.trim_matches('"');
            let plain = |c: char| c == ':' || c == '_' || c.is_alphanumeric();
            if path.contains("::")
                && path.chars().all(plain)
                && let Ok(tokens) = path.parse()
            {
                self.tokens(tokens, module);
            }
        }
        self.tokens(stream, module);
    }

    /// A path in an expression, a type or a macro: `a::b::c`. One word alone is a local name and says nothing.
    fn path(&mut self, trees: &[TokenTree], start: usize, module: &[String]) -> usize {
        let (mut segments, mut at) = (Vec::new(), start);
        while let Some(TokenTree::Ident(segment)) = trees.get(at) {
            segments.push(segment.to_string());
            at += 1;
            if !is_sep(trees, at) {
                break;
            }
            at += 2;
        }
        if segments.len() > 1 && !follows_generic(trees, start) {
            self.find(line_of(&trees[start]), &segments, module);
        }
        at
    }

    fn use_tree(&mut self, trees: &[TokenTree], prefix: &[String], module: &[String]) {
        for branch in trees.split(|tree| is(tree, ',')).filter(|branch| !branch.is_empty()) {
            let (mut path, mut name) = (prefix.to_vec(), None);
            for (at, tree) in branch.iter().enumerate() {
                match tree {
                    TokenTree::Group(group) => {
                        let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                        self.use_tree(&inner, &path, module);
                        path.clear();
                    }
                    TokenTree::Ident(word) if word == "as" => {
                        name = branch.get(at + 1).map(ToString::to_string);
                        break;
                    }
                    TokenTree::Ident(word) => path.push(word.to_string()),
                    star if is(star, '*') => path.push("*".to_owned()),
                    _ => {}
                }
            }
            // `use crate::accounts::{self}` names the prefix itself.
            if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
                path.pop();
            }
            if !path.is_empty() {
                let absolute = self.find(line_of(&branch[0]), &path, module);
                let name = name.or_else(|| absolute.last().cloned()).unwrap_or_default();
                self.bound.insert(name, absolute);
            }
        }
    }

    fn find(&mut self, line: usize, segments: &[String], module: &[String]) -> Vec<String> {
        let path = absolute(segments, module);
        self.found.push(Mention { line, path: path.clone() });
        path
    }
}

/// `super::super::accounts` in `crate::comments::rules` is `crate::accounts`; a foreign path stays as it is.
/// `colloquy::` is how `main.rs` and macros say `crate::`.
fn absolute(segments: &[String], module: &[String]) -> Vec<String> {
    let climbs = segments.iter().take_while(|s| matches!(s.as_str(), "crate" | "colloquy" | "self" | "super"));
    let mut base = Vec::new();
    for climb in climbs.clone() {
        match climb.as_str() {
            "crate" | "colloquy" => base = module[..1].to_vec(),
            _ if base.is_empty() => base = module.to_vec(),
            _ => {}
        }
        if climb == "super" && base.len() > 1 {
            base.pop();
        }
    }
    base.extend(segments.iter().skip(climbs.count()).cloned());
    base
}

/// Every literal in `stream`, at any depth.
fn literals(stream: TokenStream) -> Vec<String> {
    stream
        .into_iter()
        .flat_map(|tree| match tree {
            TokenTree::Literal(literal) => vec![literal.to_string()],
            TokenTree::Group(group) => literals(group.stream()),
            _ => Vec::new(),
        })
        .collect()
}

pub fn line_of(tree: &TokenTree) -> usize {
    tree.span().start().line
}

fn is(tree: &TokenTree, wanted: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

fn is_sep(trees: &[TokenTree], at: usize) -> bool {
    trees.get(at..at + 2).is_some_and(|pair| pair.iter().all(|tree| is(tree, ':')))
}

/// `<T as Trait>::name` and `Vec::<u8>::new` go on from a `>`: their tail is not a path of its own. In
/// `-> ::diesel::QueryResult` it is.
fn follows_generic(trees: &[TokenTree], at: usize) -> bool {
    let closes = at >= 3 && is_sep(trees, at - 2) && is(&trees[at - 3], '>');
    let arrow = at >= 4 && (is(&trees[at - 4], '-') || is(&trees[at - 4], '='));
    closes && !arrow
}
