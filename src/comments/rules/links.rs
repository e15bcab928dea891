//! How many links one comment may hold.

use super::super::types::{Text, Writer};
use crate::error::Field;

/// The text as it is, unless it holds more than `most` links. The publication's own people may set as many as they like.
///
/// # Errors
/// The flaw, at `/body`, with the number.
pub fn few_links(text: Text, writer: Writer, most: usize) -> Result<Text, Field> {
    let links = links(&text.body_html);
    if links <= most || writer.is_staff() {
        return Ok(text);
    }
    Err(Field::body("/body", "too_many_links", format!("holds {links} links; {most} at most")))
}

/// Whether sanitised HTML holds a link.
#[must_use]
pub fn has_link(html: &str) -> bool {
    links(html) > 0
}

/// Links in sanitised HTML, in whose text every `<` is escaped.
fn links(html: &str) -> usize {
    html.match_indices("<a").filter(|(at, _)| html.as_bytes().get(at + 2).is_some_and(|c| b" >".contains(c))).count()
}

#[cfg(test)]
mod tests {
    use super::super::derive;
    use super::*;

    #[test]
    fn links_are_counted_as_readers_see_them() {
        let seen = |markdown: &str| links(&derive(markdown.into()).body_html);
        assert_eq!(seen("No link, <a href=x>, `https://example.org`, <abbr> and a < b."), 0);
        assert_eq!(seen("[one](https://example.org) <https://example.org/2> https://example.org/3 a@example.org"), 4);
        assert_eq!(seen("![an image](https://example.org/i.png) is a link, [a script](javascript:x) is none"), 1);
    }
}
