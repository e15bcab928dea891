//! How well the phrase lists find people in need, on texts that were written before the lists. One half of them was looked
//! at while the lists were made; what is asserted is measured on the other half, which nobody who writes lists reads: to
//! read it is to measure nothing any more.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot go on should stop, and says what it saw"
)]

use colloquy::{
    screening::{
        Action, AuthorKind, Check, Hit, Mode, Policy, Rule, RuleKind, Rules, Screened, Standing, Subject, Verdict,
        screen,
    },
    text,
};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A text, and whether a person should look at it before others do.
#[derive(Deserialize)]
struct Row {
    lang: String,
    text: String,
    hold: bool,
}

/// Rows that should be held, those of them that were; rows that should not, those of them that were.
#[derive(Default)]
struct Measure {
    need: usize,
    found: usize,
    fine: usize,
    held: usize,
}

impl Measure {
    fn take(&mut self, hold: bool, held: bool) {
        if hold {
            self.need += 1;
            self.found += usize::from(held);
        } else {
            self.fine += 1;
            self.held += usize::from(held);
        }
    }

    fn recall(&self) -> f64 {
        share(self.found, self.need)
    }

    fn false_holds(&self) -> f64 {
        share(self.held, self.fine)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(whole.max(1)).unwrap())
}

fn look_by(text: &str, rules: &Rules) -> Screened {
    let rendered = text::comment(text);
    let subject = Subject { html: &rendered.html, text: &rendered.text, seen: 0, as_is: false };
    let kind = AuthorKind::Member;
    let standing = Standing { kind, approved: 0, approved_lately: 0, rejected_lately: 0, sanction: None };
    let policy = Policy { mode: Mode::Open, links_over: 2, known_after: 3, repeats: 3, external: false };
    screen(&subject, &standing, &policy, rules)
}

fn look(text: &str) -> Screened {
    look_by(text, &Rules::default())
}

fn is_held(text: &str) -> bool {
    look(text).hits.iter().any(|hit| hit.check == Check::Safety)
}

/// Measures a half, says what it gave, and returns it for all languages together.
fn measure(half: &str, rows: &str) -> Measure {
    let (mut all, mut each) = (Measure::default(), BTreeMap::<String, Measure>::new());
    for row in rows.lines().map(|line| serde_json::from_str::<Row>(line).unwrap()) {
        let held = is_held(&row.text);
        all.take(row.hold, held);
        each.entry(row.lang).or_default().take(row.hold, held);
    }
    println!("{half}: recall, false holds");
    for (language, measure) in
        each.iter().map(|(language, measure)| (language.as_str(), measure)).chain([("all", &all)])
    {
        let Measure { need, found, fine, held } = measure;
        let (recall, false_holds) = (measure.recall(), measure.false_holds());
        println!("  {language:3} {recall:.3} ({found} of {need})  {false_holds:.3} ({held} of {fine})");
    }
    all
}

#[test]
fn most_people_in_need_are_found_and_few_others_are_held_on_texts_that_the_lists_were_not_made_with() {
    let kept_back = measure("not made with", include_str!("screening/safety_kept_back.jsonl"));
    assert!(kept_back.recall() >= 0.9, "recall {:.3}", kept_back.recall());
    assert!(kept_back.false_holds() <= 0.05, "false holds {:.3}", kept_back.false_holds());
}

/// Cries of a few words among polite ones, and sad but ordinary comments with words that others use when they are in danger.
/// Nothing was learned from them; they are there to be read by whoever mends the lists or adds examples.
#[test]
fn texts_that_were_written_to_be_hard_are_told_apart_more_often_than_not() {
    let hard = measure("written to be hard", include_str!("screening/safety_hard.jsonl"));
    assert!(hard.recall() >= 0.6, "recall {:.3}", hard.recall());
    assert!(hard.false_holds() <= 0.2, "false holds {:.3}", hard.false_holds());
}

#[test]
fn what_is_in_a_language_that_was_not_learned_is_not_held_by_chance() {
    let others = measure("other languages", include_str!("screening/safety_other_languages.jsonl"));
    assert!(others.false_holds() <= 0.01, "false holds {:.3}", others.false_holds());
}

/// Says how many it found, and none of them.
#[test]
fn nothing_is_learned_from_what_is_kept_back() {
    let texts = |rows: &str| -> BTreeSet<String> {
        let texts = rows.lines().map(|line| serde_json::from_str::<Row>(line).unwrap().text.to_lowercase());
        texts.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    };
    let kept_back = texts(include_str!("screening/safety_kept_back.jsonl"));
    for learned in [
        include_str!("screening/safety_made_with.jsonl"),
        include_str!("screening/safety_examples.jsonl"),
        include_str!("screening/safety_hard.jsonl"),
    ] {
        assert_eq!(texts(learned).intersection(&kept_back).count(), 0);
    }
}

#[test]
fn what_no_phrase_says_is_found_by_how_it_reads() {
    let text = "My ruler is not for maths, if you know what I mean. Eight lines for every time I say something stupid.";
    let Screened { hits, priority, .. } = look(text);
    assert!(hits.iter().any(|hit| hit.detail == "likeness-2") && priority > 0, "{hits:?}");
}

#[test]
fn no_phrase_is_doubted_for_what_stands_around_it() {
    let rest = "Thank you for the article on long walks. We took the dog along the river and talked about the garden. "
        .repeat(8);
    assert!(!is_held(&rest));
    for cry in [
        "I want to kill myself.",
        "Some nights I do not want to wake up again.",
        "He hit me again and I hid the bruises.",
    ] {
        assert!(is_held(&format!("{rest}{cry} {rest}")), "{cry}");
    }
}

