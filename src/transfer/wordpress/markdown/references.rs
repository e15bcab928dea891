//! References to characters, `&amp;` and `&#38;`.

use quick_xml::escape::resolve_html5_entity;

use super::cut::cut;
use super::marks;

/// Text with its references resolved, without the characters we use as [`marks`].
pub(super) fn resolve(text: &str) -> String {
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, behind) = cut(rest, at);
        resolved.push_str(before);
        rest = cut(behind, 1).1;
        // The longest name HTML has is 31 letters long.
        let end = rest.bytes().take(32).position(|byte| byte == b';');
        let name = end.map(|end| cut(rest, end).0);
        match name.and_then(|name| Some((name, reference(name)?))) {
            Some((name, character)) => {
                resolved.push_str(&character);
                rest = cut(rest, name.len() + 1).1;
            }
            None => resolved.push('&'),
        }
    }
    resolved.push_str(rest);
    resolved.retain(|character| !marks::is_mark(character));
    resolved
}

fn reference(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(str::to_owned);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    // Numbers from 128 to 159 mean what they are in Windows-1252, as in every browser.
    let in_windows = code.checked_sub(0x80).and_then(|index| WINDOWS_1252.get(usize::try_from(index).ok()?));
    let character = in_windows.copied().or_else(|| char::from_u32(code))?;
    let is_text = !character.is_control() || matches!(character, '\t' | '\n');
    Some(if is_text { character.to_string() } else { String::new() })
}

/// The HTML standard's table for numeric references ("numeric character reference end state").
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];
