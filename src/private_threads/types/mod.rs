//! What goes over the wire, and rows.

mod accesses;
mod export;
mod input;
mod keys;
mod people;
mod rows;
mod wire;

pub use accesses::{AccessRow, BreakGlass, OpenedThread, PrivateAccess, PrivateAdmin, ReasonedAccess};
pub use export::{OwnPrivateMessage, OwnPrivateThread, SentMessage};
pub use input::{
    Disclose, EditPrivateMessage, HandOver, InviteCommenter, MessagesQuery, OpenPrivateThread, SaveDraft, SayPrivately,
    SetReadMark, ThreadsQuery,
};
pub use keys::{KeptKey, KeyName};
pub use people::{Part, Seated, Who};
pub use rows::{
    Abandoned, CoachRow, DraftRow, MessageRow, NewCoach, NewMessage, NewThread, Spot, ThreadRow, Unread, Waiting,
};
pub use wire::{
    Content, Disclosure, Invitation, Opened, PrivateAuthor, PrivateCoach, PrivateDraft, PrivateMessage, PrivatePerson,
    PrivateThread, Said, ThreadState, WaitingThread,
};
