//! Replies by the publication's own people that are part of something larger.

use super::{
    super::{
        queries::thread,
        rules,
        types::{Comment, CommentRow, Light, PostComment, Submission, Writer},
    },
    curate::light,
    guests::Reception,
    own::own,
    post::submit_each,
    screen::Looked,
};
use crate::{
    articles::Slug,
    db::Conn,
    error::{Code, Error, Result},
    events::{Once, Tx},
    http::actor::Actor,
};
use ipnet::IpNet;
use uuid::Uuid;

/// What somebody who works here replies to a comment.
#[derive(Debug)]
pub struct NewReply<'a> {
    /// Who.
    pub by: &'a Actor,
    /// Where they come from, as far as that is counted as one.
    pub network: IpNet,
    /// What they reply to.
    pub parent_id: Uuid,
    /// Markdown.
    pub body: &'a str,
    /// Whom it calls by name.
    pub mentions: &'a [Uuid],
    /// Links that a comment may hold: the publication's setting.
    pub links: usize,
}

/// Posts a reply in the caller's transaction, which takes the thread's counter row with it. What the publication's own
/// people say is shown at once.
///
/// # Errors
/// [`Code::NotFound`] where nobody sees what it replies to; else as
/// `submit_each`. Whatever is refused must undo the transaction.
pub async fn reply(tx: &mut Tx<'_>, reception: &Reception, new: NewReply<'_>) -> Result<Comment> {
    let placed = thread::find(tx.conn, new.parent_id).await?.ok_or_else(Error::not_found)?;
    let slug = Slug::try_from(placed.article.slug).map_err(|flaw| Error::internal(anyhow::anyhow!(flaw)))?;
    let writer = Writer::Member(new.by.account_id, new.by.role);
    let input = PostComment {
        body: new.body.to_owned(),
        parent_id: Some(new.parent_id),
        section_id: None,
        quote: None,
        mentions: new.mentions.to_vec(),
        guest: None,
        challenge: None,
        as_is: false,
        website: None,
    };
    let draft = rules::check(&input, writer, new.links);
    let once = Once::new(writer.scope(), None, "reply", &())?;
    let looked = draft.as_ref().ok().map(|draft| Looked::at(&draft.text, writer, reception)).transpose()?;
    let submission = Submission { slug, writer, network: new.network, input, draft, looked, may_ask: false, once };
    let receipt = submit_each(tx, reception, &[&submission]).await?.pop().ok_or_else(missing)?;
    let receipt = receipt.map_err(|error| if error.code == Code::ParentElsewhere { Error::not_found() } else { error });
    receipt?.comment.map(|comment| *comment).ok_or_else(missing)
}

/// Features a comment: the publication recommends it.
///
/// # Errors
/// [`Code::NotFound`]; [`Code::Conflict`] for one that not everybody sees.
pub async fn feature(tx: &mut Tx<'_>, id: Uuid, curator: &Actor) -> Result<()> {
    light(tx, id, curator, Light::Featured(true)).await?;
    Ok(())
}

/// A comment as its author sees it.
///
/// # Errors
/// [`Code::NotFound`].
pub async fn see_own(conn: &mut Conn, id: Uuid) -> Result<Comment> {
    let row: CommentRow = thread::find(conn, id).await?.ok_or_else(Error::not_found)?.comment;
    own(conn, vec![row]).await?.pop().ok_or_else(Error::not_found)
}

fn missing() -> Error {
    Error::internal(anyhow::anyhow!("a reply without a verdict"))
}
