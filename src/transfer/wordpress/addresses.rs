//! Where an item was to be found on the old site.

use super::types::{Item, ItemKind, Site};

/// The addresses under which `item` was known, each once: a path from the host's root, with its
/// query if it has one, without a slash at its end. The front page is never among them.
///
/// They are the item's link and guid, and the short forms WordPress answers for every post
/// (`/?p=10`) and page (`/?page_id=10`); on a site at `/blog` it is `/blog?p=10`.
#[must_use]
pub fn addresses(item: &Item, site: &Site) -> Vec<String> {
    let front = address(&site.link).unwrap_or_else(|| "/".to_owned());
    let mut found: Vec<String> = [&item.link, &item.guid].into_iter().filter_map(|url| address(url)).collect();
    let is_number = !item.external_id.is_empty() && item.external_id.bytes().all(|b| b.is_ascii_digit());
    if is_number {
        found.push(format!("{front}?p={}", item.external_id));
        if item.kind == ItemKind::Page {
            found.push(format!("{front}?page_id={}", item.external_id));
        }
    }
    let mut addresses = Vec::new();
    for address in found {
        if address != front && !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    addresses
}

/// The path and query of an `http` or `https` address. A guid may be anything else.
fn address(url: &str) -> Option<String> {
    let url = url.split('#').next().unwrap_or_default();
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let path = rest.find(['/', '?']).and_then(|at| rest.get(at..)).unwrap_or_default();
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let path = match path.trim_end_matches('/') {
        "" => "/",
        trimmed => trimmed,
    };
    Some(match query {
        "" => path.to_owned(),
        query => format!("{path}?{query}"),
    })
}
