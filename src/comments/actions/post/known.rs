//! What has to be known of those who write together, and where.

use super::super::{
    super::{
        queries::{anchors, mentions, people},
        rules::{self, Anchor, manage_token},
        types::{Author, Byline, Draft, Present, SectionHtml, Submission, Writer},
    },
    guests::Reception,
    screen::{Screening, Unjudged},
};
use crate::{
    accounts::{self, NameHolder},
    articles::{self, ThreadPolicy},
    db::if_any,
    error::{Error, Result},
    events::Tx,
    screening::{Heard, Person},
    secrets::Secrets,
};
use chrono::{DateTime, Utc};
use std::collections::{HashMap, HashSet};
use tokio::try_join;
use uuid::Uuid;

/// What the database says about a batch, in one statement for each question.
pub struct Known {
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
    /// Who said the same before, in the order of the batch.
    heard: Vec<Heard>,
    /// What texts are looked at by, and who writes them.
    pub screening: Screening,
}

/// What a submission is once nothing is wrong with it: where, what, and whom it mentions.
pub struct Checked<'a> {
    pub policy: &'a ThreadPolicy,
    pub draft: &'a Draft,
    pub mentions: Vec<Author>,
    pub byline: Byline,
}

impl Known {
    /// Asks what there is to know of those who write, and where.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn ask(tx: &mut Tx<'_>, reception: &Reception, batch: &[&Submission]) -> Result<Self> {
        let slugs: HashSet<&str> = batch.iter().map(|submission| submission.slug.as_str()).collect();
        let slugs = Vec::from_iter(slugs);
        let guests: Vec<Uuid> = batch.iter().filter_map(|submission| submission.writer.guest_id()).collect();
        let members: HashSet<Uuid> = batch.iter().filter_map(|submission| submission.writer.account_id()).collect();
        let members = Vec::from_iter(members);
        let conn = &*tx.conn;
        let (policies, guests, members) = try_join!(
            if_any(&slugs, articles::for_comments(conn, &slugs)),
            if_any(&guests, people::guests(conn, &guests)),
            if_any(&members, people::members(conn, &members)),
        )?;
        let now = |(slug, policy): (String, ThreadPolicy)| (slug, policy.at(tx.now, reception.close_after_days));
        let policies: HashMap<String, ThreadPolicy> = policies.into_iter().map(now).collect();
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
        let emails =
            guests.iter().map(|(id, .., email)| (id, email)).chain(members.iter().map(|(id, .., email)| (id, email)));
        let emails: HashMap<Uuid, Vec<u8>> = emails.filter_map(|(id, email)| Some((*id, email.clone()?))).collect();
        let looked = batch.iter().map(|submission| submission.looked.as_ref());
        let heard =
            looked.map(|looked| looked.map(|looked| reception.repeats.heard(&looked.print)).unwrap_or_default());
        let heard: Vec<Heard> = heard.collect();
        let mut said = HashSet::new();
        let unjudged = batch.iter().zip(&heard).map(|(submission, heard)| {
            let person = person(submission, &emails, &reception.secrets)?;
            let by = person.as_ref().and_then(Person::author_id);
            let looked = submission.looked.as_ref();
            let again = looked.is_some_and(|looked| !said.insert(looked.print));
            let repeated = again || heard.others(by, [], tx.now) > 0;
            let policy = policies.get(submission.slug.as_str());
            let exceptions = policy.map(|policy| policy.comments.exceptions()).unwrap_or_default();
            Ok(Unjudged { person, looked, repeated, exceptions })
        });
        let screening = Screening::ask(tx.conn, reception, unjudged.collect::<Result<_>>()?, tx.now).await?;
        Ok(Self {
            policies,
            guests: guests.into_iter().map(|(id, article_id, name, _)| (id, (article_id, name))).collect(),
            members: members.into_iter().map(|(id, name, role, _)| (id, (name, role))).collect(),
            sections,
            names_taken,
            present,
            heard,
            screening,
        })
    }

    /// How many others said lately what the submission at this place says, with those who say it `together` with it.
    pub fn seen(&self, at: usize, by: Option<Uuid>, together: impl Iterator<Item = Uuid>, now: DateTime<Utc>) -> u32 {
        self.heard.get(at).map_or(0, |heard| heard.others(by, together, now))
    }

    /// What is wrong with one whatever it says.
    ///
    /// # Errors
    /// As [`submit_each`](super::submit_each), those before `Muted`.
    pub fn check<'a>(&'a self, submission: &'a Submission) -> Result<Checked<'a>> {
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

/// Who writes, by all that a sanction may be laid on; none for those who speak for the publication.
fn person(submission: &Submission, emails: &HashMap<Uuid, Vec<u8>>, secrets: &Secrets) -> Result<Option<Person>> {
    let writer = submission.writer;
    if writer.is_staff() {
        return Ok(None);
    }
    let (account_id, guest_id) = (writer.account_id(), writer.guest_id());
    let given = submission.draft.as_ref().ok().and_then(|draft| draft.guest.as_ref()?.email.as_ref());
    let given = given.map(|email| email.hash(secrets)).transpose()?;
    let email_hash = given.or_else(|| emails.get(&account_id.or(guest_id)?).cloned());
    Ok(Some(Person { account_id, guest_id, email_hash, network: Some(submission.network) }))
}
