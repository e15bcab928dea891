//! The rules that are switched on, read once and kept until one changes.

use super::{queries::rules as queries, safety::Watch, types::Rules};
use crate::{db::Conn, error::Result, events::Listener};
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};

/// What a change of the rules touches.
pub const RULES_TAG: &str = "screening";

/// The rules of this process. Cloning gives the same ones.
#[derive(Clone, Default)]
pub struct InForce(Arc<Inner>);

#[derive(Default)]
struct Inner {
    /// What looks beside the rules.
    watch: Watch,
    /// Goes up whenever a rule may have changed.
    moment: AtomicU64,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    /// Whether changes made elsewhere are heard of.
    hearing: bool,
    /// The rules, and the moment before they were read.
    rules: Option<(u64, Arc<Rules>)>,
}

impl InForce {
    /// Rules beside which only this looks.
    #[must_use]
    pub fn beside(watch: Watch) -> Self {
        Self(Arc::new(Inner { watch, ..Inner::default() }))
    }

    /// The rules that are switched on at present: in one statement, or none.
    ///
    /// # Errors
    /// When they have to be read and the database is away.
    pub async fn get(&self, conn: &mut Conn) -> Result<Arc<Rules>> {
        // Taken first: rules that were read while one changed are out of date when they come.
        let moment = self.moment();
        if let Some(rules) = self.known() {
            return Ok(rules);
        }
        let rows = queries::in_force(conn).await?;
        let rules = Arc::new(Rules::ready(rows.into_iter().map(Into::into).collect()).beside(self.0.watch.clone()));
        let mut kept = self.kept();
        if kept.hearing {
            kept.rules = Some((moment, Arc::clone(&rules)));
        }
        Ok(rules)
    }

    /// The same without asking anybody; none when they have to be read.
    #[must_use]
    pub fn known(&self) -> Option<Arc<Rules>> {
        let moment = self.moment();
        self.kept().rules.as_ref().filter(|(then, _)| *then == moment).map(|(_, rules)| Arc::clone(rules))
    }

    fn moment(&self) -> u64 {
        self.0.moment.load(Ordering::Acquire)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn listen(&self, hearing: bool) {
        // What changed while nothing was heard will never be told.
        self.0.moment.fetch_add(1, Ordering::AcqRel);
        *self.kept() = Kept { hearing, rules: None };
    }
}

impl Listener for InForce {
    fn touched(&self, tags: &[String]) {
        if tags.iter().any(|tag| tag == RULES_TAG) {
            self.0.moment.fetch_add(1, Ordering::AcqRel);
        }
    }

    fn deaf(&self) {
        self.listen(false);
    }

    fn hearing(&self) {
        self.listen(true);
    }
}
