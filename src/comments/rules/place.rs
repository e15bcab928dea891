//! Where a comment stands in its thread.

use super::{
    super::types::{ImportedComment, Parent},
    path,
};
use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
};
use uuid::Uuid;

/// The place of one comment. It never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its root; itself for a root.
    pub root_id: Uuid,
    /// Its number among all comments of its article.
    pub position: i64,
    /// Steps from its root.
    pub depth: i32,
    /// The positions from below the root down to it.
    pub path: Vec<u8>,
}

impl Place {
    /// The place of comment `id` below `parent`, or of a root.
    #[must_use]
    pub fn new(id: Uuid, parent: Option<&Self>, position: i64) -> Self {
        match parent {
            None => Self { root_id: id, position, depth: 0, path: Vec::new() },
            Some(parent) => Self {
                root_id: parent.root_id,
                position,
                depth: parent.depth + 1,
                path: path::below(&parent.path, position),
            },
        }
    }
}

impl From<Parent> for Place {
    fn from(parent: Parent) -> Self {
        Self { root_id: parent.root_id, position: parent.position, depth: parent.depth, path: parent.path }
    }
}

/// Gives comments that were written elsewhere their places behind `last_position`: in the order of their dates, but
/// none before its parent. `known` are the places of parents that are there already. Comments whose parent is
/// nowhere, or that reply to each other in a ring, are left out.
#[must_use]
pub fn arrange(
    batch: &[ImportedComment],
    mut known: HashMap<Uuid, Place>,
    last_position: i64,
) -> Vec<(&ImportedComment, Place)> {
    let mut ready = BinaryHeap::new();
    let mut waiting: HashMap<Uuid, Vec<usize>> = HashMap::new();
    for (n, comment) in batch.iter().enumerate() {
        match comment.parent_id.filter(|parent| !known.contains_key(parent)) {
            Some(parent) => waiting.entry(parent).or_default().push(n),
            None => ready.push(Reverse((comment.created_at, n))),
        }
    }
    let mut placed = Vec::with_capacity(batch.len());
    let mut position = last_position;
    while let Some(comment) = ready.pop().and_then(|Reverse((_, n))| batch.get(n)) {
        position += 1;
        let place = Place::new(comment.id, comment.parent_id.and_then(|parent| known.get(&parent)), position);
        for n in waiting.remove(&comment.id).unwrap_or_default() {
            ready.extend(batch.get(n).map(|reply| Reverse((reply.created_at, n))));
        }
        known.insert(comment.id, place.clone());
        placed.push((comment, place));
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::{
        super::super::types::{CommentStatus, ImportedAuthor},
        *,
    };
    use chrono::{DateTime, TimeDelta};
    use proptest::prelude::*;

    fn comment(n: u128, parent: Option<u128>, minute: i64) -> ImportedComment {
        ImportedComment {
            id: Uuid::from_u128(n),
            parent_id: parent.map(Uuid::from_u128),
            author: ImportedAuthor::Member(Uuid::nil()),
            created_at: DateTime::UNIX_EPOCH + TimeDelta::minutes(minute),
            status: CommentStatus::Visible,
            body_markdown: String::new(),
            fragment: None,
        }
    }

    proptest! {
        #[test]
        fn every_comment_has_a_place_after_its_parent(
            picks in prop::collection::vec((any::<prop::sample::Index>(), 0..30_i64), 1..60),
            turn in any::<prop::sample::Index>(),
        ) {
            // A tree in file order, then turned, so that parents stand behind their replies too.
            let mut batch: Vec<_> = picks.iter().enumerate().map(|(n, (pick, minute))| {
                let parent = pick.index(n + 1);
                comment(n as u128, (parent < n).then_some(parent as u128), *minute)
            }).collect();
            let middle = turn.index(batch.len());
            batch.rotate_left(middle);
            let placed = arrange(&batch, HashMap::new(), 100);
            prop_assert_eq!(placed.len(), batch.len());
            for (at, (comment, place)) in placed.iter().enumerate() {
                prop_assert_eq!(place.position, 101 + i64::try_from(at).unwrap());
                let parent = placed[..at].iter().find(|(other, _)| Some(other.id) == comment.parent_id);
                prop_assert_eq!(parent.is_some(), comment.parent_id.is_some());
                let expected = Place::new(comment.id, parent.map(|(_, place)| place), place.position);
                prop_assert_eq!(place, &expected);
            }
            let roots: Vec<_> =
                placed.iter().filter(|(comment, _)| comment.parent_id.is_none()).map(|(comment, _)| comment.created_at).collect();
            prop_assert!(roots.is_sorted());
        }
    }

    #[test]
    fn rings_and_orphans_have_no_place() {
        let batch = [comment(1, Some(2), 0), comment(2, Some(1), 0), comment(3, Some(9), 0), comment(4, None, 0)];
        let placed: Vec<_> = arrange(&batch, HashMap::new(), 0).into_iter().map(|(comment, _)| comment.id).collect();
        assert_eq!(placed, [Uuid::from_u128(4)]);
    }

    #[test]
    fn a_reply_to_what_is_there_stands_below_it() {
        let there = Place::new(Uuid::from_u128(1), None, 7);
        let batch = [comment(2, Some(1), 0)];
        let placed = arrange(&batch, HashMap::from([(Uuid::from_u128(1), there.clone())]), 8);
        assert_eq!(placed[0].1, Place::new(Uuid::from_u128(2), Some(&there), 9));
    }
}
