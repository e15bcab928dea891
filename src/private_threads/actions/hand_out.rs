//! What is handed out to somebody of their own. A thread that does not open is handed out without its texts, and says so: one
//! key that is lost keeps nobody from the rest.

use super::{
    super::{
        queries::{accesses, drafts, erasure, names},
        types::{AccessRow, Content, MessageRow, OwnPrivateMessage, OwnPrivateThread, Part, SentMessage, ThreadRow},
    },
    break_glass::access,
    keep::{key_of, open_content, open_draft, open_title, opened},
};
use crate::{
    db::Conn,
    error::Result,
    secrets::{Secrets, ThreadKey},
};
use std::{collections::HashMap, iter};
use uuid::Uuid;

/// The threads of a reader with all that was said in them, as they saw it, in the order of their ids, `limit` at most, those
/// after `after`. In a fixed number of statements.
///
/// # Errors
/// When the database is away.
pub async fn list_of_reader(
    conn: &mut Conn,
    secrets: &Secrets,
    reader_id: Uuid,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<OwnPrivateThread>> {
    let rows = erasure::threads_of(conn, reader_id, after.unwrap_or_default(), limit).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut messages: HashMap<Uuid, Vec<MessageRow>> = HashMap::new();
    for message in erasure::messages_of(conn, &ids).await? {
        messages.entry(message.thread_id).or_default().push(message);
    }
    let mut broken: HashMap<Uuid, Vec<AccessRow>> = HashMap::new();
    for access in accesses::of(conn, &ids).await? {
        broken.entry(access.thread_id).or_default().push(access);
    }
    let coaches = messages.values().flatten().filter_map(|message| message.coach_id);
    let admins = broken.values().flatten().filter_map(|access| access.account_id);
    let names = names::of(conn, &coaches.chain(admins).collect::<Vec<_>>()).await?;
    let mut begun: HashMap<Uuid, Vec<u8>> = drafts::of_person(conn, reader_id, &ids)
        .await?
        .into_iter()
        .map(|draft| (draft.thread_id, draft.sealed))
        .collect();
    let whole = |row: ThreadRow| {
        let said = messages.remove(&row.id).unwrap_or_default();
        let texts = opened(row.id, Texts::open(secrets, &row, &said, begun.remove(&row.id).as_deref()));
        own_thread(&row, texts, (said, broken.remove(&row.id).unwrap_or_default()), &names)
    };
    Ok(rows.into_iter().map(whole).collect())
}

/// All that was written in a thread, opened.
#[derive(Default)]
struct Texts {
    title: Option<String>,
    /// In the order of the messages.
    contents: Vec<Option<Content>>,
    draft: Option<String>,
}

impl Texts {
    fn open(secrets: &Secrets, row: &ThreadRow, said: &[MessageRow], begun: Option<&[u8]>) -> Result<Self> {
        let key = key_of(secrets, row)?;
        Ok(Self {
            title: open_title(&key, row)?,
            contents: said.iter().map(|message| open_content(&key, message)).collect::<Result<_>>()?,
            draft: begun.map(|sealed| open_draft(&key, row.id, None, sealed)).transpose()?,
        })
    }
}

fn own_thread(
    row: &ThreadRow,
    texts: Option<Texts>,
    (said, broken): (Vec<MessageRow>, Vec<AccessRow>),
    names: &HashMap<Uuid, String>,
) -> OwnPrivateThread {
    let unreadable = texts.is_none();
    let Texts { title, contents, draft } = texts.unwrap_or_default();
    let contents = contents.into_iter().chain(iter::repeat(None));
    OwnPrivateThread {
        id: row.id,
        state: row.state,
        unreadable,
        title,
        article_id: row.article_id,
        comment_id: row.comment_id,
        created_at: row.created_at,
        opened_at: row.opened_at,
        closed_at: row.closed_at,
        left_at: row.reader_left_at,
        accesses: broken.iter().map(|row| access(row, names)).collect(),
        messages: said.iter().zip(contents).map(|(row, content)| own_message(row, content, names)).collect(),
        draft,
    }
}

fn own_message(row: &MessageRow, content: Option<Content>, names: &HashMap<Uuid, String>) -> OwnPrivateMessage {
    let Content { markdown, quote, .. } = content.unwrap_or_default();
    OwnPrivateMessage {
        no: row.no,
        by: if row.by_reader { Part::Reader } else { Part::Coach },
        name: row.coach_id.and_then(|id| names.get(&id).cloned()),
        body: markdown,
        quote,
        created_at: row.created_at,
        edited_at: row.edited_at,
        deleted_at: row.deleted_at,
    }
}

/// What a coach wrote in private threads, and nothing that anybody else did, in the order of the ids, `limit` at most, those
/// after `after`.
///
/// # Errors
/// When the database is away.
pub async fn list_sent_by(
    conn: &mut Conn,
    secrets: &Secrets,
    coach_id: Uuid,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<SentMessage>> {
    let rows = erasure::messages_by(conn, coach_id, after.unwrap_or_default(), limit).await?;
    let sent = |(row, sealed): (MessageRow, Vec<u8>)| {
        let key = ThreadKey::from_kept(secrets, row.thread_id, &sealed);
        let content = opened(row.thread_id, key.and_then(|key| open_content(&key, &row)));
        let unreadable = content.is_none();
        let Content { markdown, .. } = content.flatten().unwrap_or_default();
        SentMessage {
            id: row.id,
            thread_id: row.thread_id,
            no: row.no,
            unreadable,
            body: markdown,
            created_at: row.created_at,
            edited_at: row.edited_at,
            deleted_at: row.deleted_at,
        }
    };
    Ok(rows.into_iter().map(sent).collect())
}
