//! Everything that is kept of one person, as one JSON document. It is collected page by page, a statement each.

use crate::{
    accounts::{self, Email},
    articles, audit, coaching, comments,
    db::Pool,
    error::{Error, Result},
    mail, private_threads, screening,
    secrets::Secrets,
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

/// Items of one statement.
const PAGE: usize = 200;
const LIMIT: i64 = 200;

/// What was collected.
pub struct Collected {
    /// The document.
    pub document: Vec<u8>,
    /// Every comment that has a text, by a file's name.
    pub files: Vec<(String, String)>,
    /// Where to tell the person that it is there.
    pub email: Option<String>,
}

/// Collects what is kept of an account. It holds nothing of others, but the ids of comments that were replied to or call
/// this person by name, and of people whom this person calls by name.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound) when there is no such account.
pub async fn collect(pool: &Pool, secrets: &Secrets, account_id: Uuid, made_at: DateTime<Utc>) -> Result<Collected> {
    let mut conn = pool.get().await?;
    let conn = &mut *conn;
    let account = accounts::own_account(conn, secrets, account_id).await?;
    let email = account.account.email.clone();
    let email_hash = email.as_deref().and_then(|email| Email::parse(email).ok()).map(|email| email.hash(secrets));
    let email_hash = email_hash.transpose()?;
    let mut document = Document::begin();
    document.field("made_at", &made_at)?;
    document.field("account", &account)?;
    let sessions = async |after| accounts::own_sessions(conn, account_id, after, LIMIT).await;
    document.list("sessions", sessions, |session| session.id).await?;
    let mut files = Vec::new();
    let own = async |after| {
        let page = comments::list_by_author(conn, account_id, after, LIMIT).await?;
        files.extend(page.iter().filter(|comment| !comment.row.body.is_empty()).map(file));
        Ok(page)
    };
    document.list("comments", own, |comment| comment.row.id).await?;
    let threads = async |after| private_threads::list_of_reader(conn, secrets, account_id, after, LIMIT).await;
    document.list("private_threads", threads, |thread| thread.id).await?;
    let sent = async |after| private_threads::list_sent_by(conn, secrets, account_id, after, LIMIT).await;
    document.list("private_messages_as_coach", sent, |message| message.id).await?;
    let given = async |after| comments::list_reactions_by(conn, account_id, after, LIMIT).await;
    document.list("reactions", given, |given| given.comment_id).await?;
    let calls = async |after| comments::list_mentions_of(conn, account_id, after, LIMIT).await;
    document.list("mentioned_in", calls, |mention| mention.id).await?;
    let reported = async |after| comments::list_reports_by(conn, account_id, after, LIMIT).await;
    document.list("reports", reported, |report| report.id).await?;
    let laid = async |after| screening::list_sanctions_of(conn, account_id, after, LIMIT).await;
    document.list("sanctions", laid, |sanction| sanction.id).await?;
    let own = async |after| Ok(articles::list_by_author(conn, account_id, after, LIMIT).await?);
    document.list("articles", own, |article| article.id).await?;
    let mails = async |after| match &email_hash {
        Some(hash) => mail::list_to(conn, hash, after, LIMIT).await,
        None => Ok(Vec::new()),
    };
    document.list("mails", mails, |mail| mail.id).await?;
    document.field("unsubscriptions", &mail::list_unsubscriptions(conn, account_id).await?)?;
    let begun = async |after| coaching::list_drafts_of(conn, secrets, account_id, after, LIMIT).await;
    document.list("answer_drafts", begun, |draft| draft.comment_id).await?;
    let saved = async |after| coaching::list_saved_replies_of(conn, account_id, after, LIMIT).await;
    document.list("saved_replies", saved, |reply| reply.id).await?;
    let notes = async |after| audit::list_about(conn, account_id, after, LIMIT).await;
    document.list("audit", notes, |note| note.id).await?;
    Ok(Collected { document: document.end(), files, email })
}

/// A comment as a file of its own.
fn file(comment: &comments::OwnComment) -> (String, String) {
    let comments::OwnRow { id, article, parent_id, status, body, created_at, .. } = &comment.row;
    let status = status.as_str();
    let reply = parent_id.map_or_else(String::new, |parent| format!("- in reply to: {parent}\n"));
    let text =
        format!("- id: {id}\n- article: {article}\n- written: {created_at}\n- status: {status}\n{reply}\n{body}\n");
    (format!("comments/{}-{article}-{id}.md", created_at.format("%Y-%m-%d")), text)
}

/// A JSON object in the making, never held as a tree.
struct Document(Vec<u8>);

impl Document {
    fn begin() -> Self {
        Self(b"{\n\"format\":\"colloquy-export/1\"".to_vec())
    }

    fn name(&mut self, name: &str) {
        self.0.extend_from_slice(format!(",\n\"{name}\":").as_bytes());
    }

    fn value(&mut self, value: &impl Serialize) -> Result<()> {
        serde_json::to_writer(&mut self.0, value).map_err(Error::internal)
    }

    fn field(&mut self, name: &str, value: &impl Serialize) -> Result<()> {
        self.name(name);
        self.value(value)
    }

    /// A list out of pages; `page` gives the items behind an id.
    async fn list<T: Serialize>(
        &mut self,
        name: &str,
        mut page: impl AsyncFnMut(Option<Uuid>) -> Result<Vec<T>>,
        id: impl Fn(&T) -> Uuid,
    ) -> Result<()> {
        self.name(name);
        self.0.push(b'[');
        let (mut after, mut first) = (None, true);
        loop {
            let items = page(after).await?;
            for item in &items {
                self.0.extend_from_slice(if first { b"\n" } else { b",\n" });
                self.value(item)?;
                first = false;
            }
            after = items.last().map(&id);
            if items.len() < PAGE {
                break;
            }
        }
        self.0.push(b']');
        Ok(())
    }

    fn end(mut self) -> Vec<u8> {
        self.0.extend_from_slice(b"\n}\n");
        self.0
    }
}
