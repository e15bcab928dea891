//! From rows, level by level, to comments within comments.

use super::super::types::{Below, Comment, CommentRow, Replies};
use crate::error::Result;
use std::collections::HashMap;
use uuid::Uuid;

/// What has been put below a comment so far, last one first.
#[derive(Default)]
struct Put {
    items: Vec<Comment>,
    /// Where the last one stands, and whether more follows behind it.
    last: Option<Last>,
    more: bool,
}

/// Where the replies that are here end.
#[derive(Debug, Clone)]
pub struct Last {
    pub position: i64,
    pub path: Vec<u8>,
}

/// Puts `below` under `heads`. It comes breadth first: whatever is shown below a comment stands behind it, and of what is
/// shown there the first ones are present. `levels` is the depth from which on replies go on flat. Of `below` no more
/// than `most` are taken; one more in it says that there is more. Where comments are missing, `next` gives the address of
/// those behind the last that is here; it is asked with none where all are.
///
/// # Errors
/// Whatever `next` returns.
pub fn nest(
    heads: Vec<CommentRow>,
    mut below: Vec<Below>,
    (levels, most): (i32, usize),
    next: impl Fn(&CommentRow, Option<&Last>) -> Result<String>,
) -> Result<Vec<Comment>> {
    let cut_off = below.get(most).map(|first| first.above);
    below.truncate(most);
    let mut waiting: HashMap<Uuid, Put> = HashMap::new();
    let finish = |row: CommentRow, waiting: &mut HashMap<Uuid, Put>| {
        let Put { mut items, last, more } = waiting.remove(&row.id).unwrap_or_default();
        items.reverse();
        let missing = more || cut_off == Some(row.id) || (items.is_empty() && row.reply_count > 0);
        let next = missing.then(|| next(&row, last.as_ref())).transpose()?;
        Ok(placed(row, Replies { items, next }, levels))
    };
    // From the end, so that a comment is whole before it is put below another, without recursion.
    for Below { row, above, more } in below.into_iter().rev() {
        let put = waiting.entry(above).or_default();
        if put.last.is_none() {
            (put.last, put.more) = (Some(Last { position: row.position, path: row.path.clone() }), more);
        }
        let flat = row.depth > levels;
        // What replies to it stands beside it.
        let comment = if flat { placed(row, Replies::default(), levels) } else { finish(row, &mut waiting)? };
        waiting.entry(above).or_default().items.push(comment);
    }
    heads.into_iter().map(|row| finish(row, &mut waiting)).collect()
}

/// One stretch of the list in which all replies go on that are deeper than `levels`: what replies to one of them stands
/// in the same list.
#[must_use]
pub fn flat(rows: Vec<CommentRow>, levels: i32) -> Vec<Comment> {
    rows.into_iter().map(|row| placed(row, Replies::default(), levels)).collect()
}

fn placed(row: CommentRow, replies: Replies, levels: i32) -> Comment {
    let in_reply_to = row.parent_id.filter(|_| row.depth > levels);
    Comment { in_reply_to, ..Comment::public(row, replies) }
}

