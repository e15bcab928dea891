//! What goes over the wire, and rows.

mod desk;
mod follow;
mod item;
mod numbers;
mod rows;

pub use desk::{ClaimQuestion, DeskFilter, DeskPlace, DeskQuery, DeskSort, SnoozeQuestion};
pub use follow::{Given, GivenAnswer, Known, Scan, ScanKind};
pub use item::DeskItem;
pub use numbers::{AnsweredBy, CoachNumber, DeskNumbers, Numbered};
pub use rows::{Listed, Question, QuestionState};
