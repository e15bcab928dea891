//! Parts of an article which stay HTML: tables and figures that Markdown cannot say.
//!
//! They pass through the HTML library inside an attribute of an element of our own, and stand in
//! the Markdown as one line, since a blank line would end them (`CommonMark`, "HTML blocks").

use super::marks::{self, Format, Mark};

/// The element, its attribute, and how it begins.
pub(super) const ELEMENT: &str = "x-raw";
pub(super) const ATTRIBUTE: &str = "html";
pub(super) const START: &str = "<x-raw html=\"";

/// Adds the element which carries `html`.
pub(super) fn push_element(out: &mut String, html: &str) {
    out.push_str(START);
    push_attribute(out, html);
    out.push_str("\"></x-raw>");
}

/// A figure around what the builder wrote, paragraphs taken out.
pub(super) fn figure(inner: &str) -> String {
    let inner = inner.replace("<p>", "").replace("</p>", "");
    format!("<figure>{}</figure>", plain(&inner))
}

/// The caption of a figure without an image, as an emphasised paragraph.
pub(super) fn caption_as_paragraph(inner: &str) -> String {
    let open = format!("<p>{}", marks::open(Format::Emphasis));
    let close = format!("{}</p>", marks::close(Format::Emphasis));
    inner.replace("<figcaption>", &open).replace("</figcaption>", &close)
}

/// What the builder wrote as HTML in one line: marks become what they stand for.
pub(super) fn plain(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    for character in html.chars() {
        match marks::mark(character) {
            Some(Mark::Guarded('<')) => plain.push_str("&lt;"),
            Some(Mark::Guarded('>')) => plain.push_str("&gt;"),
            Some(Mark::Guarded('&')) => plain.push_str("&amp;"),
            Some(Mark::Guarded(guarded)) => plain.push(guarded),
            Some(Mark::Open(format)) => plain.push_str(tags(format).0),
            Some(Mark::Close(format)) => plain.push_str(tags(format).1),
            None if character == '\n' => plain.push_str("&#10;"),
            None => plain.push(character),
        }
    }
    plain
}

/// The start and end tag of a format. An address shows as it is, and code has its tags already.
pub(super) fn tags(format: Format) -> (&'static str, &'static str) {
    match format {
        Format::Strong => ("<strong>", "</strong>"),
        Format::Emphasis => ("<em>", "</em>"),
        Format::Deletion => ("<del>", "</del>"),
        Format::Subscript => ("<sub>", "</sub>"),
        Format::Superscript => ("<sup>", "</sup>"),
        Format::Address | Format::Code => ("", ""),
    }
}

/// Adds the value of an attribute, to stand in double quotes.
pub(super) fn push_attribute(out: &mut String, value: &str) {
    for character in value.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            other => out.push(other),
        }
    }
}
