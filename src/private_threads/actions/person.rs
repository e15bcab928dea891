//! What is kept of a person: handing it out, handing it on, forgetting it.

use super::{
    super::{
        queries::{coaches, drafts, erasure, names, threads},
        types::{Content, MessageRow, OwnPrivateMessage, OwnPrivateThread, Part, SentMessage, ThreadRow},
    },
    disclose::within,
    keep::{key_of, open_content, open_draft, open_title},
};
use crate::{
    db::Conn,
    error::Result,
    events::Tx,
    secrets::{Secrets, ThreadKey},
};
use std::collections::HashMap;
use uuid::Uuid;

/// Threads of one transaction.
const BATCH: i64 = 20;

/// Erases a bounded number of a reader's threads, for everybody: an account's or a guest's. True when none is left.
///
/// # Errors
/// When the database is away.
pub async fn erase_reader(tx: &mut Tx<'_>, reader_id: Uuid) -> Result<bool> {
    let batch = erasure::threads_of(tx.conn, reader_id, Uuid::nil(), BATCH).await?;
    let mut about: Vec<Option<Uuid>> = batch.iter().map(|thread| thread.comment_id).collect();
    about.sort_unstable();
    about.dedup();
    for comment_id in about {
        let gone: Vec<Uuid> =
            batch.iter().filter(|thread| thread.comment_id == comment_id).map(|thread| thread.id).collect();
        within(tx, comment_id, async |tx| Ok(threads::delete(tx.conn, &gone).await?)).await?;
    }
    Ok(i64::try_from(batch.len()).is_ok_and(|taken| taken < BATCH))
}

/// Whether somebody is the reader of any thread, also of one that they have left.
///
/// # Errors
/// When the database is away.
pub async fn has_reader(conn: &mut Conn, reader_id: Uuid) -> Result<bool> {
    Ok(!erasure::threads_of(conn, reader_id, Uuid::nil(), 1).await?.is_empty())
}

/// Takes an account out of the threads in which it is a coach, and off what it said there, which stays: it is the readers', too.
/// Open threads that no coach is left in wait for another one.
///
/// # Errors
/// When the database is away.
pub async fn forget_coach(tx: &mut Tx<'_>, account_id: Uuid) -> Result<()> {
    let left = coaches::dismiss_everywhere(tx.conn, account_id).await?;
    threads::wait_without_coach(tx.conn, &left, tx.now).await?;
    erasure::unlink(tx.conn, account_id).await?;
    Ok(())
}

/// Gives a guest's threads to an account. Returns how many.
///
/// # Errors
/// When the database is away.
pub async fn hand_over_guest(tx: &mut Tx<'_>, guest_id: Uuid, account_id: Uuid) -> Result<usize> {
    drafts::hand_over(tx.conn, guest_id, account_id).await?;
    Ok(erasure::hand_over(tx.conn, guest_id, account_id).await?)
}

/// The threads of a reader with all that was said in them, as they saw it, in the order of their ids, `limit` at most, those
/// after `after`. In a fixed number of statements.
///
/// # Errors
/// When the database is away, or a key does not open.
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
    let coaches: Vec<Uuid> = messages.values().flatten().filter_map(|message| message.coach_id).collect();
    let names = names::of(conn, &coaches).await?;
    let mut begun: HashMap<Uuid, Vec<u8>> = drafts::of_person(conn, reader_id, &ids)
        .await?
        .into_iter()
        .map(|draft| (draft.thread_id, draft.sealed))
        .collect();
    let whole = |row: ThreadRow| {
        let key = key_of(secrets, &row)?;
        let said = messages.remove(&row.id).unwrap_or_default();
        let said = said.iter().map(|message| own_message(&key, message, &names)).collect::<Result<_>>()?;
        let draft = begun.remove(&row.id).map(|sealed| open_draft(&key, row.id, None, &sealed)).transpose()?;
        Ok(own_thread(&row, open_title(&key, &row)?, said, draft))
    };
    rows.into_iter().map(whole).collect()
}

fn own_thread(
    row: &ThreadRow,
    title: Option<String>,
    messages: Vec<OwnPrivateMessage>,
    draft: Option<String>,
) -> OwnPrivateThread {
    OwnPrivateThread {
        id: row.id,
        state: row.state,
        title,
        article_id: row.article_id,
        comment_id: row.comment_id,
        created_at: row.created_at,
        opened_at: row.opened_at,
        closed_at: row.closed_at,
        left_at: row.reader_left_at,
        messages,
        draft,
    }
}

fn own_message(key: &ThreadKey, row: &MessageRow, names: &HashMap<Uuid, String>) -> Result<OwnPrivateMessage> {
    let Content { markdown, quote, .. } = open_content(key, row)?.unwrap_or_default();
    Ok(OwnPrivateMessage {
        no: row.no,
        by: if row.by_reader { Part::Reader } else { Part::Coach },
        name: row.coach_id.and_then(|id| names.get(&id).cloned()),
        body: markdown,
        quote,
        created_at: row.created_at,
        edited_at: row.edited_at,
        deleted_at: row.deleted_at,
    })
}

/// What a coach wrote in private threads, and nothing that anybody else did, in the order of the ids, `limit` at most, those
/// after `after`.
///
/// # Errors
/// When the database is away, or a key does not open.
pub async fn list_sent_by(
    conn: &mut Conn,
    secrets: &Secrets,
    coach_id: Uuid,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<SentMessage>> {
    let rows = erasure::messages_by(conn, coach_id, after.unwrap_or_default(), limit).await?;
    let sent = |(row, sealed): (MessageRow, Vec<u8>)| {
        let key = ThreadKey::from_kept(secrets, row.thread_id, &sealed)?;
        let Content { markdown, .. } = open_content(&key, &row)?.unwrap_or_default();
        Ok(SentMessage {
            id: row.id,
            thread_id: row.thread_id,
            no: row.no,
            body: markdown,
            created_at: row.created_at,
            edited_at: row.edited_at,
            deleted_at: row.deleted_at,
        })
    };
    rows.into_iter().map(sent).collect()
}
