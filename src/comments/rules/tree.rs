//! From rows in reading order to comments within comments.

use super::super::types::{Comment, CommentRow, Replies};
use crate::error::Result;
use std::collections::HashMap;
use uuid::Uuid;

/// What has been put below a comment so far, last one first.
#[derive(Default)]
struct Below {
    items: Vec<Comment>,
    last_position: Option<i64>,
}

/// Puts `below` under `heads`. Each head's part of `below` is the beginning of its reading order, so a parent
/// stands before its children there, and of anybody's children the first ones are present. Where some are missing,
/// `next` gives the address of those behind a position; it is asked with none where all are.
///
/// # Errors
/// Whatever `next` returns.
pub fn nest(
    heads: Vec<CommentRow>,
    below: Vec<CommentRow>,
    next: impl Fn(Uuid, Option<i64>) -> Result<String>,
) -> Result<Vec<Comment>> {
    let mut waiting: HashMap<Uuid, Below> = HashMap::new();
    let finish = |row: CommentRow, waiting: &mut HashMap<Uuid, Below>| {
        let Below { mut items, last_position } = waiting.remove(&row.id).unwrap_or_default();
        items.reverse();
        let missing = usize::try_from(row.reply_count).is_ok_and(|count| items.len() < count);
        let next = missing.then(|| next(row.id, last_position)).transpose()?;
        Ok(Comment::public(row, Replies { items, next }))
    };
    // From the end, so that a comment is whole before its parent takes it, without recursion.
    for row in below.into_iter().rev() {
        let (parent, position) = (row.parent_id.unwrap_or(row.root_id), row.position);
        let comment = finish(row, &mut waiting)?;
        let siblings = waiting.entry(parent).or_default();
        siblings.items.push(comment);
        siblings.last_position.get_or_insert(position);
    }
    heads.into_iter().map(|row| finish(row, &mut waiting)).collect()
}

#[cfg(test)]
mod tests {
    use super::{
        super::{super::types::CommentStatus, path},
        *,
    };
    use chrono::DateTime;
    use proptest::prelude::*;
    use std::cell::RefCell;

    /// A thread in which comment `n` replies to the one that `parents[n]` picks among those before it.
    fn thread(parents: &[Option<prop::sample::Index>]) -> Vec<CommentRow> {
        let mut rows: Vec<CommentRow> = Vec::new();
        for (n, parent) in parents.iter().enumerate() {
            let position = i64::try_from(n).unwrap() + 1;
            let parent = parent.filter(|_| n > 0).map(|parent| rows[parent.index(n)].clone());
            let id = Uuid::from_u128(position.try_into().unwrap());
            rows.push(CommentRow {
                id,
                article_id: Uuid::nil(),
                parent_id: parent.as_ref().map(|parent| parent.id),
                root_id: parent.as_ref().map_or(id, |parent| parent.root_id),
                position,
                root_no: None,
                depth: parent.as_ref().map_or(0, |parent| parent.depth + 1),
                path: parent.as_ref().map_or_else(Vec::new, |parent| path::below(&parent.path, position)),
                account_id: None,
                guest_id: None,
                status: CommentStatus::Visible,
                revision: 1,
                body_markdown: String::new(),
                body_html: String::new(),
                body_text: String::new(),
                reply_count: 0,
                descendant_count: 0,
                section_id: None,
                quote: None,
                fragment: None,
                rank: 0,
                reactions: serde_json::json!({}),
                pinned: false,
                featured: false,
                locked: false,
                mention_count: 0,
                created_at: DateTime::UNIX_EPOCH,
                edited_at: None,
                member_name: None,
                member_role: None,
                guest_name: None,
            });
        }
        let named: Vec<Uuid> = rows.iter().filter_map(|row| row.parent_id).collect();
        for row in &mut rows {
            row.reply_count = named.iter().filter(|parent| **parent == row.id).count().try_into().unwrap();
        }
        rows
    }

    /// What one request gives: the heads, and the first `budget` below each.
    fn page(thread: &[CommentRow], heads: Vec<CommentRow>, budget: usize) -> (Vec<CommentRow>, Vec<CommentRow>) {
        let below = heads.iter().flat_map(|head| {
            let end = path::end(&head.path);
            let inside = |row: &&CommentRow| {
                row.root_id == head.root_id && row.parent_id.is_some() && row.path > head.path && row.path < end
            };
            let mut below: Vec<_> = thread.iter().filter(inside).cloned().collect();
            below.sort_by(|one, other| one.path.cmp(&other.path));
            below.truncate(budget);
            below
        });
        let below = below.collect();
        (heads, below)
    }

    fn collect(comments: &[Comment], seen: &mut Vec<(Uuid, Option<Uuid>)>) {
        let mut stack: Vec<&Comment> = comments.iter().rev().collect();
        while let Some(comment) = stack.pop() {
            seen.push((comment.id, comment.parent_id));
            stack.extend(comment.replies.items.iter().rev());
        }
    }

    proptest! {
        #[test]
        fn following_every_next_gives_every_comment_once_and_below_its_parent(
            parents in prop::collection::vec(prop::option::weighted(0.9, any::<prop::sample::Index>()), 1..80),
            budget in 0..8_usize,
            limit in 1..4_usize,
        ) {
            let thread = thread(&parents);
            let roots = thread.iter().filter(|row| row.parent_id.is_none()).cloned().collect();
            let (mut seen, mut asked) = (Vec::new(), vec![page(&thread, roots, budget)]);
            while let Some((heads, below)) = asked.pop() {
                let cut = RefCell::new(Vec::new());
                let nested = nest(heads, below, |id, after| {
                    cut.borrow_mut().push((id, after));
                    Ok(String::new())
                }).unwrap();
                collect(&nested, &mut seen);
                for (id, after) in cut.into_inner() {
                    let missing: Vec<_> =
                        thread.iter().filter(|row| row.parent_id == Some(id) && Some(row.position) > after).cloned().collect();
                    prop_assert!(!missing.is_empty());
                    asked.extend(missing.chunks(limit).map(|heads| page(&thread, heads.to_vec(), budget)));
                }
            }
            let mut expected: Vec<_> = thread.iter().map(|row| (row.id, row.parent_id)).collect();
            seen.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(seen, expected);
        }

        #[test]
        fn within_a_page_a_parent_stands_before_its_replies_and_replies_stand_in_order(
            parents in prop::collection::vec(prop::option::weighted(0.9, any::<prop::sample::Index>()), 1..80),
        ) {
            let thread = thread(&parents);
            let roots = thread.iter().filter(|row| row.parent_id.is_none()).cloned().collect();
            let (heads, below) = page(&thread, roots, usize::MAX);
            let nested = nest(heads, below, |_, _| panic!("nothing is missing")).unwrap();
            let mut seen = Vec::new();
            collect(&nested, &mut seen);
            prop_assert_eq!(seen.len(), thread.len());
            for (at, (id, parent)) in seen.iter().enumerate() {
                let parent_at = seen.iter().position(|(id, _)| Some(*id) == *parent);
                prop_assert!(parent_at.is_none_or(|parent_at| parent_at < at));
                let older_sibling_later = seen[at..].iter().any(|(other, of)| of == parent && other < id);
                prop_assert!(!older_sibling_later);
            }
        }
    }
}
