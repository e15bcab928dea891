//! Names that people want to be known by: what they may be made of, and which of them look the same.
//!
//! Display names follow the PRECIS Nickname profile (RFC 8266), which a decision in `docs/decisions` explains.

use super::{
    clean::{Bounds, Flaw, clean_line},
    unicode::{is_bidi_mark, is_invisible, is_unassigned, joins},
};
use unicode_normalization::UnicodeNormalization;
use unicode_security::skeleton;

/// Takes in the name that somebody wants to be known by, [`Bounds::DISPLAY_NAME`] long: as [`clean_line`], in Unicode
/// NFKC (RFC 8266 §2.3), so that wide, ligated and mathematical letters become plain ones, and without anything that
/// could make two names look the same, which direction marks and characters without width do. Joiners that belong to the
/// spelling (Persian, Hindi, emoji) stay.
///
/// # Errors
/// The first [`Flaw`] found.
pub fn clean_name(input: &str) -> Result<String, Flaw> {
    let name = stable(clean_line(input, Bounds::DISPLAY_NAME)?)?;
    let mut before = None;
    let mut characters = name.chars().peekable();
    while let Some(c) = characters.next() {
        if is_bidi_mark(c) {
            return Err(Flaw::BidiControl);
        }
        if is_unassigned(c) {
            return Err(Flaw::Unassigned { code: c.into() });
        }
        let spelling = before.zip(characters.peek()).is_some_and(|(before, after)| joins(before, c, *after));
        if is_invisible(c) && !spelling {
            return Err(Flaw::InvisibleCharacter { code: c.into() });
        }
        before = Some(c);
    }
    Ok(name)
}

/// Normalising can make blanks, and putting blanks in order can bring marks together: done until nothing changes
/// (RFC 8266 §2.3). Each round but the first makes the name shorter, so that it ends.
fn stable(mut name: String) -> Result<String, Flaw> {
    loop {
        let next = clean_line(&name.nfkc().collect::<String>(), Bounds::DISPLAY_NAME)?;
        if next == name {
            return Ok(name);
        }
        name = next;
    }
}

/// What a name looks like: two names that a reader could take for one another have the same. Built on the skeletons of
/// UTS #39 (section 4), which map letters that look alike, in any script, to one of them; beyond that neither case, width,
/// blanks nor characters without width make a difference, nor does `i` from `l`, since capital letters put the one into
/// the shape of the other.
///
/// For comparing only: it is no name, and means nothing to people. Never empty for a name that [`clean_name`] took.
#[must_use]
pub fn name_skeleton(name: &str) -> String {
    let mut shape = name.to_owned();
    for _ in 0..ROUNDS {
        let next = simpler(&shape);
        if next == shape {
            break;
        }
        shape = next;
    }
    shape
}

/// Far more than any name needs; a bound, should the tables of Unicode ever lead in a circle.
const ROUNDS: usize = 8;

/// Capitals look alike before they become small, small letters after: so both before and after.
fn simpler(name: &str) -> String {
    let plain: String = name.nfkc().collect();
    let small: String = skeleton(&plain).flat_map(char::to_lowercase).filter(|c| !is_unseen(*c)).collect();
    let mut shape = String::with_capacity(small.len());
    for c in skeleton(&small) {
        match c {
            'i' => shape.push('l'),
            // The dot of an `i` or `j` is there with and without this mark.
            '\u{307}' if shape.ends_with(['l', 'j']) => {}
            c => shape.push(c),
        }
    }
    shape
}

fn is_unseen(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}
