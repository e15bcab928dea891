//! Preparing what people asked to be handed out of their own.

use super::{
    archive,
    document::{Collected, collect},
    letters, queries,
    rules::{EXPORT_KEPT, LEASE, PERIOD, bound_to, may_request},
    types::{Claimed, ExportRow, Form, NewExport},
};
use crate::{
    audit::{self, Entry},
    config::Settings,
    db::Pool,
    error::{Code, Error, Result},
    events::Journal,
    mail::Outbox,
    secrets::{Purpose, Secrets},
};
use chrono::{DateTime, Utc};
use std::{sync::Arc, time::Duration};
use tokio::{sync::Notify, task::spawn_blocking};
use uuid::Uuid;
use zeroize::Zeroizing;

/// How often the clerk looks without being rung for: exports of other nodes, and those whose node died.
const ROUND: Duration = Duration::from_secs(15);

/// Tells this process's clerk that somebody waits. Cloning gives the same bell.
#[derive(Debug, Clone, Default)]
pub struct Bell(Arc<Notify>);

/// Prepares exports, on as many nodes as there are: each is made by one of them.
pub struct Clerk {
    /// To read with.
    pub pool: Pool,
    /// To write with.
    pub journal: Journal,
    /// What exports are sealed with.
    pub secrets: Secrets,
    /// Whose name stands in the mails.
    pub settings: Settings,
    /// Where the mails go.
    pub outbox: Outbox,
    /// What wakes the clerk.
    pub bell: Bell,
}

/// Takes a wish for an export in.
///
/// # Errors
/// As [`may_request`].
pub async fn request(journal: &Journal, bell: &Bell, account_id: Uuid) -> Result<ExportRow> {
    let wanted = journal
        .write(async |tx| {
            queries::take_turn(tx.conn, account_id).await?;
            may_request(&queries::recent(tx.conn, account_id, tx.now - PERIOD).await?, tx.now)?;
            audit::record(tx, Entry::own("export.requested", account_id)).await?;
            let new = NewExport { id: tx.id(), account_id, created_at: tx.now, expires_at: tx.now + EXPORT_KEPT };
            Ok(queries::insert(tx.conn, &new).await?)
        })
        .await?;
    bell.0.notify_one();
    Ok(wanted)
}

/// What an export of somebody holds.
///
/// # Errors
/// [`Code::NotFound`] when it is not theirs or has expired, [`Code::Conflict`] while it is being prepared.
pub async fn read(
    pool: &Pool,
    secrets: &Secrets,
    now: DateTime<Utc>,
    account_id: Uuid,
    id: Uuid,
    form: Form,
) -> Result<Zeroizing<Vec<u8>>> {
    let sealed = queries::content(&mut *pool.get().await?, id, account_id, form, now).await?;
    let sealed = sealed.ok_or_else(Error::not_found)?;
    let sealed = sealed.ok_or_else(|| Error::new(Code::Conflict, "It is being prepared."))?;
    secrets.open(Purpose::Export, &bound_to(id, account_id, form), &sealed)
}

/// Forgets exports that have expired. Returns how many.
///
/// # Errors
/// When the database is away.
pub async fn sweep(journal: &Journal) -> Result<usize> {
    journal.write(async |tx| Ok(queries::forget_expired(tx.conn, tx.now).await?)).await
}

impl Clerk {
    /// Runs for ever.
    pub async fn run(self) {
        loop {
            if let Err(error) = self.go_round().await {
                tracing::warn!(cause = format!("{error:#}"), "exports cannot be prepared; trying again");
            }
            tokio::select! {
                () = self.bell.0.notified() => {}
                () = tokio::time::sleep(ROUND) => {}
            }
        }
    }

    /// Prepares every export that waits and that no node is at. Returns how many are ready now. One that fails is tried
    /// again when its lease is over.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn go_round(&self) -> Result<usize> {
        let mut ready = 0;
        while let Some(claimed) = self.claim().await? {
            match self.prepare(claimed).await {
                Ok(done) => ready += usize::from(done),
                Err(error) => {
                    tracing::error!(export = %claimed.id, cause = format!("{error:#}"), "an export is put off");
                }
            }
        }
        Ok(ready)
    }

    /// In a short transaction of its own: no lock is held while an export is prepared, and if this process dies
    /// meanwhile, it comes round by itself.
    async fn claim(&self) -> Result<Option<Claimed>> {
        self.journal.write(async |tx| Ok(queries::claim(tx.conn, tx.now, tx.now + LEASE).await?)).await
    }

    async fn prepare(&self, Claimed { id, account_id }: Claimed) -> Result<bool> {
        let made_at = self.journal.now();
        let Collected { document, files, email } = collect(&self.pool, &self.secrets, account_id, made_at).await?;
        let packing = spawn_blocking(move || {
            let archive = archive::pack(&document, &files, made_at)?;
            Ok::<_, Error>((document, archive))
        });
        let (document, archive) = packing.await.map_err(Error::internal)??;
        let seal = |form, content: &[u8]| self.secrets.seal(Purpose::Export, &bound_to(id, account_id, form), content);
        let (document, archive) = (seal(Form::Document, &document)?, seal(Form::Archive, &archive)?);
        let finished = self
            .journal
            .write(async |tx| {
                let expires_at = tx.now + EXPORT_KEPT;
                if !queries::finish(tx.conn, id, &document, &archive, tx.now, expires_at).await? {
                    return Ok(false);
                }
                if let Some(email) = &email {
                    let letter = letters::ready(email, &self.settings.publication_name, expires_at);
                    self.outbox.enqueue(tx, &letter).await?;
                }
                Ok(true)
            })
            .await?;
        self.outbox.wake();
        Ok(finished)
    }
}
