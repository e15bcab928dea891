//! What goes over the wire, and rows.

mod alerts;
mod history;
mod log;
mod queue;
mod reports;
mod sanctions;
mod trials;
mod verdicts;

pub use alerts::{
    Alert, AlertKey, AlertPage, AlertedComment, DueAlert, NewAlert, OnCall, PersonOnCall, Place, SetOnCall, Standing,
};
pub use history::Happened;
pub use log::{LogEntry, LogQuery};
pub use queue::{ModeratedQuery, QueueCounts, QueueItem, QueueQuery, Reports, RevisionPage};
pub use reports::{ReportComment, ReportPage};
pub use sanctions::{By, LaySanction, OwnSanctions, SanctionPage, Subject};
pub use trials::{Example, Trial, TryRule, VerdictChange};
pub use verdicts::{
    Approved, GiveVerdict, GiveVerdicts, OneVerdict, ReasonItem, ReasonList, VerdictGiven, VerdictResult,
    VerdictResults,
};
