//! What readers see of a text.

use crate::text;
use std::{borrow::Cow, collections::BTreeSet};
use url::Url;

/// A text as readers meet it.
#[derive(Debug)]
pub(super) struct Shown<'a> {
    /// Its words, without addresses of the web that stand there as themselves.
    pub text: Cow<'a, str>,
    /// Where its links lead, each once. Letters can be written to with others, which do not count.
    pub links: BTreeSet<String>,
}

impl<'a> Shown<'a> {
    /// Of safe HTML and the plain text of the same.
    pub fn of(html: &str, text: &'a str) -> Self {
        let (mut links, mut wordless, mut bare) = (BTreeSet::new(), String::new(), false);
        let mut rest = html;
        while let Some((before, link)) = rest.split_once("<a ") {
            let (tag, inner) = link.split_once('>').unwrap_or((link, ""));
            let (inner, after) = inner.split_once("</a>").unwrap_or((inner, ""));
            let address =
                tag.split_once("href=\"").and_then(|(_, value)| value.split_once('"')).map(|(value, _)| value);
            let to_web = address.is_some_and(|address| !address.starts_with("mailto:"));
            let itself = to_web && address.is_some_and(|address| is_itself(address, inner));
            wordless.push_str(before);
            if !itself {
                wordless.push_str(inner);
            }
            links.extend(address.filter(|_| to_web).map(normal));
            bare |= itself;
            rest = after;
        }
        wordless.push_str(rest);
        let text = if bare { Cow::Owned(text::plain_text(&wordless)) } else { Cow::Borrowed(text) };
        Self { text, links }
    }
}

/// Whether a link shows its own address.
fn is_itself(address: &str, inner: &str) -> bool {
    let schemeless = |scheme| address.strip_prefix(scheme).is_some_and(|rest| rest == inner);
    address == inner || schemeless("http://") || schemeless("https://")
}

/// An address in the form in which equal ones are equal.
fn normal(address: &str) -> String {
    let address = address.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    Url::parse(&address).map_or(address, String::from)
}
