//! Posting: many comments in one transaction, each with its own verdict.

mod insert;
mod known;

pub use insert::{New, elsewhere};

use super::{
    super::{
        queries::write,
        rules::manage_token,
        types::{Arrival, Comment, CommentRow, Moderation, Receipt, Submission, Writer},
    },
    admit::arrival,
    guests::{Reception, ask, guest_row},
    mentions::whole,
    screen::Written,
};
use crate::{
    error::{Error, Result},
    events::Tx,
    http::{actor::Visitor, client::network_hash},
    screening,
    secrets::Secrets,
};
use known::{Checked, Known};
use uuid::Uuid;

/// Who writes.
///
/// # Errors
/// [`Code::Unauthenticated`](crate::error::Code::Unauthenticated) for a manage token that this server did not make.
pub fn writer(secrets: &Secrets, visitor: Visitor) -> Result<Writer> {
    Ok(match visitor {
        Visitor::Member(actor) => Writer::Member(actor.account_id, actor.role),
        Visitor::Guest(token) => Writer::Guest(manage_token::read(secrets, &token)?),
        Visitor::Anonymous => Writer::Anonymous,
    })
}

/// Posts what people sent, in its order, each by itself: what is refused leaves nothing behind. The flaws of a text are
/// told only to those who may write there. Who is to be asked by mail comes alone, so that the others wait for nobody.
///
/// # Errors
/// For one: [`Code::NotFound`](crate::error::Code::NotFound), `CommentsClosed`, `GuestsNotAllowed`, `Unauthenticated`,
/// `Validation`, `ChallengeRequired`, `Muted`, `Rephrase`, `ParentElsewhere`, `ThreadLocked`, `DuplicateComment` and
/// `ChallengeFailed`, in this order. For all: when the database is away.
pub async fn submit_each(
    tx: &mut Tx<'_>,
    reception: &Reception,
    batch: &[&Submission],
) -> Result<Vec<Result<Receipt>>> {
    let known = Known::ask(tx, reception, batch).await?;
    let mut round = Round { reception, known: &known, said: Vec::new() };
    let mut verdicts: Vec<Option<Result<Receipt>>> = Vec::with_capacity(batch.len());
    let (mut news, mut beside) = (Vec::new(), Vec::new());
    for (at, submission) in batch.iter().enumerate() {
        match round.accept(tx, at, submission) {
            Ok((new, arrival)) => {
                beside.push(Beside::of(&new));
                news.push((new, arrival));
                verdicts.push(None);
            }
            Err(error) => verdicts.push(Some(Err(error))),
        }
    }
    if let ([submission], [(new, _)]) = (batch, news.as_mut_slice())
        && let Some(email) = submission.to_be_asked()
        && let Some(guest) = new.guest.take()
    {
        let guest_id = guest.id;
        write::insert_guests(tx.conn, &[guest]).await?;
        ask(tx, reception, guest_id, email).await?;
    }
    let placed = if news.is_empty() { Vec::new() } else { insert::insert_each(tx, news).await? };
    let mut receipts = receipts(tx, placed, beside).await?.into_iter();
    let verdict = |verdict: Option<Result<Receipt>>| verdict.or_else(|| receipts.next()).unwrap_or_else(missing);
    Ok(verdicts.into_iter().map(verdict).collect())
}

/// What is told of those that were placed: the comments as their writers see them, from what was written.
async fn receipts(
    tx: &mut Tx<'_>,
    placed: Vec<Result<CommentRow>>,
    beside: Vec<Beside>,
) -> Result<Vec<Result<Receipt>>> {
    let (mut receipts, mut rows, mut why) = (Vec::with_capacity(placed.len()), Vec::new(), Vec::new());
    for (placed, Beside { new_guest_id, moderation, support }) in placed.into_iter().zip(beside) {
        receipts.push(placed.map(|row| {
            let receipt = Receipt { comment_id: row.id, new_guest_id, support, comment: None };
            rows.push(row);
            why.push(moderation);
            receipt
        }));
    }
    let comments = whole(tx.conn, rows).await?;
    for (receipt, (comment, moderation)) in receipts.iter_mut().flatten().zip(comments.into_iter().zip(why)) {
        receipt.comment = Some(Box::new(Comment { moderation, ..comment }));
    }
    Ok(receipts)
}

/// What is told of a comment beside its row.
struct Beside {
    new_guest_id: Option<Uuid>,
    moderation: Option<Moderation>,
    support: Option<Vec<String>>,
}

impl Beside {
    fn of(new: &New) -> Self {
        let new_guest_id = new.guest.as_ref().map(|guest| guest.id);
        Self { new_guest_id, moderation: new.outcome.moderation(), support: new.outcome.support() }
    }
}

fn missing<T>() -> Result<T> {
    Err(Error::internal(anyhow::anyhow!("a comment without a verdict")))
}

/// Comments that are looked at together.
struct Round<'a> {
    reception: &'a Reception,
    known: &'a Known,
    /// What those before this one said.
    said: Vec<(screening::Print, Uuid)>,
}

impl Round<'_> {
    /// Everything that can be said about the one at a place before its own place in the thread is looked for.
    fn accept(&mut self, tx: &Tx<'_>, at: usize, submission: &Submission) -> Result<(New, Arrival)> {
        let secrets = &self.reception.secrets;
        let Checked { policy, draft, mentions, byline } = self.known.check(submission)?;
        let (writer, article_id) = (submission.writer, policy.article_id);
        let looked =
            submission.looked.as_ref().ok_or_else(|| Error::internal(anyhow::anyhow!("a text nobody looked at")))?;
        let by = writer.account_id().or(writer.guest_id());
        let together = self.said.iter().filter(|(print, _)| *print == looked.print).map(|(_, who)| *who);
        let written = Written {
            writer,
            text: &draft.text,
            looked,
            seen: self.known.seen(at, by, together, tx.now),
            as_is: submission.input.as_is,
            exceptions: policy.comments.exceptions(),
        };
        let outcome = self.known.screening.look(at, &written)?;
        let guest = draft.guest.as_ref();
        let guest = guest.map(|guest| guest_row(secrets, tx.id(), article_id, guest, tx.now)).transpose()?;
        let new = New {
            id: tx.id(),
            article_id,
            parent_id: submission.input.parent_id,
            section_id: submission.input.section_id.clone(),
            quote: draft.quote.clone(),
            fragment: None,
            account_id: writer.account_id(),
            guest_id: writer.guest_id().or(guest.as_ref().map(|guest| guest.id)),
            guest,
            byline,
            by_staff: writer.is_staff(),
            is_answer: false,
            outcome,
            created_at: tx.now,
            text: draft.text.clone(),
            mentions,
            network_hash: network_of(self.reception, submission)?,
        };
        self.said.extend(new.account_id.or(new.guest_id).map(|author_id| (looked.print, author_id)));
        let arrival = arrival(secrets, submission, draft, &new)?;
        Ok((new, arrival))
    }
}

/// Where it comes from. Nobody keeps the publication's own people from writing by a network, so theirs is not kept.
fn network_of(reception: &Reception, submission: &Submission) -> Result<Option<Vec<u8>>> {
    let network = (!submission.writer.is_staff()).then_some(submission.network);
    network.map(|network| network_hash(&reception.secrets, network)).transpose()
}
