//! What a rule would change, counted.

use super::super::types::{Example, Trial, VerdictChange};
use crate::{
    comments::RecentText,
    screening::{Policy, Rules, Screened, Standing, Subject, screen},
    text,
};
use std::sync::Arc;
use uuid::Uuid;

/// Examples at most.
const EXAMPLES: usize = 50;

/// Characters of a comment in an example.
const EXCERPT: usize = 200;

/// Counts what a rule changes.
#[derive(Debug)]
pub struct Tally {
    /// The rule.
    pub rule_id: Uuid,
    /// The rules without it.
    pub without: Arc<Rules>,
    /// The rules with it.
    pub with: Arc<Rules>,
    /// What is asked of texts where the article says nothing else.
    pub policy: Policy,
    /// So far.
    pub trial: Trial,
}

impl Tally {
    /// Looks at a comment as if it were sent now: by what is known of its author today, said by nobody else, and by
    /// somebody who may write.
    pub fn look_at(&mut self, comment: &RecentText, standing: &Standing) {
        let subject = Subject { html: &comment.body_html, text: &comment.body_text, seen: 0, as_is: false };
        // Somebody outside is not asked: until they answer everything is held, with the rule and without it.
        let policy = Policy { external: false, ..self.policy.except(comment.exceptions()) };
        let standing = Standing { sanction: None, ..*standing };
        let [without, with] = [&self.without, &self.with].map(|rules| screen(&subject, &standing, &policy, rules));
        self.count(comment, &without, with);
    }

    fn count(&mut self, comment: &RecentText, without: &Screened, with: Screened) {
        let (from, to) = (without.verdict, with.verdict);
        let by_rule = with.hits.into_iter().filter(|hit| hit.rule_id == Some(self.rule_id));
        let matched: Vec<String> = by_rule.map(|hit| hit.detail).collect();
        let trial = &mut self.trial;
        trial.looked_at += 1;
        trial.matched += usize::from(!matched.is_empty());
        if from != to {
            trial.changed += 1;
            match trial.changes.iter_mut().find(|change| (change.from, change.to) == (from, to)) {
                Some(change) => change.comments += 1,
                None => trial.changes.push(VerdictChange { from, to, comments: 1 }),
            }
        }
        if (from != to || !matched.is_empty()) && trial.examples.len() < EXAMPLES {
            let excerpt = text::excerpt(&comment.body_text, EXCERPT);
            trial.examples.push(Example { comment_id: comment.id, excerpt, from, to, matched });
        }
    }
}
