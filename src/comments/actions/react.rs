//! What readers give comments.

use super::{
    super::{
        queries::{people, reactions},
        rules,
        types::{NewReaction, ReactionCounts, Reactions, Reader, Taken, Writer},
    },
    change::hold,
    news::News,
    person::not_banned,
};
use crate::{db::Conn, error::Result, events::Tx, http::actor::unauthenticated, secrets::Secrets};
use ipnet::IpNet;
use std::collections::HashMap;
use uuid::Uuid;

/// Gives a comment a reaction, or takes it back. What is so already stays as it is.
///
/// The event does not say who it was: what somebody finds helpful is theirs.
///
/// # Errors
/// As [`rules::may_react`]; [`Code::Muted`](crate::error::Code::Muted) for giving, of whoever is banned.
pub async fn react(
    tx: &mut Tx<'_>,
    secrets: &Secrets,
    id: Uuid,
    (writer, network): (Writer, IpNet),
    kind: &str,
    gives: bool,
) -> Result<Reactions> {
    let reader = writer.reader().ok_or_else(|| unauthenticated("Sign in, or show a manage token of this article."))?;
    let (lock, placed) = hold(tx, id).await?;
    let here = match reader {
        Reader::Guest(id) => {
            people::guests(tx.conn, &[id]).await?.iter().any(|(_, article_id, ..)| *article_id == lock.article_id)
        }
        Reader::Member(_) => false,
    };
    rules::may_react(&placed, writer, here, gives)?;
    if gives {
        not_banned(tx.conn, secrets, writer, network, tx.now).await?;
    }
    let changed = if gives {
        let (account_id, guest_id) = match reader {
            Reader::Member(id) => (Some(id), None),
            Reader::Guest(id) => (None, Some(id)),
        };
        let article_id = lock.article_id;
        let row = NewReaction { comment_id: id, article_id, kind, account_id, guest_id, created_at: tx.now };
        reactions::give(tx.conn, &row).await?
    } else {
        reactions::take(tx.conn, id, kind, reader).await?
    };
    if !changed {
        // Nobody learns by taking nothing back that there is a comment.
        rules::is_public(&placed)?;
    }
    let mut counts = ReactionCounts::from(placed.comment.reactions);
    if changed {
        counts.shift(kind, if gives { 1 } else { -1 });
        let rank = rules::rank(counts.total(), placed.comment.created_at);
        reactions::rate(tx.conn, id, &counts, rank).await?;
        let kind = if gives { "comment.reacted" } else { "comment.unreacted" };
        tx.append(News::of(kind, &lock, id).public(true).into());
    }
    Ok(Reactions { reactions: counts, mine: reactions::given(tx.conn, id, reader).await? })
}

/// Lowers the counts and ranks of comments in threads that are held by reactions that are gone.
pub(super) async fn lower(conn: &mut Conn, gone: Vec<Taken>) -> Result<()> {
    let mut kinds: HashMap<Uuid, Vec<String>> = HashMap::new();
    for Taken { comment_id, kind } in gone {
        kinds.entry(comment_id).or_default().push(kind);
    }
    if kinds.is_empty() {
        return Ok(());
    }
    let of: Vec<Uuid> = kinds.keys().copied().collect();
    let (mut ids, mut counts, mut ranks) = (Vec::new(), Vec::new(), Vec::new());
    for comment in reactions::rated(conn, &of).await? {
        let mut left = ReactionCounts::from(comment.reactions);
        for kind in kinds.get(&comment.id).into_iter().flatten() {
            left.shift(kind, -1);
        }
        ids.push(comment.id);
        counts.push(left.stored());
        ranks.push(rules::rank(left.total(), comment.created_at));
    }
    reactions::rate_all(conn, &ids, &counts, &ranks).await?;
    Ok(())
}
