//! What is one person's own on an article.

use super::{
    super::{
        queries::{
            own_guests, thread,
            viewer::{self, Changeable},
        },
        rules::{EditWindow, manage_token},
        types::{Author, CommentRow, Editable, GivenReactions, Subscriptions, Viewer, Writer},
    },
    own::own,
};
use crate::{
    articles::Slug,
    config::Settings,
    db::Conn,
    error::{Error, Result},
};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

/// Reactions that are told, at most.
const REACTIONS: usize = 1000;

/// Comments that are told, at most.
const COMMENTS: i64 = 100;

/// What is somebody's own under the published article that has or had this slug, in a fixed number of statements.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound); [`Code::Unauthenticated`](crate::error::Code::Unauthenticated) for a
/// guest of another article.
pub async fn see_viewer(
    conn: &mut Conn,
    settings: &Settings,
    now: DateTime<Utc>,
    slug: &Slug,
    writer: Writer,
) -> Result<Viewer> {
    let head = thread::head(conn, slug.as_str()).await?.ok_or_else(Error::not_found)?;
    let (person, guest) = match writer {
        Writer::Member(id, _) => (Author::Member(id), None),
        Writer::Guest(id) => {
            let guest = own_guests::subscribed(conn, id, head.id).await?;
            (Author::Guest(id), Some(guest.ok_or_else(manage_token::bad)?))
        }
        Writer::Anonymous => return Err(manage_token::bad()),
    };
    let most = i64::try_from(REACTIONS).unwrap_or(i64::MAX);
    let mut reactions = viewer::reactions(conn, person, head.id, most + 1).await?;
    let reactions_truncated = reactions.len() > REACTIONS;
    reactions.truncate(REACTIONS);
    let unseen = viewer::unseen(conn, person, head.id, COMMENTS).await?;
    let minutes = settings.comment_edit_minutes;
    let which = match minutes {
        _ if writer.is_staff() => Changeable::All,
        0 => Changeable::Unanswered,
        minutes => Changeable::After(now - TimeDelta::minutes(minutes.into())),
    };
    let changeable = viewer::changeable(conn, person, head.id, which, COMMENTS).await?;
    Ok(Viewer {
        reactions: by_comment(reactions),
        reactions_truncated,
        comments: own(conn, unseen).await?,
        editable: changeable.iter().filter_map(|row| editable(row, writer, minutes, now)).collect(),
        subscriptions: Subscriptions { guest },
    })
}

fn editable(row: &CommentRow, author: Writer, minutes: u32, now: DateTime<Utc>) -> Option<Editable> {
    let window = EditWindow::of(row, author, minutes);
    window.check(row, now).ok()?;
    let until = match window {
        EditWindow::Until(until) => Some(until),
        EditWindow::Always | EditWindow::UntilAnswered => None,
    };
    Some(Editable { comment_id: row.id, until })
}

/// The kinds that were given to each comment, comments in the order in which they come first.
fn by_comment(reactions: Vec<(Uuid, String)>) -> Vec<GivenReactions> {
    let mut places = std::collections::HashMap::new();
    let mut given: Vec<GivenReactions> = Vec::new();
    for (comment_id, kind) in reactions {
        let place = *places.entry(comment_id).or_insert(given.len());
        match given.get_mut(place) {
            Some(known) => known.kinds.push(kind),
            None => given.push(GivenReactions { comment_id, kinds: vec![kind] }),
        }
    }
    given
}
