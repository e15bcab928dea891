//! What is taken out of texts, and what stays.

use colloquy::{
    screening::{PersonalData, redact},
    text,
};
use proptest::{collection::vec, prelude::*, sample::select};

fn all(markdown: &str) -> String {
    redact(markdown, &PersonalData::ALL).0
}

#[test]
fn each_kind_has_its_placeholder() {
    let text =
        "Mail anna@example.org, call +44 1632 960128, pay DE89 3704 0044 0532 0130 00, ask my husband John Smith.";
    let (redacted, kinds) = redact(text, &PersonalData::ALL);
    assert_eq!(
        redacted,
        "Mail [e-mail removed], call [phone number removed], pay [account number removed], ask my husband [name removed]."
    );
    assert_eq!(kinds, PersonalData::ALL);
}

#[test]
fn only_what_is_asked_for_goes() {
    let text = "anna@example.org or +44 1632 960128";
    assert_eq!(
        redact(text, &[PersonalData::Phone]),
        ("anna@example.org or [phone number removed]".into(), vec![PersonalData::Phone])
    );
    assert_eq!(redact(text, &[]), (text.into(), vec![]));
}

#[test]
fn a_text_without_any_stays_to_the_letter() {
    let text = "*Nothing* here  \n\n> but `code` and [a link](https://example.org/?mail=anna@example.org)\\.\n";
    assert_eq!(redact(text, &PersonalData::ALL), (text.into(), vec![]));
}

#[test]
fn markup_neither_hides_data_nor_is_lost_around_it() {
    assert_eq!(all("Write to **anna**@example.org *today*."), "Write to [e-mail removed] *today*.");
    assert_eq!(all("Is it my husband **John Smith** or *me*?"), "Is it my husband **[name removed]** or *me*?");
    assert_eq!(all("_anna@example.org_"), "_[e-mail removed]_");
    assert_eq!(
        all("> call 01632 960 177\n\nor `01632 960 178`"),
        "> call [phone number removed]\n\nor `[phone number removed]`"
    );
}

#[test]
fn links_that_write_to_somebody_go_with_the_address() {
    assert_eq!(all("[write to me](mailto:anna@example.org), please"), "write to me [e-mail removed], please");
    assert_eq!(all("[anna@example.org](mailto:anna@example.org)"), "[e-mail removed]");
    assert_eq!(all("<anna@example.org> or <mailto:anna@example.org>"), "[e-mail removed] or [e-mail removed]");
}

#[test]
fn what_only_rendering_brings_together_goes_too() {
    let redacted = all("*So:* anna&#64;example.org");
    assert_eq!(text::comment(&redacted).text, "So: [e-mail removed]");
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,10}",
        "[ -~\\n]{0,16}",
        select(vec![
            "anna@example.org",
            "**anna**@example.org",
            "an_na@ex_ample.org",
            "+49 30 23125 417",
            "030/1234567 030/7654321",
            "DE89 3704 0044 0532 0130 00",
            "my husband John Smith",
            "My friend _Anna_ Kowalska-Nowak",
            "[x](mailto:a@b.example \"t\")",
            "<a@b.example>",
            "&#64;",
            "a&#64;b.example",
            "]: mailto:a@b.example",
            "[r]",
            "\\",
            "\n\n",
            " ",
        ])
        .prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_redacted_has_nothing_left_to_redact(pieces in vec(piece(), 0..8)) {
        let (once, _) = redact(&pieces.concat(), &PersonalData::ALL);
        let (twice, found) = redact(&once, &PersonalData::ALL);
        prop_assert_eq!(&twice, &once);
        prop_assert_eq!(found, vec![]);
        prop_assert!(!text::comment(&once).html.contains("href=\"mailto:"));
    }
}
