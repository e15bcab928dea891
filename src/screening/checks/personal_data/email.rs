//! E-mail addresses, as they are written in practice: not all that RFC 5322 allows.

use std::ops::Range;

/// The longest parts before and behind the `@` (RFC 5321, section 4.5.3.1).
const LOCAL: usize = 64;
const DOMAIN: usize = 255;

pub fn find(text: &[char]) -> Vec<Range<usize>> {
    let signs = text.iter().enumerate().filter(|(_, c)| matches!(c, '@' | '＠'));
    signs.filter_map(|(sign, _)| around(text, sign)).collect()
}

fn around(text: &[char], sign: usize) -> Option<Range<usize>> {
    let before = text.get(..sign)?.iter().rev().take(LOCAL).take_while(|c| is_local(**c)).count();
    let local = text.get(sign - before..sign)?;
    let start = sign - before + local.iter().position(|c| c.is_alphanumeric()).or((before > 0).then_some(0))?;
    let after = text.get(sign + 1..)?.iter().take(DOMAIN).take_while(|c| is_domain(**c)).count();
    let domain = text.get(sign + 1..sign + 1 + after)?;
    let end = sign + 2 + domain.iter().rposition(|c| c.is_alphanumeric())?;
    let domain = text.get(sign + 1..end)?;
    let last = domain.iter().rposition(|c| is_dot(*c))?;
    let named = domain.get(last + 1..)?.iter().any(|c| c.is_alphabetic());
    (last > 0 && named).then_some(start..end)
}

fn is_local(c: char) -> bool {
    c.is_alphanumeric() || "._%+-'".contains(c)
}

fn is_domain(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_') || is_dot(c) || is_mark(c)
}

/// Dots of IDNA (UTS #46).
const fn is_dot(c: char) -> bool {
    matches!(c, '.' | '。' | '．' | '｡')
}

/// An accent that is written by itself.
const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}
