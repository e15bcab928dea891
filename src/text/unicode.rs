//! The few classes of characters that decide whether a text may be shown to others.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// A control character that no text needs: C0 and C1 (with NUL and DEL) except tab and line feed.
pub(super) fn is_control(c: char) -> bool {
    c.is_control() && c != '\t' && c != '\n'
}

/// A code point that Unicode keeps for a program's own use and that is never text: the last two of each plane and
/// U+FDD0 to U+FDEF (Unicode 16, section 23.7).
pub(super) fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}') || (c as u32) & 0xFFFE == 0xFFFE
}

/// A code point that no writing has, or that each program may use as it likes: categories Cn and Co.
pub(super) fn is_unassigned(c: char) -> bool {
    matches!(c.general_category(), GeneralCategory::Unassigned | GeneralCategory::PrivateUse)
}

/// A mark that tells the direction of its neighbours, alone or as one of a pair (UAX 9, section 2).
pub(super) fn is_bidi_mark(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A character that leaves no trace where it stands: `Default_Ignorable_Code_Point` without the variation selectors, which
/// choose between shapes of the character before them, plus the blank Braille cell.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180E}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E00FF}' | '\u{E01F0}'..='\u{E0FFF}')
}

/// A variation selector: chooses the shape of the character before it.
pub(super) fn is_variation_selector(c: char) -> bool {
    matches!(c, '\u{180B}'..='\u{180D}' | '\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whether a zero-width joiner or non-joiner is spelling, not disguise: within Arabic to Sinhala writing both decide the
/// shape of letters (Persian names need them), and a joiner builds one emoji out of several.
pub(super) fn joins(before: char, joiner: char, after: char) -> bool {
    let shaped = |c: char| matches!(c, '\u{0600}'..='\u{0DFF}') && !is_invisible(c);
    let pictured =
        |c: char| matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}') && !is_invisible(c);
    match joiner {
        '\u{200C}' => shaped(before) && shaped(after),
        '\u{200D}' => (shaped(before) && shaped(after)) || (pictured(before) && pictured(after)),
        _ => false,
    }
}

/// Whether every direction that a line turns to is also ended on that line, innermost first. Paragraphs end all of them
/// anyway (UAX 9, rule X8), so what is left open can only reach text that is not the writer's own.
pub(super) fn bidi_is_balanced(text: &str) -> bool {
    text.split('\n').all(|line| {
        let mut open = Vec::new();
        for c in line.chars() {
            match c {
                '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' => open.push('\u{202C}'),
                '\u{2066}'..='\u{2068}' => open.push('\u{2069}'),
                '\u{202C}' | '\u{2069}' if open.pop() != Some(c) => return false,
                _ => {}
            }
        }
        open.is_empty()
    })
}
