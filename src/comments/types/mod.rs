//! What goes over the wire (`input`, `wire`), what is handed on inside (`work`), and rows.

mod arrival;
mod erasure;
mod input;
mod page;
mod rows;
mod search;
mod wire;
mod work;

pub use arrival::{Arrival, PrintOwner, Said};
pub use erasure::{Author, GuestErasure, OwnComment, Standing, Written};
pub use input::{ConfirmGuest, CountQuery, EditComment, NewGuest, PostComment};
pub use page::{
    Below, Budget, CommentPage, Context, ContextQuery, DEFAULT_LIMIT, MAX_NESTED, PageQuery, Selection, Siblings, Sort,
    Thread, ThreadQuery,
};
pub use rows::{
    Change, CommentRow, CommentStatus, Counted, Drift, Growth, GuestRow, Lock, NewGuestCode, NewRow, Parent, PlacedRow,
    SectionHtml, Text, ThreadHead, Top,
};
pub use search::{SearchQuery, Words};
pub use wire::{
    AuthorKind, Comment, CommentAuthor, CommentCount, CommentCounts, CommentedArticle, ModeratedComment, Permalink,
    Posted, Replies,
};
pub use work::{Draft, GuestName, ImportedAuthor, ImportedComment, Receipt, Submission, Writer};
