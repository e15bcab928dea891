//! Looking at texts before they are shown: what has to be known of those who write is asked for many at once.

use super::{
    super::{
        queries::standings,
        rules,
        types::{Figures, Outcome, Text, Writer},
    },
    guests::Reception,
};
use crate::{
    db::{Conn, if_any},
    error::Result,
    screening::{
        self, AuthorKind, Exceptions, Findings, Mode, Person, Policy, Print, Rules, Sanction, SanctionKind, Subject,
    },
};
use chrono::{DateTime, TimeDelta, Utc};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use tokio::try_join;
use uuid::Uuid;

/// How long ago a verdict on somebody's comment counts.
pub(super) const LATELY: TimeDelta = TimeDelta::days(30);

/// What there is to know of those who write, and the rules that are switched on.
pub struct Screening {
    policy: Policy,
    rules: Arc<Rules>,
    figures: HashMap<Uuid, Figures>,
    /// In the order in which people were asked for.
    sanctions: Vec<Option<Sanction>>,
}

/// What was seen in a text before anything was asked of the database, so that nobody waits for it in a transaction.
#[derive(Debug)]
pub struct Looked {
    /// By what it is recognised when others say the same.
    pub print: Print,
    /// What it gives away by these rules; none where they had to be read first.
    findings: Option<(Arc<Rules>, Findings)>,
}

impl Looked {
    /// Looks at a text by the rules that are known.
    ///
    /// # Errors
    /// Only if the cryptographic library fails.
    pub fn at(text: &Text, writer: Writer, reception: &Reception) -> Result<Self> {
        let print = reception.repeats.print(&text.body_text)?;
        let rules = if writer.is_staff() { None } else { reception.rules.known() };
        let findings = rules.map(|rules| {
            let findings = Findings::of(&text.body_html, &text.body_text, &rules);
            (rules, findings)
        });
        Ok(Self { print, findings })
    }

    /// Whether it is judged the same however much its author wrote before: these rules find nothing in it, and nobody waits for
    /// a moderator or for somebody outside.
    fn speaks_for_itself(&self, rules: &Arc<Rules>, policy: Policy) -> bool {
        policy.mode == Mode::Open && !policy.external && self.by(rules).is_some_and(Findings::are_none)
    }

    /// What it gives away by these rules, if it was looked at by them.
    fn by(&self, rules: &Arc<Rules>) -> Option<&Findings> {
        self.findings.as_ref().filter(|(by, _)| Arc::ptr_eq(by, rules)).map(|(_, findings)| findings)
    }
}

/// A text whose author is asked about.
pub struct Unjudged<'a> {
    /// Who writes; none for the publication's own people.
    pub person: Option<Person>,
    /// What was seen in the text, if it was looked at.
    pub looked: Option<&'a Looked>,
    /// Whether somebody said the same before.
    pub repeated: bool,
    /// Where its article asks for something else than the publication's settings.
    pub exceptions: Exceptions,
}

/// A text that is to be shown.
pub struct Written<'a> {
    /// Who writes.
    pub writer: Writer,
    /// What.
    pub text: &'a Text,
    /// What was seen in it.
    pub looked: &'a Looked,
    /// How many others said the same lately.
    pub seen: u32,
    /// Whether its author wants it as it is.
    pub as_is: bool,
    /// Where its article asks for something else than the publication's settings.
    pub exceptions: Exceptions,
}

impl Screening {
    /// Asks about who wrote these texts, in one statement what they may not do, in another what became of what they wrote;
    /// nothing about none: the publication's own people. How much of theirs is shown is counted only where it matters: in a third
    /// statement for those all of whose texts wait, which the first tells.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn ask(
        conn: &mut Conn,
        reception: &Reception,
        texts: Vec<Unjudged<'_>>,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        let rules = reception.rules.get(conn).await?;
        let (mut people, mut authors, mut asked) = (Vec::new(), HashMap::new(), Vec::with_capacity(texts.len()));
        for Unjudged { person, looked, repeated, exceptions } in texts {
            let policy = reception.policy.except(exceptions);
            let plain = !repeated && looked.is_some_and(|looked| looked.speaks_for_itself(&rules, policy));
            asked.push(person.is_some());
            if let Some(author_id) = person.as_ref().and_then(Person::author_id) {
                *authors.entry(author_id).or_insert(false) |= !plain;
            }
            people.extend(person);
        }
        let authors: Vec<(Uuid, bool)> = authors.into_iter().collect();
        // One is what tells somebody new from others.
        let (most, since) = (reception.policy.known_after.max(1), now - LATELY);
        let (sanctions, mut figures) = try_join!(
            if_any(&people, screening::severest(conn, &reception.secrets, &people, now)),
            if_any(&authors, standings::figures(conn, &authors, most, since)),
        )?;
        let held = people.iter().zip(&sanctions).filter(|(_, sanction)| is_hold(sanction.as_ref()));
        let held: HashSet<Uuid> = held.filter_map(|(person, _)| person.author_id()).collect();
        let uncounted = authors.iter().filter(|(author_id, counted)| !counted && held.contains(author_id));
        let uncounted: Vec<(Uuid, bool)> = uncounted.map(|(author_id, _)| (*author_id, true)).collect();
        figures.extend(if_any(&uncounted, standings::figures(conn, &uncounted, most, since)).await?);
        let mut sanctions = sanctions.into_iter();
        let sanctions = asked.into_iter().map(|asked| if asked { sanctions.next().flatten() } else { None }).collect();
        let figures = figures.into_iter().map(|figures| (figures.author_id, figures)).collect();
        Ok(Self { policy: reception.policy, rules, figures, sanctions })
    }

    /// Looks at what the person at this place wrote.
    ///
    /// # Errors
    /// As [`rules::outcome`].
    pub fn look(&self, at: usize, written: &Written<'_>) -> Result<Outcome> {
        let Written { writer, text, looked, seen, as_is, exceptions } = *written;
        let kind = match writer {
            _ if writer.is_staff() => AuthorKind::Staff,
            Writer::Member(..) => AuthorKind::Member,
            Writer::Guest(_) | Writer::Anonymous => AuthorKind::Guest,
        };
        let sanction = self.sanctions.get(at).and_then(Option::as_ref);
        let figures = writer.account_id().or(writer.guest_id()).and_then(|id| self.figures.get(&id));
        let standing = Figures::standing(figures, kind, sanction.map(|sanction| sanction.kind));
        let policy = self.policy.except(exceptions);
        let Text { body_html, body_text, .. } = text;
        let subject = Subject { html: body_html, text: body_text, seen, as_is };
        let screened = match looked.by(&self.rules) {
            Some(findings) => screening::judge(&subject, &standing, &policy, || findings),
            None => screening::screen(&subject, &standing, &policy, &self.rules),
        };
        rules::outcome(screened, &standing, sanction)
    }
}

/// Whether whatever somebody writes waits for a moderator.
fn is_hold(sanction: Option<&Sanction>) -> bool {
    sanction.is_some_and(|sanction| sanction.kind == SanctionKind::HoldAll)
}
