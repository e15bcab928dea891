//! What may be said, by whom, and until when. Pure.

use super::types::{Content, MessageRow, OpenPrivateThread, Part, SayPrivately, Seated, ThreadRow, ThreadState};
use crate::{
    error::{Code, Error, Field, Result},
    text::{self, Bounds, Flaw},
};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

/// The longest quote, characters.
const QUOTE: Bounds = Bounds::new(1, 300);

/// The longest draft, characters; it may be empty.
const DRAFT: Bounds = Bounds::new(0, 20_000);

/// Unread messages are counted up to this.
pub const MOST_UNREAD: i64 = 100;

/// What a new thread begins with.
#[derive(Debug)]
pub struct Opening {
    /// What it is about.
    pub title: Option<String>,
    /// The first message.
    pub content: Content,
}

/// Checks what a reader opens a thread with.
///
/// # Errors
/// [`Code::Validation`] with every field that is not acceptable.
pub fn check_opening(input: &OpenPrivateThread) -> Result<Opening> {
    let title = input.title.as_deref().map(|title| text::clean_line(title, Bounds::TITLE)).transpose();
    let title = title.map_err(|flaw| field("/title", &flaw));
    match (title, content(&input.body, None)) {
        (Ok(title), Ok(content)) => Ok(Opening { title, content }),
        (title, content) => Err(Error::validation(title.err().into_iter().chain(content.err()).collect())),
    }
}

/// Checks a message.
///
/// # Errors
/// [`Code::Validation`] with every field that is not acceptable.
pub fn check_message(input: &SayPrivately) -> Result<Content> {
    let quote = input.quote.as_deref().map(|quote| text::clean_line(&spaced(quote), QUOTE)).transpose();
    let quote = quote.map_err(|flaw| field("/quote", &flaw));
    match (quote, content(&input.body, None)) {
        (Ok(quote), Ok(content)) => Ok(Content { quote, ..content }),
        (quote, content) => Err(Error::validation(quote.err().into_iter().chain(content.err()).collect())),
    }
}

/// Checks a text that comes alone.
///
/// # Errors
/// [`Code::Validation`] at `/body`.
pub fn check_body(body: &str, quote: Option<String>) -> Result<Content> {
    content(body, quote).map_err(|flaw| Error::validation(vec![flaw]))
}

/// Checks what somebody has begun to write.
///
/// # Errors
/// [`Code::Validation`] at `/body`.
pub fn check_draft(body: &str) -> Result<String> {
    text::clean(body, DRAFT).map_err(|flaw| Error::validation(vec![field("/body", &flaw)]))
}

fn content(body: &str, quote: Option<String>) -> std::result::Result<Content, Field> {
    let markdown = text::clean(body, Bounds::COMMENT).map_err(|flaw| field("/body", &flaw))?;
    Ok(Content::of(markdown, quote))
}

fn field(at: &str, flaw: &Flaw) -> Field {
    Field::body(at, flaw.code(), flaw.detail())
}

/// Whether a quote stands in the public comment; `said` is what that says, if everybody sees it.
///
/// # Errors
/// [`Code::Validation`] at `/quote`.
pub fn stands_in(quote: &str, said: Option<&str>) -> Result<()> {
    if said.is_some_and(|said| spaced(said).contains(quote)) {
        return Ok(());
    }
    let flaw = Field::body("/quote", "not_in_comment", "does not stand in the comment that this thread continues");
    Err(Error::validation(vec![flaw]))
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lets a reader do what is the reader's.
///
/// # Errors
/// [`Code::Forbidden`] for a coach of the thread.
pub fn only_reader(seated: &Seated) -> Result<()> {
    match seated.part() {
        Part::Reader => Ok(()),
        Part::Coach => Err(Error::new(Code::Forbidden, "Only the reader may do this.")),
    }
}

/// Goes on with a thread that is in a state.
///
/// # Errors
/// [`Code::Conflict`], saying how it stands.
pub fn must_be(thread: &ThreadRow, state: ThreadState) -> Result<()> {
    if thread.state == state {
        return Ok(());
    }
    Err(Error::new(Code::Conflict, format!("The thread is {}.", thread.state.as_str())))
}

/// Goes on with a thread that can be closed and opened again.
///
/// # Errors
/// [`Code::Conflict`] for an invitation.
pub fn must_have_begun(thread: &ThreadRow) -> Result<()> {
    match thread.state {
        ThreadState::Open | ThreadState::Closed => Ok(()),
        ThreadState::Invited | ThreadState::Declined => must_be(thread, ThreadState::Open),
    }
}

/// Whether somebody wrote a message themselves.
pub fn is_own(message: &MessageRow, seated: &Seated) -> bool {
    match seated.coach_id() {
        None => message.by_reader,
        coach => !message.by_reader && message.coach_id == coach,
    }
}

/// Goes on while a message can be changed. `minutes` is the publication's setting, as for comments: 0 means until it is
/// answered.
///
/// # Errors
/// [`Code::EditWindowClosed`], saying until when it was open.
pub fn can_be_changed(message: &MessageRow, answered: bool, minutes: u32, now: DateTime<Utc>) -> Result<()> {
    let end = message.created_at + TimeDelta::minutes(i64::from(minutes));
    let detail = match minutes {
        0 if answered => "It could be changed until it was answered.".to_owned(),
        0 => return Ok(()),
        _ if now < end => return Ok(()),
        _ => format!("It could be changed until {}.", end.to_rfc3339_opts(SecondsFormat::Secs, true)),
    };
    Err(Error::new(Code::EditWindowClosed, detail))
}

/// The error for a guest of whom nobody knows that the address is theirs.
#[must_use]
pub fn unverified() -> Error {
    let detail = "First confirm your e-mail address by the code that was sent there: POST /v1/guests/confirmations.";
    Error::new(Code::AddressUnverified, detail)
}

/// The error for an account that is to have what a guest with another address wrote in private.
#[must_use]
pub fn of_another_address() -> Error {
    let detail =
        "The guest has private threads: only an account with the e-mail address that the guest gave can have them.";
    Error::new(Code::AddressUnverified, detail)
}

/// The error for an account that does not work as a coach.
#[must_use]
pub fn no_coach() -> Error {
    Error::validation(vec![Field::body("/coach_id", "not_a_coach", "must be another account that works as a coach")])
}
