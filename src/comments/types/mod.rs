//! What goes over the wire (`input`, `wire`), what is handed on inside (`work`), and rows.

mod arrival;
mod erasure;
mod input;
mod rows;
mod wire;
mod work;

pub use arrival::{Arrival, PrintOwner, Said};
pub use erasure::{Author, GuestErasure, OwnComment, Standing, Written};
pub use input::{
    ConfirmGuest, CountQuery, DEFAULT_LIMIT, EditComment, NewGuest, PageQuery, PostComment, Sort, ThreadQuery,
};
pub use rows::{
    Change, CommentRow, CommentStatus, Counted, Drift, Growth, GuestRow, Lock, NewGuestCode, NewRow, Parent, PlacedRow,
    SectionOf, Text, ThreadHead, Top,
};
pub use wire::{
    AuthorKind, Comment, CommentAuthor, CommentCount, CommentCounts, CommentPage, CommentedArticle, ModeratedComment,
    Permalink, Posted, Replies, Thread,
};
pub use work::{Draft, GuestName, ImportedAuthor, ImportedComment, Receipt, Submission, Writer};
