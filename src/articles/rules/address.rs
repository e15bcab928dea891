//! Addresses from before, in the one form in which they are kept and looked up.

use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// Longest address that is kept or looked up, bytes: an index of Postgres takes no more than 2,704.
const MAX_BYTES: usize = 2000;

/// Query parameters of one address that are looked at.
const MAX_PARAMETERS: usize = 8;

/// An address taken apart: `https://host/path/?query#fragment`.
struct Parts<'a> {
    /// Decoded, with a slash in front and none at the end.
    path: String,
    query: Option<&'a str>,
    fragment: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn of(address: &'a str) -> Option<Self> {
        let (rest, fragment) = cut(without_host(address.trim()), '#');
        let (path, query) = cut(rest, '?');
        let path = percent_decode_str(path).decode_utf8().unwrap_or(Cow::Borrowed(path));
        let parts = Self { path: format!("/{}", path.trim_matches('/')), query, fragment };
        let fits = address.len() <= MAX_BYTES && parts.join(&parts.path, parts.query, true).len() <= MAX_BYTES;
        let clean = !address.contains(char::is_control) && !parts.path.contains(char::is_control);
        (fits && clean).then_some(parts)
    }

    fn join(&self, path: &str, query: Option<&str>, with_fragment: bool) -> String {
        let query = query.map(|query| format!("?{query}")).unwrap_or_default();
        let fragment = self.fragment.filter(|_| with_fragment).map(|fragment| format!("#{fragment}"));
        format!("{path}{query}{}", fragment.unwrap_or_default())
    }
}

/// An address as it is kept. Nothing for what is too long or holds control characters.
pub fn address(given: &str) -> Option<String> {
    Parts::of(given).map(|parts| parts.join(&parts.path, parts.query, true))
}

/// The kept addresses that somebody may mean by one, best first: links gather parameters that say nothing
/// (`utm_source`), lead to a page of comments (`/comment-page-2/`), or to a place in the text that is no comment.
pub fn addresses_meant(asked: &str) -> Vec<String> {
    let Some(parts) = Parts::of(asked) else { return Vec::new() };
    let single = parts.query.unwrap_or_default().split('&').take(MAX_PARAMETERS);
    let queries: Vec<_> =
        parts.query.into_iter().chain(single).filter(|query| !query.is_empty()).map(Some).chain([None]).collect();
    let paths = [Some(parts.path.as_str()), without_comment_page(&parts.path)];
    let mut meant = Vec::new();
    for with_fragment in [true, false] {
        for path in paths.into_iter().flatten() {
            meant.extend(queries.iter().map(|query| parts.join(path, *query, with_fragment)));
        }
    }
    meant
}

fn cut(text: &str, at: char) -> (&str, Option<&str>) {
    text.split_once(at).map_or((text, None), |(before, after)| (before, Some(after).filter(|after| !after.is_empty())))
}

fn without_host(address: &str) -> &str {
    let lower = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    let scheme = ["https://", "http://", "//"].into_iter().find(|scheme| lower.starts_with(scheme));
    let Some(rest) = scheme.and_then(|scheme| address.get(scheme.len()..)) else { return address };
    rest.find(['/', '?', '#']).and_then(|end| rest.get(end..)).unwrap_or_default()
}

/// WordPress divides long threads: `/2018/06/slug/comment-page-2`.
fn without_comment_page(path: &str) -> Option<&str> {
    let (article, page) = path.rsplit_once("/comment-page-")?;
    (!page.is_empty() && page.bytes().all(|byte| byte.is_ascii_digit())).then_some(article)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_address_has_one_form() {
        let same =
            ["/2018/06/slug/", "2018/06/slug", "https://old.example/2018/06/slug/", "//old.example/2018/06/slug?#"];
        for given in same {
            assert_eq!(address(given).as_deref(), Some("/2018/06/slug"), "{given}");
        }
        assert_eq!(address("https://old.example?p=11").as_deref(), Some("/?p=11"));
        assert_eq!(address("/%d7%a9%d7%9c/#comment-5").as_deref(), Some("/של#comment-5"));
        assert_eq!(address("/a\0b"), None);
        assert_eq!(address("/a%00b"), None);
        assert_eq!(address(&"x".repeat(3000)), None);
    }

    #[test]
    fn what_says_nothing_is_overlooked_and_what_says_more_comes_first() {
        let meant = addresses_meant("/old/comment-page-2/?utm_source=x&p=11#comment-123");
        let place = |address: &str| meant.iter().position(|each| each == address);
        for address in ["/old#comment-123", "/old?p=11", "/old", "/old/comment-page-2?p=11#comment-123"] {
            assert!(place(address).is_some(), "{address} is not among {meant:?}");
        }
        assert!(place("/old#comment-123") < place("/old"));
        assert!(place("/old?p=11") < place("/old"));
    }

    proptest! {
        #[test]
        fn what_is_kept_is_found_by_what_was_given(given in "\\PC*") {
            if let Some(kept) = address(&given) {
                let meant = addresses_meant(&given);
                prop_assert_eq!(meant.first(), Some(&kept));
                prop_assert!(kept.starts_with('/') && kept.len() <= MAX_BYTES);
            }
        }

        #[test]
        fn nothing_asked_for_is_too_much(asked in "(.|\\n){0,300}") {
            let meant = addresses_meant(&asked);
            prop_assert!(meant.len() <= 4 * (MAX_PARAMETERS + 2));
            prop_assert!(meant.iter().all(|address| !address.contains('\0')));
        }
    }
}
