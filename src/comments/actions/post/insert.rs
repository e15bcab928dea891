//! Comments that have passed all checks take their places.

use super::super::{
    super::{
        queries::{answers, curation, insert::insert, mentions, networks, reviews, verdicts, write},
        rules::{self, Place},
        types::{
            Arrival, Author, Byline, CommentRow, CommentStatus, Counts, Growth, GuestRow, Lock, NewHit, NewMention,
            NewReview, NewRow, NewVerdict, Outcome, Parent, Text,
        },
    },
    admit::admit,
    news::News,
};
use crate::{
    db::if_any,
    error::{Code, Error, Field, Result},
    events::Tx,
};
use chrono::{DateTime, Utc};
use futures_util::TryFutureExt;
use std::collections::{BTreeMap, HashMap};
use tokio::try_join;
use uuid::Uuid;

/// A comment that has passed all checks.
pub struct New {
    pub id: Uuid,
    pub article_id: Uuid,
    pub parent_id: Option<Uuid>,
    pub section_id: Option<String>,
    pub quote: Option<String>,
    pub fragment: Option<String>,
    pub account_id: Option<Uuid>,
    pub guest_id: Option<Uuid>,
    /// The guest, where the comment brings a new one.
    pub guest: Option<GuestRow>,
    /// What is told of who writes it.
    pub byline: Byline,
    /// Whether the publication speaks through it: then it may stand in a conversation that is locked.
    pub by_staff: bool,
    /// Whether it answers who began the conversation, for the publication.
    pub is_answer: bool,
    /// What was found in it, and what becomes of it.
    pub outcome: Outcome,
    pub created_at: DateTime<Utc>,
    pub text: Text,
    /// Whom it calls by name.
    pub mentions: Vec<Author>,
    /// The keyed hash of where it comes from; none for the publication's own people.
    pub network_hash: Option<Vec<u8>>,
}

/// Gives each its place in its thread, in their order, or refuses it. What is refused leaves nothing behind.
///
/// # Errors
/// For one: [`Code::ParentElsewhere`], [`Code::ThreadLocked`], [`Code::DuplicateComment`], [`Code::ChallengeFailed`]. For
/// all: when the database is away.
pub(super) async fn insert_each(tx: &mut Tx<'_>, news: Vec<(New, Arrival)>) -> Result<Vec<Result<CommentRow>>> {
    let mut threads = hold(tx, &news).await?;
    let parents: Vec<Uuid> = news.iter().filter_map(|(new, _)| new.parent_id).collect();
    let locked = if parents.is_empty() { Vec::new() } else { curation::locked_among(tx.conn, &parents).await? };
    let parents = if parents.is_empty() { Vec::new() } else { write::parents(tx.conn, &parents).await? };
    let askers = askers(tx, &news).await?;
    let parents: HashMap<Uuid, Parent> = parents.into_iter().map(|parent| (parent.id, parent)).collect();
    let parent_of = |new: &New| {
        let parent = visible_parent(new, &parents)?;
        rules::may_answer(parent.is_some_and(|parent| locked.contains(&parent.id)), new.by_staff).map(|()| parent)
    };
    let placeable = news.iter().filter(|(new, _)| parent_of(new).is_ok());
    let arrivals: Vec<&Arrival> = placeable.map(|(_, arrival)| arrival).collect();
    let mut admitted = admit(tx, &arrivals).await?.into_iter();
    let (mut verdicts, mut batch) = (Vec::with_capacity(news.len()), Batch::default());
    for (mut new, _) in news {
        let admitted = parent_of(&new)
            .and_then(|parent| admitted.next().unwrap_or_else(|| Err(Error::not_found())).map(|()| parent));
        let parent = match admitted {
            Ok(parent) => parent,
            Err(error) => {
                verdicts.push(Err(error));
                continue;
            }
        };
        new.is_answer = new.by_staff && parent.is_some_and(|parent| rules::answers(&askers, parent.id, new.account_id));
        let Some(thread) = threads.get_mut(&new.article_id) else { return Err(Error::not_found()) };
        batch.guests.extend(new.guest.take());
        verdicts.push(Ok(batch.place(new, parent, thread, tx.id())));
    }
    batch.write(tx, threads).await?;
    Ok(verdicts)
}

