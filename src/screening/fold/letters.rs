//! Which letters stand for which. Source of what is not written here: Unicode's table of confusables (UTS #39).

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};
use unicode_security::skeleton;

/// A `1` within a word: an `i` or an `l`. No letter, so that nobody can write it.
pub const ONE: char = '|';

/// In what a character stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Within {
    /// A word that has a letter: its digits may be letters too.
    pub letters: bool,
    /// A word that has a Latin letter: letters of other scripts are there for their looks.
    pub latin: bool,
}

/// What a character of a word is folded to, letter by letter.
pub(super) fn each(c: char, within: Within, mut give: impl FnMut(char)) {
    if c.is_ascii() {
        return give(if within.letters { digit(c) } else { c }.to_ascii_lowercase());
    }
    if within.latin
        && let Some(letter) = disguised(c)
    {
        return give(letter);
    }
    for small in c.to_lowercase() {
        if let Some(letter) = twin(small) {
            give(letter);
        } else if small == 'ß' {
            give('s');
            give('s');
        } else if is_latin(small) || within.latin {
            plain(small, &mut give);
        } else {
            give(small);
        }
    }
}

/// A character that is written for a letter.
const fn digit(c: char) -> char {
    match c {
        '0' => 'o',
        '1' => ONE,
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        c => c,
    }
}

/// Small letters of other scripts that look like Latin ones wherever they stand, and forms of the same letter.
const fn twin(small: char) -> Option<char> {
    Some(match small {
        'а' | 'α' => 'a',
        'с' | 'ϲ' => 'c',
        'ԁ' | 'ð' | 'đ' => 'd',
        'е' => 'e',
        'һ' => 'h',
        'і' | 'ι' | 'ı' | 'ӏ' => 'i',
        'ј' | 'ϳ' => 'j',
        'κ' => 'k',
        'ο' | 'о' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'ѕ' | 'ꜱ' => 's',
        'υ' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' | 'ү' => 'y',
        'ς' => 'σ',
        // Arabic letters that keyboards of other languages give for the same one.
        'ي' | 'ى' => 'ی',
        'ك' => 'ک',
        _ => return None,
    })
}

/// Letters that are taken for Latin ones only in the company of such, in the case in which they look like them.
fn disguised(c: char) -> Option<char> {
    Some(match c {
        'В' | 'Β' | 'в' | 'β' | 'ь' | 'Ь' | 'ʙ' => 'b',
        'Ε' | 'ε' | 'э' | 'є' | 'ᴇ' => 'e',
        'ғ' | 'ꜰ' => 'f',
        'ɢ' => 'g',
        'Н' | 'Η' | 'н' | 'ʜ' => 'h',
        'Ӏ' | 'ɪ' => 'i',
        'К' | 'к' | 'ᴋ' => 'k',
        'ʟ' => 'l',
        'М' | 'Μ' | 'м' | 'ᴍ' => 'm',
        'Ν' | 'η' | 'п' | 'и' | 'И' | 'ɴ' => 'n',
        'ө' | 'σ' | 'θ' => 'o',
        'г' | 'я' | 'Я' | 'ʀ' => 'r',
        'Т' | 'Τ' | 'т' | 'τ' | 'ᴛ' => 't',
        'μ' => 'u',
        'ω' | 'ш' | 'Ш' => 'w',
        'Υ' | 'ʏ' => 'y',
        'Ζ' | 'ζ' => 'z',
        'ᴀ' => 'a',
        '\u{1F150}'..='\u{1F169}' => nth_letter(c, 0x1F150)?,
        '\u{1F170}'..='\u{1F189}' => nth_letter(c, 0x1F170)?,
        _ => return None,
    })
}

fn nth_letter(c: char, first: u32) -> Option<char> {
    char::from_u32(u32::from('a') + u32::from(c) - first)
}

/// What Unicode says that a letter looks like, if that is Latin letters of the simplest sort; as it is otherwise.
fn plain(small: char, give: &mut impl FnMut(char)) {
    let mut one = [0; 4];
    let shape: String = skeleton(small.encode_utf8(&mut one)).filter(|c| !is_accent(*c)).collect();
    if !shape.is_empty() && shape.chars().all(|c| c.is_ascii_alphabetic()) {
        shape.chars().for_each(|c| give(c.to_ascii_lowercase()));
    } else {
        give(small);
    }
}

/// Whether it belongs to a word.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Mark)
}

/// Whether it is a letter, or stands for one.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphabetic()
}

/// A mark on a letter without which it can be read: accents of Latin, Greek and Cyrillic, points of Hebrew, vowel signs
/// of Arabic and its stretching line. The marks of other scripts are vowels, without which a word is another.
pub(super) fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}'..='\u{05C2}'
        | '\u{05C4}'..='\u{05C5}' | '\u{05C7}' | '\u{0610}'..='\u{061A}' | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}'
        | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E8}' | '\u{06EA}'..='\u{06ED}' | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}')
}

/// A letter of the Latin script.
pub(super) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || (c.is_alphabetic()
            && matches!(c,
                '\u{00AA}'..='\u{02AF}' | '\u{1D00}'..='\u{1D7F}' | '\u{1E00}'..='\u{1EFF}' | '\u{2C60}'..='\u{2C7F}'
                | '\u{A720}'..='\u{A7FF}' | '\u{AB30}'..='\u{AB6F}' | '\u{1F150}'..='\u{1F189}'))
}

/// A character of a script that sets no blanks between words: each counts as a word.
pub(super) fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{3098}' | '\u{309B}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// A character that takes room and shows nothing, and one that is set small behind a word: both end it.
pub(super) fn parts(c: char) -> bool {
    matches!(c, '\u{115F}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}' | '™' | '℠')
}

/// What may stand between letters that are one word: a single one of these.
pub(super) fn joins(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | '-' | '_' | '·' | '•' | '*' | '/' | '\u{2010}'..='\u{2015}') || parts(c)
}
