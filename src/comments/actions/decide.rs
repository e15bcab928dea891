//! Verdicts: one or many in one transaction, each by itself. However many there are, the statements are as many.

use super::{
    super::{
        queries::{
            mentions, reports, reviews,
            settle::{self, Settlement},
            thread, verdicts, write,
        },
        rules,
        types::{Author, CommentRow, CommentStatus, Decided, Decision, Growth, Lock, NewVerdict, Order, ReportOutcome},
    },
    colleagues::Colleagues,
    news::News,
};
use crate::{
    error::{Error, Result},
    events::Tx,
    screening::Reason,
};
use std::collections::{BTreeMap, HashMap, HashSet};
use uuid::Uuid;

/// Gives verdicts on comments, each named once, in their order, and the reports on them their outcome. Each by itself, so that
/// one that does not apply keeps no other from being given. `by` is none where nobody looked.
///
/// # Errors
/// For one: [`Code::NotFound`](crate::error::Code::NotFound), and as `rules::may_decide`. For all: when the database is
/// away.
pub async fn decide_each(tx: &mut Tx<'_>, by: Option<Uuid>, orders: &[Order]) -> Result<Vec<Result<Decided>>> {
    let ids: Vec<Uuid> = orders.iter().map(|order| order.comment_id).collect();
    let mut bench = Bench::open(tx, &ids).await?;
    let mut verdicts = Vec::with_capacity(orders.len());
    let mut given = Vec::new();
    for order in orders {
        let verdict = bench.check(order, by, tx);
        given.extend(verdict.as_ref().ok().map(|decided| (order, *decided)));
        verdicts.push(verdict);
    }
    if given.is_empty() {
        return Ok(verdicts);
    }
    let statuses = given.iter().map(|(order, decided)| (order.comment_id, decided.status)).collect();
    let public = bench.turn(tx, &statuses).await?;
    bench.keep(tx, by, &given).await?;
    bench.tell(tx, by, &given, &public).await?;
    Ok(verdicts)
}

/// Takes a verdict back: the comment is what it was, where it waited it waits again, in its old place, and the reports that
/// it decided on are open again. Returns what the comment is now, and when the verdict had been given.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound); as `rules::may_undo`.
pub async fn undo(tx: &mut Tx<'_>, by: Uuid, verdict_id: Uuid) -> Result<Decided> {
    let found = verdicts::find(tx.conn, verdict_id).await?.ok_or_else(Error::not_found)?;
    let mut bench = Bench::open(tx, &[found.comment_id]).await?;
    // Again, now that nobody else decides on it.
    let verdict = verdicts::find(tx.conn, verdict_id).await?.ok_or_else(Error::not_found)?;
    let comment = bench.rows.get(&verdict.comment_id).ok_or_else(Error::not_found)?;
    bench.colleagues.on(verdict.comment_id, tx.now).have_not_claimed(Some(by))?;
    let last = verdicts::last_of(tx.conn, &[verdict.comment_id]).await?.pop();
    rules::may_undo(&verdict, last.map(|last| last.id), comment)?;
    let waits = matches!(verdict.was, CommentStatus::Pending | CommentStatus::Held);
    let place = verdict.place().or(waits.then_some((tx.now, 0, false)));
    let review = place.map(|place| rules::waiting(comment, rules::waits_as(verdict.was), place));
    verdicts::undo(tx.conn, verdict_id, by, tx.now).await?;
    let public = bench.turn(tx, &HashMap::from([(verdict.comment_id, verdict.was)])).await?;
    match review {
        Some(review) => reviews::queue(tx.conn, &[review]).await?,
        None => reviews::leave(tx.conn, &[verdict.comment_id]).await?,
    };
    reports::reopen(tx.conn, verdict.comment_id, verdict.at).await?;
    if let Some(lock) = bench.next(verdict.comment_id) {
        let public = public.contains(&verdict.comment_id);
        tx.append(News::of("comment.verdict_undone", &lock, verdict.comment_id).by(Some(by)).public(public).into());
    }
    Ok(Decided { comment_id: verdict.comment_id, verdict_id, status: verdict.was, at: verdict.at })
}

/// Threads that are held, and what is to be decided in them: what it says holds until the end of the transaction.
#[derive(Default)]
struct Bench {
    locks: BTreeMap<Uuid, Lock>,
    rows: HashMap<Uuid, CommentRow>,
    colleagues: Colleagues,
}

impl Bench {
    /// Takes the counter rows in the order in which every writer takes them, then reads the comments.
    async fn open(tx: &mut Tx<'_>, ids: &[Uuid]) -> Result<Self> {
        let mut writes: BTreeMap<Uuid, Growth> = BTreeMap::new();
        for article_id in verdicts::articles_of(tx.conn, ids).await? {
            *writes.entry(article_id).or_default() += Growth { versions: 1, ..Growth::default() };
        }
        if writes.is_empty() {
            return Ok(Self::default());
        }
        let locks =
            write::lock_threads(tx.conn, &writes).await?.into_iter().map(|lock| (lock.article_id, lock)).collect();
        let rows = thread::find_each(tx.conn, ids).await?;
        let rows = rows.into_iter().map(|placed| (placed.comment.id, placed.comment)).collect();
        let colleagues = Colleagues::at(tx, ids).await?;
        Ok(Self { locks, rows, colleagues })
    }

