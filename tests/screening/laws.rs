//! What holds for any text, whoever writes it under whatever rules.

use colloquy::{
    screening::{
        Action, AuthorKind, Findings, Mode, Policy, Rule, RuleKind, Rules, SanctionKind, Screened, Standing, Subject,
        Term, Terms, Verdict, fold, screen,
    },
    text,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use uuid::Uuid;

/// Pieces of texts that a check may stumble over.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,12}",
        "[ -~\\n]{0,24}",
        "[a-e1@$. -]{0,12}",
        select(vec![
            "c a s i n o",
            "c@s1n0",
            "саsіnо",
            "caaasino",
            "ca\u{200b}sino",
            "İı ß ς 赌场 カジノ",
            "anna@example.org",
            "+49 (0)30 23125-417",
            "DE89 3704 0044 0532 0130 00",
            "my husband John Smith",
            "[here](https://casino.example/x)",
            "www.casino.example",
            "**b**_i_`c`~~d~~ > q",
            "<a href=\"x\">",
            "IN CAPITALS ONLY, ALL OF IT",
            "[a](mailto:a@b.example) <c@d.example>",
            "&#64; \\* \\",
        ])
        .prop_map(str::to_owned),
    ]
}

fn texts() -> impl Strategy<Value = String> {
    vec(piece(), 0..8).prop_map(|pieces| pieces.concat())
}

fn rule() -> impl Strategy<Value = Rule> {
    let kind = select(vec![RuleKind::Words, RuleKind::Hosts, RuleKind::Safety]);
    let action = select(vec![Action::Nudge, Action::Hold, Action::Reject]);
    let terms = select(vec!["casino", "c*", "a", "husband john", "casino.example", "赌", "", "*", "s1n*", "here b"]);
    (kind, action, vec(prop_oneof![terms.prop_map(str::to_owned), "\\PC{0,6}\\*?"], 0..4))
        .prop_map(|(kind, action, terms)| Rule { id: Uuid::nil(), kind, action, priority: 1, terms })
}

fn standing() -> impl Strategy<Value = Standing> {
    let kind = select(vec![AuthorKind::Guest, AuthorKind::Member, AuthorKind::Staff]);
    let sanctions = vec![SanctionKind::Warn, SanctionKind::HoldAll, SanctionKind::Mute, SanctionKind::Ban];
    (kind, 0..5u32, 0..5u32, 0..5u32, option::of(select(sanctions))).prop_map(
        |(kind, approved, approved_lately, rejected_lately, sanction)| Standing {
            kind,
            approved,
            approved_lately,
            rejected_lately,
            sanction,
        },
    )
}

fn policy() -> impl Strategy<Value = Policy> {
    let mode = select(vec![Mode::Open, Mode::First, Mode::Guests, Mode::All]);
    (mode, 0..4u32, 0..4u32, 0..4u32, any::<bool>()).prop_map(|(mode, links_over, known_after, repeats, external)| {
        Policy { mode, links_over, known_after, repeats, external }
    })
}

