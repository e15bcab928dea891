//! Which comments need an alert, and whose turn it is to be called.

use super::super::types::{DueAlert, Standing};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// How often everybody on call is called because of one comment.
pub const ROUNDS: usize = 3;

/// People on call, at most.
pub const MAX_ON_CALL: usize = 20;

/// What is to be done to alerts so that they are right.
#[derive(Debug, PartialEq, Eq)]
pub struct Changes {
    /// Comments that need one, or a more urgent one, with their priorities.
    pub raise: Vec<(Uuid, i16)>,
    /// Comments whose alert is over.
    pub end: Vec<Uuid>,
}

/// Compares the comments that should not wait with the alerts that stand.
#[must_use]
pub fn changes(urgent: &[(Uuid, i16)], standing: &[Standing]) -> Changes {
    let known: BTreeMap<Uuid, i16> = standing.iter().map(|alert| (alert.comment_id, alert.priority)).collect();
    let waiting: BTreeSet<Uuid> = urgent.iter().map(|(comment_id, _)| *comment_id).collect();
    let raised = |(comment_id, priority): &&(Uuid, i16)| known.get(comment_id).is_none_or(|known| known < priority);
    Changes {
        raise: urgent.iter().filter(raised).copied().collect(),
        end: known.into_keys().filter(|comment_id| !waiting.contains(comment_id)).collect(),
    }
}

/// Who is called because of which alerts, by their place among `people`; and the alerts of which everybody was told
/// [`ROUNDS`] times.
#[must_use]
pub fn turns(due: &[DueAlert], people: usize) -> (BTreeMap<usize, Vec<Uuid>>, Vec<Uuid>) {
    let (mut turns, mut over) = (BTreeMap::<usize, Vec<Uuid>>::new(), Vec::new());
    for alert in due {
        let calls = usize::try_from(alert.calls).unwrap_or_default();
        match calls.checked_rem(people) {
            Some(turn) if calls < ROUNDS * people => turns.entry(turn).or_default().push(alert.id),
            _ => over.push(alert.id),
        }
    }
    (turns, over)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_after_the_other_three_times_and_then_nobody() {
        let id = Uuid::from_u128(1);
        let turn = |calls: i32| turns(&[DueAlert { id, calls }], 2).0.into_keys().next();
        let turns: Vec<_> = (0..7).map(turn).collect();
        assert_eq!(turns, [Some(0), Some(1), Some(0), Some(1), Some(0), Some(1), None]);
    }

    #[test]
    fn whoever_has_several_turns_is_called_once_with_all() {
        let due: Vec<_> = [0, 1, 2, 6]
            .map(|calls| DueAlert { id: Uuid::from_u128(u128::from(9 - i32::unsigned_abs(calls))), calls })
            .into();
        let (turns, over) = turns(&due, 2);
        assert_eq!(turns[&0], [Uuid::from_u128(9), Uuid::from_u128(7)]);
        assert_eq!(turns[&1], [Uuid::from_u128(8)]);
        assert_eq!(over, [Uuid::from_u128(3)]);
    }

    #[test]
    fn what_is_new_or_more_urgent_is_raised_and_what_waits_no_more_ends() {
        let [same, new, worse, gone] = [1, 2, 3, 4].map(Uuid::from_u128);
        let stands = |comment_id, priority| Standing { comment_id, priority, next_at: None, acknowledged_at: None };
        let changes =
            changes(&[(same, 2), (new, 2), (worse, 3)], &[stands(same, 3), stands(worse, 2), stands(gone, 2)]);
        assert_eq!(changes, Changes { raise: vec![(new, 2), (worse, 3)], end: vec![gone] });
    }
}
