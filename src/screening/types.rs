//! What is looked at, by which rules, and what comes of it.

mod reasons;
mod rules;
mod sanctions;
mod support;

pub use reasons::Reason;
pub use rules::{CheckedRule, EditRule, NewRule, RuleAction, RuleInForce, RulePage, RuleRow, ScreeningRule};
pub use sanctions::{
    LaidSanction, NewSanction, OwnSanction, SanctionFilter, SanctionRow, SanctionSubject, SubjectKind, WantedSanction,
};

pub use support::{
    KeptSupport, KeptSupports, NewSupport, StoredSupport, SupportQuery, SupportResource, SupportResources,
};

use super::{
    checks::Hosts,
    ready::Place,
    safety::{Phrases, Watch},
    terms::Terms,
};
use crate::config::Settings;
use diesel::{
    deserialize::{self, FromSql, FromSqlRow},
    expression::AsExpression,
    pg::{Pg, PgValue},
    serialize::{self, IsNull, Output, ToSql},
    sql_types::Text,
};
use serde::{Deserialize, Serialize};
use std::io::Write;
use utoipa::ToSchema;
use uuid::Uuid;

/// A text as it is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// As it is shown: safe HTML.
    pub html: &'a str,
    /// What readers see of it, without markup.
    pub text: &'a str,
    /// How often others posted the same in the last 24 hours.
    pub seen: u32,
    /// Whether its author was told what is wrong with it and wants it as it is.
    pub as_is: bool,
}

/// What is known of who wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// What they are to the publication.
    pub kind: AuthorKind,
    /// Comments of theirs that are shown; counted up to [`Policy::known_after`], and only where it can matter: else 0.
    pub approved: u32,
    /// Comments of theirs that were approved by somebody in the last 30 days.
    pub approved_lately: u32,
    /// Those that were rejected in the last 30 days.
    pub rejected_lately: u32,
    /// What they may not do at present; the severest.
    pub sanction: Option<SanctionKind>,
}

/// What somebody is to the publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthorKind {
    /// Without an account.
    Guest,
    /// With an account.
    Member,
    /// Speaks for the publication.
    Staff,
}

/// What somebody may not do for a while, mild to severe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SanctionKind {
    /// Nothing is forbidden: it was pointed out.
    Warn,
    /// Whatever they write waits for a moderator.
    HoldAll,
    /// They may not write.
    Mute,
    /// They may not do anything that needs them to be known.
    Ban,
}

/// Who waits for a moderator before being shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, AsExpression, FromSqlRow)]
#[serde(rename_all = "snake_case")]
#[diesel(sql_type = Text)]
pub enum Mode {
    /// Nobody.
    #[default]
    Open,
    /// Whoever has no comment shown yet.
    First,
    /// Guests, until they are known.
    Guests,
    /// Everybody but the publication's own people.
    All,
}

/// What is asked of texts in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Who waits.
    pub mode: Mode,
    /// More links than this hold a text.
    pub links_over: u32,
    /// Approved comments after which somebody is known.
    pub known_after: u32,
    /// As many equal texts by others hold a text.
    pub repeats: u32,
    /// Whether somebody outside looks at every text.
    pub external: bool,
}

/// Where one article asks for something else than the publication's settings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Exceptions {
    /// Who waits.
    pub mode: Option<Mode>,
    /// More links than this hold a text.
    pub links_over: Option<u32>,
}

impl Exceptions {
    /// As an article keeps them.
    #[must_use]
    pub fn of(mode: Option<Mode>, links_held: Option<i32>) -> Self {
        Self { mode, links_over: links_held.and_then(|links| links.try_into().ok()) }
    }
}

impl Mode {
    /// The mode of this name; `open` for others, which settings and constraints keep out.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "first" => Self::First,
            "guests" => Self::Guests,
            "all" => Self::All,
            _ => Self::Open,
        }
    }

    /// Its name, as it is kept.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::First => "first",
            Self::Guests => "guests",
            Self::All => "all",
        }
    }
}

impl ToSql<Text, Pg> for Mode {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(self.as_str().as_bytes())?;
        Ok(IsNull::No)
    }
}

impl FromSql<Text, Pg> for Mode {
    fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Self::named(str::from_utf8(bytes.as_bytes())?))
    }
}

