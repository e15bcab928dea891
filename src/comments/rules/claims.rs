//! What follows for a comment's counts when one person turns out to have given a reaction twice.

use super::rank;
use chrono::{DateTime, Utc};
use serde_json::Value;

/// A comment's counts by kind, and its rank, with one reaction less for each of `kinds`. A kind without any is left out.
#[must_use]
pub fn without_reactions(counts: &Value, kinds: &[&str], created_at: DateTime<Utc>) -> (Value, i64) {
    let mut left = counts.as_object().cloned().unwrap_or_default();
    for kind in kinds {
        let count = left.get(*kind).and_then(Value::as_i64).unwrap_or_default() - 1;
        if count > 0 {
            left.insert((*kind).to_owned(), count.into());
        } else {
            left.remove(*kind);
        }
    }
    let all = left.values().filter_map(Value::as_i64).sum();
    (Value::Object(left), rank(all, created_at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_kind_goes_down_by_one_and_none_stays_at_nothing() {
        let at = DateTime::UNIX_EPOCH;
        let counts = json!({ "helpful": 3, "kind": 1 });
        assert_eq!(without_reactions(&counts, &["helpful"], at), (json!({ "helpful": 2, "kind": 1 }), rank(3, at)));
        assert_eq!(without_reactions(&counts, &["kind", "helpful"], at), (json!({ "helpful": 2 }), rank(2, at)));
        assert_eq!(without_reactions(&json!({}), &["kind"], at), (json!({}), rank(0, at)));
    }
}
