//! Posting: many comments in one transaction, each with its own verdict.

mod insert;

pub use insert::{New, elsewhere};

use super::{
    super::{
        queries::{anchors, mentions, people, write},
        rules::{self, Anchor, manage_token},
        types::{Arrival, Author, Byline, CommentRow, Draft, Present, Receipt, SectionHtml, Submission, Writer},
    },
    admit::arrival,
    guests::{Reception, ask, guest_row},
    mentions::whole,
};
use crate::{
    accounts::{self, NameHolder},
    articles::{self, ThreadPolicy},
    error::{Error, Result},
    events::Tx,
    http::actor::Visitor,
    secrets::Secrets,
};
use std::collections::{HashMap, HashSet};
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
/// `Validation`, `ChallengeRequired`, `ParentElsewhere`, `ThreadLocked`, `DuplicateComment` and `ChallengeFailed`, in this
/// order. For all: when the database is away.
pub async fn submit_each(
    tx: &mut Tx<'_>,
    reception: &Reception,
    batch: &[&Submission],
) -> Result<Vec<Result<Receipt>>> {
    let known = Known::ask(tx, reception, batch).await?;
    let mut verdicts: Vec<Option<Result<Receipt>>> = Vec::with_capacity(batch.len());
    let (mut news, mut new_guests) = (Vec::new(), Vec::new());
    for submission in batch {
        match known.check(submission).and_then(|checked| accept(tx, reception, submission, checked)) {
            Ok((new, arrival)) => {
                new_guests.push(new.guest.as_ref().map(|guest| guest.id));
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
    let mut receipts = receipts(tx, placed, new_guests).await?.into_iter();
    let verdict = |verdict: Option<Result<Receipt>>| verdict.or_else(|| receipts.next()).unwrap_or_else(missing);
    Ok(verdicts.into_iter().map(verdict).collect())
}

/// What is told of those that were placed: the comments as their writers see them, from what was written.
async fn receipts(
    tx: &mut Tx<'_>,
    placed: Vec<Result<CommentRow>>,
    new_guests: Vec<Option<Uuid>>,
) -> Result<Vec<Result<Receipt>>> {
    let (mut receipts, mut rows) = (Vec::with_capacity(placed.len()), Vec::new());
    for (placed, new_guest_id) in placed.into_iter().zip(new_guests) {
        receipts.push(placed.map(|row| {
            let receipt = Receipt { comment_id: row.id, new_guest_id, comment: None };
            rows.push(row);
            receipt
        }));
    }
    let comments = whole(tx.conn, rows).await?;
    for (receipt, comment) in receipts.iter_mut().flatten().zip(comments) {
        receipt.comment = Some(Box::new(comment));
    }
    Ok(receipts)
}

fn missing<T>() -> Result<T> {
    Err(Error::internal(anyhow::anyhow!("a comment without a verdict")))
}

/// What the database says about a batch, in one statement for each question.
struct Known {
    policies: HashMap<String, ThreadPolicy>,
    /// Guests who were here before, each with their article and their name.
    guests: HashMap<Uuid, (Uuid, String)>,
    /// Who writes with an account, each with their name and their role.
    members: HashMap<Uuid, (String, String)>,
    sections: Vec<SectionHtml>,
    /// Whose names new guests may not take.
    names_taken: HashMap<String, NameHolder>,
    /// Who takes part where, of those who are mentioned.
    present: Vec<Present>,
}

/// What a submission is once nothing is wrong with it: where, what, and whom it mentions.
struct Checked<'a> {
    policy: &'a ThreadPolicy,
    draft: &'a Draft,
    mentions: Vec<Author>,
    byline: Byline,
}

impl Known {
    async fn ask(tx: &mut Tx<'_>, reception: &Reception, batch: &[&Submission]) -> Result<Self> {
        let slugs: HashSet<&str> = batch.iter().map(|submission| submission.slug.as_str()).collect();
        let policies = articles::for_comments(tx.conn, &slugs.into_iter().collect::<Vec<_>>()).await?;
        let now = |(slug, policy): (String, ThreadPolicy)| (slug, policy.at(tx.now, reception.close_after_days));
        let policies: HashMap<String, ThreadPolicy> = policies.into_iter().map(now).collect();
        let guests: Vec<Uuid> = batch.iter().filter_map(|submission| submission.writer.guest_id()).collect();
        let guests = if guests.is_empty() { Vec::new() } else { people::guests(tx.conn, &guests).await? };
        let members: HashSet<Uuid> = batch.iter().filter_map(|submission| submission.writer.account_id()).collect();
        let members: Vec<Uuid> = members.into_iter().collect();
        let members = if members.is_empty() { Vec::new() } else { people::members(tx.conn, &members).await? };
        let sections = batch.iter().filter_map(|submission| {
            let section_id = submission.input.section_id.as_deref().filter(|id| rules::could_be_section(id))?;
            Some((policies.get(submission.slug.as_str())?.article_id, section_id))
        });
        let (of, named): (Vec<_>, Vec<_>) = sections.unzip();
        let sections = if named.is_empty() { Vec::new() } else { anchors::sections(tx.conn, &of, &named).await? };
        let names: Vec<&str> = batch.iter().filter_map(|submission| submission.new_name()).collect();
        let names_taken =
            if names.is_empty() { HashMap::new() } else { accounts::name_holders(tx.conn, &names).await? };
        let mentioned = batch.iter().filter_map(|submission| {
            let article_id = policies.get(submission.slug.as_str())?.article_id;
            Some(submission.input.mentions.iter().map(move |person_id| (article_id, *person_id)))
        });
        let (on, people): (Vec<Uuid>, Vec<Uuid>) = mentioned.flatten().unzip();
        let present = if people.is_empty() { Vec::new() } else { mentions::present(tx.conn, &on, &people).await? };
        Ok(Self {
            policies,
            guests: guests.into_iter().map(|(id, article_id, name)| (id, (article_id, name))).collect(),
            members: members.into_iter().map(|(id, name, role)| (id, (name, role))).collect(),
            sections,
            names_taken,
            present,
        })
    }

    /// Everything that can be said about one before its place in the thread is looked for.
    fn check<'a>(&'a self, submission: &'a Submission) -> Result<Checked<'a>> {
        let policy = self.policies.get(submission.slug.as_str()).ok_or_else(Error::not_found)?;
        rules::may_post(policy, submission.writer)?;
        if let Writer::Guest(id) = submission.writer
            && self.guests.get(&id).is_none_or(|(article_id, _)| *article_id != policy.article_id)
        {
            return Err(manage_token::bad());
        }
        let draft = submission.draft.as_ref().map_err(Error::again)?;
        if let Some(section_id) = submission.input.section_id.as_deref() {
            let anchor = Anchor { article_id: policy.article_id, section_id, quote: draft.quote.as_deref() };
            if let Some(flaw) = rules::not_in_article(&anchor, &self.sections) {
                return Err(Error::validation(vec![flaw]));
            }
        }
        if let Some(name) = submission.new_name() {
            rules::may_be_called(name, self.names_taken.get(name).copied(), "/guest/name")?;
        }
        let mentions = rules::may_mention(&submission.input.mentions, policy.article_id, &self.present, &[])?;
        Ok(Checked { policy, draft, mentions, byline: self.byline(submission, draft) })
    }

    fn byline(&self, submission: &Submission, draft: &Draft) -> Byline {
        let member = submission.writer.account_id().and_then(|id| self.members.get(&id)).cloned();
        let guest = submission.writer.guest_id().and_then(|id| self.guests.get(&id)).map(|(_, name)| name.clone());
        let (member_name, member_role) = member.unzip();
        Byline { member_name, member_role, guest_name: guest.or(draft.guest.as_ref().map(|guest| guest.name.clone())) }
    }
}

fn accept(
    tx: &Tx<'_>,
    reception: &Reception,
    submission: &Submission,
    Checked { policy, draft, mentions, byline }: Checked<'_>,
) -> Result<(New, Arrival)> {
    let article_id = policy.article_id;
    let guest = draft.guest.as_ref();
    let guest = guest.map(|guest| guest_row(&reception.secrets, tx.id(), article_id, guest, tx.now)).transpose()?;
    let new = New {
        id: tx.id(),
        article_id,
        parent_id: submission.input.parent_id,
        section_id: submission.input.section_id.clone(),
        quote: draft.quote.clone(),
        fragment: None,
        account_id: submission.writer.account_id(),
        guest_id: submission.writer.guest_id().or(guest.as_ref().map(|guest| guest.id)),
        guest,
        byline,
        by_staff: submission.writer.is_staff(),
        status: rules::may_post(policy, submission.writer)?,
        created_at: tx.now,
        text: draft.text.clone(),
        mentions,
    };
    let arrival = arrival(&reception.secrets, submission, draft, &new)?;
    Ok((new, arrival))
}