/// Who began the conversations that the publication's own people answer, by what they reply to. Nothing is asked where none
/// of them writes.
async fn askers(tx: &mut Tx<'_>, news: &[(New, Arrival)]) -> Result<HashMap<Uuid, Option<Uuid>>> {
    let replies = news.iter().filter(|(new, _)| new.by_staff).filter_map(|(new, _)| new.parent_id);
    let parents: Vec<Uuid> = replies.collect();
    let askers = if parents.is_empty() { Vec::new() } else { answers::askers(tx.conn, &parents).await? };
    Ok(askers.into_iter().collect())
}

/// Takes the counter rows: whoever has the next position also commits next.
async fn hold(tx: &mut Tx<'_>, news: &[(New, Arrival)]) -> Result<HashMap<Uuid, Thread>> {
    let mut writes = BTreeMap::new();
    for (new, _) in news {
        *writes.entry(new.article_id).or_insert(0_i64) += 1;
    }
    let locks = write::lock_threads(tx.conn, &writes).await?;
    let thread = |lock: Lock| {
        let before = lock.version - writes.get(&lock.article_id).copied().unwrap_or_default();
        let growth = Growth { article_id: lock.article_id, ..Growth::default() };
        (lock.article_id, Thread { lock: Lock { version: before, ..lock }, growth })
    };
    Ok(locks.into_iter().map(thread).collect())
}

/// A thread that is held: as it was, and by how much it has grown since.
struct Thread {
    lock: Lock,
    growth: Growth,
}

/// What is told of a comment.
struct Posted {
    lock: Lock,
    comment_id: Uuid,
    parent_id: Option<Uuid>,
    account_id: Option<Uuid>,
    visible: bool,
    mentioned: Vec<Author>,
}

/// What is written to all threads together.
#[derive(Default)]
struct Batch {
    guests: Vec<GuestRow>,
    rows: Vec<NewRow>,
    replies: BTreeMap<Uuid, Counts>,
    mentions: Vec<NewMention>,
    /// Where comments come from.
    networks: (Vec<Uuid>, Vec<Vec<u8>>),
    hits: Vec<NewHit>,
    reviews: Vec<NewReview>,
    verdicts: Vec<NewVerdict>,
    events: Vec<Posted>,
}

impl Batch {
    /// The comment as it will be read. `verdict_id` is for the one on what no check lets through.
    fn place(&mut self, mut new: New, parent: Option<&Parent>, thread: &mut Thread, verdict_id: Uuid) -> CommentRow {
        let visible = new.outcome.status == CommentStatus::Visible;
        let root_shown = visible && parent.is_none();
        thread.growth.positions += 1;
        thread.growth.visible += i32::from(visible);
        thread.growth.roots += i32::from(root_shown);
        thread.growth.root_nos += i32::from(root_shown);
        thread.lock.version += 1;
        let position = thread.lock.last_position + thread.growth.positions;
        let place = Place::new(new.id, parent.cloned().map(Place::from).as_ref(), position);
        if let Some(parent) = parent.filter(|_| visible) {
            self.replies.entry(parent.id).or_default().replies += 1;
            let root = self.replies.entry(parent.root_id).or_default();
            root.descendants += 1;
            root.answers += i32::from(new.is_answer);
        }
        let (comment_id, parent_id, account_id) = (new.id, new.parent_id, new.account_id);
        let mentioned = new.mentions.clone();
        self.mentions.extend(rules::mention_rows(comment_id, &mentioned));
        self.networks.extend(new.network_hash.take().map(|hash| (comment_id, hash)));
        self.events.push(Posted { lock: thread.lock, comment_id, parent_id, account_id, visible, mentioned });
        let root_no = root_shown.then_some(thread.lock.last_root_no + thread.growth.root_nos);
        let (byline, outcome, at) = (std::mem::take(&mut new.byline), new.outcome.clone(), new.created_at);
        let row = new.row(place, root_no);
        let read = row.as_read(byline);
        self.hits.extend(NewHit::all(comment_id, read.revision, &outcome.hits, at));
        self.reviews.extend(rules::review(&read, &read.body_html, &outcome, at));
        if outcome.status == CommentStatus::Rejected && !outcome.hits.is_empty() {
            // Undone, it waits for somebody to look.
            let was = CommentStatus::Pending.as_str();
            self.verdicts.push(NewVerdict { was, ..NewVerdict::on(verdict_id, &read, outcome.status, at) });
        }
        self.rows.push(row);
        read
    }

