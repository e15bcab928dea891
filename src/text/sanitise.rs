//! What may be in HTML that is shown to others: the only place that says so. [`tidy`](super::tidy) writes by these lists
//! and [`sanitise`](Dialect::sanitise) enforces them on what a real HTML parser makes of the result.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, Url, UrlRelative};

/// Which of the two kinds of text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// By anybody: no images, tables or headings, and links that search engines must not follow.
    Comment,
    /// By the publication's own authors.
    Article,
}

const COMMENT: &[&str] = &["a", "blockquote", "br", "code", "del", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"];

const ARTICLE: &[&str] = &[
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "section",
    "small",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];

static COMMENT_SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| Dialect::Comment.sanitiser());
static ARTICLE_SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| Dialect::Article.sanitiser());

impl Dialect {
    pub(super) fn has_element(self, name: &str) -> bool {
        self.elements().binary_search(&name).is_ok()
    }

    /// Whether an attribute stays, once its element does.
    pub(super) fn has_attribute(self, element: &str, attribute: &str, value: &str) -> bool {
        attributes(element).contains(&attribute) && self.keeps(element, attribute, value)
    }

    /// Makes HTML safe, whatever it is. Doing it again changes nothing.
    pub(super) fn sanitise(self, html: &str) -> String {
        let sanitiser = match self {
            Self::Comment => &COMMENT_SANITISER,
            Self::Article => &ARTICLE_SANITISER,
        };
        sanitiser.clean(html).to_string()
    }

    const fn elements(self) -> &'static [&'static str] {
        match self {
            Self::Comment => COMMENT,
            Self::Article => ARTICLE,
        }
    }

    fn sanitiser(self) -> Builder<'static> {
        let elements = self.elements().iter().copied();
        let attributes = elements
            .clone()
            .map(|name| (name, attributes(name).iter().copied().collect()))
            .collect::<HashMap<_, HashSet<_>>>();
        let mut builder = Builder::empty();
        builder
            .tags(elements.collect())
            .generic_attributes(HashSet::new())
            .tag_attributes(attributes)
            .url_schemes(HashSet::from(["http", "https", "mailto"]))
            // Articles and comments are shown on hosts we do not know, in feeds and in mails: a relative address would
            // mean something else in each. Places in the text itself are let through to `keeps`.
            .url_relative(UrlRelative::PassThrough)
            .link_rel(Some(match self {
                Self::Comment => "nofollow ugc noopener noreferrer",
                // Nobody has to learn which article a reader came from.
                Self::Article => "noopener noreferrer",
            }))
            .attribute_filter(move |element, attribute, value| {
                (attribute == "rel" || self.keeps(element, attribute, value)).then_some(Cow::Borrowed(value))
            });
        builder
    }

    fn keeps(self, element: &str, attribute: &str, value: &str) -> bool {
        match attribute {
            "href" => {
                has_scheme(value, &["https://", "http://", "mailto:"])
                    || (self == Self::Article && value.starts_with('#'))
            }
            "src" => has_scheme(value, &["https://"]),
            "class" => match element {
                "code" => value.strip_prefix("language-").is_some_and(is_language),
                "a" => self == Self::Article && value == "footnote-backref",
                "sup" => value == "footnote-ref",
                _ => value == "footnotes",
            },
            "id" => match element {
                "li" => value.starts_with("fn-"),
                "a" => self == Self::Article && value.starts_with("fnref-"),
                _ => !value.is_empty(),
            },
            "align" => matches!(value, "left" | "center" | "right"),
            "start" | "width" | "height" | "colspan" | "rowspan" => {
                (1..=9).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit())
            }
            "loading" => value == "lazy",
            _ => true,
        }
    }
}

/// The attributes that each element may have. Sorted by nothing but sense: the order of writing is the source's.
const fn attributes(element: &str) -> &'static [&'static str] {
    match element.as_bytes() {
        b"a" => &["href", "title", "id", "class", "aria-label"],
        b"abbr" => &["title"],
        b"code" | b"section" | b"sup" => &["class"],
        b"details" => &["open"],
        b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"li" => &["id"],
        b"img" => &["src", "alt", "title", "width", "height", "loading"],
        b"ol" => &["start"],
        b"td" | b"th" => &["align", "colspan", "rowspan"],
        _ => &[],
    }
}

/// Whether an address names one of these schemes plainly. Parsing it is not enough: a browser reads `https:path` as
/// relative to an https page, and skips tabs and line breaks anywhere.
fn has_scheme(address: &str, schemes: &[&str]) -> bool {
    let named = |scheme: &&str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    schemes.iter().any(named)
        && !address.contains(|c: char| c.is_ascii_control() || c == '\\')
        && Url::parse(address).is_ok()
}

fn is_language(name: &str) -> bool {
    (1..=40).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-#._".contains(&b))
}
