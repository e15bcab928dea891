//! Pure decisions: what is news, and who hears of it.

use super::types::{Kind, News};
use crate::{
    comments::{self, Asker},
    events::Happened,
};
use serde_json::Value;
use std::collections::HashSet;
use uuid::Uuid;

/// The kinds of mails that somebody may do without: answers, approvals, messages in private threads.
pub const KINDS: [&str; 3] = [Kind::Answer.as_str(), Kind::Approval.as_str(), "private"];

/// Whether mails of a kind tell somebody of their own comments.
pub fn tells_of_comments(kind: &str) -> bool {
    comments::NOTICES.contains(&kind)
}

/// What of all that happened somebody may want to hear of. What merely changes a comment that everybody has seen is no news.
pub fn news(happened: &[Happened]) -> News {
    let mut news = News::default();
    for Happened { kind, data, at, actor_id, .. } in happened {
        let id = data.get("comment_id").and_then(|id| id.as_str()).and_then(|id| id.parse::<Uuid>().ok());
        let Some(comment_id) = id else { continue };
        match kind.as_str() {
            // Staff has accounts: what a guest posts answers nobody.
            "comment.posted" if actor_id.is_none() => {}
            // Nor does what replies to nothing. Events from before it was said do not tell.
            "comment.posted" if data.get("parent_id").is_some_and(Value::is_null) => {}
            "comment.posted" | "comment.verdict_undone" | "comment.restored" => news.answers.push(comment_id),
            "comment.approved" => {
                news.answers.push(comment_id);
                news.approved.push((comment_id, *at));
            }
            _ => {}
        }
    }
    news
}

/// What an asker is told.
pub const fn kind_of(asker: &Asker) -> Kind {
    if asker.answer_id.is_some() { Kind::Answer } else { Kind::Approval }
}

/// Who the asker is: an account or a guest.
pub fn person_of(asker: &Asker) -> Option<Uuid> {
    asker.account_id.or(asker.guest_id)
}

/// Of several comments of one person that one answer is about, the one that it replies to.
pub fn one_each(mut askers: Vec<Asker>) -> Vec<Asker> {
    askers.sort_by_key(|asker| !asker.direct);
    let mut told = HashSet::new();
    askers.retain(|asker| asker.answer_id.is_none() || told.insert((asker.answer_id, person_of(asker))));
    askers
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Utc};
    use serde_json::json;

    fn event(kind: &str, comment_id: Uuid) -> Happened {
        let data = json!({ "comment_id": comment_id, "article_id": Uuid::nil() });
        Happened { number: 1, kind: kind.into(), data, actor_id: Some(Uuid::nil()), at: DateTime::<Utc>::UNIX_EPOCH }
    }

    #[test]
    fn only_what_appears_is_news() {
        let id = Uuid::from_u128(1);
        let all = ["comment.posted", "comment.approved", "comment.edited", "comment.pinned", "comment.rejected"];
        let happened: Vec<_> = all.iter().map(|kind| event(kind, id)).collect();
        let expected = News { answers: vec![id, id], approved: vec![(id, DateTime::<Utc>::UNIX_EPOCH)] };
        assert_eq!(news(&happened), expected);
        let other = Happened { data: json!({ "account_id": id }), ..event("account.changed", id) };
        let by_guest = Happened { actor_id: None, ..event("comment.posted", id) };
        let root = Happened { data: json!({ "comment_id": id, "parent_id": null }), ..event("comment.posted", id) };
        assert_eq!(news(&[other, by_guest, root]), News::default());
        let reply = Happened { data: json!({ "comment_id": id, "parent_id": id }), ..event("comment.posted", id) };
        assert_eq!(news(&[reply]).answers, [id]);
    }

    #[test]
    fn what_a_guest_does_without_is_what_is_written_here() {
        assert_eq!(comments::NOTICES, [Kind::Answer, Kind::Approval].map(Kind::as_str));
    }

    #[test]
    fn one_answer_is_one_mail_to_one_person() {
        let [root, reply, answer, wren, robin] = [1, 2, 3, 4, 5].map(Uuid::from_u128);
        let asker = |comment_id, direct, account_id| Asker {
            comment_id,
            answer_id: Some(answer),
            direct,
            account_id: Some(account_id),
            guest_id: None,
            email_hash: None,
        };
        let told = one_each(vec![asker(root, false, wren), asker(reply, true, wren)]);
        assert_eq!(told, [asker(reply, true, wren)]);
        assert_eq!(one_each(vec![asker(root, false, wren), asker(reply, true, robin)]).len(), 2);
        let approved = |comment_id| Asker { answer_id: None, ..asker(comment_id, false, wren) };
        assert_eq!(one_each(vec![approved(root), approved(reply)]).len(), 2);
    }
}
