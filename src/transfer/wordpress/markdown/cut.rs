//! Taking texts apart without a way to fail.

/// The text before and behind a byte; everything and nothing, where no character begins at that byte.
pub(super) fn cut(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// The text up to the first place that fits, and what begins there.
pub(super) fn cut_where(text: &str, fits: impl Fn(char) -> bool) -> (&str, &str) {
    cut(text, text.find(fits).unwrap_or(text.len()))
}
