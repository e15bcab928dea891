//! Taking in whole threads, and counting again.

use super::{
    super::{
        queries::{answers, counts, insert, reviews, write},
        rules::{self, Place},
        types::{Byline, Drift, Growth, GuestName, ImportedAuthor, ImportedComment, Lock, NewReview, NewRow, Outcome},
    },
    guests::guest_row,
    post::{New, elsewhere},
};
use crate::{
    accounts::Email,
    db::Conn,
    error::{Error, Result},
    events::{Event, Tx},
    secrets::Secrets,
};
use serde_json::json;
use std::collections::{BTreeMap, HashMap, HashSet, hash_map::Entry};
use uuid::Uuid;

/// Rows that one INSERT takes: guests are sent one parameter a column, of which a statement takes 65 535.
const CHUNK: usize = 1000;

/// Takes comments into an article's thread behind those that are there, in the order of their dates, parents first.
/// Nobody is asked whether they may: closed threads, guests and pre-moderation are about what is written here.
/// Counters are right again after [`finish_import`], in the same transaction.
///
/// # Errors
/// [`Code::ParentElsewhere`](crate::error::Code::ParentElsewhere) when a parent is neither in the batch nor there,
/// or comments reply to each other in a ring.
pub async fn import_thread(
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    article_id: Uuid,
    batch: &[ImportedComment],
) -> Result<()> {
    if batch.is_empty() {
        return Ok(());
    }
    let within: HashSet<Uuid> = batch.iter().map(|comment| comment.id).collect();
    let elsewhere_parents: Vec<Uuid> =
        batch.iter().filter_map(|comment| comment.parent_id).filter(|id| !within.contains(id)).collect();
    let count = i64::try_from(batch.len()).unwrap_or(i64::MAX);
    let lock = hold(tx, article_id, Growth { versions: 1, positions: count, ..Growth::default() }).await?;
    let there = write::parents(tx.conn, &elsewhere_parents).await?;
    let there = there.into_iter().filter(|parent| parent.article_id == article_id);
    let there = there.map(|parent| (parent.id, parent.into())).collect();
    let placed = rules::arrange(batch, there, lock.last_position);
    if placed.len() < batch.len() {
        return Err(elsewhere());
    }
    let guests = take_guests(tx, secrets, article_id, batch).await?;
    for chunk in placed.chunks(CHUNK) {
        let rows: Vec<NewRow> = chunk.iter().map(|(comment, place)| row(article_id, comment, place, &guests)).collect();
        let waiting: Vec<NewReview> = rows.iter().filter_map(review).collect();
        insert::insert(tx.conn, rows).await?;
        if !waiting.is_empty() {
            reviews::queue(tx.conn, &waiting).await?;
        }
    }
    let by_members = batch.iter().filter(|comment| matches!(comment.author, ImportedAuthor::Member(_)));
    let by_members: Vec<Uuid> = by_members.map(|comment| comment.id).collect();
    if !by_members.is_empty() {
        answers::mark(tx.conn, &by_members).await?;
    }
    Ok(())
}

/// Sets an article's counters right after an import. Returns the thread's new version, for the importer's event.
///
/// # Errors
/// When the database is away.
pub async fn finish_import(tx: &mut Tx<'_>, article_id: Uuid) -> Result<i64> {
    let lock = hold(tx, article_id, Growth { versions: 1, ..Growth::default() }).await?;
    counts::settle_comments(tx.conn, article_id).await?;
    counts::number_roots(tx.conn, article_id).await?;
    counts::settle_thread(tx.conn, article_id).await?;
    Ok(lock.version + 1)
}

/// Takes the thread's counter row, which grows. Gives it as it was before.
async fn hold(tx: &mut Tx<'_>, article_id: Uuid, growth: Growth) -> Result<Lock> {
    write::lock_threads(tx.conn, &BTreeMap::from([(article_id, growth)])).await?.pop().ok_or_else(Error::not_found)
}

/// Every stored counter that is not what counting gives. Reads every comment: for those who run the server, on a
/// connection without a time-out.
///
/// # Errors
/// When the database is away.
pub async fn recount(conn: &mut Conn) -> Result<Vec<Drift>> {
    Ok(counts::drift(conn).await?)
}

/// Sets an article's counters to what counting gives.
///
/// # Errors
/// When the database is away.
pub async fn repair(tx: &mut Tx<'_>, article_id: Uuid) -> Result<()> {
    let version = finish_import(tx, article_id).await?;
    tx.append(Event {
        kind: "thread.repaired",
        stream: article_id,
        version,
        tags: vec![format!("thread:{article_id}")],
        data: json!({ "article_id": article_id }),
        actor_id: None,
    });
    Ok(())
}

/// Guests of a batch by what they are called.
type Guests<'a> = HashMap<(&'a str, Option<&'a str>), Uuid>;

fn called(guest: &GuestName) -> (&str, Option<&str>) {
    (&guest.name, guest.email.as_ref().map(Email::as_str))
}

async fn take_guests<'a>(
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    article_id: Uuid,
    batch: &'a [ImportedComment],
) -> Result<Guests<'a>> {
    let (mut guests, mut rows) = (Guests::new(), Vec::new());
    for comment in batch {
        let ImportedAuthor::Guest(guest) = &comment.author else { continue };
        if let Entry::Vacant(new) = guests.entry(called(guest)) {
            let row = guest_row(secrets, tx.id(), article_id, guest, comment.created_at)?;
            new.insert(row.id);
            rows.push(row);
        }
    }
    for chunk in rows.chunks(CHUNK) {
        write::insert_guests(tx.conn, chunk).await?;
    }
    Ok(guests)
}

fn row(article_id: Uuid, comment: &ImportedComment, place: &Place, guests: &Guests<'_>) -> NewRow {
    let (account_id, guest_id) = match &comment.author {
        ImportedAuthor::Member(id) => (Some(*id), None),
        ImportedAuthor::Guest(guest) => (None, guests.get(&called(guest)).copied()),
    };
    let new = New {
        id: comment.id,
        article_id,
        parent_id: comment.parent_id,
        section_id: None,
        quote: None,
        fragment: comment.fragment.clone(),
        account_id,
        guest_id,
        guest: None,
        byline: Byline::default(),
        by_staff: false,
        is_answer: false,
        outcome: Outcome::of(comment.status),
        created_at: comment.created_at,
        text: rules::derive(comment.body_markdown.clone()),
        mentions: Vec::new(),
        network_hash: None,
    };
    new.row(place.clone(), None)
}

/// Its place in the queue, if it waits: as long as it has.
fn review(row: &NewRow) -> Option<NewReview> {
    let waits = row.status.is_withheld().then(|| row.as_read(Byline::default()))?;
    rules::review(&waits, &waits.body_html, &Outcome::of(row.status), row.created_at)
}
