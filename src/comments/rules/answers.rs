//! What counts as an answer of the publication.

use std::collections::HashMap;
use uuid::Uuid;

/// Whether what one of the publication's people, `writer_id`, replies to this comment answers who began the conversation:
/// nobody answers themselves. `askers` has the comments that are by who did, each with their account.
#[must_use]
pub fn answers<S: std::hash::BuildHasher>(
    askers: &HashMap<Uuid, Option<Uuid>, S>,
    parent_id: Uuid,
    writer_id: Option<Uuid>,
) -> bool {
    askers.get(&parent_id).is_some_and(|asker| *asker != writer_id)
}
