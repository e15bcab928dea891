//! Excerpts end where a reader would end them.

use colloquy::text::excerpt;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

#[test]
fn ends_at_a_word_with_an_ellipsis() {
    assert_eq!(excerpt("one two three", 13), "one two three");
    assert_eq!(excerpt("one two three", 12), "one two…");
    assert_eq!(excerpt("one two three", 8), "one two…");
    assert_eq!(excerpt("one, two - three", 11), "one, two…");
    assert_eq!(excerpt("one\n\n two\t three", 9), "one two…");
}

#[test]
fn cuts_within_a_word_only_where_there_is_no_other() {
    assert_eq!(excerpt("abcdefghij", 5), "abcd…");
    assert_eq!(excerpt("a abcdefghijklmnop", 10), "a…");
    assert_eq!(excerpt("a", 1), "a");
    assert_eq!(excerpt("ab", 1), "…");
    assert_eq!(excerpt("ab", 0), "");
}

#[test]
fn counts_what_people_see() {
    assert_eq!(excerpt("👩‍🚀👩‍🚀👩‍🚀", 3), "👩‍🚀👩‍🚀👩‍🚀");
    assert_eq!(excerpt("👩‍🚀👩‍🚀👩‍🚀", 2), "👩‍🚀…");
    assert_eq!(excerpt("我今天很好谢谢你", 5), "我今天很…");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn is_a_beginning_that_fits(text in any::<String>(), max in 0usize..40) {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let short = excerpt(&text, max);
        prop_assert!(short.graphemes(true).count() <= max);
        if short != line {
            let kept = short.strip_suffix('…').unwrap_or(&short);
            prop_assert!(line.starts_with(kept));
            let bounds = line.grapheme_indices(true).map(|(start, _)| start).chain([line.len()]).collect::<Vec<_>>();
            prop_assert!(bounds.contains(&kept.len()), "cuts a grapheme");
        }
    }

    #[test]
    fn cuts_no_word_of_a_sentence(words in prop::collection::vec("[a-zé]{1,8}", 1..20), max in 12usize..60) {
        let short = excerpt(&words.join(" "), max);
        for word in short.trim_end_matches('…').split(' ') {
            prop_assert!(words.iter().any(|whole| whole == word), "{}", short);
        }
    }
}
