//! Taking people off what they wrote. Each transaction takes a bounded number of comments and is whole by itself, so
//! that whoever was interrupted goes on where it was.

use super::super::{
    companion::GuestCompanion,
    queries::{
        corrections, erasure as queries, history, mentions, networks, own_guests as guests, prints, reactions, reports,
        reviews,
        settle::{self, Settlement},
        verdicts, write,
    },
    rules,
    types::{
        Author, CommentStatus, Correction, Lock, OwnComment, OwnMention, OwnReactions, OwnRevision, OwnRow, Reader,
        ReportOutcome, Written,
    },
};
use super::{mentions::forget_mentions, own::reasons, react::lower};
use crate::{
    accounts::ErasureMode,
    db::Conn,
    error::Result,
    events::{self, Event, Journal, Tx},
    mail, screening,
};
use serde_json::json;
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Comments of one transaction.
const BATCH: i64 = 500;

/// Takes an account off a bounded number of its comments, then of its reactions, which are taken back, then of what it
/// replaced as a moderator. What everybody can see stays without its author, or is deleted like one by one; what nobody
/// else can see is deleted in any case. True when nothing is left.
///
/// # Errors
/// When the database is away.
pub async fn erase_author(tx: &mut Tx<'_>, account_id: Uuid, mode: ErasureMode) -> Result<bool> {
    Ok(forget(tx, Author::Member(account_id), mode).await? && history::unlink(tx.conn, account_id, BATCH).await? == 0)
}

/// Whether an account has written or given anything that still bears it, or is mentioned anywhere.
///
/// # Errors
/// When the database is away.
pub async fn has_author(conn: &mut Conn, account_id: Uuid) -> Result<bool> {
    let (author, reader) = (Author::Member(account_id), Reader::Member(account_id));
    Ok(queries::has(conn, author).await?
        || reactions::has(conn, reader).await?
        || reports::has(conn, account_id).await?
        || mentions::has_calls(conn, account_id).await?)
}

/// Erases a guest at once: the name, the address, the comments or whose they were.
///
/// # Errors
/// When the database is away.
pub async fn erase_guest(
    journal: &Journal,
    companion: &dyn GuestCompanion,
    guest_id: Uuid,
    mode: ErasureMode,
) -> Result<()> {
    while !journal.write(async |tx| forget(tx, Author::Guest(guest_id), mode).await).await? {}
    journal
        .write(async |tx| {
            events::forget_answers_of(tx, &format!("guest:{guest_id}")).await?;
            companion.forget(tx, guest_id).await?;
            // Held first: whoever mentions them from now on comes too late, and who did just now is seen.
            guests::hold(tx.conn, guest_id).await?;
            companion.forget(tx, guest_id).await?;
            forget_mentions(tx, Author::Guest(guest_id)).await?;
            mail::forget_person(tx, guest_id).await?;
            screening::forget_sanctions_on(tx, guest_id).await?;
            // An address that nobody confirmed may be somebody else's.
            if let Some(email_hash) = queries::verified_address(tx.conn, guest_id).await? {
                screening::forget_sanctions_on_address(tx, &email_hash).await?;
            }
            queries::forget_guest(tx.conn, guest_id).await?;
            Ok(())
        })
        .await
}

/// The guests who showed that they have an address: whoever has an account with it was these guests, too.
///
/// # Errors
/// When the database is away.
pub async fn guests_of(conn: &mut Conn, email_hash: &[u8]) -> Result<Vec<Uuid>> {
    Ok(queries::verified_guests(conn, email_hash).await?)
}

/// Takes an address off every guest, also those for whom anybody may have given it.
///
/// # Errors
/// When the database is away.
pub async fn forget_address(tx: &mut Tx<'_>, email_hash: &[u8]) -> Result<()> {
    queries::forget_address(tx.conn, email_hash).await?;
    Ok(())
}

