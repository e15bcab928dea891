//! The comments of one item, batch by batch.

use super::{
    article, markdown, people,
    types::{Approved, Comment, CommentKind},
    waiting::{Waiting, cut_rings, sort_out},
};
use crate::{
    accounts::Email,
    articles,
    comments::{self, CommentStatus, GuestName, ImportedAuthor, ImportedComment},
    error::Result,
    events::{Event, Tx},
    secrets::Secrets,
    text::{self, Bounds},
    transfer::{
        queries,
        report::Tally,
        types::{Kind, NewImport},
    },
};
use chrono::{DateTime, Utc};
use serde_json::json;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// The longest comment, characters: WordPress takes as many bytes.
const BODY: Bounds = Bounds::new(0, 65_535);

/// What a guest is called whose name cannot be shown.
const NAMELESS: &str = "Anonymous";

/// So many replies may wait for the comment that they reply to, and so many bytes of text.
const MAX_WAITING: usize = 5000;
const MAX_WAITING_BYTES: usize = 8 * 1024 * 1024;

/// The comments of one item on their way into the thread of its article.
pub struct Thread<'a> {
    pub source: &'a str,
    pub item_id: &'a str,
    pub article_id: Uuid,
    /// Where the comments were found, each at its `#comment-123`.
    pub permalink: Option<String>,
    /// For comments without a date.
    pub date: DateTime<Utc>,
    pub tally: Tally,
    waiting: Vec<Waiting>,
    /// Comments that were not taken, with what they replied to.
    left_out: HashMap<String, Option<String>>,
}

/// By what links name a comment. Whatever is no number was made by no WordPress, and is looked up by its address only.
fn fragment(number: &str) -> Option<String> {
    let is_number = (1..=20).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("comment-{number}"))
}

impl<'a> Thread<'a> {
    pub fn new(
        source: &'a str,
        item_id: &'a str,
        article_id: Uuid,
        permalink: Option<String>,
        date: DateTime<Utc>,
    ) -> Self {
        let (tally, waiting, left_out) = (Tally::default(), Vec::new(), HashMap::new());
        Self { source, item_id, article_id, permalink, date, tally, waiting, left_out }
    }

