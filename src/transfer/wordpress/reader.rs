//! An export as a stream of [`Entry`], in memory bounded by one item's own fields and one batch of
//! its comments.

use std::collections::VecDeque;
use std::io::Read;

use super::broken::Broken;
use super::field::MAX_FIELD;
use super::item::{PendingComment, PendingItem, term};
use super::source::Mark;
use super::types::{Author, Category, Comment, Entry, Flaw, ItemEnd, Site, Tag, Term, Warning};
use super::xml::{Element, Step, Xml};

/// The most comments in one [`Entry::Comments`].
pub const MAX_BATCH: usize = 500;

/// The most terms an item may have.
pub const MAX_TERMS: usize = 1000;

/// A batch ends early once its comments' texts have this many bytes (4 MiB).
const BATCH_BYTES: usize = 4 * 1024 * 1024;

const VERSIONS: [&str; 3] = ["1.0", "1.1", "1.2"];

/// Reads a WordPress export ("WXR") of version 1.0, 1.1 or 1.2.
///
/// It is an iterator which ends after the export's last entry or after the first [`Broken`]; a file
/// which was cut off anywhere is broken. The file must be in UTF-8.
pub struct Reader<R> {
    xml: Xml<R>,
    place: Place,
    ready: VecDeque<Result<Entry, Broken>>,
}

enum Place {
    Outside,
    /// In the channel, before the site was handed out.
    Head(Site),
    Channel,
    /// In an item, before it was handed out.
    Item(Box<PendingItem>),
    /// In an item which was handed out.
    Comments(Thread),
    /// After the channel's end.
    Foot,
    Over,
}

struct Thread {
    end: ItemEnd,
    batch: Vec<Comment>,
    bytes: usize,
}

impl<R: Read> Reader<R> {
    /// Reads from `inner`, which needs no buffer of its own.
    pub fn new(inner: R) -> Self {
        Self { xml: Xml::new(inner), place: Place::Outside, ready: VecDeque::new() }
    }

    /// How many bytes of the file were read, for a progress bar.
    pub fn position(&self) -> u64 {
        self.xml.mark().byte
    }

    fn advance(&mut self) -> Result<(), Broken> {
        self.place = match std::mem::replace(&mut self.place, Place::Over) {
            Place::Outside => self.enter()?,
            Place::Head(site) => self.head(site)?,
            Place::Channel => self.channel()?,
            Place::Item(item) => self.item(item)?,
            Place::Comments(thread) => self.comments(thread)?,
            Place::Foot => self.foot()?,
            Place::Over => Place::Over,
        };
        Ok(())
    }

    fn enter(&mut self) -> Result<Place, Broken> {
        let start = self.xml.mark();
        let Step::Child(root) = self.xml.step()? else {
            return Ok(Place::Over);
        };
        if root.name != "rss" {
            return Err(Broken::at(start, "this is not a WordPress export: it does not begin with <rss>"));
        }
        while let Step::Child(child) = self.xml.step()? {
            if child.name == "channel" {
                return Ok(Place::Head(Site::default()));
            }
            self.xml.skip()?;
        }
        Err(Broken::at(start, "this is not a WordPress export: it has no <channel>"))
    }

    fn head(&mut self, mut site: Site) -> Result<Place, Broken> {
        let start = self.xml.mark();
        let Step::Child(child) = self.xml.step()? else {
            self.announce(site, start)?;
            return Ok(Place::Foot);
        };
        let field = match child.name.as_str() {
            "title" => &mut site.title,
            "link" => &mut site.link,
            "language" => &mut site.language,
            "wp:wxr_version" => &mut site.wxr_version,
            "item" | "wp:author" | "wp:category" | "wp:tag" => {
                self.announce(site, start)?;
                return self.part(&child);
            }
            _ => {
                self.xml.skip()?;
                return Ok(Place::Head(site));
            }
        };
        self.value(&child)?.trim().clone_into(field);
        Ok(Place::Head(site))
    }

    fn announce(&mut self, site: Site, at: Mark) -> Result<(), Broken> {
        if site.wxr_version.is_empty() {
            let message = "this is a feed, not a WordPress export: it has no <wp:wxr_version>";
            return Err(Broken::at(at, message));
        }
        if !VERSIONS.contains(&site.wxr_version.as_str()) {
            let message = "this version of the export format is not known; 1.0, 1.1 and 1.2 are";
            return Err(Broken::at(at, message));
        }
        self.give(Entry::Site(site));
        Ok(())
    }

    fn channel(&mut self) -> Result<Place, Broken> {
        match self.xml.step()? {
            Step::Child(child) => self.part(&child),
            Step::End => Ok(Place::Foot),
        }
    }

    fn part(&mut self, child: &Element) -> Result<Place, Broken> {
        match child.name.as_str() {
            "item" => return Ok(Place::Item(Box::default())),
            "wp:author" => {
                let author = self.author()?;
                self.give(Entry::Author(author));
            }
            "wp:category" => {
                let [nicename, name] = self.values(["wp:category_nicename", "wp:cat_name"])?;
                self.give(Entry::Category(Category { nicename, name }));
            }
            "wp:tag" => {
                let [slug, name] = self.values(["wp:tag_slug", "wp:tag_name"])?;
                self.give(Entry::Tag(Tag { slug, name }));
            }
            _ => self.xml.skip()?,
        }
        Ok(Place::Channel)
    }

    fn author(&mut self) -> Result<Author, Broken> {
        let [external_id, login, email, display_name] =
            self.values(["wp:author_id", "wp:author_login", "wp:author_email", "wp:author_display_name"])?;
        let display_name = if display_name.is_empty() { login.clone() } else { display_name };
        Ok(Author { external_id, login, email, display_name })
    }

