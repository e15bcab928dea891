//! Where and why a file cannot be read any further.

use super::source::Mark;

/// A file which is not a WordPress export, or not a whole one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} (byte {byte}): {message}")]
pub struct Broken {
    /// The line, the first being 1.
    pub line: u64,
    /// Bytes before the fault.
    pub byte: u64,
    /// What is wrong, for the person who has the file; quotes none of its text.
    pub message: String,
}

impl Broken {
    pub(super) fn at(mark: Mark, message: impl Into<String>) -> Self {
        Self { line: mark.line, byte: mark.byte, message: message.into() }
    }
}
