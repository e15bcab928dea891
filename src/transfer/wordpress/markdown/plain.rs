//! Words without markup.

use super::elements::{Audience, Role, role};
use super::references::resolve;
use super::scan::{Scanner, Token};

/// The words alone, in one line: for titles, names and excerpts, which may have references and
/// elements in them.
#[must_use]
pub fn plain_text(html: &str) -> String {
    let mut words = String::new();
    let mut scanner = Scanner::new(html, false);
    while let Some(token) = scanner.next() {
        let name = match token {
            Token::Text(text) => {
                words.push_str(&resolve(text));
                continue;
            }
            Token::Start(tag) => tag.name,
            Token::End(name) => name,
            Token::Comment(_) | Token::Shortcode(_) => continue,
        };
        match role(&name, Audience::Article) {
            Role::Nothing => scanner.skip_element(&name),
            Role::Transparent | Role::Format(_) | Role::Code | Role::Link | Role::Quotation => {}
            _ => words.push(' '),
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