    fn item(&mut self, mut item: Box<PendingItem>) -> Result<Place, Broken> {
        let start = self.xml.mark();
        let child = match self.xml.step()? {
            Step::Child(child) => child,
            Step::End => {
                let thread = self.hand_out(*item, start)?;
                self.give(Entry::ItemEnd(thread.end));
                return Ok(Place::Channel);
            }
        };
        match child.name.as_str() {
            "wp:comment" => {
                let mut thread = self.hand_out(*item, start)?;
                self.comment(&mut thread)?;
                return Ok(Place::Comments(thread));
            }
            "category" => self.term(&child, item.terms())?,
            name if PendingItem::FIELDS.contains(&name) => {
                let value = self.value(&child)?;
                if item.set(name, value).is_err() {
                    self.warn(&child, Flaw::UnreadableDate, 1);
                }
            }
            _ => self.xml.skip()?,
        }
        Ok(Place::Item(item))
    }

    fn hand_out(&mut self, item: PendingItem, at: Mark) -> Result<Thread, Broken> {
        let Some(item) = item.finish() else {
            return Err(Broken::at(at, "the item has neither <wp:post_id> nor <guid> nor <link>"));
        };
        let external_id = item.external_id.clone();
        self.give(Entry::ItemStart(Box::new(item)));
        Ok(Thread { end: ItemEnd { external_id, late_terms: Vec::new() }, batch: Vec::new(), bytes: 0 })
    }

    fn comments(&mut self, mut thread: Thread) -> Result<Place, Broken> {
        let Step::Child(child) = self.xml.step()? else {
            self.flush(&mut thread);
            self.give(Entry::ItemEnd(thread.end));
            return Ok(Place::Channel);
        };
        match child.name.as_str() {
            "wp:comment" => self.comment(&mut thread)?,
            "category" => self.term(&child, &mut thread.end.late_terms)?,
            name => {
                self.xml.skip()?;
                if PendingItem::FIELDS.contains(&name) {
                    self.warn(&child, Flaw::LateField, 1);
                }
            }
        }
        Ok(Place::Comments(thread))
    }

    fn comment(&mut self, thread: &mut Thread) -> Result<(), Broken> {
        let start = self.xml.mark().byte;
        let mut comment = PendingComment::default();
        while let Step::Child(child) = self.xml.step()? {
            if !PendingComment::FIELDS.contains(&child.name.as_str()) {
                self.xml.skip()?;
                continue;
            }
            let value = self.value(&child)?;
            if comment.set(&child.name, value).is_err() {
                self.warn(&child, Flaw::UnreadableDate, 1);
            }
        }
        let Some(comment) = comment.finish() else {
            self.warn_of("wp:comment_id", Flaw::NoIdentifier, 1);
            return Ok(());
        };
        thread.batch.push(comment);
        thread.bytes += usize::try_from(self.xml.mark().byte - start).unwrap_or(MAX_FIELD);
        if thread.batch.len() == MAX_BATCH || thread.bytes >= BATCH_BYTES {
            self.flush(thread);
        }
        Ok(())
    }

    fn flush(&mut self, thread: &mut Thread) {
        thread.bytes = 0;
        if !thread.batch.is_empty() {
            let batch = std::mem::take(&mut thread.batch);
            self.give(Entry::Comments(batch));
        }
    }

    fn foot(&mut self) -> Result<Place, Broken> {
        // Caches and themes leave comments of theirs after the end, so nothing is read there.
        while let Step::Child(_) = self.xml.step()? {
            self.xml.skip()?;
        }
        Ok(Place::Over)
    }

    fn term(&mut self, element: &Element, terms: &mut Vec<Term>) -> Result<(), Broken> {
        let start = self.xml.mark();
        let name = self.value(element)?;
        terms.extend(term(element, &name));
        if terms.len() > MAX_TERMS {
            let message = format!("the item has more than {MAX_TERMS} categories and tags");
            return Err(Broken::at(start, message));
        }
        Ok(())
    }

    /// The trimmed texts of the named children of the current element, which is read to its end.
    fn values<const N: usize>(&mut self, names: [&str; N]) -> Result<[String; N], Broken> {
        let mut values = [const { String::new() }; N];
        while let Step::Child(child) = self.xml.step()? {
            match names.iter().zip(&mut values).find(|(name, _)| **name == child.name) {
                Some((_, value)) => self.value(&child)?.trim().clone_into(value),
                None => self.xml.skip()?,
            }
        }
        Ok(values)
    }

    fn value(&mut self, element: &Element) -> Result<String, Broken> {
        let field = self.xml.text()?;
        for (flaw, count) in field.flaws() {
            self.warn(element, flaw, count);
        }
        Ok(field.value)
    }

    fn warn(&mut self, element: &Element, flaw: Flaw, count: u64) {
        self.warn_of(&element.name, flaw, count);
    }

    fn warn_of(&mut self, field: &str, flaw: Flaw, count: u64) {
        self.give(Entry::Warning(Warning { line: self.xml.mark().line, field: field.to_owned(), flaw, count }));
    }

    fn give(&mut self, entry: Entry) {
        self.ready.push_back(Ok(entry));
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<Entry, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(next) = self.ready.pop_front() {
                return Some(next);
            }
            if matches!(self.place, Place::Over) {
                return None;
            }
            if let Err(broken) = self.advance() {
                self.ready.push_back(Err(broken));
            }
        }
    }
}