#[test]
fn what_the_lists_were_made_with_they_find() {
    let made_with = measure("made with", include_str!("screening/safety_made_with.jsonl"));
    assert!(made_with.recall() >= 0.95, "recall {:.3}", made_with.recall());
    assert!(made_with.false_holds() <= 0.02, "false holds {:.3}", made_with.false_holds());
}

/// Parts of a phrase may stand some words apart, so words of every day could make one in a long text.
#[test]
fn harmless_sentences_side_by_side_are_seldom_held() {
    let rows = include_str!("screening/safety_made_with.jsonl").lines();
    let mut fine = BTreeMap::<String, Vec<String>>::new();
    for row in
        rows.map(|line| serde_json::from_str::<Row>(line).unwrap()).filter(|row| !row.hold && !is_held(&row.text))
    {
        fine.entry(row.lang).or_default().push(row.text);
    }
    let together = fine.values().flat_map(|texts| texts.windows(4)).map(|texts| texts.join(" "));
    let held: Vec<bool> = together.map(|text| is_held(&text)).collect();
    let share = share(held.iter().filter(|held| **held).count(), held.len());
    println!("four harmless near misses in one text: {share:.3} of {} held", held.len());
    assert!(share <= 0.03, "{share:.3}");
}

#[test]
fn zero_width_spaced_and_look_alike_spellings_are_found() {
    let evasions = [
        "I want to k\u{200b}ill my\u{200b}self",
        "I want to k\u{ad}i\u{ad}l\u{ad}l myself tonight",
        "thinking about s u i c i d e again",
        "thinking about s.u.i.c.i.d.e again",
        "thinking about s-u-i-c-i-d-e again",
        "I am going to k1ll mys3lf",
        "i wanna d1e",
        "I w\u{0430}nt t\u{043e} d\u{0456}\u{0435}",
        "I want to \u{ff44}\u{ff49}\u{ff45}",
        "i want to dieeeee",
        "I WANT TO DIE",
        "i w\u{e4}nt to d\u{ef}e",
        "*I* want **to** die",
        "ich will st\u{200d}erben",
        "ich bringe mich u\u{2060}m heute",
        "ich will nicht mehr l3b3n",
        "quiero m0r1r",
        "me quiero m\u{043e}rir",
        "je veux m0ur1r",
        "j\u{2019}ai envie de mourir",
        "j'ai envie de m o u r i r",
        "quero m0rrer",
        "voglio m0rire",
        "ik wil d00d",
        "chc\u{119} umrze\u{107}",
        "chce umrzec",
    ];
    let missed: Vec<_> = evasions.into_iter().filter(|text| !is_held(text)).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn what_only_sounds_like_it_is_not_held() {
    let fine = [
        "This deadline is killing me.",
        "I could kill for a coffee.",
        "I died laughing at step two.",
        "We killed it at the pub quiz.",
        "I used to cut myself; that was twelve years ago.",
        "No, I don't want to die, I want a nap.",
        "Ich sterbe vor Neugier.",
        "Me muero de risa.",
        "Je meurs de faim.",
        "Muoio dal ridere.",
        "Ik lach me dood.",
    ];
    let held: Vec<_> = fine.into_iter().filter(|text| is_held(text)).collect();
    assert!(held.is_empty(), "{held:#?}");
}

#[test]
fn a_hold_says_how_soon_and_by_which_list_and_nothing_of_the_person() {
    let Screened { verdict, priority, hits } = look("I am going to kill myself tonight.");
    assert_eq!((verdict, priority), (Verdict::Held, 3));
    let by_list = Hit { check: Check::Safety, rule_id: None, action: Action::Hold, detail: "en 3".into() };
    assert_eq!(hits, [by_list]);
    assert!(look("I cut myself again last night.").priority == 2);
}

#[test]
fn a_publications_own_rule_finds_its_phrases_and_takes_back_those_of_the_lists() {
    let id = Uuid::from_u128(7);
    let rule = |terms: &[&str]| Rule {
        id,
        kind: RuleKind::Safety,
        action: Action::Hold,
        priority: 2,
        terms: terms.iter().map(|&term| term.to_owned()).collect(),
    };
    let own = Rules::ready(vec![rule(&[
        "(meet|see) you ... other side",
        "blue door & tonight",
        "not:kill myself (rehearsal|scene)",
    ])]);
    for text in ["I will see you soon on the other side.", "Tonight, then. By the blue door."] {
        let screened = look_by(text, &own);
        assert_eq!((screened.verdict, screened.priority), (Verdict::Held, 2), "{text}");
        assert_eq!(screened.hits.first().map(|hit| (hit.rule_id, hit.detail.as_str())), Some((Some(id), "")), "{text}");
    }
    for text in ["See you on the train.", "The blue door was open.", "We have the kill myself scene at six."] {
        assert_eq!(look_by(text, &own).verdict, Verdict::Visible, "{text}");
    }
    // What is no phrase is taken word by word.
    let odd = Rules::ready(vec![rule(&["(broken bracket"])]);
    assert_eq!(look_by("A broken bracket.", &odd).verdict, Verdict::Held);
}

#[test]
fn long_texts_take_no_more_time_than_their_length() {
    let sentence = "He said I want to tell my mother and father that we are not so happy with the house any more. ";
    // The same text in pieces and in one: what else the machine does slows down both, and the fastest of several runs least.
    let took = |pieces: usize| {
        let text = sentence.repeat(100 / pieces);
        let once = |_| {
            let started = std::time::Instant::now();
            for _ in 0..pieces {
                is_held(&text);
            }
            started.elapsed()
        };
        (0..5).map(once).min().unwrap()
    };
    let (pieces, whole) = (took(10), took(1));
    println!("10 000 characters: {pieces:?} in ten pieces, {whole:?} in one");
    assert!(whole < pieces * 3, "{pieces:?} in ten pieces, {whole:?} in one");
}