impl Policy {
    /// The publication's, on articles that say nothing else.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        Self {
            mode: Mode::named(&settings.comments_moderation),
            links_over: settings.comment_links_held,
            known_after: settings.comments_known_after,
            repeats: settings.comment_repeats,
            external: settings.screening_endpoint().is_some(),
        }
    }

    /// On an article that asks for something else.
    #[must_use]
    pub fn except(self, exceptions: Exceptions) -> Self {
        let Exceptions { mode, links_over } = exceptions;
        Self { mode: mode.unwrap_or(self.mode), links_over: links_over.unwrap_or(self.links_over), ..self }
    }
}

/// A rule that the publication's people wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its id.
    pub id: Uuid,
    /// What it looks at.
    pub kind: RuleKind,
    /// What comes of it.
    pub action: Action,
    /// How soon somebody should look at what a safety rule holds: 0 to 3.
    pub priority: i16,
    /// What it looks for.
    pub terms: Vec<String>,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// Words and phrases in what readers see.
    Words,
    /// Where links lead.
    Hosts,
    /// Phrases that somebody in danger may use.
    Safety,
}

/// One look at a text. Their order is that in which they are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// Whether its author may write.
    Sanction,
    /// Whether others said the same.
    Repeat,
    /// Rules on words.
    Words,
    /// Rules on where links lead.
    Hosts,
    /// How many links it holds.
    Links,
    /// What tells who somebody is.
    PersonalData,
    /// Capitals only.
    Shouting,
    /// How often its author was rejected lately.
    Rejections,
    /// Who waits here.
    Policy,
    /// Whether somebody should look soon.
    Safety,
    /// What somebody outside says.
    External,
}

impl Check {
    /// Its name, as it is kept.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sanction => "sanction",
            Self::Repeat => "repeat",
            Self::Words => "words",
            Self::Hosts => "hosts",
            Self::Links => "links",
            Self::PersonalData => "personal_data",
            Self::Shouting => "shouting",
            Self::Rejections => "rejections",
            Self::Policy => "policy",
            Self::Safety => "safety",
            Self::External => "external",
        }
    }
}

/// What a hit asks for, mild to severe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Nothing: it is noted.
    Note,
    /// That it waits its turn.
    Wait,
    /// That its author is told, and may rephrase.
    Nudge,
    /// That somebody looks at it first.
    Hold,
    /// That it is not shown.
    Reject,
}

impl Action {
    /// Its name, as it is kept.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Wait => "wait",
            Self::Nudge => "nudge",
            Self::Hold => "hold",
            Self::Reject => "reject",
        }
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which check.
    pub check: Check,
    /// By which rule, where it is one of the publication's.
    pub rule_id: Option<Uuid>,
    /// What it asks for.
    pub action: Action,
    /// What it found, for moderators: a term, a number, a kind of personal data. At most 200 characters.
    pub detail: String,
}

/// What should become of a text, mild to severe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is shown.
    Visible,
    /// It waits its turn.
    Pending,
    /// Its author is told what to rephrase, and nothing is kept.
    Nudge,
    /// Somebody looks at it first.
    Held,
    /// It is not shown.
    Rejected,
    /// Its author may not write now.
    Refused,
}

/// What the checks say together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screened {
    /// What should become of it.
    pub verdict: Verdict,
    /// How soon somebody should look, 0 to 3.
    pub priority: i16,
    /// All that was found, in the order of the checks.
    pub hits: Vec<Hit>,
}

/// The rules that are switched on, made ready to look with.
#[derive(Debug, Default)]
pub struct Rules {
    /// As they are written.
    pub(super) written: Vec<Rule>,
    pub(super) words: Terms<Place>,
    pub(super) hosts: Hosts,
    pub(super) safety: Phrases,
    /// What looks beside them.
    pub(super) watch: Watch,
}

impl Rules {
    /// The same with another one, which takes the place of the one with its id.
    #[must_use]
    pub fn with(&self, rule: Rule) -> Self {
        let mut rules: Vec<Rule> = self.written.iter().filter(|other| other.id != rule.id).cloned().collect();
        rules.push(rule);
        Self { watch: self.watch.clone(), ..Self::ready(rules) }
    }

    /// The same, beside which only this looks.
    #[must_use]
    pub fn beside(self, watch: Watch) -> Self {
        Self { watch, ..self }
    }
}
