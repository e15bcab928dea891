//! Taking an export in: read as a stream, written item by item or all at once.

use super::{
    article, people,
    reader::Reader,
    thread::Thread,
    types::{Author, Entry, Item, Site, Term},
};
use crate::{
    articles::{self, Change, Imported},
    error::{Code, Error, Place, Result},
    events::{Journal, Tx},
    secrets::Secrets,
    transfer::{
        queries,
        report::{Report, Tally},
        types::{Keep, Kind, Known, NewImport},
    },
};
use std::io::Read;
use uuid::Uuid;

/// Takes in a WordPress export. Nothing that an earlier import of the same site brought comes twice: an article is edited
/// when it is different in the file now, a comment that is here stays as it is.
///
/// Memory is bounded by one item's own fields, a batch of its comments, and the replies that wait for their parents.
/// `progress` hears how many bytes were read.
///
/// # Errors
/// When the database is away; items that were written before stay. A file that is broken is no error: the report says
/// where.
pub async fn import_wordpress(
    journal: &Journal,
    secrets: &Secrets,
    file: impl Read,
    keep: Keep,
    progress: &dyn Fn(u64),
) -> Result<Report> {
    let mut import = Import {
        reader: Reader::new(file),
        secrets,
        progress,
        site: Site::default(),
        source: String::new(),
        inside: false,
        report: Report::default(),
    };
    match keep {
        Keep::Items => import.item_by_item(journal).await?,
        Keep::Everything | Keep::Nothing => import.at_once(journal, keep).await?,
    }
    Ok(import.report)
}

struct Import<'a, R> {
    reader: Reader<R>,
    secrets: &'a Secrets,
    progress: &'a dyn Fn(u64),
    site: Site,
    /// The site as the table of imports knows it.
    source: String,
    /// Between the start of an item and its end.
    inside: bool,
    report: Report,
}

/// What is written whole or not at all.
enum Part {
    Author(Author),
    Item(Box<Item>),
}

