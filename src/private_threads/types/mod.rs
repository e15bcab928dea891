//! What goes over the wire, and rows.

mod input;
mod people;
mod rows;
mod wire;

pub use input::{
    Disclose, EditPrivateMessage, HandOver, InviteCommenter, MessagesQuery, OpenPrivateThread, SaveDraft, SayPrivately,
    SetReadMark, ThreadsQuery,
};
pub use people::{Part, Seated, Who};
pub use rows::{CoachRow, DraftRow, MessageRow, NewCoach, NewMessage, NewThread, Spot, ThreadRow, Unread, Waiting};
pub use wire::{
    Content, Disclosure, Invitation, Opened, PrivateAuthor, PrivateBody, PrivateCoach, PrivateDraft, PrivateMessage,
    PrivatePerson, PrivateThread, Said, ThreadState, WaitingThread,
};
