//! A section keeps its id through every edit that leaves it the same section to a reader.

use std::collections::HashSet;

use colloquy::text::{self, SectionKey, section_ids};
use proptest::prelude::*;
use proptest::sample::Index;

fn keys(headings: &[&str], previous: &[SectionKey]) -> Vec<SectionKey> {
    let ids = section_ids(headings, previous);
    ids.into_iter().zip(headings).map(|(id, heading)| SectionKey { id, heading: (*heading).to_owned() }).collect()
}

/// The ids after an edit.
fn edited(before: &[&str], after: &[&str]) -> Vec<String> {
    section_ids(after, &keys(before, &[]))
}

#[test]
fn ids_are_slugs_numbered_where_taken() {
    assert_eq!(edited(&[], &["A b", "A b", "a-B", "A b 2"]), ["a-b", "a-b-2", "a-b-3", "a-b-2-2"]);
}

#[test]
fn moving_keeps_ids() {
    assert_eq!(edited(&["A", "B", "C"], &["C", "A", "B"]), ["c", "a", "b"]);
}

#[test]
fn rewording_keeps_ids() {
    assert_eq!(edited(&["A", "B", "C"], &["A", "Something else", "C"]), ["a", "b", "c"]);
    assert_eq!(edited(&["A", "B", "C"], &["X", "Y", "C"]), ["a", "b", "c"]);
    assert_eq!(edited(&["A"], &["X"]), ["a"]);
}

#[test]
fn moving_and_rewording_at_once_keeps_ids() {
    assert_eq!(edited(&["A", "B", "C"], &["C", "A", "Reworded"]), ["c", "a", "b"]);
}

#[test]
fn inserting_and_deleting_keep_the_others() {
    assert_eq!(edited(&["A", "B", "C"], &["A", "N", "B", "C"]), ["a", "n", "b", "c"]);
    assert_eq!(edited(&["A", "B", "C"], &["A", "C"]), ["a", "c"]);
    assert_eq!(edited(&["A", "B", "C"], &["A", "C", "N"]), ["a", "c", "n"]);
    assert_eq!(edited(&["A", "B"], &["N", "A"]), ["n", "a"]);
}

#[test]
fn renumbering_steps_keeps_ids() {
    let before = ["Step 1: Sit", "Step 2: Write", "Step 3: Sleep"];
    let after = ["Step 1: Sit", "Step 2: Breathe", "Step 3: Write", "Step 4: Sleep"];
    assert_eq!(edited(&before, &after), ["step-1-sit", "step-2-breathe", "step-2-write", "step-3-sleep"]);
    assert_eq!(edited(&["1. Sit", "2. Write"], &["Write!", "1) sit"]), ["2-write", "1-sit"]);
}

#[test]
fn equal_headings_follow_their_neighbours() {
    assert_eq!(edited(&["Example", "A", "Example", "B"], &["A", "Example", "B"]), ["a", "example-2", "b"]);
    assert_eq!(edited(&["A", "Example", "B"], &["Example", "A", "Example", "B"]), ["example-2", "a", "example", "b"]);
}

#[test]
fn what_points_at_a_deleted_section_points_nowhere() {
    let previous = [("old", "Gone"), ("kept", "Kept")]
        .map(|(id, heading)| SectionKey { id: id.to_owned(), heading: heading.to_owned() });
    assert_eq!(section_ids(&["Kept", "Old", "Other"], &previous), ["kept", "old-2", "other"]);
}

#[test]
fn no_heading_is_the_lead() {
    let previous = [SectionKey { id: "lead".to_owned(), heading: "A".to_owned() }];
    assert_eq!(section_ids(&["A", "Lead"], &previous), ["a", "lead-2"]);
}

#[test]
fn an_article_hands_its_ids_to_its_next_version() {
    let first = text::article("# A\n\n# B\n", &[]);
    let keys = first.sections.iter().filter_map(text::Section::key).collect::<Vec<_>>();
    let second = text::article("new lead\n\n# Z\n\n# A\n", &keys);
    let ids = second.sections.iter().map(|section| section.id.as_str()).collect::<Vec<_>>();
    assert_eq!(ids, ["lead", "z", "a"]);
    assert!(second.html.contains("<h1 id=\"a\">A</h1>"));
}

fn headings() -> impl Strategy<Value = Vec<String>> {
    let heading = prop_oneof![
        "[a-d]{1,2}",
        "[A-Za-z ]{0,12}",
        "Step [1-9]: [a-d]{1,3}",
        "[1-9]\\. [a-d]{1,3}",
        Just("Lead".to_owned()),
        Just("日本".to_owned()),
        "\\PC{0,12}",
    ];
    prop::collection::vec(heading, 0..12)
}

/// Headings that say different things.
fn different() -> impl Strategy<Value = Vec<String>> {
    prop::collection::hash_set("[a-z]{3,8}", 1..12).prop_map(|set| set.into_iter().collect())
}

fn strs(headings: &[String]) -> Vec<&str> {
    headings.iter().map(String::as_str).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ids_are_unique_slugs_and_never_lead(before in headings(), after in headings()) {
        let ids = section_ids(&strs(&after), &keys(&strs(&before), &[]));
        prop_assert_eq!(ids.len(), after.len());
        prop_assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
        for id in &ids {
            prop_assert!(text::is_slug(id) && id != "lead" && !id.starts_with("fn-"), "{}", id);
        }
    }

    #[test]
    fn saving_again_changes_nothing(before in headings(), after in headings()) {
        let saved = keys(&strs(&after), &keys(&strs(&before), &[]));
        prop_assert_eq!(keys(&strs(&after), &saved), saved);
    }

    #[test]
    fn an_unchanged_heading_keeps_its_id_wherever_it_moves(headings in different().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))) {
        let (before, after) = headings;
        let saved = keys(&strs(&before), &[]);
        for key in keys(&strs(&after), &saved) {
            prop_assert!(saved.contains(&key));
        }
    }

    #[test]
    fn one_edit_keeps_every_other_id(before in different(), place in any::<Index>(), edit in 0..4u8) {
        let saved = keys(&strs(&before), &[]);
        let at = place.index(before.len());
        let mut after = before.clone();
        match edit {
            0 => drop(after.remove(at)),
            1 => after.insert(at, "SOMETHING NEW".to_owned()),
            2 => after[at] = "SOMETHING ELSE".to_owned(),
            _ => after.iter_mut().enumerate().for_each(|(i, heading)| *heading = format!("Step {}: {heading}", i + 1)),
        }
        let now = keys(&strs(&after), &saved);
        for (i, key) in now.iter().enumerate() {
            match edit {
                2 | 3 => prop_assert_eq!(&key.id, &saved[i].id),
                1 if i == at => prop_assert!(saved.iter().all(|old| old.id != key.id)),
                _ => prop_assert!(saved.contains(key)),
            }
        }
    }
}
