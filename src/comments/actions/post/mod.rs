//! Posting: many comments in one transaction, each with its own verdict.

mod insert;

pub use insert::{New, elsewhere};

use super::{
    super::{
        queries::write,
        rules::{self, manage_token},
        types::{Arrival, Draft, Receipt, SectionOf, Submission, Writer},
    },
    admit::arrival,
    guests::{Reception, ask, guest_row},
};
use crate::{
    accounts, articles,
    articles::ThreadPolicy,
    error::{Error, Field, Result},
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
    let (mut news, mut receipts) = (Vec::new(), Vec::new());
    for submission in batch {
        match known.check(submission).and_then(|(policy, draft)| accept(tx, reception, submission, policy, draft)) {
            Ok((new, arrival)) => {
                receipts.push(Receipt { comment_id: new.id, new_guest_id: new.guest.as_ref().map(|guest| guest.id) });
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
    let mut placed = placed.into_iter().zip(receipts).map(|(placed, receipt)| placed.map(|()| receipt));
    Ok(verdicts.into_iter().filter_map(|verdict| verdict.or_else(|| placed.next())).collect())
}

/// What the database says about a batch, in one statement for each question.
struct Known {
    policies: HashMap<String, ThreadPolicy>,
    articles_of_guests: HashMap<Uuid, Uuid>,
    sections: HashSet<SectionOf>,
    names_taken: HashSet<String>,
}

impl Known {
    async fn ask(tx: &mut Tx<'_>, reception: &Reception, batch: &[&Submission]) -> Result<Self> {
        let slugs: HashSet<&str> = batch.iter().map(|submission| submission.slug.as_str()).collect();
        let policies = articles::for_comments(tx.conn, &slugs.into_iter().collect::<Vec<_>>()).await?;
        let now = |(slug, policy): (String, ThreadPolicy)| (slug, policy.at(tx.now, reception.close_after_days));
        let policies: HashMap<String, ThreadPolicy> = policies.into_iter().map(now).collect();
        let guests: Vec<Uuid> = batch.iter().filter_map(|submission| submission.writer.guest_id()).collect();
        let articles_of_guests =
            if guests.is_empty() { Vec::new() } else { write::articles_of_guests(tx.conn, &guests).await? };
        let section = |submission: &&Submission| {
            let section_id = submission.input.section_id.clone().filter(|id| rules::could_be_section(id))?;
            Some(SectionOf { article_id: policies.get(submission.slug.as_str())?.article_id, section_id })
        };
        let sections: Vec<SectionOf> = batch.iter().filter_map(section).collect();
        let sections = if sections.is_empty() { sections } else { write::sections(tx.conn, &sections).await? };
        let names: Vec<&str> = batch.iter().filter_map(|submission| submission.new_name()).collect();
        let names_taken =
            if names.is_empty() { HashSet::new() } else { accounts::staff_names_among(tx.conn, &names).await? };
        Ok(Self {
            policies,
            articles_of_guests: articles_of_guests.into_iter().collect(),
            sections: sections.into_iter().collect(),
            names_taken,
        })
    }

    /// Everything that can be said about one before its place in the thread is looked for.
    fn check<'a>(&self, submission: &'a Submission) -> Result<(&ThreadPolicy, &'a Draft)> {
        let policy = self.policies.get(submission.slug.as_str()).ok_or_else(Error::not_found)?;
        rules::may_post(policy, submission.writer)?;
        if let Writer::Guest(id) = submission.writer
            && self.articles_of_guests.get(&id) != Some(&policy.article_id)
        {
            return Err(manage_token::bad());
        }
        let draft = submission.draft.as_ref().map_err(Error::again)?;
        if let Some(section_id) = &submission.input.section_id {
            let section = SectionOf { article_id: policy.article_id, section_id: section_id.clone() };
            if !self.sections.contains(&section) {
                let field = Field::body("/section_id", "unknown", "is no section of this article");
                return Err(Error::validation(vec![field]));
            }
        }
        match submission.new_name() {
            Some(name) if self.names_taken.contains(name) => Err(rules::name_taken()),
            _ => Ok((policy, draft)),
        }
    }
}

fn accept(
    tx: &Tx<'_>,
    reception: &Reception,
    submission: &Submission,
    policy: &ThreadPolicy,
    draft: &Draft,
) -> Result<(New, Arrival)> {
    let article_id = policy.article_id;
    let guest = draft.guest.as_ref();
    let guest = guest.map(|guest| guest_row(&reception.secrets, tx.id(), article_id, guest, tx.now)).transpose()?;
    let new = New {
        id: tx.id(),
        article_id,
        parent_id: submission.input.parent_id,
        section_id: submission.input.section_id.clone(),
        account_id: submission.writer.account_id(),
        guest_id: submission.writer.guest_id().or(guest.as_ref().map(|guest| guest.id)),
        guest,
        by_staff: submission.writer.is_staff(),
        status: rules::may_post(policy, submission.writer)?,
        created_at: tx.now,
        text: draft.text.clone(),
    };
    let arrival = arrival(&reception.secrets, submission, draft, &new)?;
    Ok((new, arrival))
}
