//! Pages that are being made now: one making per page, however many wait for it.

use crate::{
    error::{Error, Result},
    http::representation::Representation,
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use tokio::sync::watch;

/// The end of a flight: the page, or why there is none.
pub type Landing = Option<std::result::Result<Arc<Representation>, Arc<Error>>>;

/// All flights of the process. Lives under the store's lock.
#[derive(Default)]
pub struct Flights {
    next: u64,
    /// What was touched since each flight began; nothing where that cannot be known.
    touched: HashMap<u64, Option<HashSet<String>>>,
    /// Flights that began after the last touch, by page.
    joinable: HashMap<Arc<str>, (u64, watch::Receiver<Landing>)>,
}

impl Flights {
    /// The flight that makes this page, if one may still be joined.
    pub fn join(&self, page: &str) -> Option<watch::Receiver<Landing>> {
        self.joinable.get(page).map(|(_, landing)| landing.clone())
    }

    /// Begins a flight.
    pub fn begin(&mut self, page: Arc<str>) -> (u64, watch::Sender<Landing>, watch::Receiver<Landing>) {
        let (sender, receiver) = watch::channel(None);
        self.next += 1;
        self.touched.insert(self.next, Some(HashSet::new()));
        self.joinable.insert(page, (self.next, receiver.clone()));
        (self.next, sender, receiver)
    }

    /// Notes what was touched: flights under way may not be joined any more, and must not keep a page that
    /// shows any of it.
    pub fn touch(&mut self, tags: &[String]) {
        self.joinable.clear();
        for touched in self.touched.values_mut().flatten() {
            touched.extend(tags.iter().cloned());
        }
    }

    /// Notes that touches may have been missed: no flight under way may keep its page.
    pub fn distrust(&mut self) {
        self.joinable.clear();
        self.touched.values_mut().for_each(|touched| *touched = None);
    }

    /// Ends a flight. True when nothing that the page shows was touched meanwhile.
    pub fn end(&mut self, flight: u64, page: &str, tags: &[String]) -> bool {
        if self.joinable.get(page).is_some_and(|(joinable, _)| *joinable == flight) {
            self.joinable.remove(page);
        }
        self.touched.remove(&flight).flatten().is_some_and(|touched| tags.iter().all(|tag| !touched.contains(tag)))
    }
}

/// Waits for a flight to land.
///
/// # Errors
/// Why the page could not be made.
pub async fn land(mut landing: watch::Receiver<Landing>) -> Result<Arc<Representation>> {
    let landed = landing.wait_for(Option::is_some).await.map(|landed| landed.clone());
    match landed {
        Ok(Some(Ok(page))) => Ok(page),
        Ok(Some(Err(error))) => Err(error.again()),
        // The sender went away without a word: the making panicked.
        Ok(None) | Err(_) => Err(Error::internal(anyhow::anyhow!("the making of a page broke off"))),
    }
}