/// Comments of an account, whatever became of them, the oldest first, `limit` at most, those after `after`.
///
/// # Errors
/// When the database is away.
pub async fn list_by_author(
    conn: &mut Conn,
    account_id: Uuid,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<OwnComment>> {
    let rows = queries::page(conn, account_id, after.unwrap_or_default(), limit).await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut earlier: HashMap<Uuid, Vec<OwnRevision>> = HashMap::new();
    for text in history::of_comments(conn, &ids).await? {
        earlier.entry(text.comment_id).or_default().push(text);
    }
    let mut mentioned: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for mention in mentions::named(conn, &ids).await? {
        mentioned.entry(mention.comment_id).or_default().extend(mention.account_id.or(mention.guest_id));
    }
    let mut corrected: HashMap<Uuid, Vec<Correction>> = HashMap::new();
    for (comment_id, correction) in corrections::of_comments(conn, &ids).await? {
        corrected.entry(comment_id).or_default().push(correction);
    }
    let mut why = reasons(conn, &rows.iter().map(|row| (row.id, row.status)).collect::<Vec<_>>()).await?;
    let whole = |row: OwnRow| OwnComment {
        earlier: earlier.remove(&row.id).unwrap_or_default(),
        mentions: mentioned.remove(&row.id).unwrap_or_default(),
        corrections: corrected.remove(&row.id).unwrap_or_default(),
        moderation: why.remove(&row.id),
        row,
    };
    Ok(rows.into_iter().map(whole).collect())
}

/// What an account gave, comment by comment, `limit` at most, those after `after`.
///
/// # Errors
/// When the database is away.
pub async fn list_reactions_by(
    conn: &mut Conn,
    account_id: Uuid,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<OwnReactions>> {
    Ok(reactions::page(conn, account_id, after.unwrap_or_default(), limit).await?)
}

/// Comments that call an account by name, in the order of their ids, `limit` at most, those after `after`.
///
/// # Errors
/// When the database is away.
pub async fn list_mentions_of(
    conn: &mut Conn,
    account_id: Uuid,
    after: Option<Uuid>,
    limit: i64,
) -> Result<Vec<OwnMention>> {
    Ok(mentions::of_account(conn, account_id, after.unwrap_or_default(), limit).await?)
}

/// Of what somebody wrote, then of what they gave, of what calls them and of what they reported, a bounded part. True when
/// none is left.
async fn forget(tx: &mut Tx<'_>, author: Author, mode: ErasureMode) -> Result<bool> {
    let reader = match author {
        Author::Member(id) => Reader::Member(id),
        Author::Guest(id) => Reader::Guest(id),
    };
    Ok(erase(tx, author, mode).await?
        && erase_reactions(tx, reader).await?
        && forget_mentions(tx, author).await?
        && reports::unlink(tx.conn, author.id(), BATCH).await? == 0)
}

async fn erase(tx: &mut Tx<'_>, author: Author, mode: ErasureMode) -> Result<bool> {
    let articles: BTreeSet<Uuid> = queries::articles_of(tx.conn, author, BATCH).await?.into_iter().collect();
    if articles.is_empty() {
        return Ok(true);
    }
    let articles = Vec::from_iter(articles);
    let threads = queries::hold(tx.conn, &articles).await?;
    // Only now: what they say holds until the end of the transaction.
    let batch = queries::written(tx.conn, author, &articles, BATCH).await?;
    let gone = |comment: &&Written| match comment.status {
        CommentStatus::Visible => mode == ErasureMode::Remove,
        CommentStatus::Pending | CommentStatus::Held | CommentStatus::Rejected => true,
        CommentStatus::Deleted => false,
    };
    let deleted: Vec<Uuid> = batch.iter().filter(gone).map(|comment| comment.id).collect();
    let were_visible = |comment: &&Written| comment.status == CommentStatus::Visible;
    let hidden: Vec<Uuid> = batch.iter().filter(gone).filter(were_visible).map(|comment| comment.id).collect();
    let all: Vec<Uuid> = batch.iter().map(|comment| comment.id).collect();
    let nodes = if hidden.is_empty() { Vec::new() } else { settle::nodes(tx.conn, &hidden).await? };
    queries::blank(tx.conn, &deleted, &rules::derive(String::new()), tx.now).await?;
    if !hidden.is_empty() {
        let fallen = rules::settle(&nodes, &hidden.iter().map(|id| (*id, false)).collect());
        let follows = Settlement::all(&fallen, &HashMap::new(), &HashMap::new());
        settle::settle(tx.conn, &follows).await?;
        write::add(tx.conn, &fallen.growths()).await?;
    }
    verdicts::unlink(tx.conn, &all).await?;
    let is_empty = |comment: &&Written| gone(comment) || comment.status == CommentStatus::Deleted;
    let empty: Vec<Uuid> = batch.iter().filter(is_empty).map(|comment| comment.id).collect();
    queries::forget_beside(tx.conn, &empty).await?;
    corrections::forget(tx.conn, &empty).await?;
    // What they took back themselves, too.
    history::forget(tx.conn, &all).await?;
    queries::unlink(tx.conn, &all).await?;
    prints::forget(tx.conn, &all).await?;
    networks::forget(tx.conn, &all).await?;
    screening::forget_causes(tx, &all).await?;
    if !deleted.is_empty() {
        reports::decide(tx.conn, &deleted, ReportOutcome::Upheld, tx.now).await?;
    }
    reports::forget_notes(tx.conn, &all).await?;
    reviews::forget_hits(tx.conn, &all).await?;
    reviews::leave(tx.conn, &deleted).await?;
    // What stays visible and was reported is still to be looked at.
    reviews::unlink(tx.conn, &all).await?;
    let public = batch.iter().filter(|comment| comment.shown).map(|comment| comment.article_id).collect();
    announce(tx, "thread.author_erased", &threads, &public);
    Ok(i64::try_from(all.len()).is_ok_and(|taken| taken < BATCH))
}

/// Takes back what somebody gave a bounded number of comments. True when there was nothing.
async fn erase_reactions(tx: &mut Tx<'_>, reader: Reader) -> Result<bool> {
    let articles: BTreeSet<Uuid> = reactions::articles_of(tx.conn, reader, BATCH).await?.into_iter().collect();
    if articles.is_empty() {
        return Ok(true);
    }
    let articles = Vec::from_iter(articles);
    let threads = queries::hold(tx.conn, &articles).await?;
    let gone = reactions::take_all(tx.conn, reader, &articles, BATCH).await?;
    lower(tx.conn, gone).await?;
    announce(tx, "thread.reactions_erased", &threads, &articles.into_iter().collect());
    Ok(false)
}

/// One event for each thread. It does not say which comments: that would tell again whose they were together.
fn announce(tx: &mut Tx<'_>, kind: &'static str, threads: &[Lock], public: &BTreeSet<Uuid>) {
    for Lock { article_id, version, .. } in threads {
        let tags = public.contains(article_id).then(|| format!("thread:{article_id}"));
        tx.append(Event {
            kind,
            stream: *article_id,
            version: *version,
            tags: tags.into_iter().collect(),
            data: json!({ "article_id": article_id }),
            actor_id: None,
        });
    }
}