/// All of these comments and what stands within them.
pub fn for_each(comments: &mut [Comment], mut change: impl FnMut(&mut Comment)) {
    let mut stack: Vec<&mut Comment> = comments.iter_mut().collect();
    while let Some(comment) = stack.pop() {
        change(comment);
        stack.extend(comment.replies.items.iter_mut());
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            super::types::{Budget, CommentStatus, Marks},
            path,
        },
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
                answers: 0,
                section_id: None,
                quote: None,
                fragment: None,
                rank: 0,
                reactions: serde_json::json!({}),
                marks: Marks::default(),
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

    /// What one request reads below the heads: breadth first, of each the first `replies`, and no more than `most`.
    fn below(thread: &[CommentRow], heads: &[CommentRow], budget: Budget, most: usize) -> Vec<Below> {
        let (mut found, mut above, mut level) = (Vec::new(), heads.to_vec(), 0);
        while level < budget.depth && !above.is_empty() {
            let mut here = Vec::new();
            for head in above.iter().filter(|head| head.reply_count > 0 && (level == 0 || head.depth <= budget.levels))
            {
                let shown = replies(thread, head, budget.levels);
                let first = usize::try_from(budget.replies).unwrap();
                let more = shown.len() > first;
                here.extend(shown.into_iter().take(first).map(|row| Below { row, above: head.id, more }));
            }
            above = here.iter().map(|below| below.row.clone()).collect();
            found.extend(here);
            level += 1;
        }
        found.truncate(most);
        found
    }

    /// What is shown in the replies of a comment.
    fn replies(thread: &[CommentRow], of: &CommentRow, levels: i32) -> Vec<CommentRow> {
        let end = path::end(&of.path);
        let inside = |row: &&CommentRow| {
            row.root_id == of.root_id && row.parent_id.is_some() && row.path > of.path && row.path < end
        };
        let mut shown: Vec<_> = if of.depth == levels {
            thread.iter().filter(inside).cloned().collect()
        } else {
            thread.iter().filter(|row| row.parent_id == Some(of.id)).cloned().collect()
        };
        shown.sort_by(|one, other| one.path.cmp(&other.path));
        shown
    }

    fn collect(comments: &[Comment], seen: &mut Vec<(Uuid, Option<Uuid>)>) {
        let mut stack: Vec<(Option<Uuid>, &Comment)> = comments.iter().map(|comment| (None, comment)).collect();
        while let Some((above, comment)) = stack.pop() {
            let where_it_stands = comment.in_reply_to.or(above).or(comment.parent_id);
            assert_eq!(where_it_stands, comment.parent_id, "below its parent, or naming it");
            seen.push((comment.id, comment.parent_id));
            stack.extend(comment.replies.items.iter().map(|reply| (Some(comment.id), reply)));
        }
    }

    type Parents = Vec<Option<prop::sample::Index>>;

    fn parents() -> impl Strategy<Value = Parents> {
        // Mostly replies to one of the last, so that conversations get deep.
        prop::collection::vec(prop::option::weighted(0.9, any::<prop::sample::Index>()), 1..80)
    }

    proptest! {
        #[test]
        fn following_every_next_gives_every_comment_once_and_below_its_parent(
            parents in parents(),
            (replies_each, depth, levels) in (0..4_i64, 0..5_i32, 1..5_i32),
            limit in 1..4_usize,
            most in 1..40_usize,
        ) {
            let thread = thread(&parents);
            let budget = Budget { replies: replies_each, ahead: replies_each + 1, depth: depth.min(levels), levels };
            let roots: Vec<_> = thread.iter().filter(|row| row.parent_id.is_none()).cloned().collect();
            let (mut seen, mut asked) = (Vec::new(), vec![(roots, false)]);
            while let Some((heads, flat_list)) = asked.pop() {
                if flat_list {
                    collect(&flat(heads, levels), &mut seen);
                    continue;
                }
                let below = below(&thread, &heads, budget, most + 1);
                let cut = RefCell::new(Vec::new());
                let nested = nest(heads, below, (levels, most), |above, last| {
                    cut.borrow_mut().push((above.clone(), last.cloned()));
                    Ok(String::new())
                }).unwrap();
                collect(&nested, &mut seen);
                for (above, last) in cut.into_inner() {
                    let mut missing = replies(&thread, &above, levels);
                    missing.retain(|row| last.as_ref().is_none_or(|last| row.path > last.path));
                    prop_assert!(!missing.is_empty());
                    asked.extend(missing.chunks(limit).map(|heads| (heads.to_vec(), above.depth == levels)));
                }
            }
            let mut expected: Vec<_> = thread.iter().map(|row| (row.id, row.parent_id)).collect();
            seen.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(seen, expected);
        }

        #[test]
        fn within_a_page_replies_stand_in_order(parents in parents(), levels in 1..30_i32) {
            let thread = thread(&parents);
            let budget = Budget { replies: 1000, ahead: 1001, depth: 1000, levels };
            let roots: Vec<_> = thread.iter().filter(|row| row.parent_id.is_none()).cloned().collect();
            let below = below(&thread, &roots, budget, usize::MAX);
            let nested = nest(roots, below, (levels, usize::MAX), |_, _| panic!("nothing is missing")).unwrap();
            let mut stack: Vec<&Comment> = nested.iter().collect();
            let mut seen = 0;
            while let Some(comment) = stack.pop() {
                seen += 1;
                let flat = comment.depth == levels;
                prop_assert!(flat || comment.replies.items.is_sorted_by_key(|reply| reply.id));
                let mut before = vec![comment.id];
                for reply in comment.replies.items.iter().filter(|_| flat) {
                    prop_assert!(before.contains(&reply.parent_id.unwrap()), "behind what it replies to");
                    before.push(reply.id);
                }
                stack.extend(&comment.replies.items);
            }
            prop_assert_eq!(seen, thread.len());
        }
    }
}
