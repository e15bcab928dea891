//! What follows for the counters of threads when comments in them appear or disappear, many at once.

use super::super::types::{Counts, Growth, Lock, Node};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// By how much counters go up, or down below zero.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Of comments.
    pub comments: BTreeMap<Uuid, Counts>,
    /// Visible comments and shown roots, by article.
    threads: BTreeMap<Uuid, (i32, i32)>,
    /// Roots that have a place for the first time, with their articles, in the order in which they were written.
    firsts: Vec<(Uuid, Uuid)>,
}

/// Works out what follows when comments become visible, or are not any more: `visible` says it of those that change.
/// `nodes` holds them as they are now, and what stands above each up to the first that is visible, with counters as they
/// were.
///
/// A comment that is not visible is shown as long as something is shown below it: whoever takes away the last reply of a
/// tombstone takes that away too, and so on up; what appears below it brings it back.
#[must_use]
pub fn settle(nodes: &[Node], visible: &HashMap<Uuid, bool>) -> Settled {
    // The deepest first, so that all that hangs on a comment has been looked at before it.
    let mut order: Vec<&Node> = nodes.iter().collect();
    order.sort_by_key(|node| (std::cmp::Reverse(node.depth), node.position));
    let mut settled = Settled::default();
    for node in order {
        let is_visible = visible.get(&node.id).copied().unwrap_or(node.visible);
        let more = settled.comments.get(&node.id).map_or(0, |counts| counts.replies);
        let (was_shown, is_shown) = (node.visible || node.reply_count > 0, is_visible || node.reply_count + more > 0);
        let thread = settled.threads.entry(node.article_id).or_default();
        let turned = i32::from(is_visible) - i32::from(node.visible);
        thread.0 += turned;
        if node.is_answer && turned != 0 {
            settled.comments.entry(node.root_id).or_default().answers += turned;
        }
        let step = i32::from(is_shown) - i32::from(was_shown);
        match node.parent_id {
            None => {
                thread.1 += step;
                if is_shown && node.root_no.is_none() {
                    settled.firsts.push((node.article_id, node.id));
                }
            }
            Some(parent_id) if step != 0 => {
                settled.comments.entry(parent_id).or_default().replies += step;
                settled.comments.entry(node.root_id).or_default().descendants += step;
            }
            Some(_) => {}
        }
    }
    settled
}

impl Settled {
    /// The numbers of roots that are shown for the first time, taken from the threads that are held.
    #[must_use]
    pub fn root_nos(&self, threads: &[Lock]) -> HashMap<Uuid, i32> {
        let mut last: HashMap<Uuid, i32> = threads.iter().map(|lock| (lock.article_id, lock.last_root_no)).collect();
        let number = |(article_id, id): &(Uuid, Uuid)| {
            let last = last.get_mut(article_id)?;
            *last += 1;
            Some((*id, *last))
        };
        self.firsts.iter().filter_map(number).collect()
    }

