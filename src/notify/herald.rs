//! Telling those who wrote a comment what became of it.

use super::{
    letters, queries, rules,
    types::{Kind, News, Notice},
};
use crate::{
    accounts,
    comments::{self, Asker},
    config::Settings,
    error::Result,
    events::{self, Journal, Tx},
    mail::Outbox,
    screening::{self, Person, SanctionKind},
    secrets::Secrets,
};
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};
use tokio::{sync::Notify, time::Instant};
use uuid::Uuid;

/// Whose place among the events this is.
const NAME: &str = "notices";

/// Writes the mails, on as many nodes as there are: each event is read by one of them. What is mailed, that it was, and how far
/// it has come are committed together, so that whatever stops it, another goes on where it was, and nobody hears twice.
pub struct Herald {
    /// To write with.
    pub journal: Journal,
    /// What addresses are sealed with.
    pub secrets: Secrets,
    /// Whose name stands in the mails, and where they lead.
    pub settings: Settings,
    /// Where the mails go.
    pub outbox: Outbox,
    /// Told when something was written.
    pub stirred: Arc<Notify>,
}

impl Herald {
    /// Takes the present end of the events as the beginning, unless that was done before: nobody hears of the past.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn begin(&self) -> Result<()> {
        self.journal.write(async |tx| events::begin_reading(tx, NAME).await).await?;
        Ok(())
    }

    /// Runs for ever.
    pub async fn run(self) {
        loop {
            let looked_at = Instant::now();
            if let Err(error) = self.catch_up().await {
                tracing::warn!(cause = format!("{error:#}"), "nobody is told of answers and approvals; trying again");
            }
            events::until_stirred(&self.stirred, looked_at).await;
        }
    }

    /// Goes on until there are no more events, or another node is at it.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn catch_up(&self) -> Result<()> {
        while self.go_round().await? {}
        Ok(())
    }

    /// One transaction's part. False when there is nothing more to read.
    async fn go_round(&self) -> Result<bool> {
        let round = self.journal.write(async |tx| {
            let happened = events::read_on(tx, NAME).await?.unwrap_or_default();
            let news = rules::news(&happened);
            let told = if news == News::default() { Vec::new() } else { self.tell(tx, &news).await? };
            Ok((events::may_go_on(&happened), told))
        });
        let (more, told) = round.await?;
        if !told.is_empty() {
            self.outbox.wake();
        }
        for kind in told {
            metrics::counter!("colloquy_notices_total", "kind" => kind.as_str()).increment(1);
        }
        Ok(more)
    }

    /// Mails what is new to those who want to hear it. In a number of statements that does not depend on how many they are,
    /// but for what it takes to write each mail.
    async fn tell(&self, tx: &mut Tx<'_>, news: &News) -> Result<Vec<Kind>> {
        let askers = comments::list_askers(tx.conn, &news.answers, &news.approved).await?;
        let askers = self.without_banned(tx, rules::one_each(askers)).await?;
        let addresses = self.addresses(tx, &askers).await?;
        let reach = |asker: &Asker| Some((asker.clone(), addresses.get(&rules::person_of(asker)?)?));
        let reachable: Vec<(Asker, &String)> = askers.iter().filter_map(reach).collect();
        let notice = |(asker, _): &(Asker, _)| Notice {
            comment_id: asker.comment_id,
            kind: rules::kind_of(asker).as_str(),
            created_at: tx.now,
        };
        let notices: Vec<Notice> = reachable.iter().map(notice).collect();
        let kept = if notices.is_empty() { Vec::new() } else { queries::keep(tx.conn, &notices).await? };
        let mut fresh: HashSet<(Uuid, String)> = kept.into_iter().collect();
        let (mut told, mut withheld) = (Vec::new(), HashMap::<Kind, Vec<Uuid>>::new());
        for (asker, address) in reachable {
            let (kind, comment_id) = (rules::kind_of(&asker), asker.comment_id);
            let Some(person_id) = rules::person_of(&asker) else { continue };
            if !fresh.remove(&(comment_id, kind.as_str().to_owned())) {
                continue;
            }
            let link = self.settings.comment_link(comment_id);
            let letter = letters::notice(address, person_id, &self.settings.publication_name, kind, &link);
            if self.outbox.enqueue(tx, &letter).await? {
                told.push(kind);
            } else {
                withheld.entry(kind).or_default().push(comment_id);
            }
        }
        for (kind, comment_ids) in withheld {
            queries::withdraw(tx.conn, kind, &comment_ids).await?;
        }
        Ok(told)
    }

    /// Those of them whom a moderator has not shut out.
    async fn without_banned(&self, tx: &mut Tx<'_>, askers: Vec<Asker>) -> Result<Vec<Asker>> {
        let person = |asker: &Asker| Person {
            account_id: asker.account_id,
            guest_id: asker.guest_id,
            email_hash: asker.email_hash.clone(),
            network: None,
        };
        let people: Vec<Person> = askers.iter().map(person).collect();
        let sanctions = screening::severest(tx.conn, &self.secrets, &people, tx.now).await?;
        let banned = |sanction: &screening::Sanction| sanction.kind == SanctionKind::Ban;
        let free = askers.into_iter().zip(sanctions).filter(|(_, sanction)| !sanction.as_ref().is_some_and(banned));
        Ok(free.map(|(asker, _)| asker).collect())
    }

    /// Where they are written to, by their accounts' and guests' ids. Nothing is asked where there is nobody.
    async fn addresses(&self, tx: &mut Tx<'_>, askers: &[Asker]) -> Result<HashMap<Uuid, String>> {
        let accounts: Vec<Uuid> = askers.iter().filter_map(|asker| asker.account_id).collect();
        let guests: Vec<Uuid> = askers.iter().filter_map(|asker| asker.guest_id).collect();
        let mut addresses = HashMap::new();
        if !accounts.is_empty() {
            addresses.extend(accounts::list_addresses(tx, &self.secrets, &accounts).await?);
        }
        if !guests.is_empty() {
            addresses.extend(comments::list_guest_addresses(tx, &self.secrets, &guests).await?);
        }
        Ok(addresses)
    }
}
