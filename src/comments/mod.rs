//! The conversation under an article: threads and the replies in them, who writes there, and the counters.
//!
//! Keeps what waits for a moderator and what was decided; who may decide, and what is asked of them, it does not know.

mod actions;
mod companion;
mod handlers;
mod letters;
mod queries;
mod rules;
mod types;
mod writers;

pub use actions::{
    NOTICES, NewReply, Reception, claim_review, count_queue, count_reports, count_waiting_of, decide_each,
    decided_reports, erase_author, erase_guest, feature, finish_import, forget_address, guest_email_hash, guests_of,
    has_author, hold_thread, import_thread, is_guest, lease_unchecked, list_askers, list_by_author, list_exchanges,
    list_guest_addresses, list_mentions_of, list_moderated, list_own_reports, list_queue, list_reactions_by,
    list_reports_by, list_reports_on, list_revisions, list_urgent, list_verdicts, mark_continued, origin_of, person,
    prune_history, put_off_unchecked, recent_texts, recount, release_review, repair, reply, report, restore,
    sanctions_on, see_moderated, see_moderated_each, see_own, see_past, see_public, settle_unchecked, sweep, undo,
    unsubscribe, verified_guest_address, waiting_of, walk_ids,
};
pub use companion::GuestCompanion;
pub use handlers::{Guest, Known, routes};
pub use rules::claimed;
pub use types::{
    Asker, Claim, ClaimState, Colleague, Comment, CommentHistory, CommentReport, CommentRevision, CommentStatus,
    CommentedArticle, Decided, DecidedReport, Decision, Drift, Exchange, FoundHit, GuestName, ImportedAuthor,
    ImportedComment, LogFilter, ModeratedComment, Order, OwnComment, OwnMention, OwnReactions, OwnReport, OwnRow,
    PublicComment, QueueCount, QueueFilter, QueuePlace, QueueSort, QueueState, RecentText, ReportReason, ReportText,
    Reporter, Settled, Unchecked, VerdictRecord, Waiting, Writer,
};
pub use writers::Writers;
