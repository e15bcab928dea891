//! What becomes of a text by what was found in it.

use super::{
    super::types::{CommentRow, CommentStatus, NewReview, Outcome},
    has_link,
};
use crate::{
    error::{Code, Error, Field, Result},
    screening::{self, Action, Check, Hit, Sanction, Screened, Standing, Verdict},
};
use chrono::{DateTime, Utc};
use std::borrow::Cow;

/// What becomes of a text. What its author may need somebody for is seen by somebody, whatever else it says.
///
/// # Errors
/// [`Code::Rephrase`], [`Code::Muted`].
pub fn outcome(screened: Screened, standing: &Standing, sanction: Option<&Sanction>) -> Result<Outcome> {
    let Screened { verdict, priority, hits } = screened;
    let status = match verdict {
        Verdict::Refused => return Err(sanction.map_or_else(muted, screening::refusal)),
        Verdict::Nudge => return Err(rephrase(&hits)),
        Verdict::Visible => CommentStatus::Visible,
        Verdict::Pending => CommentStatus::Pending,
        Verdict::Rejected if priority == 0 => CommentStatus::Rejected,
        Verdict::Held | Verdict::Rejected => CommentStatus::Held,
    };
    let external = status == CommentStatus::Held && hits.iter().any(|hit| hit.check == Check::External);
    Ok(Outcome { status, priority, hits, external, first_time: standing.approved == 0 })
}

fn muted() -> Error {
    Error::new(Code::Muted, "You may not write here for a while.")
}

/// The status of a comment whose author gave it another text. What waits goes on waiting, whatever the text says now: only a
/// moderator ends that, and one who is worried about its author finds it where it was.
#[must_use]
pub const fn after_edit(present: CommentStatus, found: CommentStatus) -> CommentStatus {
    match (present, found) {
        (CommentStatus::Visible, found) => found,
        (CommentStatus::Pending, CommentStatus::Held | CommentStatus::Rejected) => CommentStatus::Held,
        (present, _) => present,
    }
}

/// The place in the queue of a comment that waits, with what it says; none for others.
#[must_use]
pub fn review(row: &CommentRow, html: &str, outcome: &Outcome, at: DateTime<Utc>) -> Option<NewReview> {
    let waits = matches!(outcome.status, CommentStatus::Pending | CommentStatus::Held);
    Some(NewReview {
        comment_id: row.id,
        article_id: row.article_id,
        state: outcome.status.as_str(),
        queued_at: at,
        priority: outcome.priority,
        author_id: row.account_id.or(row.guest_id).filter(|_| waits)?,
        by_guest: row.guest_id.is_some(),
        has_link: has_link(html),
        first_time: outcome.first_time,
        edited: false,
        external_at: outcome.external.then_some(at),
    })
}

/// The place in the queue of a comment that somebody put there: since when, how soon, and whether it is its author's first. Of
/// an author who was erased there is no id.
#[must_use]
pub fn waiting(
    comment: &CommentRow,
    state: &'static str,
    (queued_at, priority, first_time): (DateTime<Utc>, i16, bool),
) -> NewReview {
    NewReview {
        comment_id: comment.id,
        article_id: comment.article_id,
        state,
        queued_at,
        priority,
        author_id: comment.account_id.or(comment.guest_id).unwrap_or_default(),
        by_guest: comment.guest_id.is_some(),
        has_link: has_link(&comment.body_html),
        first_time,
        edited: comment.edited_at.is_some(),
        external_at: None,
    }
}

/// What its author is told, so that they can say it otherwise. What is private in the text is not told again: answers are
/// logged by those who send them on.
fn rephrase(hits: &[Hit]) -> Error {
    let nudges = hits.iter().filter(|hit| hit.action == Action::Nudge);
    let each = |hit: &Hit| {
        let (check, details) = (hit.check, hit.detail.split(", "));
        details.map(move |detail| Field::body("/body", check.as_str(), advice(check, detail))).collect::<Vec<_>>()
    };
    let fields = nudges.flat_map(each).collect();
    let detail = "Something in it is better said otherwise. Change it, or send it again with as_is; a moderator may have \
                  to look at it first then.";
    Error { fields, ..Error::new(Code::Rephrase, detail) }
}

/// What to do about one thing that a check found.
fn advice(check: Check, detail: &str) -> Cow<'static, str> {
    let advice = match (check, detail) {
        (Check::PersonalData, "email") => {
            "holds what looks like an e-mail address, which everybody could read; leave it out if it is private"
        }
        (Check::PersonalData, "phone") => {
            "holds what looks like a phone number, which everybody could read; leave it out if it is private"
        }
        (Check::PersonalData, "iban") => {
            "holds what looks like the number of a bank account, which everybody could read; leave it out"
        }
        (Check::PersonalData, "name") => {
            "holds what looks like somebody's full name; a first name, or none, protects who is not here to be asked"
        }
        (Check::PersonalData, _) => "holds what tells who somebody is, and everybody could read it",
        (Check::Shouting, _) => "stands in capitals for the most part, which reads like shouting",
        (Check::Words, term) => return format!("says “{term}”, which is better said otherwise here").into(),
        (Check::Hosts, host) => return format!("links to {host}, which is better not linked to from here").into(),
        _ => "is better said otherwise",
    };
    advice.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screening::AuthorKind;

    fn standing(kind: AuthorKind) -> Standing {
        Standing { kind, approved: 0, approved_lately: 0, rejected_lately: 0, sanction: None }
    }

    fn found(verdict: Verdict) -> Screened {
        Screened { verdict, priority: 0, hits: Vec::new() }
    }

    #[test]
    fn nobody_in_need_is_rejected_by_a_rule() {
        let rejected = outcome(found(Verdict::Rejected), &standing(AuthorKind::Guest), None).unwrap();
        assert_eq!(rejected.status, CommentStatus::Rejected);
        let needed = Screened { priority: 2, ..found(Verdict::Rejected) };
        assert_eq!(outcome(needed, &standing(AuthorKind::Guest), None).unwrap().status, CommentStatus::Held);
    }

    #[test]
    fn every_nudge_is_told_and_nothing_that_is_private() {
        let hit = |check, detail: &str| Hit { check, rule_id: None, action: Action::Nudge, detail: detail.into() };
        let hits = vec![hit(Check::PersonalData, "email, +49 30 901820"), hit(Check::Words, "sale")];
        let screened = Screened { hits, ..found(Verdict::Nudge) };
        let error = outcome(screened, &standing(AuthorKind::Member), None).unwrap_err();
        let codes: Vec<_> = error.fields.iter().map(|field| field.code.as_ref()).collect();
        assert_eq!((error.code, codes), (Code::Rephrase, vec!["personal_data", "personal_data", "words"]));
        assert!(error.fields.iter().all(|field| !field.detail.contains("901820")));
    }

    #[test]
    fn an_edit_ends_no_waiting() {
        use CommentStatus::{Held, Pending, Rejected, Visible};
        for found in [Visible, Pending, Held, Rejected] {
            assert_eq!(after_edit(Visible, found), found);
            assert_eq!(after_edit(Held, found), Held);
        }
        assert_eq!(
            [Visible, Pending, Held, Rejected].map(|found| after_edit(Pending, found)),
            [Pending, Pending, Held, Held]
        );
    }
}
