//! The text of one element, put together from the pieces the parser gives.

use super::types::Flaw;

/// The most a field's text may have, in bytes of UTF-8 (16 MiB).
pub const MAX_FIELD: usize = 16 * 1024 * 1024;

/// A text with what was left out of it or let pass.
#[derive(Default)]
pub(super) struct Field {
    pub value: String,
    controls: u64,
    strays: u64,
}

impl Field {
    /// Adds a piece of text; false when the text would become longer than [`MAX_FIELD`].
    pub fn push(&mut self, piece: &str) -> bool {
        if self.value.len() + piece.len() > MAX_FIELD {
            return false;
        }
        self.value.push_str(piece);
        true
    }

    /// Like [`push`](Self::push), for text outside CDATA: the parser gives a bare `&` as the
    /// beginning of a text of its own.
    pub fn push_text(&mut self, piece: &str) -> bool {
        self.strays += u64::from(piece.starts_with('&'));
        self.push(piece)
    }

    /// Adds a reference to an entity nobody defined as the text it was.
    pub fn push_stray(&mut self, name: &str) -> bool {
        self.strays += 1;
        let space = self.value.len() + name.len() + 2 <= MAX_FIELD;
        if space {
            self.value.push('&');
            self.value.push_str(name);
            self.value.push(';');
        }
        space
    }

    pub fn count_control(&mut self) {
        self.controls += 1;
    }

    /// Makes every line end `\n`, and leaves out the characters XML 1.0 (section 2.2) does not
    /// allow, which exports have all the same where a writer pasted them.
    pub fn finish(&mut self) {
        if !self.value.contains(is_unwelcome) {
            return;
        }
        let mut clean = String::with_capacity(self.value.len());
        let mut characters = self.value.chars().peekable();
        while let Some(character) = characters.next() {
            match character {
                '\r' => {
                    characters.next_if_eq(&'\n');
                    clean.push('\n');
                }
                other if is_unwelcome(other) => self.controls += 1,
                other => clean.push(other),
            }
        }
        self.value = clean;
    }

    /// What was wrong, and how often.
    pub fn flaws(&self) -> impl Iterator<Item = (Flaw, u64)> {
        let flaws = [(Flaw::ControlCharacters, self.controls), (Flaw::StrayReferences, self.strays)];
        flaws.into_iter().filter(|(_, count)| *count > 0)
    }
}

fn is_unwelcome(character: char) -> bool {
    matches!(character, '\0'..='\x08' | '\x0B'..='\x1F' | '\u{FFFE}' | '\u{FFFF}')
}
