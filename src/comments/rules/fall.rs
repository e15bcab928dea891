//! What disappears from threads when many comments are taken out of them at once.

use super::super::types::Standing;
use std::collections::HashMap;
use uuid::Uuid;

/// By how much counters go down.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Fallen {
    /// Replies and descendants, by comment.
    comments: HashMap<Uuid, (i32, i32)>,
    /// Visible comments and shown roots, by article.
    threads: HashMap<Uuid, (i32, i32)>,
}

/// Works out what follows for counters when the comments `taken`, which were visible, are not any more. `standing` holds
/// them as they are now, and what stands above them up to the first that is visible, with counters as they were.
///
/// A comment that is not visible is shown as long as something is shown below it: whoever takes away the last reply of a
/// tombstone takes that away too, and so on up.
#[must_use]
pub fn fall(standing: &[Standing], taken: &[Uuid]) -> Fallen {
    let known: HashMap<Uuid, &Standing> = standing.iter().map(|each| (each.id, each)).collect();
    let mut replies: HashMap<Uuid, i32> = standing.iter().map(|each| (each.id, each.reply_count)).collect();
    let mut fallen = Fallen::default();
    let mut falling: Vec<&Standing> = Vec::new();
    for comment in taken.iter().filter_map(|id| known.get(id)) {
        fallen.threads.entry(comment.article_id).or_default().0 += 1;
        if comment.reply_count == 0 {
            falling.push(comment);
        }
    }
    while let Some(comment) = falling.pop() {
        let Some(parent_id) = comment.parent_id else {
            fallen.threads.entry(comment.article_id).or_default().1 += 1;
            continue;
        };
        fallen.comments.entry(comment.root_id).or_default().1 += 1;
        fallen.comments.entry(parent_id).or_default().0 += 1;
        if let (Some(parent), Some(left)) = (known.get(&parent_id), replies.get_mut(&parent_id)) {
            *left -= 1;
            if *left == 0 && !parent.visible {
                falling.push(parent);
            }
        }
    }
    fallen
}

impl Fallen {
    /// Comments, and by how much their replies and descendants go down.
    #[must_use]
    pub fn comments(&self) -> (Vec<Uuid>, Vec<i32>, Vec<i32>) {
        columns(&self.comments)
    }

    /// Articles, and by how much their visible comments and shown roots go down.
    #[must_use]
    pub fn threads(&self) -> (Vec<Uuid>, Vec<i32>, Vec<i32>) {
        columns(&self.threads)
    }
}

fn columns(rows: &HashMap<Uuid, (i32, i32)>) -> (Vec<Uuid>, Vec<i32>, Vec<i32>) {
    let rows: Vec<_> = rows.iter().map(|(id, (one, other))| (*id, *one, *other)).collect();
    (
        rows.iter().map(|row| row.0).collect(),
        rows.iter().map(|row| row.1).collect(),
        rows.iter().map(|row| row.2).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn comment(n: u128, parent: Option<u128>, visible: bool, reply_count: i32) -> Standing {
        Standing { id: id(n), article_id: id(100), parent_id: parent.map(id), root_id: id(1), visible, reply_count }
    }

    #[test]
    fn a_tombstone_falls_with_the_last_that_hung_on_it() {
        // 1 is visible; 2 below it is somebody's tombstone; 3, 4 and 5 below that are taken, 5 under 4.
        let standing = [
            comment(1, None, true, 1),
            comment(2, Some(1), false, 2),
            comment(3, Some(2), false, 0),
            comment(4, Some(2), false, 1),
            comment(5, Some(4), false, 0),
        ];
        let all = fall(&standing, &[id(3), id(4), id(5)]);
        let expected = [(id(1), (1, 4)), (id(2), (2, 0)), (id(4), (1, 0))];
        assert_eq!(all.comments, HashMap::from(expected));
        assert_eq!(all.threads, HashMap::from([(id(100), (3, 0))]));
        // While 5 is visible, 4 stays as a tombstone, and so does 2.
        let some = fall(&standing, &[id(3), id(4)]);
        assert_eq!(some.comments, HashMap::from([(id(1), (0, 1)), (id(2), (1, 0))]));
        assert_eq!(some.threads, HashMap::from([(id(100), (2, 0))]));
    }

    #[test]
    fn a_root_that_falls_is_counted_as_a_root() {
        let alone = fall(&[comment(1, None, false, 0)], &[id(1)]);
        assert_eq!((alone.comments.len(), alone.threads), (0, HashMap::from([(id(100), (1, 1))])));
    }
}
