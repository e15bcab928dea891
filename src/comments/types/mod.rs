//! What goes over the wire (`input`, `wire`), what is handed on inside (`work`), and rows.

mod arrival;
mod curation;
mod erasure;
mod guests;
mod history;
mod input;
mod mentions;
mod preview;
mod reactions;
mod rows;
mod viewer;
mod wire;
mod work;

pub use arrival::{Arrival, PrintOwner, Said};
pub use curation::{Light, Pin, PinComment};
pub use erasure::{Author, GuestErasure, OwnComment, OwnMention, OwnRow, Standing, Written};
pub use guests::{
    ClaimGuest, Claimed, Doubled, EditGuest, GuestHead, GuestReceipt, IntroduceGuest, Introduced, OneClick,
    OwnCommentsQuery, OwnGuest, Unsubscribe,
};
pub use history::{CommentHistory, CommentRevision, NewRevision, OwnRevision, RevisionRow};
pub use input::{
    ConfirmGuest, CountQuery, DEFAULT_LIMIT, EditComment, NewGuest, PageQuery, PostComment, Sort, ThreadQuery,
};
pub use mentions::{Mentions, NamedMention, NewMention, Present};
pub use preview::{Preview, PreviewComment};
pub use reactions::{NewReaction, OwnReactions, Rated, ReactionCounts, Reactions, Reader};
pub use rows::{
    Change, CommentRow, CommentStatus, Counted, Drift, Growth, GuestRow, Lock, NewGuestCode, NewRow, Parent, PlacedRow,
    SectionOf, Text, ThreadHead, Top,
};
pub use viewer::{Editable, GivenReactions, Subscriptions, Viewer};
pub use wire::{
    AuthorKind, Comment, CommentAuthor, CommentCount, CommentCounts, CommentPage, CommentedArticle, Mentioned,
    ModeratedComment, Permalink, Posted, Replies, Thread,
};
pub use work::{Draft, GuestName, ImportedAuthor, ImportedComment, NewText, Newcomer, Receipt, Submission, Writer};
