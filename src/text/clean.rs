use std::fmt;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::unicode::{bidi_is_balanced, is_control, is_invisible, is_noncharacter, is_variation_selector};

/// Most marks on one base character. Real writing stays under it (pointed Hebrew and Vietnamese need three or four); more
/// only serve to paint over the lines above and below.
const MAX_COMBINING_MARKS: usize = 8;

/// How long a text may be, in characters: Unicode scalar values after normalisation, as JSON Schema's `maxLength` and
/// Postgres's `char_length` count them, so that all three agree. With `min` 0 the text may be blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Fewest characters.
    pub min: usize,
    /// Most characters.
    pub max: usize,
}

impl Bounds {
    /// The name that stands beside what somebody wrote.
    pub const DISPLAY_NAME: Self = Self::new(1, 60);
    /// The title of an article.
    pub const TITLE: Self = Self::new(1, 200);
    /// The summary of an article; may be left blank.
    pub const SUMMARY: Self = Self::new(0, 500);
    /// The Markdown of an article.
    pub const ARTICLE: Self = Self::new(1, 500_000);
    /// The Markdown of a comment.
    pub const COMMENT: Self = Self::new(1, 20_000);
    /// The name of a tag.
    pub const TAG: Self = Self::new(1, 60);
    /// A reason, a report or another short note between staff and readers; may be left blank.
    pub const NOTE: Self = Self::new(0, 2_000);

    /// From `min` to `max` characters, both included.
    #[must_use]
    pub const fn new(min: usize, max: usize) -> Self {
        Self { min, max }
    }
}

/// Why a text cannot be taken as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// Nothing that could be seen.
    Blank,
    /// Fewer characters than `min`.
    TooShort {
        /// What it needs.
        min: usize,
    },
    /// More characters than `max`.
    TooLong {
        /// What it may have.
        max: usize,
    },
    /// A control character such as NUL or ESC.
    ControlCharacter {
        /// Which.
        code: u32,
    },
    /// A code point that is never text, such as U+FFFE.
    Noncharacter {
        /// Which.
        code: u32,
    },
    /// A code point without an agreed meaning, in a name: nobody knows what others see there.
    Unassigned {
        /// Which.
        code: u32,
    },
    /// A change of direction that is not undone on its line; in a name, any direction mark.
    BidiControl,
    /// A character without width, in a name.
    InvisibleCharacter {
        /// Which.
        code: u32,
    },
    /// A line break in a text of one line.
    LineBreak,
    /// More combining marks in a row than any writing needs.
    CombiningMarks {
        /// How many there may be.
        max: usize,
    },
}

impl Flaw {
    /// What is wrong, for programs; never changes its meaning.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::TooShort { .. } => "too_short",
            Self::TooLong { .. } => "too_long",
            Self::ControlCharacter { .. } => "control_character",
            Self::Noncharacter { .. } => "noncharacter",
            Self::Unassigned { .. } => "unassigned",
            Self::BidiControl => "bidi_control",
            Self::InvisibleCharacter { .. } => "invisible_character",
            Self::LineBreak => "line_break",
            Self::CombiningMarks { .. } => "combining_marks",
        }
    }

    /// What is wrong, for people; never repeats the text.
    #[must_use]
    pub fn detail(self) -> String {
        self.to_string()
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blank => f.write_str("must not be blank"),
            Self::TooShort { min } => write!(f, "must have at least {min} characters"),
            Self::TooLong { max } => write!(f, "must have at most {max} characters"),
            Self::ControlCharacter { code } => write!(f, "must not contain the control character U+{code:04X}"),
            Self::Noncharacter { code } => write!(f, "must not contain U+{code:04X}, which is not a character"),
            Self::Unassigned { code } => write!(f, "must not contain U+{code:04X}, which has no agreed meaning"),
            Self::BidiControl => f.write_str("must not change the direction of the text without changing it back"),
            Self::InvisibleCharacter { code } => write!(f, "must not contain the invisible character U+{code:04X}"),
            Self::LineBreak => f.write_str("must be a single line"),
            Self::CombiningMarks { max } => write!(f, "must not have more than {max} combining marks on one character"),
        }
    }
}

impl std::error::Error for Flaw {}

/// Takes in a text of any number of lines: Unicode NFC, line feeds only, no white space around it. Nothing else is changed:
/// what could deceive or break something is refused and named.
///
/// # Errors
/// The first [`Flaw`] found.
pub fn clean(input: &str, bounds: Bounds) -> Result<String, Flaw> {
    let input = trim(input);
    // No character is composed of more than twelve bytes, so what is longer cannot fit: refused before any work on it.
    if input.len() > bounds.max.saturating_mul(12) {
        return Err(Flaw::TooLong { max: bounds.max });
    }
    check_characters(input)?;
    let text = lines(input).nfc().collect::<String>();
    check_length(&text, bounds)?;
    if !bidi_is_balanced(&text) {
        return Err(Flaw::BidiControl);
    }
    Ok(text)
}

/// Takes in a text of one line, such as a title: as [`clean`], and every run of white space becomes one space.
///
/// # Errors
/// The first [`Flaw`] found, [`Flaw::LineBreak`] among them.
pub fn clean_line(input: &str, bounds: Bounds) -> Result<String, Flaw> {
    if trim(input).contains(['\n', '\r', '\u{2028}', '\u{2029}']) {
        return Err(Flaw::LineBreak);
    }
    let text = clean(input, Bounds { min: 0, ..bounds })?;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    check_length(&text, bounds)?;
    Ok(text)
}

/// Without white space at either end; a byte order mark counts as such, since editors leave it there unseen.
fn trim(input: &str) -> &str {
    input.trim_matches(|c: char| c.is_whitespace() && !is_control_but_line_end(c) || c == '\u{FEFF}')
}

/// White space that must be refused rather than trimmed: vertical tab, form feed and NEL are control characters.
fn is_control_but_line_end(c: char) -> bool {
    is_control(c) && c != '\r'
}

fn check_characters(input: &str) -> Result<(), Flaw> {
    let mut marks = 0;
    for c in input.chars() {
        if is_control_but_line_end(c) {
            return Err(Flaw::ControlCharacter { code: c.into() });
        }
        if is_noncharacter(c) {
            return Err(Flaw::Noncharacter { code: c.into() });
        }
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        if marks > MAX_COMBINING_MARKS {
            return Err(Flaw::CombiningMarks { max: MAX_COMBINING_MARKS });
        }
    }
    Ok(())
}

/// The text's characters with every kind of line end as a line feed.
fn lines(input: &str) -> impl Iterator<Item = char> {
    let mut after_return = false;
    input.chars().filter_map(move |c| {
        let rest_of_crlf = after_return && c == '\n';
        after_return = c == '\r';
        match c {
            '\n' if rest_of_crlf => None,
            '\r' | '\u{2028}' | '\u{2029}' => Some('\n'),
            other => Some(other),
        }
    })
}

fn check_length(text: &str, Bounds { min, max }: Bounds) -> Result<(), Flaw> {
    let length = text.chars().count();
    let unseen = |c: char| c.is_whitespace() || is_invisible(c) || is_variation_selector(c) || is_combining_mark(c);
    if length > max {
        Err(Flaw::TooLong { max })
    } else if min > 0 && text.chars().all(unseen) {
        Err(Flaw::Blank)
    } else if length < min {
        Err(Flaw::TooShort { min })
    } else {
        Ok(())
    }
}
