//! Telephone numbers: 7 to 15 digits (ITU-T E.164) with a `+` or `0` in front, or behind a word such as `call`. Many other
//! things are made of digits: dates, times, prices, numbers of books and orders.

use super::at;
use std::ops::Range;

const FEWEST: usize = 7;
const MOST: usize = 15;

/// Words behind which a number is one to call.
const CALLING: &[&str] = &[
    "call",
    "phone",
    "telephone",
    "tel",
    "mobile",
    "cell",
    "cellphone",
    "whatsapp",
    "telegram",
    "signal",
    "viber",
    "text",
    "sms",
    "ring",
    "dial",
    "reach",
    "ph",
    "fon",
    "telefon",
    "handy",
    "handynummer",
    "telefonnummer",
    "mobil",
    "ruf",
    "appelle",
    "appelez",
    "portable",
    "téléphone",
    "llama",
    "llámame",
    "móvil",
    "celular",
    "teléfono",
    "chiama",
    "chiamami",
    "cellulare",
    "telefono",
    "bel",
    "mobiel",
    "zadzwoń",
    "ligue",
    "liga",
    "telemóvel",
    "telefone",
    "позвони",
    "звони",
    "телефон",
    "тел",
    "τηλέφωνο",
    "ara",
    "telefonum",
];

/// Words that may stand between the two.
const BETWEEN: &[&str] = &[
    "me", "us", "him", "her", "them", "on", "at", "is", "no", "nr", "number", "my", "the", "under", "mich", "uns",
    "an", "unter", "ist", "nummer", "au", "moi", "me", "al", "mi", "es", "il", "mio", "è", "op", "o", "meu", "é",
    "mój", "to",
];

/// Words behind which a number is no telephone's.
const COUNTED: &[&str] = &["isbn", "issn", "ean", "doi", "asin"];

/// Digits that stand together, and what stands before them.
struct Group {
    at: Range<usize>,
    before: char,
}

pub fn find(text: &[char]) -> Vec<Range<usize>> {
    let (mut found, mut from) = (Vec::new(), 0);
    while from < text.len() {
        if !is_digit(at(text, Some(from))) {
            from += 1;
            continue;
        }
        let groups = groups(text, from);
        let end = groups.last().map_or(from + 1, |last| last.at.end);
        for number in numbers(&groups) {
            found.extend(judge(text, number));
        }
        from = end;
    }
    found
}

/// The groups of digits that belong together from here on.
fn groups(text: &[char], from: usize) -> Vec<Group> {
    let (mut groups, mut start, mut before) = (Vec::new(), from, ' ');
    loop {
        let digits = text.iter().skip(start).take_while(|c| is_digit(**c)).count();
        let end = start + digits;
        groups.push(Group { at: start..end, before });
        let between: Vec<char> = text.iter().skip(end).take(3).take_while(|c| is_between(**c)).copied().collect();
        let bracket = between.iter().any(|c| matches!(c, '(' | ')'));
        let near = between.len() == 1 || (between.len() > 1 && bracket);
        let next = end + between.len();
        if !near || !is_digit(at(text, Some(next))) {
            return groups;
        }
        (start, before) = (next, between.first().copied().unwrap_or(' '));
    }
}

/// Groups that are one number: where another seems to follow, they are two.
fn numbers(groups: &[Group]) -> Vec<&[Group]> {
    if groups.iter().map(|group| group.at.len()).sum::<usize>() <= MOST {
        return vec![groups];
    }
    let (mut numbers, mut rest) = (Vec::new(), groups);
    while !rest.is_empty() {
        let mut digits = 0;
        let cut = rest.iter().position(|group| {
            let full = digits >= FEWEST && digits + group.at.len() > MOST;
            digits += group.at.len();
            full
        });
        let (number, after) = rest.split_at_checked(cut.unwrap_or(rest.len())).unwrap_or((rest, &[]));
        numbers.push(number);
        rest = after;
    }
    numbers
}

