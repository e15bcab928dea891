//! Markdown to HTML that is not safe yet. Parsing and formatting are iterative and linear in comrak, so that no input is
//! too deep for the stack; `tests/text/pathological.rs` holds it to that.

use comrak::nodes::{Ast, AstNode, Node, NodeValue};
use comrak::{Arena, Options, format_html, parse_document};

/// A comment's Markdown: each line break counts, raw HTML is shown as it was typed, and an image is a link to itself.
pub(super) fn comment_html(markdown: &str) -> String {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.render.hardbreaks = true;

    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options);
    for node in root.descendants().collect::<Vec<_>>() {
        tame(&arena, node);
    }
    html(root, &options)
}

/// An article's Markdown, with tables, footnotes and raw HTML.
pub(super) fn article_html(markdown: &str) -> String {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.footnotes = true;
    // What is allowed of it is decided by the sanitiser, the last to see it.
    options.render.r#unsafe = true;

    let arena = Arena::new();
    html(parse_document(&arena, markdown, &options), &options)
}

fn html(root: Node<'_>, options: &Options<'_>) -> String {
    let mut html = String::new();
    // Writing to a string cannot fail; were it ever to, what is written so far is still valid input for what follows.
    let _ = format_html(root, options, &mut html);
    html
}

/// Turns what a comment may not hold into something it may, without losing what was typed.
fn tame<'a>(arena: &'a Arena<'a>, node: Node<'a>) {
    let value = node.data().value.clone();
    match value {
        NodeValue::Image(link) => {
            if node.first_child().is_none() {
                node.append(leaf(arena, NodeValue::Text(link.url.clone().into())));
            }
            node.data_mut().value = NodeValue::Link(link);
        }
        NodeValue::HtmlInline(literal) => node.data_mut().value = NodeValue::Text(literal.into()),
        NodeValue::HtmlBlock(block) => {
            for (i, line) in block.literal.trim_end().lines().enumerate() {
                if i > 0 {
                    node.append(leaf(arena, NodeValue::LineBreak));
                }
                node.append(leaf(arena, NodeValue::Text(line.to_owned().into())));
            }
            node.data_mut().value = NodeValue::Paragraph;
        }
        _ => {}
    }
}

fn leaf<'a>(arena: &'a Arena<'a>, value: NodeValue) -> &'a AstNode<'a> {
    arena.alloc(Ast::new(value, (0, 0).into()).into())
}
