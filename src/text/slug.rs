/// Longest slug, in characters (all ASCII).
pub const SLUG_MAX: usize = 80;

/// What stands in an address for a title: lower-case ASCII letters and digits in groups joined by hyphens, other scripts
/// transliterated, at most [`SLUG_MAX`] long and cut between words. A title with no letters or digits gives `untitled`.
#[must_use]
pub fn slug(title: &str) -> String {
    slug_or(title, "untitled", SLUG_MAX)
}

/// Whether a text has the form that [`slug()`] gives.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    text.len() <= SLUG_MAX
        && text
            .split('-')
            .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

pub(super) fn slug_or(title: &str, fallback: &str, max: usize) -> String {
    // One character may be transliterated to several, never to none of use for long: the bound only spares the work.
    let letters = title.chars().filter(|c| !matches!(c, '\'' | '’' | 'ʼ')).take(max * 4);
    let mut slug = slug::slugify(letters.collect::<String>());
    if slug.len() > max {
        // Everything is ASCII here, so each index is a boundary.
        let cut = slug.get(..=max).and_then(|start| start.rfind('-')).unwrap_or(max);
        slug.truncate(cut);
    }
    if slug.is_empty() { fallback.to_owned() } else { slug }
}
