//! Replies that wait for the comment they reply to. Pure.

use crate::comments::ImportedComment;
use std::collections::HashMap;
use uuid::Uuid;

/// A comment that is to come in.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// By what it is known among all of the site.
    pub key: String,
    /// Its own number.
    pub number: String,
    /// The key of what it replies to.
    pub parent: Option<String>,
    pub comment: ImportedComment,
}

/// Those whose parent is there, or comes with them, with the parent's id; and those who go on waiting.
pub fn sort_out(waiting: Vec<Waiting>, known: &HashMap<String, Uuid>) -> (Vec<Waiting>, Vec<Waiting>) {
    let mut replies: HashMap<String, Vec<Waiting>> = HashMap::new();
    let mut ready = Vec::new();
    for mut reply in waiting {
        match reply.parent.as_ref().map(|parent| (known.get(parent), parent)) {
            Some((None, parent)) => replies.entry(parent.clone()).or_default().push(reply),
            place => {
                reply.comment.parent_id = place.and_then(|(id, _)| id.copied());
                ready.push(reply);
            }
        }
    }
    let mut next = 0;
    while let Some(above) = ready.get(next).map(|ready| (ready.key.clone(), ready.comment.id)) {
        next += 1;
        for mut reply in replies.remove(&above.0).unwrap_or_default() {
            reply.comment.parent_id = Some(above.1);
            ready.push(reply);
        }
    }
    (ready, replies.into_values().flatten().collect())
}

/// Makes one comment of each ring a root. Returns how many rings there were.
pub fn cut_rings(waiting: &mut [Waiting]) -> u64 {
    let at: HashMap<String, usize> = (0..).zip(waiting.iter()).map(|(n, reply)| (reply.key.clone(), n)).collect();
    let mut walked_by: HashMap<usize, usize> = HashMap::new();
    let mut rings = 0;
    for start in 0..waiting.len() {
        let mut next = Some(start);
        while let Some(n) = next {
            match walked_by.insert(n, start) {
                None => {
                    let parent = waiting.get(n).and_then(|reply| reply.parent.as_ref());
                    next = parent.and_then(|parent| at.get(parent).copied());
                }
                Some(earlier) => {
                    if let Some(reply) = waiting.get_mut(n).filter(|_| earlier == start) {
                        reply.parent = None;
                        rings += 1;
                    }
                    next = None;
                }
            }
        }
    }
    rings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comments::{CommentStatus, ImportedAuthor};
    use proptest::prelude::*;

    fn reply(n: usize, parent: Option<usize>) -> Waiting {
        let comment = ImportedComment {
            id: Uuid::from_u128(n as u128),
            parent_id: None,
            author: ImportedAuthor::Member(Uuid::nil()),
            created_at: chrono::DateTime::UNIX_EPOCH,
            status: CommentStatus::Visible,
            body_markdown: String::new(),
            fragment: None,
        };
        Waiting { key: n.to_string(), number: n.to_string(), parent: parent.map(|n| n.to_string()), comment }
    }

    #[test]
    fn who_waits_for_somebody_who_is_not_here_goes_on_waiting() {
        let known = HashMap::from([("7".to_owned(), Uuid::from_u128(7))]);
        let (ready, waiting) = sort_out(
            vec![reply(3, Some(2)), reply(2, Some(7)), reply(1, None), reply(5, Some(4)), reply(6, Some(5))],
            &known,
        );
        let mut placed: Vec<_> = ready.iter().map(|reply| (reply.comment.id, reply.comment.parent_id)).collect();
        placed.sort();
        let id = Uuid::from_u128;
        assert_eq!(placed, [(id(1), None), (id(2), Some(id(7))), (id(3), Some(id(2)))]);
        assert_eq!(waiting.len(), 2);
    }

    proptest! {
        #[test]
        fn without_rings_everybody_finds_a_place(parents in prop::collection::vec(prop::option::of(0..12_usize), 0..12)) {
            let mut waiting: Vec<_> = (0..).zip(&parents)
                .map(|(n, parent)| reply(n, parent.filter(|parent| *parent < parents.len()))).collect();
            let replies = waiting.iter().filter(|reply| reply.parent.is_some()).count() as u64;
            let rings = cut_rings(&mut waiting);
            let (ready, left) = sort_out(waiting, &HashMap::new());
            prop_assert_eq!((ready.len(), left.len()), (parents.len(), 0));
            prop_assert_eq!(ready.iter().filter(|reply| reply.comment.parent_id.is_some()).count() as u64, replies - rings);
        }
    }
}
