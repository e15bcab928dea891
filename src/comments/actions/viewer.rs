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
    own_guest::NOTICES,
    person::sanctions_on,
};
use crate::{
    articles::Slug,
    config::Settings,
    db::Conn,
    error::{Error, Result},
    mail,
    secrets::Secrets,
};
use chrono::{DateTime, TimeDelta, Utc};
use ipnet::IpNet;
use uuid::Uuid;

/// Reactions that are told, at most.
const REACTIONS: usize = 1000;

/// Comments that are told, at most.
const COMMENTS: i64 = 100;

/// Who looks, from where, and when.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Who.
    pub writer: Writer,
    /// Where they come from, as far as that is counted as one.
    pub network: IpNet,
    /// When.
    pub now: DateTime<Utc>,
}

/// What is somebody's own under the published article that has or had this slug, in a fixed number of statements.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound); [`Code::Unauthenticated`](crate::error::Code::Unauthenticated) for a
/// guest of another article.
pub async fn see_viewer(
    conn: &mut Conn,
    settings: &Settings,
    secrets: &Secrets,
    slug: &Slug,
    look: Look,
) -> Result<Viewer> {
    let Look { writer, network, now } = look;
    let head = thread::head(conn, slug.as_str()).await?.ok_or_else(Error::not_found)?;
    let (person, subscriptions) = match writer {
        Writer::Member(id, _) => (Author::Member(id), member_subscriptions(conn, id).await?),
        Writer::Guest(id) => {
            let wanted = own_guests::subscribed(conn, id, head.id).await?.ok_or_else(manage_token::bad)?;
            (Author::Guest(id), Subscriptions { answers: wanted, approvals: wanted })
        }
        Writer::Anonymous => return Err(manage_token::bad()),
    };
    let most = i64::try_from(REACTIONS).unwrap_or(i64::MAX);
    let mut reactions = viewer::reactions(conn, person, head.id, most + 1).await?;
    let reactions_truncated = reactions.len() > REACTIONS;
    reactions.truncate(REACTIONS);
    let unseen = viewer::unseen(conn, person, head.id, now, COMMENTS).await?;
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
        subscriptions,
        sanctions: sanctions_on(conn, secrets, writer, network, now).await?,
    })
}

async fn member_subscriptions(conn: &mut Conn, account_id: Uuid) -> Result<Subscriptions> {
    let unwanted = mail::list_unsubscriptions(conn, account_id).await?;
    let [answers, approvals] = NOTICES.map(|kind| unwanted.iter().all(|it| it.kind != kind));
    Ok(Subscriptions { answers, approvals })
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
