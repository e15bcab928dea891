//! What nobody may see yet, or any more, stands in no answer: words that only hidden texts hold, and every operation of the
//! OpenAPI document by everybody who is not to read them, with every id and every value that it takes. A new operation is crawled
//! as soon as it stands in the document.

mod confided;
mod crawl;
mod hidden;
mod lookers;
mod private;
mod secrets;

use crate::world::Operation;
use reqwest::Method;

/// When an operation has its turn: what takes away comes after all that adds, or there would be nothing left to be shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Reads,
    Adds,
    TakesAway,
    /// People leave, or become somebody else; articles go.
    Ends,
}

impl Turn {
    fn of(operation: &Operation) -> Self {
        let begins = |beginnings: &[&str]| beginnings.iter().any(|it| operation.path.starts_with(it));
        let ends = |endings: &[&str]| endings.iter().any(|it| operation.path.ends_with(it));
        if operation.method == Method::GET {
            Self::Reads
        } else if begins(&["/v1/accounts", "/v1/sessions", "/v1/guests"]) || ends(&["/unpublish"]) {
            Self::Ends
        } else if operation.method == Method::DELETE || ends(&["/reject", "/hold", "/dismiss", "/close", "/leave"]) {
            Self::TakesAway
        } else {
            Self::Adds
        }
    }
}