impl<R: Read> Import<'_, R> {
    async fn item_by_item(&mut self, journal: &Journal) -> Result<()> {
        while let Some(part) = self.next_part() {
            let written = journal.write(async |tx| {
                queries::begin(tx.conn).await?;
                self.take(tx, &part).await
            });
            match written.await {
                Ok(tally) => self.report.tally.add(tally),
                Err(error) => self.refuse(&part, error)?,
            }
        }
        Ok(())
    }

    async fn at_once(&mut self, journal: &Journal, keep: Keep) -> Result<()> {
        let written = journal.write(async |tx| {
            queries::begin(tx.conn).await?;
            while let Some(part) = self.next_part() {
                match self.take(tx, &part).await {
                    Ok(tally) => self.report.tally.add(tally),
                    Err(error) => self.refuse(&part, error)?,
                }
            }
            self.report.undone = keep == Keep::Nothing || !self.report.is_whole();
            if self.report.undone { Err(gone()) } else { Ok(()) }
        });
        match written.await {
            Err(_) if self.report.undone => Ok(()),
            written => written,
        }
    }

    /// Counts an item that was not taken, and goes on behind it. Whatever is not the item's own fault ends the import.
    fn refuse(&mut self, part: &Part, error: Error) -> Result<()> {
        if self.report.broken.is_some() {
            return Ok(());
        }
        match (part, error.code) {
            (Part::Item(item), Code::Validation | Code::SlugTaken | Code::ParentElsewhere) => {
                let fields = error.fields.iter().map(|field| {
                    let (Place::Pointer(at) | Place::Parameter(at) | Place::Header(at)) = &field.place;
                    format!("{at} {}", field.detail)
                });
                let why: Vec<_> = std::iter::once(error.detail.to_string()).chain(fields).collect();
                self.report.refused.push((item.external_id.clone(), why.join(" ")));
                self.leave_item();
                Ok(())
            }
            _ => Err(error),
        }
    }

    /// The next entry that somebody wrote. Nothing at the end of the file, and where it breaks off.
    fn next(&mut self) -> Option<Entry> {
        loop {
            let entry = self.reader.next();
            (self.progress)(self.reader.position());
            match entry? {
                Ok(Entry::Site(site)) => {
                    self.source = source(&site);
                    self.site = site;
                }
                Ok(Entry::Warning(warning)) => self.report.warn(warning),
                // Items carry the names of theirs.
                Ok(Entry::Category(_) | Entry::Tag(_)) => {}
                Ok(entry) => {
                    self.inside = !matches!(entry, Entry::ItemEnd(_) | Entry::Author(_));
                    return Some(entry);
                }
                Err(broken) => {
                    self.inside = false;
                    self.report.broken = Some(broken);
                    return None;
                }
            }
        }
    }

    fn next_part(&mut self) -> Option<Part> {
        loop {
            match self.next()? {
                Entry::Author(author) => return Some(Part::Author(author)),
                Entry::ItemStart(item) => match article::left_out(&item) {
                    None => return Some(Part::Item(item)),
                    Some(why) => {
                        self.report.tally.leave(why);
                        self.leave_item();
                    }
                },
                _ => {}
            }
        }
    }

    fn leave_item(&mut self) {
        while self.inside {
            self.next();
        }
    }

    async fn take(&mut self, tx: &mut Tx<'_>, part: &Part) -> Result<Tally> {
        match part {
            Part::Author(author) => {
                let mut tally = Tally::default();
                if author.login.is_empty() {
                    tally.leave("authors without a login");
                } else {
                    people::take(tx, self.secrets, &self.source, author, &mut tally).await?;
                }
                Ok(tally)
            }
            Part::Item(item) => self.take_item(tx, item).await,
        }
    }

    async fn take_item(&mut self, tx: &mut Tx<'_>, item: &Item) -> Result<Tally> {
        let (source, mut tally) = (self.source.clone(), Tally::default());
        let known = queries::known(tx.conn, &source, Kind::Article, &[&item.external_id]).await?.pop();
        let digest = article::digest(item)?;
        let same = known.as_ref().filter(|known| known.digest.as_ref() == Some(&digest)).map(|known| known.local_id);
        let (article_id, change) = match same {
            Some(id) => (id, Change::Unchanged),
            None => self.take_article(tx, item, &[], known, &mut tally).await?,
        };
        match change {
            Change::Created => tally.articles_created += 1,
            Change::Changed => tally.articles_changed += 1,
            Change::Unchanged => tally.articles_unchanged += 1,
        }
        tally.drafts += u64::from(change == Change::Created && !article::is_public(item));
        let date = item.date.unwrap_or(tx.now);
        let permalink = article::permalink(item, &self.site);
        let mut thread = Thread::new(&source, &item.external_id, article_id, permalink, date);
        let end = loop {
            match self.next().ok_or_else(gone)? {
                Entry::Comments(batch) => thread.take(tx, self.secrets, batch).await?,
                Entry::ItemEnd(end) => break end,
                _ => {}
            }
        };
        tally.add(thread.finish(tx, self.secrets, change == Change::Created).await?);
        if same.is_none() {
            if !end.late_terms.is_empty() {
                let made = Known { external_id: String::new(), local_id: article_id, digest: None };
                self.take_article(tx, item, &end.late_terms, Some(made), &mut Tally::default()).await?;
            }
            let row = NewImport {
                source: &source,
                kind: Kind::Article.as_str(),
                external_id: &item.external_id,
                local_id: article_id,
                digest: Some(digest),
                imported_at: tx.now,
            };
            queries::remember(tx.conn, &[row]).await?;
        }
        Ok(tally)
    }

    async fn take_article(
        &self,
        tx: &mut Tx<'_>,
        item: &Item,
        late_terms: &[Term],
        known: Option<Known>,
        tally: &mut Tally,
    ) -> Result<(Uuid, Change)> {
        let terms: Vec<_> = item.terms.iter().chain(late_terms).collect();
        let authors = self.author_of(tx, item, tally).await?;
        let article = article::article(item, &terms, &self.site, authors, tally);
        let imported = Imported { id: known.map(|known| known.local_id), article };
        let outcome = articles::import_article(tx, imported).await?;
        Ok((outcome.article_id, outcome.change))
    }

    /// Whoever wrote an item. Exports of version 1.0 name logins only.
    async fn author_of(&self, tx: &mut Tx<'_>, item: &Item, tally: &mut Tally) -> Result<Vec<Uuid>> {
        let login = item.author_login.clone();
        if login.is_empty() {
            return Ok(Vec::new());
        }
        let known = people::accounts_of(tx, self.secrets, &self.source, std::slice::from_ref(&login)).await?;
        if let Some(id) = known.get(&login) {
            return Ok(vec![*id]);
        }
        let author = Author { display_name: login.clone(), login, ..Author::default() };
        Ok(vec![people::take(tx, self.secrets, &self.source, &author, tally).await?])
    }
}

/// What ends a transaction that is not to be committed. Nobody gets to see it.
fn gone() -> Error {
    Error::new(Code::Conflict, "Nothing was written.")
}

/// The address of the site's front page without scheme and slash, so that it stays the same when a site moves to https.
fn source(site: &Site) -> String {
    let link = site.link.trim();
    let link = link.split_once("://").map_or(link, |(_, rest)| rest);
    link.trim_end_matches('/').to_lowercase()
}
