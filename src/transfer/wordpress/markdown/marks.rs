//! Characters of our own, by which text passes through the HTML library unharmed.
//!
//! The library decides by itself which punctuation of a text it escapes, and misses some. So every
//! character which could mean something in Markdown is replaced by a private one before, and
//! [`settle`](super::settle) gives it back after, when it is known what stands beside it on its
//! line. Emphasis travels the same way. The private characters are the last ones of Unicode's
//! plane 16, and are taken out of what comes in.

/// Inline formatting which has a beginning and an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Strong,
    Emphasis,
    Deletion,
    Subscript,
    Superscript,
    /// An address which is its own link text.
    Address,
    Code,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Open(Format),
    Close(Format),
    /// A character of the text which is not to be read as Markdown.
    Guarded(char),
}

const FIRST: u32 = 0x10_F000;
const OPEN: u32 = FIRST + 0x100;
const CLOSE: u32 = FIRST + 0x110;
const LAST: u32 = FIRST + 0x1FF;

const FORMATS: [Format; 7] = [
    Format::Strong,
    Format::Emphasis,
    Format::Deletion,
    Format::Subscript,
    Format::Superscript,
    Format::Address,
    Format::Code,
];

pub(super) fn is_mark(character: char) -> bool {
    (FIRST..=LAST).contains(&u32::from(character))
}

/// What a character read back stands for; none for ordinary text.
pub(super) fn mark(character: char) -> Option<Mark> {
    let code = u32::from(character).checked_sub(FIRST)?;
    let format = |first: u32| {
        let index = usize::try_from(code + FIRST - first).ok()?;
        FORMATS.get(index).copied()
    };
    match code {
        0..=0x7F => char::from_u32(code).map(Mark::Guarded),
        0x100..=0x10F => format(OPEN).map(Mark::Open),
        0x110..=0x11F => format(CLOSE).map(Mark::Close),
        _ => None,
    }
}

pub(super) fn open(format: Format) -> char {
    private(OPEN, format as u32)
}

pub(super) fn close(format: Format) -> char {
    private(CLOSE, format as u32)
}

/// Adds text of which nothing is to be read as Markdown or HTML.
pub(super) fn push_guarded(out: &mut String, text: &str) {
    let mut before = out.chars().next_back().unwrap_or(' ');
    for character in text.chars() {
        let is_meaningful = match character {
            '.' => before.is_ascii_digit(),
            other => "\\`*_#+-=~<>[]!&|):".contains(other),
        };
        out.push(if is_meaningful { private(FIRST, u32::from(character)) } else { character });
        before = character;
    }
}

fn private(first: u32, offset: u32) -> char {
    char::from_u32(first + offset).unwrap_or(char::REPLACEMENT_CHARACTER)
}
