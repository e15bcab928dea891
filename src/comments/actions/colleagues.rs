//! What the publication's people do with the same comments.

use super::super::{
    queries::{queue, verdicts},
    rules::{Others, UNAWARE},
    types::{Act, ReviewRow},
};
use crate::{accounts, error::Result, events::Tx};
use chrono::{DateTime, Utc};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// Who claimed comments, and who decided on them just now.
#[derive(Default)]
pub struct Colleagues {
    /// The places in the queue of those that have one.
    pub reviews: HashMap<Uuid, ReviewRow>,
    last: HashMap<Uuid, Act>,
    names: HashMap<Uuid, String>,
}

impl Colleagues {
    /// Of comments whose threads are held: it holds until the end of the transaction.
    pub async fn at(tx: &mut Tx<'_>, comment_ids: &[Uuid]) -> Result<Self> {
        let reviews = queue::hold(tx.conn, comment_ids).await?;
        let mut acts = verdicts::acted_on(tx.conn, comment_ids, tx.now - UNAWARE).await?;
        acts.sort_by_key(|verdict| (verdict.last_act().at, verdict.id));
        // Of several about one comment, the last takes the place of those before.
        let last: HashMap<Uuid, Act> = acts.iter().map(|verdict| (verdict.comment_id, verdict.last_act())).collect();
        let claimers = reviews.iter().filter_map(|review| Some(review.claim(tx.now)?.0));
        let people: BTreeSet<Uuid> = last.values().filter_map(|act| act.by).chain(claimers).collect();
        let names = accounts::names_of(tx.conn, &Vec::from_iter(people)).await?;
        let reviews = reviews.into_iter().map(|review| (review.comment_id, review)).collect();
        Ok(Self { reviews, last, names })
    }

    /// What they do with one of them.
    pub fn on(&self, comment_id: Uuid, now: DateTime<Utc>) -> Others<'_> {
        let (review, last) = (self.reviews.get(&comment_id), self.last.get(&comment_id));
        Others { review, last, names: &self.names, now }
    }
}