    /// Takes in those of a batch that are new and whose parents are there; the others wait.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn take(&mut self, tx: &mut Tx<'_>, secrets: &Secrets, batch: Vec<Comment>) -> Result<()> {
        let batch: Vec<Comment> = batch.into_iter().filter_map(|comment| self.sift(comment)).collect();
        let ids = batch.iter().map(|comment| self.key(&comment.external_id));
        let parents = batch.iter().filter_map(|comment| self.parent_of(comment));
        let known = self.known(tx, ids.chain(parents).collect()).await?;
        let users: HashSet<_> = batch.iter().filter_map(|comment| comment.user_external_id.as_deref()).collect();
        let users: Vec<_> = users.into_iter().map(people::number).collect();
        let accounts = people::accounts_of(tx, secrets, self.source, &users).await?;
        let mut seen: HashSet<String> = self.waiting.iter().map(|waiting| waiting.key.clone()).collect();
        for comment in batch {
            let key = self.key(&comment.external_id);
            if known.contains_key(&key) || !seen.insert(key.clone()) {
                self.tally.comments_known += 1;
            } else if let Some(made) = self.make(tx.id(), &comment, &accounts) {
                let parent = self.parent_of(&comment);
                self.waiting.push(Waiting { key, number: comment.external_id, parent, comment: made });
            } else {
                self.tally.leave("comments without text");
                self.left_out.insert(key, self.parent_of(&comment));
            }
        }
        self.place(tx, secrets, &known).await?;
        let bytes: usize = self.waiting.iter().map(|waiting| waiting.comment.body_markdown.len()).sum();
        if self.waiting.len() > MAX_WAITING || bytes > MAX_WAITING_BYTES {
            self.release(tx, secrets).await?;
        }
        Ok(())
    }

    /// Takes in what still waits, and sets the thread's counters right. `announced` says that an event of this transaction
    /// tells of the article already. Returns what was done.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn finish(mut self, tx: &mut Tx<'_>, secrets: &Secrets, announced: bool) -> Result<Tally> {
        self.release(tx, secrets).await?;
        if self.tally.new_comments() > 0 {
            let article_id = self.article_id;
            let version = comments::finish_import(tx, article_id).await?;
            if !announced {
                tx.append(Event {
                    kind: "thread.imported",
                    stream: article_id,
                    version,
                    tags: vec![format!("thread:{article_id}")],
                    data: json!({ "article_id": article_id }),
                    actor_id: None,
                });
            }
        }
        Ok(self.tally)
    }

    /// What somebody said; the rest is counted.
    fn sift(&mut self, comment: Comment) -> Option<Comment> {
        let why = match (&comment.kind, comment.approved) {
            (CommentKind::Pingback, _) => "pingbacks",
            (CommentKind::Trackback, _) => "trackbacks",
            (CommentKind::Other(_), _) => "notes of plugins among the comments",
            (CommentKind::Comment, Approved::Trash) => "comments in the trash",
            (CommentKind::Comment, _) => return Some(comment),
        };
        self.tally.leave(why);
        self.left_out.insert(self.key(&comment.external_id), self.parent_of(&comment));
        None
    }

    fn make(&mut self, id: Uuid, comment: &Comment, accounts: &HashMap<String, Uuid>) -> Option<ImportedComment> {
        let body = markdown::comment(&comment.content);
        article::note(&body.notes, &mut self.tally);
        let body = text::mend(&body.markdown, BODY);
        self.tally.change("comments that were too long or held what no text may", body.changed.into());
        if body.text.is_empty() {
            return None;
        }
        let user = comment.user_external_id.as_deref().map(people::number);
        let author = match user.and_then(|user| accounts.get(&user)) {
            Some(id) => ImportedAuthor::Member(*id),
            None => ImportedAuthor::Guest(self.guest(comment)),
        };
        let status = match comment.approved {
            Approved::Visible => CommentStatus::Visible,
            Approved::Pending => CommentStatus::Pending,
            Approved::Spam | Approved::Trash => CommentStatus::Rejected,
        };
        let created_at = comment.date.unwrap_or(self.date);
        let (body_markdown, fragment) = (body.text, fragment(&comment.external_id));
        Some(ImportedComment { id, parent_id: None, author, created_at, status, body_markdown, fragment })
    }

    fn guest(&mut self, comment: &Comment) -> GuestName {
        let name = people::shown_name(&comment.author_name, &mut self.tally);
        let email = Email::parse(&comment.author_email).ok();
        let unusable = email.is_none() && !comment.author_email.trim().is_empty();
        self.tally.change("guests without their e-mail address, which is none", unusable.into());
        GuestName { name: name.unwrap_or_else(|| NAMELESS.to_owned()), email }
    }

    /// Takes in those who wait no more.
    async fn place(&mut self, tx: &mut Tx<'_>, secrets: &Secrets, known: &HashMap<String, Uuid>) -> Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        let (ready, waiting) = sort_out(waiting, known);
        self.waiting = waiting;
        if ready.is_empty() {
            return Ok(());
        }
        let (mut batch, mut places, mut addresses) = (Vec::new(), Vec::new(), Vec::new());
        for Waiting { key, number, comment, .. } in ready {
            addresses.extend(self.permalink.iter().map(|at| (format!("{at}#comment-{number}"), Some(comment.id))));
            places.push((key, comment.id));
            *match comment.status {
                CommentStatus::Visible => &mut self.tally.comments_visible,
                CommentStatus::Pending => &mut self.tally.comments_pending,
                _ => &mut self.tally.comments_spam,
            } += 1;
            batch.push(comment);
        }
        comments::import_thread(tx, secrets, self.article_id, &batch).await?;
        let rows: Vec<_> = places
            .iter()
            .map(|(key, id)| NewImport {
                source: self.source,
                kind: Kind::Comment.as_str(),
                external_id: key,
                local_id: *id,
                digest: None,
                imported_at: tx.now,
            })
            .collect();
        queries::remember(tx.conn, &rows).await?;
        articles::keep_addresses(tx, self.article_id, addresses).await?;
        Ok(())
    }

    /// Takes in all who wait: whoever they reply to does not come any more.
    async fn release(&mut self, tx: &mut Tx<'_>, secrets: &Secrets) -> Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let mut waiting = std::mem::take(&mut self.waiting);
        for reply in &mut waiting {
            reply.parent = reply.parent.take().and_then(|parent| self.above(parent));
        }
        let parents = waiting.iter().filter_map(|reply| reply.parent.clone()).collect();
        let known = self.known(tx, parents).await?;
        let here: HashSet<String> = waiting.iter().map(|reply| reply.key.clone()).collect();
        for reply in &mut waiting {
            let lost = |parent: &String| !known.contains_key(parent) && !here.contains(parent);
            if reply.parent.take_if(|parent| lost(parent)).is_some() {
                self.tally.change("replies to comments that are not in the file, now at the top", 1);
            }
        }
        self.tally.change("comments that reply to each other in a ring, now at the top", cut_rings(&mut waiting));
        self.waiting = waiting;
        self.place(tx, secrets, &known).await
    }

    async fn known(&self, tx: &mut Tx<'_>, mut keys: Vec<String>) -> Result<HashMap<String, Uuid>> {
        keys.extend(self.waiting.iter().filter_map(|reply| reply.parent.clone()));
        let known = queries::known(tx.conn, self.source, Kind::Comment, &keys).await?;
        Ok(known.into_iter().map(|known| (known.external_id, known.local_id)).collect())
    }

    /// By what a comment is known among all of the site.
    fn key(&self, number: &str) -> String {
        format!("{}#{number}", self.item_id)
    }

    fn parent_of(&self, comment: &Comment) -> Option<String> {
        comment.parent_external_id.as_deref().and_then(|parent| self.above(self.key(parent)))
    }

    /// The comment that a reply hangs on: where that was left out, what it replied to.
    fn above(&self, mut parent: String) -> Option<String> {
        // As many steps as there are: left-out comments may reply to each other in a ring.
        for _ in 0..=self.left_out.len() {
            match self.left_out.get(&parent) {
                None => return Some(parent),
                Some(above) => parent = above.clone()?,
            }
        }
        None
    }
}
