//! What moderators look through.

use crate::comments::{ClaimState, CommentStatus, QueueCount, QueueFilter, QueueSort, QueueState, Waiting};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Which comments a moderator looks up.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ModeratedQuery {
    /// Default `pending`.
    #[serde(default)]
    #[param(inline, required = false)]
    pub status: Withheld,
    /// Comments on the page, 1 to 100, default 20; a larger number is lowered.
    #[param(minimum = 1, default = 20)]
    pub limit: Option<i64>,
    /// Where the page begins: from `next` or `prev` of another page.
    pub cursor: Option<String>,
}

/// How the earlier texts of a comment are asked for.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RevisionPage {
    /// Texts on the page, 1 to 100; a larger number is lowered.
    #[param(minimum = 1, default = 20)]
    pub limit: Option<i64>,
    /// Where the page begins: from `next` or `prev` of another page.
    pub cursor: Option<String>,
}

/// What is not shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Withheld {
    /// What waits because the article or the writer asks for it.
    #[default]
    Pending,
    /// What was held back because of what it says.
    Held,
    /// What was refused.
    Rejected,
}

impl From<Withheld> for CommentStatus {
    fn from(withheld: Withheld) -> Self {
        match withheld {
            Withheld::Pending => Self::Pending,
            Withheld::Held => Self::Held,
            Withheld::Rejected => Self::Rejected,
        }
    }
}

/// Which part of the queue a moderator works through.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct QueueQuery {
    /// One state or several, separated by commas; all when left out.
    #[serde(default, deserialize_with = "comma_separated")]
    #[param(style = Form, explode = false, value_type = Option<Vec<QueueState>>, example = "pending,held")]
    pub state: Vec<QueueState>,
    /// What comes first: what has waited longest (`age`, the default), or what should not wait (`risk`).
    #[serde(default)]
    #[param(inline, required = false)]
    pub sort: QueueSort,
    /// Written by a guest, or with an account.
    pub guest: Option<bool>,
    /// With a link, or without.
    pub link: Option<bool>,
    /// By somebody of whom nothing was shown before, or not.
    pub first_time: Option<bool>,
    /// Changed by its author after it had been shown, or not.
    pub edited: Option<bool>,
    /// What you work on, or what nobody works on.
    #[param(inline)]
    pub claim: Option<ClaimState>,
    /// Under this article.
    pub article_id: Option<Uuid>,
    /// By this account or guest.
    pub author_id: Option<Uuid>,
    /// Comments on the page, 1 to 100, default 20; a larger number is lowered.
    #[param(minimum = 1, default = 20)]
    pub limit: Option<i64>,
    /// Where the page begins: from `next` or `prev` of another page.
    pub cursor: Option<String>,
}

impl QueueQuery {
    /// What it asks for, as parameters in one order: what a cursor is good for, and a part of its address.
    #[must_use]
    pub fn filter(&self) -> String {
        let states: Vec<&str> = self.state.iter().map(|state| state.as_str()).collect();
        let claim = self.claim.map(|claim| if claim == ClaimState::Mine { "mine" } else { "unclaimed" });
        let sort = if self.sort == QueueSort::Risk { "risk" } else { "age" };
        let yes = |flag: Option<bool>| flag.map(|flag| flag.to_string());
        let pairs = [
            ("state", (!states.is_empty()).then(|| states.join(","))),
            ("sort", Some(sort.to_owned())),
            ("guest", yes(self.guest)),
            ("link", yes(self.link)),
            ("first_time", yes(self.first_time)),
            ("edited", yes(self.edited)),
            ("claim", claim.map(str::to_owned)),
            ("article_id", self.article_id.map(|id| id.to_string())),
            ("author_id", self.author_id.map(|id| id.to_string())),
        ];
        let given = pairs.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", value?)));
        given.collect::<Vec<_>>().join("&")
    }

    /// The same for the room that keeps the queue.
    #[must_use]
    pub fn selection(&self, viewer: Uuid, now: DateTime<Utc>) -> QueueFilter {
        QueueFilter {
            states: self.state.clone(),
            sort: self.sort,
            guest: self.guest,
            link: self.link,
            first_time: self.first_time,
            edited: self.edited,
            claim: self.claim,
            article_id: self.article_id,
            author_id: self.author_id,
            viewer,
            now,
        }
    }
}

/// Each state once, in their own order.
fn comma_separated<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<QueueState>, D::Error> {
    let given = String::deserialize(deserializer)?;
    let state = |name: &str| {
        let known = QueueState::ALL.into_iter().find(|state| state.as_str() == name.trim());
        known.ok_or_else(|| D::Error::custom("must be of pending, held and reported, separated by commas"))
    };
    let mut states = given.split(',').map(state).collect::<Result<Vec<_>, _>>()?;
    states.sort_unstable();
    states.dedup();
    Ok(states)
}

/// A comment in the queue.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueItem {
    /// The comment and what is known of it.
    #[serde(flatten)]
    pub waiting: Waiting,
    /// What readers say of it that nobody has decided on.
    pub reports: Reports,
}

/// Reports of a comment; not by whom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Reports {
    /// How many.
    #[schema(example = 2)]
    pub count: i64,
    /// How many for each reason.
    #[schema(example = json!({ "abuse": 2 }))]
    pub reasons: BTreeMap<String, i64>,
}

/// How much waits.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueueCounts {
    /// All that waits.
    #[serde(flatten)]
    pub all: Backlog,
    /// The same for each state.
    pub states: BTreeMap<&'static str, Backlog>,
    /// The same for each priority, from `0`, in its turn, to `3`, at once.
    pub priorities: BTreeMap<i16, Backlog>,
}

/// How much waits of a kind, and how long the oldest of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Backlog {
    /// How many comments.
    #[schema(example = 12)]
    pub count: i64,
    /// Since when the oldest waits; null when there is none.
    pub oldest_at: Option<DateTime<Utc>>,
    /// For how long, seconds.
    #[schema(example = 5400)]
    pub oldest_seconds: Option<i64>,
}

impl Backlog {
    fn add(&mut self, count: i64, oldest_at: Option<DateTime<Utc>>, now: DateTime<Utc>) {
        self.count += count;
        self.oldest_at = self.oldest_at.into_iter().chain(oldest_at).min();
        self.oldest_seconds = self.oldest_at.map(|at| (now - at).num_seconds());
    }
}

impl QueueCounts {
    /// What the counts say together.
    #[must_use]
    pub fn of(counts: &[QueueCount], now: DateTime<Utc>) -> Self {
        let mut all = Backlog::default();
        let mut states: BTreeMap<_, _> =
            QueueState::ALL.into_iter().map(|state| (state.as_str(), Backlog::default())).collect();
        let mut priorities: BTreeMap<_, _> = (0..=3).map(|priority| (priority, Backlog::default())).collect();
        for QueueCount { state, priority, count, oldest_at } in counts {
            let state = states.get_mut(state.as_str());
            for backlog in [Some(&mut all), state, priorities.get_mut(priority)].into_iter().flatten() {
                backlog.add(*count, *oldest_at, now);
            }
        }
        Self { all, states, priorities }
    }
}
