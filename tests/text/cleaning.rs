//! What is taken in as it is, what is put in order, and what is refused by name.

use colloquy::text::{Bounds, Flaw, clean, clean_line, clean_name};
use proptest::prelude::*;

const SHORT: Bounds = Bounds::new(1, 10);

#[test]
fn puts_in_order_what_does_not_matter() {
    assert_eq!(clean("  a\r\nb\rc\u{2028}d \n", SHORT), Ok("a\nb\nc\nd".to_owned()));
    assert_eq!(clean("\u{FEFF}a\tb", SHORT), Ok("a\tb".to_owned()));
    assert_eq!(clean("e\u{301}", SHORT), Ok("é".to_owned()));
    assert_eq!(clean_line("  a \u{a0} \t b ", SHORT), Ok("a b".to_owned()));
}

#[test]
fn refuses_by_name() {
    for (input, code) in [
        ("", "blank"),
        (" \n\t", "blank"),
        ("\u{200B}\u{2060} \u{FE0F}", "blank"),
        ("\u{2800}\u{3164}", "blank"),
        ("a\0b", "control_character"),
        ("a\u{1B}[31m", "control_character"),
        ("a\u{7F}", "control_character"),
        ("a\u{85}b", "control_character"),
        ("\u{B}a", "control_character"),
        ("a\u{FFFE}", "noncharacter"),
        ("a\u{FDD0}", "noncharacter"),
        ("a\u{10FFFF}", "noncharacter"),
        ("a\u{202E}b", "bidi_control"),
        ("a\u{2067}b\nc\u{2069}", "bidi_control"),
        ("a\u{202C}", "bidi_control"),
        ("\u{2067}\u{202B}a\u{2069}\u{202C}", "bidi_control"),
        ("abcdefghijk", "too_long"),
    ] {
        let flaw = clean(input, SHORT).expect_err(input);
        assert_eq!(flaw.code(), code, "{input:?}");
        assert!(!flaw.detail().is_empty());
    }
    let zalgo = format!("a{}", "\u{301}\u{316}".repeat(10));
    assert_eq!(clean(&zalgo, Bounds::COMMENT), Err(Flaw::CombiningMarks { max: 8 }));
    assert_eq!(clean("ab", Bounds::new(3, 10)), Err(Flaw::TooShort { min: 3 }));
    assert_eq!(clean_line("a\nb", SHORT), Err(Flaw::LineBreak));
    assert_eq!(Flaw::ControlCharacter { code: 0 }.detail(), "must not contain the control character U+0000");
}

#[test]
fn takes_writing_as_it_is() {
    for text in [
        "שָׁלוֹם עֲלֵיכֶם",
        "می‌خواهم",
        "नमस्ते क्‍ष",
        "👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️",
        "Việt Nam",
        "a \u{2067}עברית\u{2069} b",
        "\u{202B}עברית\u{202C}",
        "日本語",
    ] {
        assert_eq!(clean(text, Bounds::COMMENT).as_deref(), Ok(text));
    }
}

#[test]
fn counts_characters_as_schemas_and_databases_do() {
    assert!(clean(&"é".repeat(20_000), Bounds::COMMENT).is_ok());
    assert!(clean(&"🙂".repeat(20_000), Bounds::COMMENT).is_ok());
    assert!(clean(&format!(" {} ", "e\u{301}".repeat(20_000)), Bounds::COMMENT).is_ok());
    assert_eq!(clean(&"é".repeat(20_001), Bounds::COMMENT), Err(Flaw::TooLong { max: 20_000 }));
    assert_eq!(clean(&"a".repeat(9_000_000), Bounds::COMMENT), Err(Flaw::TooLong { max: 20_000 }));
    assert_eq!(clean(" ", Bounds::SUMMARY), Ok(String::new()));
}

#[test]
fn names_cannot_be_made_to_look_like_others() {
    for (name, code) in [
        ("Ad\u{200B}min", "invisible_character"),
        ("Ad\u{AD}min", "invisible_character"),
        ("Ad\u{200D}min", "invisible_character"),
        ("Admin\u{2060}", "invisible_character"),
        ("Admin\u{3164}", "invisible_character"),
        ("Admin\u{E0041}", "invisible_character"),
        ("\u{202E}nimda\u{202C}", "bidi_control"),
        ("Admin\u{200F}", "bidi_control"),
        ("Ad\nmin", "line_break"),
        ("\u{200B}", "blank"),
    ] {
        assert_eq!(clean_name(name).expect_err(name).code(), code, "{name:?}");
    }
    assert_eq!(clean_name(&"a".repeat(61)), Err(Flaw::TooLong { max: 60 }));
}

#[test]
fn names_are_spelt_as_their_owners_spell_them() {
    for name in ["Zoë", "O’Brien", "محمد‌رضا", "क्‍षमा", "Dr. 👩‍🚀", "❤️‍🔥", "Nguyễn Thị", "李小龍"]
    {
        assert_eq!(clean_name(name).as_deref(), Ok(name));
    }
    assert_eq!(clean_name("  Ann   Marie "), Ok("Ann Marie".to_owned()));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_taken_is_taken_again_unchanged(input in any::<String>()) {
        if let Ok(text) = clean(&input, Bounds::COMMENT) {
            prop_assert_eq!(clean(&text, Bounds::COMMENT), Ok(text.clone()));
            prop_assert!(!text.contains(['\0', '\r']));
        }
        if let Ok(name) = clean_name(&input) {
            prop_assert_eq!(clean_name(&name), Ok(name));
        }
    }
}
