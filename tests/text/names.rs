//! What a display name may be, and which names look the same.

use colloquy::text::{clean_name, name_skeleton};
use proptest::prelude::*;

fn look_alike(one: &str, other: &str) -> bool {
    name_skeleton(one) == name_skeleton(other)
}

#[test]
fn names_are_kept_in_the_form_of_the_nickname_profile() {
    // RFC 8266 §3, table 1, where nothing else of ours speaks against it.
    for (written, kept) in [
        ("Foo", "Foo"),
        ("foo bar", "foo bar"),
        (" foo  bar ", "foo bar"),
        ("Foo\u{a0}\u{2003}Bar", "Foo Bar"),
        ("Σ", "Σ"),
        ("ϔ", "Ϋ"),
        ("\u{221e}", "\u{221e}"),
        ("Richard Ⅳ", "Richard IV"),
        ("\u{ff2d}\u{ff41}\u{ff52}\u{ff49}\u{ff54}", "Marit"),
        ("𝓜𝓪𝓻𝓲𝓽", "Marit"),
        ("ﬁona", "fiona"),
    ] {
        assert_eq!(clean_name(written).as_deref(), Ok(kept), "{written:?}");
    }
    for (name, code) in
        [("\u{E000}Ada", "unassigned"), ("Ada\u{378}", "unassigned"), ("\u{FDFA}\u{FDFA}\u{FDFA}\u{FDFA}", "too_long")]
    {
        assert_eq!(clean_name(name).expect_err(name).code(), code, "{name:?}");
    }
}

#[test]
fn names_that_cannot_be_told_apart_have_one_shape() {
    for alike in [
        "MARIT",
        "marit",
        "Mar1t",
        "MarIt",
        "Marlt",
        "Mar|t",
        "Ｍａｒｉｔ",
        "M a r i t",
        "Ma\u{200B}rit",
        "Marit\u{FE0F}",
        "Marı\u{307}t",
        "Mаrit", // Cyrillic а
        "Маrіt", // Cyrillic М, а, і
        "Μarit", // Greek Mu
        "𝐌𝐚𝐫𝐢𝐭",
        "Rnarit",
    ] {
        assert!(look_alike("Marit", alike), "{alike:?} {} {}", name_skeleton("Marit"), name_skeleton(alike));
    }
    for (one, other) in
        [("Hollis", "HoIIis"), ("Hollis", "H0llis"), ("HOLLIS", "Ноllis"), ("Robin", "R0BIN"), ("June", "Јune")]
    {
        assert!(look_alike(one, other), "{one:?} {other:?} {} {}", name_skeleton(one), name_skeleton(other));
    }
}

#[test]
fn names_that_differ_are_told_apart() {
    for (one, other) in [
        ("Marit", "Marita"),
        ("Marit", "Merit"),
        ("Ada", "Eda"),
        ("Zoë", "Zoe"),
        ("李小龍", "李大龍"),
        ("Анна", "Инна"),
        ("Bea", "Lea"),
    ] {
        assert!(!look_alike(one, other), "{one:?} {other:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_name_that_was_taken_has_a_shape_that_is_its_own(input in any::<String>()) {
        if let Ok(name) = clean_name(&input) {
            prop_assert_eq!(clean_name(&name), Ok(name.clone()));
            let shape = name_skeleton(&name);
            prop_assert!(!shape.is_empty(), "{:?}", name);
            prop_assert_eq!(name_skeleton(&shape), shape);
        }
    }

    #[test]
    fn what_cannot_be_seen_makes_no_difference(
        name in "[A-Za-zäéßа-яα-ω]{1,20}", at in 0..20_usize, unseen in "[ \u{200B}\u{200D}\u{FEFF}\u{2060}\u{AD}\u{FE0F}\u{180E}]{1,4}",
    ) {
        let at = at.min(name.chars().count());
        let split: String = name.chars().take(at).chain(unseen.chars()).chain(name.chars().skip(at)).collect();
        prop_assert_eq!(name_skeleton(&split), name_skeleton(&name));
    }

    #[test]
    fn neither_case_nor_width_makes_a_difference(name in "[A-Za-z0-9 .'-]{1,30}") {
        let wide: String = name.chars().map(|c| match c {
            ' ' => '\u{3000}',
            c => char::from_u32(c as u32 + 0xFEE0).unwrap_or(c),
        }).collect();
        let shape = name_skeleton(&name);
        for other in [name.to_uppercase(), name.to_lowercase(), wide] {
            prop_assert_eq!(name_skeleton(&other), shape.clone(), "{:?}", other);
        }
    }
}
