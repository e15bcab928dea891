//! How the desk is asked for, and what is done at it.

use super::QuestionState;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// What comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DeskSort {
    /// What has waited longest.
    #[default]
    Age,
    /// What should not wait; then what has waited longest.
    Priority,
}

/// Who is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AskedOf {
    /// Whoever looks: as an author of the article, by a mention, or by a reply to what they wrote.
    Me,
}

/// Which part of the desk a coach works through.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeskQuery {
    /// Default `waiting`.
    #[serde(default)]
    #[param(inline, required = false)]
    pub state: QuestionState,
    /// What comes first: what has waited longest (`age`, the default), or what should not wait (`priority`).
    #[serde(default)]
    #[param(inline, required = false)]
    pub sort: DeskSort,
    /// Under this article.
    pub article_id: Option<Uuid>,
    /// About this section of the article that `article_id` names.
    #[param(max_length = 100, example = "what-to-say")]
    pub section_id: Option<String>,
    /// Under articles with this tag, by its slug.
    #[param(max_length = 100, example = "listening")]
    pub tag: Option<String>,
    /// Under articles in this language, as they give it.
    #[param(max_length = 35, example = "en")]
    pub language: Option<String>,
    /// How soon somebody should look: 0 in its turn, 3 at once.
    #[param(minimum = 0, maximum = 3)]
    pub priority: Option<i16>,
    /// Asked by a guest, or with an account.
    pub guest: Option<bool>,
    /// `me`: what you are asked yourself, as an author of the article, by a mention, or by a reply to what you wrote.
    #[param(inline)]
    pub asked: Option<AskedOf>,
    /// Asked before.
    pub asked_before: Option<DateTime<Utc>>,
    /// Asked then or later.
    pub asked_after: Option<DateTime<Utc>>,
    /// Questions on the page, 1 to 100, default 20; a larger number is lowered.
    #[param(minimum = 1, default = 20)]
    pub limit: Option<i64>,
    /// Where the page begins: from `next` or `prev` of another page.
    pub cursor: Option<String>,
}

impl DeskQuery {
    /// What it asks for, as parameters in one order: what a cursor is good for, and a part of its address.
    #[must_use]
    pub fn filter(&self) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        pairs.append_pair("state", self.state.as_str());
        pairs.append_pair("sort", if self.sort == DeskSort::Age { "age" } else { "priority" });
        let words = [("section_id", &self.section_id), ("tag", &self.tag), ("language", &self.language)];
        let given = [
            ("article_id", self.article_id.map(|id| id.to_string())),
            ("priority", self.priority.map(|priority| priority.to_string())),
            ("guest", self.guest.map(|guest| guest.to_string())),
            ("asked", self.asked.map(|_| "me".to_owned())),
            ("asked_before", self.asked_before.map(|at| at.to_rfc3339())),
            ("asked_after", self.asked_after.map(|at| at.to_rfc3339())),
        ];
        let words = words.into_iter().filter_map(|(name, word)| Some((name, word.clone()?)));
        let given = given.into_iter().filter_map(|(name, value)| Some((name, value?)));
        pairs.extend_pairs(words.chain(given));
        pairs.finish()
    }
}

/// Which questions are asked for, in which order, and by whom.
#[derive(Debug, Clone)]
pub struct DeskFilter {
    /// Where they stand.
    pub state: QuestionState,
    /// What comes first.
    pub sort: DeskSort,
    /// Under this article.
    pub article_id: Option<Uuid>,
    /// About this section of it.
    pub section_id: Option<String>,
    /// Under articles with this tag.
    pub tag_id: Option<Uuid>,
    /// Under articles in this language.
    pub language: Option<String>,
    /// With this priority.
    pub priority: Option<i16>,
    /// Asked by a guest, or not.
    pub by_guest: Option<bool>,
    /// Whether only what whoever looks is asked.
    pub of_viewer: bool,
    /// Asked before.
    pub before: Option<DateTime<Utc>>,
    /// Asked then or later.
    pub after: Option<DateTime<Utc>>,
    /// Who looks.
    pub viewer: Uuid,
    /// When; a claim or a snooze that is over is none.
    pub now: DateTime<Utc>,
}

/// Where a question stands on the desk: its turn, which only `priority` looks at, when it was asked, and its comment.
pub type DeskPlace = (i16, DateTime<Utc>, Uuid);

/// How a question is claimed.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimQuestion {
    /// Whether to take it also from another who has it; that is noted in the audit.
    #[serde(default)]
    pub take_over: bool,
}

/// Until when a question is put off.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SnoozeQuestion {
    /// When it waits again: later than now, within a year.
    pub until: DateTime<Utc>,
}
