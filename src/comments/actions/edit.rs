//! Authors change what their comments say.

use super::{
    super::{
        queries::{corrections, prints, reports, reviews, verdicts},
        rules::{self, EditWindow},
        types::{
            Arrival, Change, CommentRow, CommentStatus, NewHit, NewReview, NewText, NewVerdict, Outcome, PlacedRow,
            Said, Writer,
        },
    },
    admit::{admit, take},
    change::{hold, keep_text, turn},
    guests::Reception,
    mentions::mention_instead,
    news::News,
    person::person,
    screen::{Looked, Screening, Unjudged, Written},
};
use crate::{error::Result, events::Tx, http::precondition::IfMatch, throttle::Entry};
use ipnet::IpNet;
use uuid::Uuid;

/// What an author wants a comment to say instead.
pub struct Rewrite<'a> {
    /// Who.
    pub writer: Writer,
    /// Where they come from, as far as that is counted as one.
    pub network: IpNet,
    /// The revision that they read.
    pub revision: &'a IfMatch,
    /// What it is to say.
    pub text: Result<NewText>,
    /// The publication's setting of the time for it, in minutes.
    pub minutes: u32,
}

/// Gives a comment another text, as its author, and keeps the one it had. The new text is looked at like that of a new
/// comment. The same text changes nothing. Returns the languages in which its author is told where help is found, if they are.
///
/// # Errors
/// As [`rules::may_edit`] and [`EditWindow::check`]; then
/// [`Code::PreconditionFailed`](crate::error::Code::PreconditionFailed), the flaws of the text, `Muted`, `Rephrase` and
/// `DuplicateComment`.
pub async fn edit(
    tx: &mut Tx<'_>,
    reception: &Reception,
    id: Uuid,
    rewrite: Rewrite<'_>,
) -> Result<Option<Vec<String>>> {
    let Rewrite { writer, network, revision, text, minutes } = rewrite;
    let (lock, placed) = hold(tx, id).await?;
    let row = &placed.comment;
    rules::may_edit(&placed, writer)?;
    EditWindow::of(row, writer, minutes).check(row, tx.now)?;
    revision.check(row.revision)?;
    let new = text?;
    let mentioned = mention_instead(tx.conn, row, new.mentions.as_deref()).await?;
    if new.text.body_markdown == row.body_markdown && mentioned.is_none() && new.correction_note.is_none() {
        return Ok(None);
    }
    let outcome = look(tx, reception, &placed, writer, network, &new).await?;
    take_print(tx, reception, row, &new).await?;
    let support = outcome.support();
    keep_text(tx, row, writer.account_id()).await?;
    let status = match rules::after_edit(row.status, outcome.status) {
        // A moderator answers what readers said of it.
        CommentStatus::Rejected if reports::is_open(tx.conn, id).await? => CommentStatus::Held,
        status => status,
    };
    let change = Change { status, text: Some(&new.text), edited_at: Some(tx.now), deleted_at: None };
    let public = turn(tx, &lock, row, &change).await?;
    if let Some(note) = &new.correction_note {
        corrections::keep(tx.conn, id, row.revision + 1, note, tx.now).await?;
    }
    queue(tx, row, &new, &Outcome { status, ..outcome }).await?;
    // Nobody is told of what not everybody sees.
    let mentioned = mentioned.filter(|_| status == CommentStatus::Visible).unwrap_or_default();
    let news = News::of("comment.edited", &lock, id).by(writer.account_id()).public(public);
    tx.append(news.mentioning(&mentioned).into());
    Ok(support)
}

/// Looks at the new text.
async fn look(
    tx: &mut Tx<'_>,
    reception: &Reception,
    placed: &PlacedRow,
    writer: Writer,
    network: IpNet,
    new: &NewText,
) -> Result<Outcome> {
    let person = if writer.is_staff() { None } else { Some(person(tx.conn, writer, network).await?) };
    let exceptions = placed.exceptions();
    let looked = Looked::at(&new.text, writer, reception)?;
    let by = writer.account_id().or(writer.guest_id());
    let seen = reception.repeats.heard(&looked.print).others(by, [], tx.now);
    let unjudged = Unjudged { person, looked: Some(&looked), repeated: seen > 0, exceptions };
    let screening = Screening::ask(tx.conn, reception, vec![unjudged], tx.now).await?;
    let written = Written { writer, text: &new.text, looked: &looked, seen, as_is: new.as_is, exceptions };
    let outcome = screening.look(0, &written)?;
    if let Some(by) = by {
        reception.repeats.note(looked.print, by, tx.now);
    }
    Ok(outcome)
}

/// What it said may be said again from now on, and what it says may not.
async fn take_print(tx: &mut Tx<'_>, reception: &Reception, row: &CommentRow, new: &NewText) -> Result<()> {
    prints::forget(tx.conn, &[row.id]).await?;
    let said = Said {
        author_id: row.account_id.or(row.guest_id),
        newcomer: None,
        article_id: row.article_id,
        parent_id: row.parent_id,
        markdown: &new.text.body_markdown,
    };
    let prints = rules::prints(&reception.secrets, &said)?;
    let arrival = Arrival { comment_id: row.id, prints, known: true, entry: Entry::Free };
    let owners = take(tx.conn, &[&arrival], tx.now).await?;
    admit(tx, &[&arrival], &owners).await?.into_iter().collect()
}

/// What was found stands beside the new text, and whoever is to look at it is told that it is another.
async fn queue(tx: &mut Tx<'_>, row: &CommentRow, new: &NewText, outcome: &Outcome) -> Result<()> {
    let (revision, shown) = (row.revision + 1, row.status == CommentStatus::Visible);
    let hits = NewHit::all(row.id, revision, &outcome.hits, tx.now);
    if !hits.is_empty() {
        reviews::keep_hits(tx.conn, &hits).await?;
    }
    if !shown {
        let found: Vec<&str> = hits.iter().map(|hit| hit.check_name).collect();
        reviews::carry_hits(tx.conn, row.id, revision, &found).await?;
    }
    if let Some(review) = rules::review(row, &new.text.body_html, outcome, tx.now) {
        reviews::queue(tx.conn, &[NewReview { edited: shown, ..review }]).await?;
    } else if outcome.status == CommentStatus::Visible {
        reviews::note_edit(tx.conn, row.id).await?;
    } else {
        reviews::leave(tx.conn, &[row.id]).await?;
        verdicts::insert(tx.conn, &[NewVerdict::on(tx.id(), row, outcome.status, tx.now)]).await?;
    }
    Ok(())
}
