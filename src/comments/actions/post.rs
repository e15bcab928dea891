//! Posting.

use super::super::{
    queries::write,
    rules::{self, Anchor, Place, manage_token},
    types::{CommentStatus, Draft, ImportedAuthor, ImportedComment, NewRow, PostComment, Receipt, Text, Writer},
};
use super::{
    anchor::misplaced,
    announce,
    guests::{Reception, guest_row, welcome},
};
use crate::{
    articles::{self, Slug},
    error::{Code, Error, Field, OnConstraint, Result},
    events::Tx,
    http::actor::Visitor,
    secrets::Secrets,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Who writes.
///
/// # Errors
/// [`Code::Unauthenticated`] for a manage token that this server did not make.
pub fn writer(secrets: &Secrets, visitor: Visitor) -> Result<Writer> {
    Ok(match visitor {
        Visitor::Member(actor) => Writer::Member(actor.account_id, actor.role),
        Visitor::Guest(token) => Writer::Guest(manage_token::read(secrets, &token)?),
        Visitor::Anonymous => Writer::Anonymous,
    })
}

/// Posts what somebody sent under the article that has or had this slug. `draft` is what was found in it; its flaws
/// are told only to those who may write here. `may_ask` is whether a new guest's address may be asked.
///
/// # Errors
/// [`Code::NotFound`], [`Code::CommentsClosed`], [`Code::GuestsNotAllowed`], [`Code::Unauthenticated`],
/// [`Code::ParentElsewhere`] and [`Code::Validation`], in this order.
pub async fn submit(
    tx: &mut Tx<'_>,
    reception: &Reception,
    slug: &Slug,
    writer: Writer,
    input: PostComment,
    draft: Result<Draft>,
    may_ask: bool,
) -> Result<Receipt> {
    let policy = articles::for_comment(tx.conn, slug).await?.ok_or_else(Error::not_found)?;
    let status = rules::may_post(&policy, writer)?;
    let article_id = policy.article_id;
    if let Writer::Guest(id) = writer
        && !write::is_guest_of(tx.conn, id, article_id).await?
    {
        return Err(manage_token::bad());
    }
    let draft = draft?;
    let section_id = input.section_id.as_deref();
    let anchor = section_id.map(|section_id| Anchor { article_id, section_id, quote: draft.quote.as_deref() });
    if let Some(flaw) = misplaced(tx.conn, &[anchor]).await?.pop().flatten() {
        return Err(Error::validation(vec![flaw]));
    }
    let new_guest_id = match &draft.guest {
        Some(guest) => Some(welcome(tx, reception, article_id, guest, may_ask).await?),
        None => None,
    };
    let (account_id, guest_id) = match writer {
        Writer::Member(id, _) => (Some(id), None),
        Writer::Guest(id) => (None, Some(id)),
        Writer::Anonymous => (None, new_guest_id),
    };
    let new = New {
        id: tx.id(),
        article_id,
        parent_id: input.parent_id,
        section_id: input.section_id,
        quote: draft.quote,
        fragment: None,
        account_id,
        guest_id,
        status,
        created_at: tx.now,
        text: draft.text,
    };
    let comment_id = new.id;
    insert(tx, new).await?;
    Ok(Receipt { comment_id, new_guest_id })
}

/// Posts a comment as it was written, whoever may write now and whenever that was. Its parent must be visible.
///
/// # Errors
/// [`Code::ParentElsewhere`], or what goes wrong with the database.
pub async fn post(tx: &mut Tx<'_>, secrets: &Secrets, article_id: Uuid, comment: &ImportedComment) -> Result<()> {
    let (account_id, guest_id) = match &comment.author {
        ImportedAuthor::Member(id) => (Some(*id), None),
        ImportedAuthor::Guest(guest) => {
            let row = guest_row(secrets, tx.id(), article_id, guest, comment.created_at)?;
            write::insert_guests(tx.conn, std::slice::from_ref(&row)).await?;
            (None, Some(row.id))
        }
    };
    let new = New {
        id: comment.id,
        article_id,
        parent_id: comment.parent_id,
        section_id: None,
        quote: None,
        fragment: comment.fragment.clone(),
        account_id,
        guest_id,
        status: comment.status,
        created_at: comment.created_at,
        text: rules::derive(comment.body_markdown.clone()),
    };
    insert(tx, new).await
}

/// A comment that has passed all checks.
pub(super) struct New {
    pub id: Uuid,
    pub article_id: Uuid,
    pub parent_id: Option<Uuid>,
    pub section_id: Option<String>,
    pub quote: Option<String>,
    pub fragment: Option<String>,
    pub account_id: Option<Uuid>,
    pub guest_id: Option<Uuid>,
    pub status: CommentStatus,
    pub created_at: DateTime<Utc>,
    pub text: Text,
}

async fn insert(tx: &mut Tx<'_>, new: New) -> Result<()> {
    let visible = new.status == CommentStatus::Visible;
    let root_shown = visible && new.parent_id.is_none();
    // The counter row first: whoever has the next position also commits next.
    let lock = write::take_positions(tx.conn, new.article_id, 1, visible.into(), root_shown.into()).await?;
    let parent = match new.parent_id {
        Some(id) => Some(visible_parent(tx, new.article_id, id).await?),
        None => None,
    };
    let place = Place::new(new.id, parent.as_ref(), lock.last_position);
    let (comment_id, account_id, parent_id, root_id) = (new.id, new.account_id, new.parent_id, place.root_id);
    let row = new.row(place, root_shown.then_some(lock.last_root_no));
    let inserted = write::insert(tx.conn, &[row]).await;
    inserted.on_constraint("comments_parent_same_article", elsewhere)?;
    if let Some(parent_id) = parent_id.filter(|_| visible) {
        write::count_reply(tx.conn, parent_id, root_id).await?;
    }
    announce(tx, "comment.posted", &lock, comment_id, account_id, visible);
    Ok(())
}

impl New {
    /// Its row at its place.
    pub(super) fn row(self, place: Place, root_no: Option<i32>) -> NewRow {
        NewRow {
            id: self.id,
            article_id: self.article_id,
            parent_id: self.parent_id,
            root_id: place.root_id,
            position: place.position,
            root_no,
            depth: place.depth,
            path: place.path,
            account_id: self.account_id,
            guest_id: self.guest_id,
            status: self.status.as_str(),
            shown: self.status == CommentStatus::Visible,
            section_id: self.section_id,
            quote: self.quote,
            fragment: self.fragment,
            rank: rules::rank(0, self.created_at),
            mention_count: 0,
            created_at: self.created_at,
            text: self.text,
        }
    }
}

async fn visible_parent(tx: &mut Tx<'_>, article_id: Uuid, id: Uuid) -> Result<Place> {
    let parent = write::parents(tx.conn, article_id, &[id]).await?.pop();
    let visible = parent.filter(|parent| parent.status == CommentStatus::Visible);
    visible.map(Place::from).ok_or_else(elsewhere)
}

/// The same for a comment that does not exist and for one that nobody may see yet.
pub(super) fn elsewhere() -> Error {
    let field = Field::body("/parent_id", "unknown", "is no visible comment on this article");
    Error::new(Code::ParentElsewhere, "There is no such comment to reply to.").at(field)
}
