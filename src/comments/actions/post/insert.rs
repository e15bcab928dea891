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
    admit::{Owners, admit, take},
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
    let (mut threads, mut owners) = hold(tx, &news).await?;
    let Above { parents, locked, askers } = Above::of(tx, &news).await?;
    let parent_of = |new: &New| {
        let parent = visible_parent(new, &parents)?;
        rules::may_answer(parent.is_some_and(|parent| locked.contains(&parent.id)), new.by_staff).map(|()| parent)
    };
    let placeable = || news.iter().filter(|(new, _)| parent_of(new).is_ok());
    let replies: Vec<&Arrival> = placeable().filter(|(new, _)| !new.is_root()).map(|(_, arrival)| arrival).collect();
    owners.extend(take(tx.conn, &replies, tx.now).await?);
    let arrivals: Vec<&Arrival> = placeable().map(|(_, arrival)| arrival).collect();
    let mut admitted = admit(tx, &arrivals, &owners).await?.into_iter();
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
    take_back(tx, &threads).await?;
    batch.write(tx).await?;
    Ok(verdicts)
}

/// Takes the counter rows, which grow as if all were placed: whoever has the next position also commits next. Then, in the same
/// wait, the prints of roots: they have their place whatever else is there.
async fn hold(tx: &Tx<'_>, news: &[(New, Arrival)]) -> Result<(HashMap<Uuid, Thread>, Owners)> {
    let mut expected: BTreeMap<Uuid, Growth> = BTreeMap::new();
    for (new, _) in news {
        *expected.entry(new.article_id).or_default() += new.growth();
    }
    let roots = news.iter().filter(|(new, _)| new.is_root()).map(|(_, arrival)| arrival);
    let roots: Vec<&Arrival> = roots.collect();
    let (locks, owners) = try_join!(
        biased;
        write::lock_threads(tx.conn, &expected).map_err(Error::from),
        take(tx.conn, &roots, tx.now),
    )?;
    let thread = |lock: Lock| {
        let expected = expected.get(&lock.article_id).copied().unwrap_or_default();
        (lock.article_id, Thread { lock, expected, growth: Growth::default() })
    };
    Ok((locks.into_iter().map(thread).collect(), owners))
}

/// Takes back by how much threads have grown for those that were refused.
async fn take_back(tx: &Tx<'_>, threads: &HashMap<Uuid, Thread>) -> Result<()> {
    let refused = threads.iter().map(|(article_id, thread)| (*article_id, thread.growth - thread.expected));
    let refused: BTreeMap<Uuid, Growth> = refused.filter(|(_, growth)| *growth != Growth::default()).collect();
    if !refused.is_empty() {
        write::add(tx.conn, &refused).await?;
    }
    Ok(())
}

/// What stands above replies.
struct Above {
    parents: HashMap<Uuid, Parent>,
    /// Parents that nobody but the publication's own people may reply to.
    locked: Vec<Uuid>,
    /// Who began the conversations that these people answer, by what they reply to.
    askers: HashMap<Uuid, Option<Uuid>>,
}

impl Above {
    /// Asks while the threads are held. Nothing is asked where nobody replies.
    async fn of(tx: &Tx<'_>, news: &[(New, Arrival)]) -> Result<Self> {
        let replies = || news.iter().filter_map(|(new, _)| Some((new.parent_id?, new.by_staff)));
        let parents: Vec<Uuid> = replies().map(|(parent_id, _)| parent_id).collect();
        let answered: Vec<Uuid> = replies().filter(|(_, by_staff)| *by_staff).map(|(parent_id, _)| parent_id).collect();
        let (parents, locked, askers) = try_join!(
            if_any(&parents, write::parents(tx.conn, &parents)),
            if_any(&parents, curation::locked_among(tx.conn, &parents)),
            if_any(&answered, answers::askers(tx.conn, &answered)),
        )?;
        let parents = parents.into_iter().map(|parent| (parent.id, parent)).collect();
        Ok(Self { parents, locked, askers: askers.into_iter().collect() })
    }
}

/// A thread that is held: as it was, by how much it grows if all are placed, and by how much it has grown.
struct Thread {
    lock: Lock,
    expected: Growth,
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
        let growth = new.growth();
        thread.growth += growth;
        let version = thread.lock.version + thread.growth.versions;
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
        let lock = Lock { version, ..thread.lock };
        self.events.push(Posted { lock, comment_id, parent_id, account_id, visible, mentioned });
        let root_no = (growth.root_nos > 0).then_some(thread.lock.last_root_no + thread.growth.root_nos);
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

    async fn write(self, tx: &mut Tx<'_>) -> Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        if !self.guests.is_empty() {
            write::insert_guests(tx.conn, &self.guests).await?;
        }
        for Posted { lock, comment_id, parent_id, account_id, visible, mentioned } in self.events {
            let news = News::of("comment.posted", &lock, comment_id).by(account_id).public(visible);
            tx.append(news.mentioning(&mentioned).in_reply_to(parent_id).into());
        }
        let told = tx.told();
        let ((ids, hashes), replies) = (self.networks, Vec::from_iter(self.replies));
        // In this order: what comes after one that fails says only that the transaction is over.
        try_join!(
            biased;
            insert(tx.conn, self.rows).map_err(Error::from),
            if_any(&ids, networks::keep(tx.conn, &ids, &hashes, tx.now)),
            if_any(&replies, write::count_replies(tx.conn, &replies)),
            told.send(tx.conn),
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
        Ok(())
    }
}

impl New {
    fn is_root(&self) -> bool {
        self.parent_id.is_none()
    }

    /// By how much its thread grows when it is placed.
    fn growth(&self) -> Growth {
        let visible = self.outcome.status == CommentStatus::Visible;
        let root = i32::from(visible && self.is_root());
        Growth { versions: 1, positions: 1, visible: visible.into(), roots: root, root_nos: root }
    }

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
