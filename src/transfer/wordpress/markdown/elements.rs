//! What each element of HTML becomes, in an article and in a comment.

use super::marks::Format;

/// For whom a text is: a comment may have less than an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Audience {
    Article,
    Comment,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The words remain, in their line.
    Transparent,
    /// The words remain, in a paragraph of their own.
    Boundary,
    Break,
    Rule,
    Format(Format),
    Code,
    Link,
    Quotation,
    Image,
    Heading(u8),
    Quote,
    List {
        ordered: bool,
    },
    Item,
    Preformatted,
    Figure,
    Caption,
    Table(Part),
    /// Something from elsewhere, of which a link remains.
    Embed,
    /// Nothing remains, not even what is inside.
    Nothing,
    /// Nothing remains of an element which has no end.
    Void,
}

/// The parts of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Table,
    Title,
    Section(&'static str),
    Row,
    Cell { is_header: bool },
}

pub(super) fn role(name: &str, audience: Audience) -> Role {
    let role = role_in_article(name);
    match (audience, role) {
        (Audience::Article, role) => role,
        (_, Role::Heading(_) | Role::Rule | Role::Figure | Role::Caption | Role::Table(_)) => Role::Boundary,
        (_, Role::Format(Format::Subscript | Format::Superscript)) => Role::Transparent,
        (_, role) => role,
    }
}

fn role_in_article(name: &str) -> Role {
    match name {
        "strong" | "b" => Role::Format(Format::Strong),
        "em" | "i" | "cite" | "dfn" | "var" => Role::Format(Format::Emphasis),
        "del" | "s" | "strike" => Role::Format(Format::Deletion),
        "sub" => Role::Format(Format::Subscript),
        "sup" => Role::Format(Format::Superscript),
        "code" | "kbd" | "samp" | "tt" => Role::Code,
        "a" => Role::Link,
        "q" => Role::Quotation,
        "img" => Role::Image,
        "br" => Role::Break,
        "hr" => Role::Rule,
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "blockquote" => Role::Quote,
        "ul" | "menu" | "dir" => Role::List { ordered: false },
        "ol" => Role::List { ordered: true },
        "li" => Role::Item,
        "pre" | "listing" | "xmp" => Role::Preformatted,
        "figure" => Role::Figure,
        "figcaption" => Role::Caption,
        "table" => Role::Table(Part::Table),
        "caption" => Role::Table(Part::Title),
        "thead" => Role::Table(Part::Section("thead")),
        "tbody" => Role::Table(Part::Section("tbody")),
        "tfoot" => Role::Table(Part::Section("tfoot")),
        "tr" => Role::Table(Part::Row),
        "th" => Role::Table(Part::Cell { is_header: true }),
        "td" => Role::Table(Part::Cell { is_header: false }),
        "iframe" | "embed" | "video" | "audio" | "source" => Role::Embed,
        "script" | "style" | "noscript" | "svg" | "math" | "canvas" | "template" | "select" | "textarea" | "head" => {
            Role::Nothing
        }
        "input" | "meta" | "link" | "base" | "param" | "track" | "wbr" | "col" => Role::Void,
        "p" | "div" | "section" | "article" | "aside" | "main" | "header" | "footer" | "nav" | "address" | "center"
        | "hgroup" | "details" | "summary" | "dialog" | "search" | "dl" | "dt" | "dd" | "fieldset" | "legend"
        | "form" | "body" | "html" => Role::Boundary,
        _ => Role::Transparent,
    }
}
