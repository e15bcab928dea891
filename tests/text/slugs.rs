//! Slugs: what they look like and that every title gets one.

use colloquy::text::{SLUG_MAX, is_slug, slug};
use proptest::prelude::*;

#[test]
fn makes_readable_slugs() {
    for (title, expected) in [
        ("Win Back Your Friend’s Trust: Six Steps", "win-back-your-friends-trust-six-steps"),
        ("  It's -- 100% “fine”!  ", "its-100-fine"),
        ("Über Straße & Œuvre", "uber-strasse-oeuvre"),
        ("Привет мир", "privet-mir"),
        ("日本", "ri-ben"),
        ("", "untitled"),
        ("!!!", "untitled"),
    ] {
        assert_eq!(slug(title), expected);
    }
}

#[test]
fn cuts_long_titles_between_words() {
    let long = slug(&"wonderful ".repeat(20));
    assert_eq!(long, format!("{}wonderful", "wonderful-".repeat(7)));
    assert_eq!(slug(&"a".repeat(500)), "a".repeat(SLUG_MAX));
}

#[test]
fn knows_a_slug() {
    for good in ["a", "a-b", "2024-in-3-words", "untitled"] {
        assert!(is_slug(good), "{good}");
    }
    for bad in ["", "-", "a-", "-a", "a--b", "A", "a_b", "a b", "é", "a/b", "a\n", "..", &"a".repeat(SLUG_MAX + 1)] {
        assert!(!is_slug(bad), "{bad}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_title_gets_a_slug(title in any::<String>()) {
        prop_assert!(is_slug(&slug(&title)));
    }

    #[test]
    fn a_slug_is_its_own_slug(title in "\\PC{0,120}") {
        let once = slug(&title);
        prop_assert_eq!(slug(&once), once);
    }
}