    async fn write(self, tx: &mut Tx<'_>, threads: HashMap<Uuid, Thread>) -> Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        if !self.guests.is_empty() {
            write::insert_guests(tx.conn, &self.guests).await?;
        }
        let ((ids, hashes), replies) = (self.networks, Vec::from_iter(self.replies));
        let growths: Vec<Growth> = threads.into_values().map(|thread| thread.growth).collect();
        // In this order: what comes after one that fails says only that the transaction is over.
        try_join!(
            biased;
            insert(tx.conn, self.rows).map_err(Error::from),
            if_any(&ids, networks::keep(tx.conn, &ids, &hashes, tx.now)),
            if_any(&replies, write::count_replies(tx.conn, &replies)),
            if_any(&growths, write::add(tx.conn, &growths)),
        )?;
        if !self.mentions.is_empty() {
            mentions::insert(tx.conn, &self.mentions).await?;
        }
        if !self.hits.is_empty() {
            reviews::keep_hits(tx.conn, &self.hits).await?;
        }
        if !self.reviews.is_empty() {
            reviews::queue(tx.conn, &self.reviews).await?;
        }
        if !self.verdicts.is_empty() {
            verdicts::insert(tx.conn, &self.verdicts).await?;
        }
        for Posted { lock, comment_id, parent_id, account_id, visible, mentioned } in self.events {
            let news = News::of("comment.posted", &lock, comment_id).by(account_id).public(visible);
            tx.append(news.mentioning(&mentioned).in_reply_to(parent_id).into());
        }
        Ok(())
    }
}

impl New {
    /// Its row at its place.
    pub fn row(self, place: Place, root_no: Option<i32>) -> NewRow {
        NewRow {
            id: self.id,
            article_id: self.article_id,
            parent_id: self.parent_id,
            root_id: place.root_id,
            position: place.position,
            root_no,
            depth: place.depth,
            path: place.path,
            account_id: self.account_id,
            guest_id: self.guest_id,
            status: self.outcome.status,
            shown: self.outcome.status == CommentStatus::Visible,
            is_answer: self.is_answer,
            section_id: self.section_id,
            quote: self.quote,
            fragment: self.fragment,
            rank: rules::rank(0, self.created_at),
            mention_count: rules::mention_count(&self.mentions),
            created_at: self.created_at,
            text: self.text,
        }
    }
}

/// What it replies to, if to anything.
fn visible_parent<'a>(new: &New, parents: &'a HashMap<Uuid, Parent>) -> Result<Option<&'a Parent>> {
    let Some(id) = new.parent_id else { return Ok(None) };
    let here = |parent: &&Parent| parent.article_id == new.article_id && parent.status == CommentStatus::Visible;
    parents.get(&id).filter(here).map(Some).ok_or_else(elsewhere)
}

/// The same for a comment that does not exist and for one that nobody may see yet.
pub fn elsewhere() -> Error {
    let field = Field::body("/parent_id", "unknown", "is no visible comment on this article");
    Error::new(Code::ParentElsewhere, "There is no such comment to reply to.").at(field)
}
