//! What goes over the wire (`input`, `wire`), what is handed on inside (`work`), and rows.

mod arrival;
mod askers;
mod curation;
mod erasure;
mod exchange;
mod external;
mod guests;
mod history;
mod input;
mod mentions;
mod origin;
mod page;
mod preview;
mod public;
mod queue;
mod reactions;
mod recent;
mod redaction;
mod reports;
mod reviews;
mod rows;
mod search;
mod settle;
mod standing;
mod threads;
mod verdicts;
mod viewer;
mod wire;
mod work;

pub use arrival::{Arrival, PrintOwner, Said};
pub use askers::Asker;
pub use curation::{Light, Marks, Pin, PinComment};
pub use erasure::{Author, GuestErasure, OwnComment, OwnMention, OwnRow, Written};
pub use exchange::Exchange;
pub use external::{Settled, Unchecked};
pub use guests::{
    ClaimGuest, Claimed, EditGuest, GuestHead, GuestReceipt, IntroduceGuest, Introduced, OwnCommentsQuery, OwnGuest,
};
pub use history::{CommentHistory, CommentRevision, NewRevision, OwnRevision, RevisionRow};
pub use input::{ConfirmGuest, CountQuery, EditComment, NewGuest, PostComment};
pub use mentions::{Mentions, NamedMention, NewMention, Present};
pub use origin::CommentOrigin;
pub use page::{
    Below, Budget, CommentPage, Context, ContextQuery, DEFAULT_LIMIT, MAX_NESTED, PageQuery, Selection, Siblings, Sort,
    Thread, ThreadQuery,
};
pub use preview::{Preview, PreviewComment};
pub use public::PublicComment;
pub use queue::{
    AuthorRecord, Claim, ClaimState, FoundHit, LogFilter, Past, QueueCount, QueueFilter, QueuePlace, QueueRow,
    QueueSort, QueueState, ReviewRow, Waiting,
};
pub use reactions::{NewReaction, OwnReactions, Rated, ReactionCounts, Reactions, Reader, Taken};
pub use recent::RecentText;
pub use redaction::RedactComment;
pub use reports::{
    CommentReport, DecidedReport, NewReport, OwnReport, ReportOutcome, ReportReason, ReportRow, ReportTally,
    ReportText, Reporter, Tally,
};
pub use reviews::{Moderation, NewHit, NewReview, Outcome};
pub use rows::{
    Byline, Change, CommentRow, CommentStatus, Counted, Drift, GuestRow, NewGuestCode, NewRow, Parent, PlacedRow,
    SectionHtml, Text, ThreadHead, Top,
};
pub use search::{SearchQuery, Words};
pub use settle::{Counts, Node};
pub use standing::Figures;
pub use threads::{Growth, Lock};
pub use verdicts::{
    Act, Colleague, Decided, Decision, Deletion, NewVerdict, Order, OwnDecision, VerdictRecord, VerdictRow,
};
pub use viewer::{Editable, GivenReactions, Subscriptions, Viewer};
pub use wire::{
    AuthorKind, Comment, CommentAuthor, CommentCount, CommentCounts, CommentedArticle, Correction, Edited, Mentioned,
    ModeratedComment, Permalink, Posted, Replies,
};
pub use work::{Draft, GuestName, ImportedAuthor, ImportedComment, NewText, Newcomer, Receipt, Submission, Writer};
