//! A mail, as rooms write it and as it is stored.

use crate::db::schema::{mails, unsubscriptions};
use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A mail to one person. Its subject must not tell what the mail is about to somebody who looks over a shoulder.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// The address.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The plain form.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// What kind of mail it is, by which it is counted: `reset`. Stored beside it.
    #[serde(skip)]
    pub kind: &'static str,
    /// Whom it is for, where that is somebody who may be forgotten before it is sent: an account, or a guest. Stored beside it.
    #[serde(skip)]
    pub person_id: Option<Uuid>,
    /// Whether they may do without such mails.
    #[serde(skip)]
    pub optional: bool,
    /// By what they say so: it leads to the link in the mail.
    #[serde(default)]
    pub unsubscribe_token: Option<String>,
}

/// What a mail is made of.
#[derive(Debug, Clone, Copy)]
pub enum Part<'a> {
    /// A paragraph of plain text.
    Paragraph(&'a str),
    /// Something to be copied as it stands.
    Code(&'a str),
    /// An address to follow.
    Link(&'a str),
}

impl Mail {
    /// Writes both forms out of the same parts.
    #[must_use]
    pub fn new(to: &str, subject: &str, parts: &[Part<'_>]) -> Self {
        let text: Vec<String> = parts.iter().map(Part::text).collect();
        let html: String = parts.iter().map(Part::html).collect();
        Self {
            to: to.into(),
            subject: subject.into(),
            text: text.join("\n\n") + "\n",
            html: format!("<!doctype html>\n<html><body>\n{html}{END}"),
            kind: "other",
            person_id: None,
            optional: false,
            unsubscribe_token: None,
        }
    }

    /// The same, to be counted among others of this kind.
    #[must_use]
    pub fn of_kind(self, kind: &'static str) -> Self {
        Self { kind, ..self }
    }

    /// The same, as one that goes with a person: an account, or a guest.
    #[must_use]
    pub fn of_person(self, person_id: Uuid) -> Self {
        Self { person_id: Some(person_id), ..self }
    }

    /// The same, as one that a person may do without: an account, or a guest. Who has unsubscribed from its kind gets none,
    /// and it says how to (RFC 2369, RFC 8058).
    #[must_use]
    pub fn optional_for(self, person_id: Uuid) -> Self {
        Self { person_id: Some(person_id), optional: true, ..self }
    }

    /// Both forms, plain and HTML, with more at the end.
    pub fn ending_with(&self, parts: &[Part<'_>]) -> (String, String) {
        let text: Vec<String> = parts.iter().map(Part::text).collect();
        let html: String = parts.iter().map(Part::html).collect();
        let before = self.html.strip_suffix(END).unwrap_or(&self.html);
        (format!("{}\n{}\n", self.text, text.join("\n\n")), format!("{before}{html}{END}"))
    }
}

/// How the HTML form ends.
const END: &str = "</body></html>\n";

impl Part<'_> {
    fn text(&self) -> String {
        match self {
            Self::Paragraph(text) => (*text).to_owned(),
            Self::Code(code) => format!("    {code}"),
            Self::Link(link) => (*link).to_owned(),
        }
    }

    fn html(&self) -> String {
        match self {
            Self::Paragraph(text) => format!("<p>{}</p>\n", escape(text)),
            Self::Code(code) => format!("<pre>{}</pre>\n", escape(code)),
            Self::Link(link) => {
                let link = escape(link);
                format!("<p><a href=\"{link}\">{link}</a></p>\n")
            }
        }
    }
}

/// Plain text as the content of an HTML element or of an attribute in quotes.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[derive(Insertable)]
#[diesel(table_name = mails)]
pub struct NewMail {
    pub id: Uuid,
    pub sealed: Vec<u8>,
    pub created_at: DateTime<Utc>,
    pub next_attempt_at: DateTime<Utc>,
    pub to_hash: Vec<u8>,
    pub kind: &'static str,
    pub person_id: Option<Uuid>,
}

/// A mail whose turn it is.
#[derive(Queryable, Selectable)]
#[diesel(table_name = mails)]
pub struct DueMail {
    pub id: Uuid,
    pub sealed: Vec<u8>,
    /// Attempts so far, this one included once it has been claimed.
    pub attempts: i16,
    /// None for one that was written before addresses were counted.
    pub to_hash: Option<Vec<u8>>,
}

/// What an address has had.
#[derive(Debug, Clone, Copy, Queryable)]
pub struct Standing {
    /// Mails of all kinds in a day.
    pub today: i64,
    /// Those of the kind in question.
    pub today_of_kind: i64,
    /// Those of them after which another would follow too closely.
    pub just_now: i64,
    /// Whether a mail server refused it lately.
    pub bounced: bool,
}

/// A mail as its addressee may see that it was sent: what it said is not kept.
#[derive(Debug, Serialize, Queryable)]
pub struct Posted {
    /// Where it stands among them.
    #[serde(skip)]
    pub id: Uuid,
    /// What kind of mail.
    pub kind: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it was sent; null while it waits, or if it was given up.
    pub sent_at: Option<DateTime<Utc>>,
}

/// That somebody wants no more mails of a kind.
#[derive(Debug, Clone, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = unsubscriptions, check_for_backend(Pg))]
pub struct Unsubscription {
    /// An account or a guest.
    #[serde(skip)]
    pub person_id: Uuid,
    /// The kind, as in [`Mail::kind`].
    pub kind: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
}
