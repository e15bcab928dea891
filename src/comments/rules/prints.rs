//! Whether somebody says the same again. What was said is kept as keyed hashes only.

use super::super::types::{Arrival, Said};
use crate::{
    error::{Code, Error, Result},
    secrets::{Purpose, Secrets},
};
use std::collections::HashMap;
use uuid::Uuid;

/// The keyed hashes by which a comment is found again, one for each way to know who wrote it. Texts are the same that
/// differ in nothing but white space; `text::clean` has brought them into the same form of Unicode (NFC).
///
/// # Errors
/// Only if the cryptographic library fails.
pub fn prints(secrets: &Secrets, said: &Said<'_>) -> Result<Vec<Vec<u8>>> {
    let words: Vec<&str> = said.markdown.split_whitespace().collect();
    let what = words.join(" ");
    let parent_id = said.parent_id.unwrap_or_default();
    let newcomer = said.newcomer.map(|(network, name)| format!("newcomer\0{network}\0{name}"));
    let known = said.author_id.map(|id| format!("author\0{id}"));
    let print = |who: String| {
        let message = [who.as_bytes(), b"\0", said.article_id.as_bytes(), parent_id.as_bytes(), what.as_bytes()];
        Ok(secrets.mac(Purpose::CommentPrint, &message.concat())?.to_vec())
    };
    newcomer.into_iter().chain(known).map(print).collect()
}

/// Whether a comment is the first of its prints. `owners` says whose they are now that all of them were taken.
///
/// # Errors
/// [`Code::DuplicateComment`], which names the earlier comment to nobody but who wrote it.
pub fn first_said(arrival: &Arrival, owners: &HashMap<Vec<u8>, Uuid>) -> Result<()> {
    let mut owners = arrival.prints.iter().filter_map(|print| owners.get(print));
    match owners.find(|owner| **owner != arrival.comment_id) {
        None => Ok(()),
        Some(earlier) => Err(said_before(arrival.known.then_some(*earlier))),
    }
}

fn said_before(comment_id: Option<Uuid>) -> Error {
    let detail = "You have said the same here within a day.";
    Error { comment_id, ..Error::new(Code::DuplicateComment, detail) }
}

#[cfg(test)]
mod tests;
