//! What is said, sealed and opened. Each text opens only in its field of its row of its thread.

use super::super::types::{Content, MessageRow, ThreadRow};
use crate::{
    error::{Error, Result},
    secrets::{Secrets, ThreadKey},
};
use uuid::Uuid;

const TITLE: &str = "title";
const BODY: &str = "body";

/// The key of a thread.
///
/// # Errors
/// When the settings do not have the key any more under which it is sealed.
pub fn key_of(secrets: &Secrets, thread: &ThreadRow) -> Result<ThreadKey> {
    ThreadKey::from_kept(secrets, thread.id, &thread.key_sealed)
}

/// What was opened out of a thread, among others; none, and a note for whoever runs the server, where it does not open: one key
/// that is lost must hide no other thread.
pub fn opened<T>(thread_id: Uuid, text: Result<T>) -> Option<T> {
    text.inspect_err(|error| {
        tracing::error!(%thread_id, cause = format!("{error:#}"), "a private thread does not open");
    })
    .ok()
}

pub fn seal_title(key: &ThreadKey, thread_id: Uuid, title: &str) -> Result<Vec<u8>> {
    key.seal(thread_id, TITLE, title)
}

pub fn open_title(key: &ThreadKey, thread: &ThreadRow) -> Result<Option<String>> {
    thread.title_sealed.as_deref().map(|sealed| key.open(thread.id, TITLE, sealed)).transpose()
}

pub fn seal_content(key: &ThreadKey, message_id: Uuid, content: &Content) -> Result<Vec<u8>> {
    key.seal(message_id, BODY, &serde_json::to_string(content).map_err(Error::internal)?)
}

/// What a message says; none when it was deleted.
pub fn open_content(key: &ThreadKey, message: &MessageRow) -> Result<Option<Content>> {
    let Some(sealed) = &message.body_sealed else { return Ok(None) };
    serde_json::from_str(&key.open(message.id, BODY, sealed)?).map(Some).map_err(Error::internal)
}

/// Seals a draft of the reader or, if one is named, of a coach. It opens as that person's alone; the reader's also when the guest
/// has become a member.
pub fn seal_draft(key: &ThreadKey, thread_id: Uuid, coach_id: Option<Uuid>, body: &str) -> Result<Vec<u8>> {
    key.seal(thread_id, &draft_of(coach_id), body)
}

pub fn open_draft(key: &ThreadKey, thread_id: Uuid, coach_id: Option<Uuid>, sealed: &[u8]) -> Result<String> {
    key.open(thread_id, &draft_of(coach_id), sealed)
}

fn draft_of(coach_id: Option<Uuid>) -> String {
    coach_id.map_or_else(|| "draft".to_owned(), |coach_id| format!("draft of {coach_id}"))
}