    fn check(&self, order: &Order, by: Option<Uuid>, tx: &Tx<'_>) -> Result<Decided> {
        let comment = self.rows.get(&order.comment_id).ok_or_else(Error::not_found)?;
        rules::may_decide(order, comment, by, self.colleagues.on(order.comment_id, tx.now))?;
        let (verdict_id, status) = (tx.id(), order.decision.status());
        Ok(Decided { comment_id: order.comment_id, verdict_id, status, at: tx.now })
    }

    /// Gives comments other statuses and sets right every counter that follows. Returns those of them in which the public
    /// sees a difference.
    async fn turn(&self, tx: &mut Tx<'_>, statuses: &HashMap<Uuid, CommentStatus>) -> Result<HashSet<Uuid>> {
        let ids: Vec<Uuid> = statuses.keys().copied().collect();
        let nodes = settle::nodes(tx.conn, &ids).await?;
        let visible = statuses.iter().map(|(id, status)| (*id, *status == CommentStatus::Visible)).collect();
        let settled = rules::settle(&nodes, &visible);
        let locks: Vec<Lock> = self.locks.values().copied().collect();
        let follows = Settlement::all(&settled, statuses, &settled.root_nos(&locks));
        settle::settle(tx.conn, &follows).await?;
        let growths = settled.growths();
        if !growths.is_empty() {
            write::add(tx.conn, &growths).await?;
        }
        let shown_after = |id: &Uuid, row: &CommentRow| {
            let more = settled.comments.get(id).map_or(0, |counts| counts.replies);
            visible.get(id) == Some(&true) || row.reply_count + more > 0
        };
        let seen = |id: &Uuid| self.rows.get(id).is_some_and(|row| row.shown() || shown_after(id, row));
        Ok(ids.into_iter().filter(seen).collect())
    }

    /// Keeps what was decided, and moves the comments in or out of the queue.
    async fn keep(&self, tx: &mut Tx<'_>, by: Option<Uuid>, given: &[(&Order, Decided)]) -> Result<()> {
        let (mut rows, mut leaving, mut waiting) = (Vec::with_capacity(given.len()), Vec::new(), Vec::new());
        for (order, decided) in given {
            let Some(comment) = self.rows.get(&order.comment_id) else { continue };
            let place = self.colleagues.reviews.get(&order.comment_id);
            rows.push(NewVerdict {
                reason: order.reason.map(Reason::as_str),
                message: order.message.clone(),
                by_account: by,
                ..NewVerdict::on(decided.verdict_id, comment, decided.status, decided.at).with_place(place)
            });
            if order.decision == Decision::Hold {
                let place = place.map_or((tx.now, 0, false), |it| (it.queued_at, it.priority, it.first_time));
                waiting.push(rules::waiting(comment, rules::waits_as(CommentStatus::Held), place));
            } else {
                leaving.push(comment.id);
            }
        }
        verdicts::insert(tx.conn, &rows).await?;
        for decision in [Decision::Approve, Decision::Reject] {
            let Some(outcome) = ReportOutcome::of(decision) else { continue };
            let alike = given.iter().filter(|(order, _)| order.decision == decision);
            let ids: Vec<Uuid> = alike.map(|(order, _)| order.comment_id).collect();
            if !ids.is_empty() {
                reports::decide(tx.conn, &ids, outcome, tx.now).await?;
            }
        }
        if !leaving.is_empty() {
            reviews::leave(tx.conn, &leaving).await?;
        }
        if !waiting.is_empty() {
            reviews::queue(tx.conn, &waiting).await?;
        }
        Ok(())
    }

    /// Appends an event for each. Whom a comment mentions learns of it only when it is shown.
    async fn tell(
        &mut self,
        tx: &mut Tx<'_>,
        by: Option<Uuid>,
        given: &[(&Order, Decided)],
        public: &HashSet<Uuid>,
    ) -> Result<()> {
        let rows = &self.rows;
        let appears = |(order, decided): &&(&Order, Decided)| {
            let row = rows.get(&order.comment_id);
            let was = row.map(|row| row.status);
            was != Some(CommentStatus::Visible)
                && decided.status == CommentStatus::Visible
                && row.is_some_and(|row| row.mention_count > 0)
        };
        let appearing: Vec<Uuid> = given.iter().filter(appears).map(|(order, _)| order.comment_id).collect();
        let mut mentioned: HashMap<Uuid, Vec<Author>> = HashMap::new();
        let named = if appearing.is_empty() { Vec::new() } else { mentions::of_each(tx.conn, &appearing).await? };
        for (comment_id, person) in named {
            mentioned.entry(comment_id).or_default().push(person);
        }
        for (order, _) in given {
            let id = order.comment_id;
            let Some(lock) = self.next(id) else { continue };
            let mentioned = mentioned.remove(&id).unwrap_or_default();
            let news = News::of(order.decision.event(), &lock, id).by(by).public(public.contains(&id));
            tx.append(news.mentioning(&mentioned).into());
        }
        Ok(())
    }

    /// The thread of a comment at its next version.
    fn next(&mut self, comment_id: Uuid) -> Option<Lock> {
        let article_id = self.rows.get(&comment_id)?.article_id;
        let lock = self.locks.get_mut(&article_id)?;
        lock.version += 1;
        Some(*lock)
    }
}
