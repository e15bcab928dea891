//! Answers that are posted from the desk: all that belongs to one, at once or not at all.

use super::{
    super::{
        queries::{drafts, questions},
        rules,
        types::{AnswerQuestion, AnswerReceipt, InviteAsker, Question},
    },
    answered,
    list::names_in,
    lock_question,
};
use crate::{
    comments::{self, NewReply, Reception},
    error::{Error, Result},
    events::Tx,
    http::actor::Actor,
    private_threads::{self, Invitation},
};
use ipnet::IpNet;
use uuid::Uuid;

/// What it takes to post an answer.
pub struct Means<'a> {
    /// What comments are received with.
    pub reception: &'a Reception,
    /// Where the coach comes from, as far as that is counted as one.
    pub network: IpNet,
    /// Links that a comment may hold.
    pub links: usize,
}

/// Answers a question in the thread. With the answer the claim ends, and so does the draft.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound) for a comment that is not on the desk; as [`rules::may_be_answered`]; as
/// [`comments::reply`] and [`private_threads::invite`].
pub async fn answer(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: Uuid,
    input: &AnswerQuestion,
    means: &Means<'_>,
) -> Result<AnswerReceipt> {
    // Asked twice: before, so that nobody writes in vain; then, when the thread is held, because only that holds.
    let question = questions::find(tx.conn, id).await?.ok_or_else(Error::not_found)?;
    check(tx, &question, by, input).await?;
    let reply = NewReply {
        by,
        network: means.network,
        parent_id: id,
        body: &input.body,
        mentions: &input.mentions,
        links: means.links,
    };
    let comment = comments::reply(tx, means.reception, reply).await?;
    if input.feature {
        comments::feature(tx, comment.id, by).await?;
    }
    let question = lock_question(tx, id).await?;
    check(tx, &question, by, input).await?;
    answered(tx, id, comment.id, by.account_id).await?;
    drafts::delete(tx.conn, by.account_id, id).await?;
    let private_thread_id = match &input.invite {
        Some(invite) => Some(ask_in(tx, by, id, invite, means).await?),
        None => None,
    };
    Ok(AnswerReceipt { comment_id: comment.id, private_thread_id })
}

/// Invites who asks to go on in private. What is wrong with the message is told where it stood.
async fn ask_in(tx: &mut Tx<'_>, by: &Actor, id: Uuid, invite: &InviteAsker, means: &Means<'_>) -> Result<Uuid> {
    let invitation = Invitation { comment_id: id, coach_id: by.account_id, body: invite.body.clone() };
    let invited = private_threads::invite(tx, means.reception, &invitation).await;
    invited.map_err(|mut error| {
        error.fields.iter_mut().for_each(|field| field.move_into("/invite"));
        error
    })
}

async fn check(tx: &mut Tx<'_>, question: &Question, by: &Actor, input: &AnswerQuestion) -> Result<()> {
    let names = names_in(tx.conn, [question]).await?;
    rules::may_be_answered(question, by.account_id, input.even_if_answered, &names, tx.now)
}
