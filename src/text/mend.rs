use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::clean::{Bounds, Flaw, clean, clean_line};
use super::names::clean_name;
use super::unicode::{is_bidi_mark, is_control, is_noncharacter};

/// A text that was taken in though nobody was there to correct it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mended {
    /// The text, as `clean` would have it.
    pub text: String,
    /// Whether anything was left out of it or cut off.
    pub changed: bool,
}

/// Takes in a text out of another system: as [`clean`], but what that refuses is left out, and what is too long is cut
/// and ends with `…`. It may be blank.
#[must_use]
pub fn mend(input: &str, bounds: Bounds) -> Mended {
    let bounds = Bounds { min: 0, ..bounds };
    until_clean(input, |text| clean(text, bounds)).unwrap_or_default()
}

/// The same for a text of one line: line breaks become blanks.
#[must_use]
pub fn mend_line(input: &str, bounds: Bounds) -> Mended {
    let bounds = Bounds { min: 0, ..bounds };
    until_clean(input, |text| clean_line(text, bounds)).unwrap_or_default()
}

/// The same for the name that somebody is known by. Nothing when there is nothing to be seen in it.
#[must_use]
pub fn mend_name(input: &str) -> Option<Mended> {
    let Bounds { max, .. } = Bounds::DISPLAY_NAME;
    let name: String = input.trim().nfkc().take(max + 1).collect();
    if name.chars().count() <= max {
        return until_clean(&name, clean_name);
    }
    // Three points, which is what names have for `…`: that would be longer once it is normalised.
    let start: String = name.chars().take(max - 3).collect();
    let mended = until_clean(&format!("{}...", start.trim_end()), clean_name)?;
    Some(Mended { changed: true, ..mended })
}

fn until_clean(input: &str, check: impl Fn(&str) -> Result<String, Flaw>) -> Option<Mended> {
    let (mut rest, mut changed) = (Cow::Borrowed(input), false);
    loop {
        match check(&rest) {
            Ok(text) => return Some(Mended { text, changed }),
            Err(flaw) => rest = Cow::Owned(without(&rest, flaw)?),
        }
        changed = true;
    }
}

/// The text without what was refused. Each time it loses a character, or its last line break, so that mending ends.
fn without(text: &str, flaw: Flaw) -> Option<String> {
    let kept = |keep: fn(char) -> bool| text.chars().filter(|c| keep(*c)).collect();
    Some(match flaw {
        Flaw::Blank | Flaw::TooShort { .. } => return None,
        Flaw::ControlCharacter { .. } | Flaw::Noncharacter { .. } => {
            kept(|c| (!is_control(c) || c == '\r') && !is_noncharacter(c))
        }
        Flaw::BidiControl => kept(|c| !is_bidi_mark(c)),
        Flaw::InvisibleCharacter { code } | Flaw::Unassigned { code } => {
            text.chars().filter(|c| u32::from(*c) != code).collect()
        }
        Flaw::LineBreak => {
            text.chars().map(|c| if matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect()
        }
        Flaw::CombiningMarks { max } => {
            let mut marks = 0;
            let few = text.chars().filter(|c| {
                marks = if is_combining_mark(*c) { marks + 1 } else { 0 };
                marks <= max
            });
            few.collect()
        }
        // Normalised before it is counted: that may make it longer.
        Flaw::TooLong { max } => {
            let start: String = text.trim().nfc().take(max.saturating_sub(1)).collect();
            format!("{}…", start.trim_end())
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_refused_is_left_out_and_the_rest_stays() {
        let mended = |text: &str| Mended { text: text.into(), changed: true };
        let note = Bounds::NOTE;
        assert_eq!(mend("a\0b\u{FFFE}\r\nc\u{7}", note), mended("ab\nc"));
        assert_eq!(mend("left \u{202E}right", note), mended("left right"));
        assert_eq!(mend(&format!("e{}!", "\u{301}".repeat(40)), note).text.chars().count(), 9);
        assert_eq!(mend("twelve chars", Bounds::new(0, 7)), mended("twelve…"));
        assert_eq!(mend_line("two\nlines", Bounds::TITLE), mended("two lines"));
        assert_eq!(mend_name("An\u{200B}ni\u{200E}ce\n"), Some(mended("Annice")));
        assert_eq!(mend_name(" \u{200B}\0 "), None);
        let long = mended(&format!("{}...", "ab".repeat(28) + "a"));
        for name in ["ab".repeat(31), format!("{}…", "ab".repeat(29)), "ab".repeat(29) + "\u{FDFA}"] {
            assert_eq!(mend_name(&name), Some(long.clone()), "{name}");
        }
        assert_eq!(mend_name("An\u{E000}na"), Some(mended("Anna")));
        assert_eq!(mend(" as it is\n", note), Mended { text: "as it is".into(), changed: false });
    }

    proptest! {
        #[test]
        fn whatever_comes_in_is_clean_afterwards(
            input in "(.|\\n|\\r|\\x00|[\u{300}-\u{345}]|[\u{202A}-\u{202E}]|[\u{958}-\u{95F}]|[\u{FDF0}-\u{FDFF}]|…){0,70}", max in 2..40_usize,
        ) {
            let bounds = Bounds::new(0, max);
            let mended = mend(&input, bounds);
            prop_assert_eq!(clean(&mended.text, bounds), Ok(mended.text.clone()));
            if let Some(name) = mend_name(&input) {
                prop_assert_eq!(clean_name(&name.text), Ok(name.text.clone()));
            }
        }
    }
}
