//! What handlers and other rooms may ask for. Each runs in the caller's transaction and appends its own event.

mod admit;
mod change;
mod claim;
mod curate;
mod entrance;
mod erase;
mod guests;
mod history;
mod import;
mod mentions;
mod own_guest;
mod post;
mod queue;
mod react;
mod viewer;

pub use change::{approve, delete, edit, reject, restore};
pub use claim::claim;
pub use curate::{light, pin, unpin};
pub use entrance::{let_in, let_newcomer_in, see_off};
pub use erase::{
    erase_author, erase_guest, forget_address, guests_of, has_author, list_by_author, list_mentions_of,
    list_reactions_by,
};
pub use guests::{Reception, confirm, introduce, may_ask, may_ask_guest, sweep, verified_guest_address};
pub use history::{list_revisions, prune_history};
pub use import::{finish_import, import_thread, recount, repair};
pub use mentions::{mentions_in, whole};
pub use own_guest::{edit_guest, own_guest, unsubscribe};
pub use post::{submit_each, writer};
pub use queue::{list_moderated, see_moderated};
pub use react::react;
pub use viewer::see_viewer;

pub use super::rules::unsubscribe_token;
use super::types::{Author, Lock};
use crate::events::{Event, Tx};
use serde_json::json;
use uuid::Uuid;

/// Appends what happened to a comment. What the public does not see touches nothing that is shown.
fn announce(tx: &mut Tx<'_>, kind: &'static str, lock: &Lock, comment_id: Uuid, actor_id: Option<Uuid>, public: bool) {
    announce_mentions(tx, kind, lock, comment_id, actor_id, public, &[]);
}

/// The same, with whom the comment mentions, so that they can be told: nobody is told of what not everybody sees.
fn announce_mentions(
    tx: &mut Tx<'_>,
    kind: &'static str,
    lock: &Lock,
    comment_id: Uuid,
    actor_id: Option<Uuid>,
    public: bool,
    mentioned: &[Author],
) {
    let article_id = lock.article_id;
    let mentioned: Vec<Uuid> = mentioned.iter().map(|person| person.id()).collect();
    let data = if mentioned.is_empty() || !public {
        json!({ "article_id": article_id, "comment_id": comment_id })
    } else {
        json!({ "article_id": article_id, "comment_id": comment_id, "mentioned": mentioned })
    };
    tx.append(Event {
        kind,
        stream: article_id,
        version: lock.version,
        tags: if public { vec![format!("thread:{article_id}")] } else { Vec::new() },
        data,
        actor_id,
    });
}
