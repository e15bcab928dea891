//! The counters of a thread.

use crate::db::schema::threads;
use diesel::{pg::Pg, prelude::*};
use std::ops::{AddAssign, Sub};
use uuid::Uuid;

/// What the counter row of a thread says to the one writer who holds it until the end of the transaction.
#[derive(Debug, Clone, Copy, Queryable, Selectable)]
#[diesel(table_name = threads, check_for_backend(Pg))]
pub struct Lock {
    pub article_id: Uuid,
    pub version: i64,
    pub last_position: i64,
    pub last_root_no: i32,
}

/// By how much the counters of a thread grow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Growth {
    /// Changes, each of which has a version.
    pub versions: i64,
    /// Positions that were given.
    pub positions: i64,
    /// Comments that everybody sees now.
    pub visible: i32,
    /// Roots that have a place now.
    pub roots: i32,
    /// Numbers of roots that were given.
    pub root_nos: i32,
}

impl AddAssign for Growth {
    fn add_assign(&mut self, more: Self) {
        self.versions += more.versions;
        self.positions += more.positions;
        self.visible += more.visible;
        self.roots += more.roots;
        self.root_nos += more.root_nos;
    }
}

impl Sub for Growth {
    type Output = Self;

    fn sub(self, less: Self) -> Self {
        Self {
            versions: self.versions - less.versions,
            positions: self.positions - less.positions,
            visible: self.visible - less.visible,
            roots: self.roots - less.roots,
            root_nos: self.root_nos - less.root_nos,
        }
    }
}

impl Sub<Growth> for Lock {
    type Output = Self;

    /// As it was before it grew.
    fn sub(self, growth: Growth) -> Self {
        Self {
            article_id: self.article_id,
            version: self.version - growth.versions,
            last_position: self.last_position - growth.positions,
            last_root_no: self.last_root_no - growth.root_nos,
        }
    }
}