fn screened(markdown: &str, as_is: bool, standing: &Standing, policy: &Policy, rules: &[Rule]) -> Screened {
    let rendered = text::comment(markdown);
    let subject = Subject { html: &rendered.html, text: &rendered.text, seen: 2, as_is };
    screen(&subject, standing, policy, &Rules::ready(rules.to_vec()))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_a_verdict_that_follows_from_its_hits(
        text in texts(), as_is: bool, standing in standing(), policy in policy(), rules in vec(rule(), 0..4),
    ) {
        let screened = screened(&text, as_is, &standing, &policy, &rules);
        let severest = screened.hits.iter().map(|hit| hit.action).max();
        let follows = match screened.verdict {
            Verdict::Visible => severest <= Some(Action::Note),
            Verdict::Pending => severest == Some(Action::Wait),
            Verdict::Nudge => severest == Some(Action::Nudge) && !as_is,
            Verdict::Held => severest == Some(Action::Hold),
            Verdict::Rejected | Verdict::Refused => severest == Some(Action::Reject),
        };
        prop_assert!(follows, "{screened:?}");
        prop_assert!(screened.hits.is_sorted_by_key(|hit| hit.check as u8));
        prop_assert!(screened.hits.iter().all(|hit| hit.detail.chars().count() <= 200));
        prop_assert!((0..=3).contains(&screened.priority));
    }

    #[test]
    fn another_rule_never_makes_a_verdict_milder(
        text in texts(), as_is: bool, standing in standing(), policy in policy(), rules in vec(rule(), 1..4),
    ) {
        let mut fewer = rules.clone();
        fewer.pop();
        let policy = Policy { external: false, ..policy };
        let before = screened(&text, as_is, &standing, &policy, &fewer);
        let after = screened(&text, as_is, &standing, &policy, &rules);
        prop_assert!(after.verdict >= before.verdict);
        prop_assert!(after.priority >= before.priority);
    }

    /// So nobody need count what an author wrote before, where nothing is found.
    #[test]
    fn where_nothing_is_found_it_matters_not_how_much_is_shown(
        text in texts(), as_is: bool, standing in standing(), approved in 0..5u32, policy in policy(), rules in vec(rule(), 0..4),
    ) {
        let policy = Policy { mode: Mode::Open, external: false, ..policy };
        let (rendered, rules) = (text::comment(&text), Rules::ready(rules));
        let subject = Subject { html: &rendered.html, text: &rendered.text, seen: 0, as_is };
        if Findings::of(subject.html, subject.text, &rules).are_none() {
            let other = Standing { approved, ..standing };
            prop_assert_eq!(screen(&subject, &standing, &policy, &rules), screen(&subject, &other, &policy, &rules));
        }
    }

    #[test]
    fn what_the_publication_says_is_shown(
        text in texts(), as_is: bool, standing in standing(), policy in policy(), rules in vec(rule(), 0..4),
    ) {
        let standing = Standing { kind: AuthorKind::Staff, ..standing };
        let screened = screened(&text, as_is, &standing, &policy, &rules);
        prop_assert_eq!((screened.verdict, screened.hits.len()), (Verdict::Visible, 0));
    }

    /// An id (RFC 9562) is neither a telephone number nor a word with digits for letters, whatever its digits are.
    #[test]
    fn an_id_says_nothing(
        groups in (
            "[0-9a-f]{8}", "[0-9a-f]{4}|0123|be17", "7[0-9a-f]{3}|7456", "[89ab][0-9a-f]{3}|a123|b317", "[0-9]{12}|[0-9a-f]{12}",
        ),
        before in select(vec!["", "My order is ", "Call ", "(", "https://example.org/orders/"]),
    ) {
        let (a, b, c, d, e) = groups;
        let standing = Standing { kind: AuthorKind::Member, approved: 0, approved_lately: 0, rejected_lately: 0, sanction: None };
        let policy = Policy { mode: Mode::Open, links_over: 2, known_after: 3, repeats: 3, external: false };
        let screened = screened(&format!("{before}{a}-{b}-{c}-{d}-{e}, thank you."), false, &standing, &policy, &[]);
        prop_assert_eq!((screened.verdict, screened.hits.len()), (Verdict::Visible, 0), "{:?}", screened.hits);
    }

    #[test]
    fn every_term_finds_itself(text in "\\PC{1,16}|[a-e1@$. *-]{1,16}") {
        if let Some(term) = Term::new(&text) {
            prop_assert!(fold(&text).find(&term).is_some(), "{term:?}");
        }
    }

    #[test]
    fn one_term_is_found_as_many_are(text in texts(), terms in vec("\\PC{1,6}|[a-e1@$ .*-]{1,8}|c.?a.?s.?i.?n.?o", 1..6)) {
        let terms: Vec<(Term, usize)> = terms.iter().filter_map(|term| Term::new(term)).zip(0..).collect();
        let folded = fold(&text);
        let each: Vec<usize> = terms.iter().filter(|(term, _)| folded.find(term).is_some()).map(|(_, at)| *at).collect();
        let all: Terms<usize> = terms.into_iter().collect();
        let together: Vec<usize> = all.find(&folded).into_iter().map(|(at, _)| *at).collect();
        prop_assert_eq!(together, each);
    }

    /// Case, what nobody sees and what only stretches a word make no other word of it.
    #[test]
    fn a_word_is_found_however_it_is_written(
        word in "[b-df-hj-np-z]{2}[aeou][b-df-hj-np-z]{2}", at in 0..5usize, times in 3..9usize, way in 0..6usize,
    ) {
        let term = Term::new(&word).expect("a word");
        let letters: Vec<char> = word.chars().collect();
        let written: String = match way {
            0 => word.to_uppercase(),
            1 => letters.iter().flat_map(|c| [*c, '\u{200b}']).collect(),
            2 => letters.iter().flat_map(|c| [*c, ' ']).collect::<String>().trim_end().to_owned(),
            3 => letters.iter().flat_map(|c| [*c, '\u{301}']).collect(),
            4 => letters.iter().map(char::to_string).collect::<Vec<_>>().join("-"),
            _ => word.replacen(letters[at], &letters[at].to_string().repeat(times), 1),
        };
        // Letters that stand twice are not the same as one.
        prop_assume!(way < 5 || letters.windows(2).all(|pair| pair[0] != pair[1]));
        let said = written.trim_end_matches(['\u{200b}', '\u{301}']);
        let text = format!("So: {written}, then.");
        prop_assert_eq!(fold(&text).find(&term), Some(said));
    }
}

#[test]
fn a_long_text_takes_as_long_as_it_is_long() {
    let terms = (0..1000).map(|nth| (Term::new(&format!("i want to {nth} casino{nth}*")).expect("words"), nth));
    let terms: Terms<usize> = terms.collect();
    for piece in ["i want to ", "a ", "@a", "aaaa", "1l", "i ", "赌", "a.b@", "my Son John Smith ", "0 1 2 3 4 "] {
        let text = piece.repeat(20_000 / piece.chars().count());
        assert_eq!(terms.find(&fold(&text)).len(), 0, "{piece}");
        let subject = Subject { html: &text, text: &text, seen: 9, as_is: false };
        let standing =
            Standing { kind: AuthorKind::Guest, approved: 0, approved_lately: 0, rejected_lately: 0, sanction: None };
        let policy = Policy { mode: Mode::Open, links_over: 2, known_after: 3, repeats: 3, external: false };
        let screened = screen(&subject, &standing, &policy, &Rules::default());
        assert_ne!(screened.verdict, Verdict::Refused);
    }
}