/// The number as it stands there, if it is a telephone's.
fn judge(text: &[char], groups: &[Group]) -> Option<Range<usize>> {
    let (first, last) = (groups.first()?, groups.last()?);
    let digits: usize = groups.iter().map(|group| group.at.len()).sum();
    let (mut start, end) = (first.at.start, last.at.end);
    let before = |start: usize| at(text, start.checked_sub(1));
    if before(start) == '(' {
        start -= 1;
    }
    let plus = matches!(before(start), '+' | '＋');
    if plus {
        start -= 1;
    }
    if before(start) == '(' {
        start -= 1;
    }
    let part = before(start).is_alphanumeric() || at(text, Some(end)).is_alphanumeric();
    if part || !(FEWEST..=MOST).contains(&digits) {
        return None;
    }
    let calling = || {
        let zero = digit(at(text, Some(first.at.start))) == Some(0);
        !is_something_else(text, groups, start, end) && (zero || is_behind(text, start, CALLING, BETWEEN))
    };
    (plus || calling()).then_some(start..end)
}

fn is_something_else(text: &[char], groups: &[Group], start: usize, end: usize) -> bool {
    let lengths: Vec<usize> = groups.iter().map(|group| group.at.len()).collect();
    let parts: Vec<char> = groups.iter().skip(1).map(|group| group.before).collect();
    let values: Vec<u32> = groups.iter().map(|group| value(text, &group.at)).collect();
    let date = matches!(
        (lengths.as_slice(), parts.as_slice(), values.as_slice()),
        ([1 | 2, 1 | 2, 2 | 4, ..], [one, other, ..], [1..=31, 1..=31, ..]) | ([4, 1 | 2, 1 | 2, ..], [one, other, ..], [1000..=2999, 1..=12, 1..=31, ..])
            if one == other && matches!(one, '.' | '/' | '-')
    ) && (lengths.len() == 3 || matches!(lengths.get(2), Some(4)) || matches!(lengths.first(), Some(4)));
    let years = !values.is_empty()
        && lengths.iter().all(|length| *length == 4)
        && values.iter().all(|year| (1900..2100).contains(year));
    let times = matches!((lengths.as_slice(), parts.as_slice()), ([2, 2, 2, 2], ['.', '-' | '–' | ' ', '.']));
    let fraction = matches!((lengths.as_slice(), parts.as_slice(), values.first()), ([1, _], ['.'], Some(0)));
    let alone = lengths.iter().all(|length| *length == 1);
    let money = |c: char| matches!(c, '€' | '$' | '£' | '¥' | '₽' | '₺' | '%' | '№' | '#');
    let counted = money(at(text, start.checked_sub(1))) || money(at(text, Some(end)));
    // Part of a longer figure: 12,0345678 or 08:30:2345678.
    let figure = matches!(at(text, start.checked_sub(1)), ',' | ':') && is_digit(at(text, start.checked_sub(2)));
    date || years
        || times
        || fraction
        || alone
        || counted
        || figure
        || is_behind(text, start, COUNTED, &["no", "nr", "number"])
}

/// Whether one of some words stands before a place on its line, with a few others between at most.
fn is_behind(text: &[char], place: usize, some: &[&str], between: &[&str]) -> bool {
    let line = text.get(..place).unwrap_or_default().iter().rev().take(60).take_while(|c| **c != '\n');
    let near: String = line.copied().collect::<Vec<_>>().into_iter().rev().flat_map(char::to_lowercase).collect();
    let words = near.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    for word in words.take(4) {
        let number = word.chars().all(char::is_numeric) && some != COUNTED;
        if some.contains(&word) {
            return true;
        }
        if number || !(between.contains(&word) || (some == COUNTED && matches!(word, "10" | "13"))) {
            return false;
        }
    }
    false
}

fn value(text: &[char], at: &Range<usize>) -> u32 {
    let digits = text.get(at.clone()).unwrap_or_default().iter().take(6);
    digits.filter_map(|c| digit(*c)).fold(0, |sum, digit| sum * 10 + digit)
}

fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

/// The value of a digit: European, wide, Arabic or Persian.
fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '０'..='９' => '０',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6F0}'..='\u{6F9}' => '\u{6F0}',
        _ => return None,
    };
    Some(u32::from(c) - u32::from(zero))
}

/// What may stand between the digits of one number.
const fn is_between(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '.' | '-' | '\u{2010}'..='\u{2013}' | '/' | '(' | ')')
}
