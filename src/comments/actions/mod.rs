//! What handlers and other rooms may ask for. Each runs in the caller's transaction and appends its own event.

mod admit;
mod change;
mod curate;
mod entrance;
mod erase;
mod guests;
mod history;
mod import;
mod post;
mod queue;
mod react;

pub use change::{approve, delete, edit, reject, restore};
pub use curate::{light, pin, unpin};
pub use entrance::{let_in, see_off};
pub use erase::{erase_author, erase_guest, forget_address, guests_of, has_author, list_by_author, list_reactions_by};
pub use guests::{Reception, confirm, may_ask, sweep, verified_guest_address};
pub use history::{list_revisions, prune_history};
pub use import::{finish_import, import_thread, recount, repair};
pub use post::{submit_each, writer};
pub use queue::{list_moderated, see_moderated};
pub use react::react;

use super::types::Lock;
use crate::events::{Event, Tx};
use serde_json::json;
use uuid::Uuid;

/// Appends what happened to a comment. What the public does not see touches nothing that is shown.
fn announce(tx: &mut Tx<'_>, kind: &'static str, lock: &Lock, comment_id: Uuid, actor_id: Option<Uuid>, public: bool) {
    let article_id = lock.article_id;
    tx.append(Event {
        kind,
        stream: article_id,
        version: lock.version,
        tags: if public { vec![format!("thread:{article_id}")] } else { Vec::new() },
        data: json!({ "article_id": article_id, "comment_id": comment_id }),
        actor_id,
    });
}