    /// By how much the counters of threads grow, where they do.
    #[must_use]
    pub fn growths(&self) -> BTreeMap<Uuid, Growth> {
        let growth = |(article_id, (visible, roots)): (&Uuid, &(i32, i32))| {
            let firsts = self.firsts.iter().filter(|(article, _)| article == article_id).count();
            let root_nos = i32::try_from(firsts).unwrap_or(i32::MAX);
            (*article_id, Growth { visible: *visible, roots: *roots, root_nos, ..Growth::default() })
        };
        let grows = |(_, growth): &(Uuid, Growth)| *growth != Growth::default();
        self.threads.iter().map(growth).filter(grows).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn node(n: u128, parent: Option<u128>, depth: i32, visible: bool, reply_count: i32) -> Node {
        let root_no = (parent.is_none() && (visible || reply_count > 0)).then_some(1);
        let position = i64::try_from(n).unwrap();
        let parent_id = parent.map(id);
        Node {
            id: id(n),
            article_id: id(100),
            parent_id,
            root_id: id(1),
            depth,
            position,
            visible,
            reply_count,
            is_answer: false,
            root_no,
        }
    }

    fn all(ids: &[u128], visible: bool) -> HashMap<Uuid, bool> {
        ids.iter().map(|n| (id(*n), visible)).collect()
    }

    fn counts(settled: &Settled) -> Vec<(u128, i32, i32)> {
        let some = settled.comments.iter().filter(|(_, counts)| **counts != Counts::default());
        some.map(|(id, counts)| (id.as_u128(), counts.replies, counts.descendants)).collect()
    }

    /// 1 is visible; 2 below it is somebody's tombstone; 3, 4 and 5 hang on that, 5 under 4.
    fn thread() -> [Node; 5] {
        [
            node(1, None, 0, true, 1),
            node(2, Some(1), 1, false, 2),
            node(3, Some(2), 2, true, 0),
            node(4, Some(2), 2, true, 1),
            node(5, Some(4), 3, true, 0),
        ]
    }

    #[test]
    fn a_tombstone_falls_with_the_last_that_hung_on_it() {
        let fallen = settle(&thread(), &all(&[3, 4, 5], false));
        assert_eq!(counts(&fallen), [(1, -1, -4), (2, -2, 0), (4, -1, 0)]);
        assert_eq!(fallen.threads, BTreeMap::from([(id(100), (-3, 0))]));
        // While 5 is visible, 4 stays as a tombstone, and so does 2.
        let fallen = settle(&thread(), &all(&[3, 4], false));
        assert_eq!(counts(&fallen), [(1, 0, -1), (2, -1, 0)]);
        assert_eq!(fallen.threads, BTreeMap::from([(id(100), (-2, 0))]));
    }

    #[test]
    fn answers_are_counted_as_long_as_they_are_visible_themselves() {
        let [root, tombstone, reply, answer, below] = thread();
        let nodes = [root, tombstone, reply, Node { is_answer: true, ..answer }, below];
        // It stays as a tombstone, since 5 is visible.
        let fallen = settle(&nodes, &all(&[4], false));
        assert_eq!(fallen.comments[&id(1)].answers, -1);
        let hidden = nodes.map(|node| Node { visible: node.visible && !node.is_answer, ..node });
        assert_eq!(settle(&hidden, &all(&[4], true)).comments[&id(1)].answers, 1);
        // One that stays as it is changes nothing.
        assert!(settle(&hidden, &all(&[4], false)).comments.get(&id(1)).is_none_or(|counts| counts.answers == 0));
    }

    #[test]
    fn what_comes_back_brings_its_tombstones_back() {
        let gone = [
            node(1, None, 0, true, 0),
            node(2, Some(1), 1, false, 0),
            node(4, Some(2), 2, false, 0),
            node(5, Some(4), 3, false, 0),
        ];
        let back = settle(&gone, &all(&[5], true));
        assert_eq!(counts(&back), [(1, 1, 3), (2, 1, 0), (4, 1, 0)]);
        assert_eq!(back.threads, BTreeMap::from([(id(100), (1, 0))]));
    }

    #[test]
    fn what_appears_makes_up_for_what_disappears() {
        // 2 is a tombstone because of 3; 4 comes where 3 goes.
        let nodes = [
            node(1, None, 0, true, 1),
            node(2, Some(1), 1, false, 1),
            node(3, Some(2), 2, true, 0),
            node(4, Some(2), 2, false, 0),
        ];
        let settled = settle(&nodes, &HashMap::from([(id(3), false), (id(4), true)]));
        assert_eq!((counts(&settled), settled.growths().len()), (vec![], 0));
    }

    #[test]
    fn roots_are_counted_and_numbered_in_the_order_in_which_they_were_written() {
        let root = |n| Node { root_id: id(n), ..node(n, None, 0, false, 0) };
        let settled = settle(&[root(9), root(7), root(8)], &all(&[7, 9], true));
        let lock = Lock { article_id: id(100), version: 1, last_position: 9, last_root_no: 4 };
        assert_eq!(settled.root_nos(&[lock]), HashMap::from([(id(7), 5), (id(9), 6)]));
        let Some(growth) = settled.growths().remove(&id(100)) else { panic!() };
        assert_eq!((growth.visible, growth.roots, growth.root_nos), (2, 2, 2));
        // One that had a number keeps it.
        let gone = settle(&[node(1, None, 0, true, 0)], &all(&[1], false));
        assert_eq!((gone.threads, gone.firsts), (BTreeMap::from([(id(100), (-1, -1))]), vec![]));
    }
}
