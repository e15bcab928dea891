//! Who asks, and what they are in a thread.

use super::ThreadRow;
use crate::{
    comments::Writer,
    http::{actor::Actor, permission::Permission},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Somebody with an account or a manage token, as this room needs to know them.
#[derive(Debug, Clone, Copy)]
pub struct Who(pub Writer);

impl Who {
    /// The account, if it is one.
    pub const fn account_id(self) -> Option<Uuid> {
        self.0.account_id()
    }

    /// The guest, if it is one.
    pub const fn guest_id(self) -> Option<Uuid> {
        self.0.guest_id()
    }

    /// The account, if it works as a coach now: whoever has lost the role has lost the threads with it.
    pub fn coach_id(self) -> Option<Uuid> {
        match self.0 {
            Writer::Member(id, role) if Permission::Coach.held_by().0.contains(&role) => Some(id),
            Writer::Member(..) | Writer::Guest(_) | Writer::Anonymous => None,
        }
    }

    /// The account or the guest.
    pub fn id(self) -> Uuid {
        self.account_id().or(self.guest_id()).unwrap_or_default()
    }
}

impl From<&Actor> for Who {
    fn from(actor: &Actor) -> Self {
        Self(Writer::Member(actor.account_id, actor.role))
    }
}

/// What somebody is in a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Whose thread it is.
    Reader,
    /// One of the coaches let in.
    Coach,
}

/// Somebody in a thread of theirs.
#[derive(Debug, Clone)]
pub struct Seated {
    /// The thread.
    pub thread: ThreadRow,
    /// Who.
    pub who: Who,
}

impl Seated {
    /// What they are in it.
    pub fn part(&self) -> Part {
        self.thread.part_of(self.who)
    }

    /// The coach that they are in it.
    pub fn coach_id(&self) -> Option<Uuid> {
        match self.part() {
            Part::Reader => None,
            Part::Coach => self.who.coach_id(),
        }
    }
}
