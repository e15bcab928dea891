//! What goes over the wire, and rows.

mod answers;
mod desk;
mod drafts;
mod follow;
mod item;
mod numbers;
mod rows;
mod saved_replies;

pub use answers::{AnswerQuestion, AnswerReceipt, InviteAsker, PostedAnswer};
pub use desk::{ClaimQuestion, DeskFilter, DeskPlace, DeskQuery, DeskSort, SnoozeQuestion};
pub use drafts::{AnswerDraft, AnswerDraftQuery, SaveAnswerDraft, SealedDraft};
pub use follow::{Given, GivenAnswer, Known, Scan, ScanKind};
pub use item::DeskItem;
pub use numbers::{AnsweredBy, CoachNumber, DeskNumbers, OpenCounts};
pub use rows::{Question, QuestionState};
pub use saved_replies::{
    EditSavedReply, NewSavedReply, SavedReply, SavedReplyPlace, SavedReplyQuery, SavedReplyRow, SavedText,
};
