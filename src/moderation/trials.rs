//! Trying a rule on what was said lately.

use super::{
    rules::Tally,
    types::{Trial, TryRule},
};
use crate::{
    articles,
    comments::{self, Reception},
    config::Settings,
    db::{Conn, Patience, Pool},
    error::{Error, Field, Result},
    screening::{CheckedRule, NewRule, check_rule},
    text,
};
use chrono::{DateTime, Utc};
use std::{
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};
use uuid::Uuid;

/// Comments that are looked at unless it is said how many.
const DEFAULT_COMMENTS: usize = 1000;

/// Comments that are looked at, at most.
const MAX_COMMENTS: usize = 10_000;

/// Comments that are in memory at once.
const CHUNK: usize = 250;

/// The longest that a trial takes, in times of what one statement may take.
const STATEMENTS: u32 = 6;

/// How long somebody waits for another trial to end before being told to come back later.
const TURN: Duration = Duration::from_secs(10);

/// Where rules are tried: one at a time, since each takes a core for a while. Cloning gives the same place.
#[derive(Debug, Clone)]
pub struct Trials {
    turns: Arc<Semaphore>,
    /// The longest that a trial takes.
    patience: Duration,
}

impl Trials {
    /// A place with the patience in the settings.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        Self { turns: Arc::new(Semaphore::new(1)), patience: Patience::of(settings).statement() * STATEMENTS }
    }

    /// Tries a rule. No connection is held while texts are looked at, and no transaction is open between two looks at the
    /// database. `id` is what the rule is called meanwhile.
    ///
    /// # Errors
    /// As [`check_rule`], under `/rule`; [`Code::Validation`](crate::error::Code::Validation) for how many, and an article
    /// that is not there; [`Code::Unavailable`](crate::error::Code::Unavailable) while another rule is being tried.
    pub async fn run(
        &self,
        pool: &Pool,
        reception: &Reception,
        wanted: TryRule,
        (id, now): (Uuid, DateTime<Utc>),
    ) -> Result<Trial> {
        let TryRule { rule, id: in_place_of, comments, article } = wanted;
        let many = comments.unwrap_or(DEFAULT_COMMENTS);
        let rule = check(rule, many)?.ready(in_place_of.unwrap_or(id));
        let turn = timeout(TURN, self.turns.acquire()).await;
        let _turn = turn.map_err(Error::unavailable)?.map_err(Error::internal)?;
        let (mut tally, article_id) = {
            let mut conn = pool.get().await?;
            let in_force = reception.rules.get(&mut conn).await?;
            let (rule_id, with) = (rule.id, Arc::new(in_force.with(rule)));
            let article_id = match &article {
                Some(slug) => Some(find_article(&mut conn, slug).await?),
                None => None,
            };
            let (policy, trial) = (reception.policy, Trial::default());
            (Tally { rule_id, without: in_force, with, policy, trial }, article_id)
        };
        let (until, mut last) = (Instant::now() + self.patience, None);
        while tally.trial.looked_at < many {
            if Instant::now() > until {
                tally.trial.cut_short = true;
                break;
            }
            let limit = CHUNK.min(many - tally.trial.looked_at);
            let by = (&reception.policy, now);
            let chunk = comments::recent_texts(&mut *pool.get().await?, article_id, last.as_ref(), limit, by).await?;
            let Some((oldest, _)) = chunk.last() else { break };
            last = Some(oldest.clone());
            let looked = spawn_blocking(move || {
                for (comment, standing) in &chunk {
                    tally.look_at(comment, standing);
                }
                tally
            });
            tally = looked.await.map_err(Error::internal)?;
        }
        Ok(tally.trial)
    }
}

/// The rule, if it may be kept; what is wrong with it is named where it stands.
fn check(rule: NewRule, comments: usize) -> Result<CheckedRule> {
    let checked = check_rule(rule).map_err(|mut refused| {
        for field in &mut refused.fields {
            field.move_into("/rule");
        }
        refused
    });
    if !(1..=MAX_COMMENTS).contains(&comments) {
        let detail = format!("must be from 1 to {MAX_COMMENTS}");
        let flaw = Field::body("/comments", "out_of_range", detail);
        return Err(checked.err().unwrap_or_else(|| Error::validation(Vec::new())).at(flaw));
    }
    checked
}

/// The article with this slug, a draft too.
async fn find_article(conn: &mut Conn, slug: &str) -> Result<Uuid> {
    let unknown = || Error::validation(vec![Field::body("/article", "unknown", "is no article")]);
    if !text::is_slug(slug) {
        return Err(unknown());
    }
    let found = articles::for_comments(conn, &[slug]).await?;
    found.get(slug).map(|policy| policy.article_id).ok_or_else(unknown)
}
