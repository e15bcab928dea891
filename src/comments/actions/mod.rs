//! What handlers and other rooms may ask for. Each runs in the caller's transaction and appends its own event.

mod admit;
mod askers;
mod change;
mod claim;
mod colleagues;
mod corrections;
mod curate;
mod decide;
mod edit;
mod entrance;
mod erase;
mod exchange;
mod external;
mod guests;
mod history;
mod import;
mod mentions;
mod news;
mod own;
mod own_guest;
mod person;
mod post;
mod public;
mod queue;
mod react;
mod recent;
mod redact;
mod reply;
mod report;
mod screen;
mod urgent;
mod viewer;

pub use askers::{list_askers, list_guest_addresses};
pub use change::{delete, restore};
pub use claim::claim;
pub use corrections::show_corrections;
pub use curate::{light, pin, unpin};
pub use decide::{decide_each, undo};
pub use edit::{Rewrite, edit};
pub use entrance::{let_in, let_newcomer_in, see_off};
pub use erase::{
    erase_author, erase_guest, forget_address, guests_of, has_author, list_by_author, list_mentions_of,
    list_reactions_by,
};
pub use exchange::{list_exchanges, walk_ids};
pub use external::{lease_unchecked, put_off_unchecked, settle_unchecked};
pub use guests::{
    Reception, confirm, guest_email_hash, introduce, may_ask, may_ask_guest, sweep, verified_guest_address,
};
pub use history::{list_revisions, prune_history};
pub use import::{finish_import, import_thread, recount, repair};
pub use mentions::mentions_in;
pub use own::own;
pub use own_guest::{NOTICES, edit_guest, own_guest, unsubscribe};
pub use person::{is_guest, origin_of, person, sanctions_on};
pub use post::{submit_each, writer};
pub use public::{hold_thread, mark_continued, see_public};
pub use queue::{
    claim_review, count_queue, count_waiting_of, list_moderated, list_queue, list_verdicts, release_review,
    see_moderated, see_moderated_each, see_past, waiting_of,
};
pub use react::react;
pub use recent::recent_texts;
pub use redact::redact;
pub use reply::{NewReply, feature, reply, see_own};
pub use report::{count_reports, decided_reports, list_own_reports, list_reports_by, list_reports_on, report};
pub use screen::Looked;
pub use urgent::list_urgent;
pub use viewer::{Look, see_viewer};
