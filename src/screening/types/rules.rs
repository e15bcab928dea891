//! The publication's rules, as they are written and kept.

use super::{Action, Rule, RuleKind};
use crate::db::schema::screening_rules;
use crate::http::json::said;
use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{
    IntoParams, ToSchema,
    openapi::schema::{Array, ArrayBuilder, ObjectBuilder, Type},
};
use uuid::Uuid;

/// What comes of what a rule finds, mild to severe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RuleAction {
    /// The author is told, and may rephrase.
    Nudge,
    /// A moderator looks first.
    Hold,
    /// It is not shown.
    Reject,
}

impl From<RuleAction> for Action {
    fn from(action: RuleAction) -> Self {
        match action {
            RuleAction::Nudge => Self::Nudge,
            RuleAction::Hold => Self::Hold,
            RuleAction::Reject => Self::Reject,
        }
    }
}

impl TryFrom<String> for RuleAction {
    type Error = anyhow::Error;

    fn try_from(name: String) -> anyhow::Result<Self> {
        let known = [Self::Nudge, Self::Hold, Self::Reject].into_iter().find(|it| Action::from(*it).as_str() == name);
        known.ok_or_else(|| anyhow::anyhow!("no such action: {name}"))
    }
}

impl RuleKind {
    /// Its name, as it is kept.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Hosts => "hosts",
            Self::Safety => "safety",
        }
    }
}

impl TryFrom<String> for RuleKind {
    type Error = anyhow::Error;

    fn try_from(name: String) -> anyhow::Result<Self> {
        let known = [Self::Words, Self::Hosts, Self::Safety].into_iter().find(|kind| kind.as_str() == name);
        known.ok_or_else(|| anyhow::anyhow!("no such kind of rules: {name}"))
    }
}

/// What a rule looks for. The array type of Postgres says of no element that it is there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Sought(pub Vec<String>);

impl From<Vec<Option<String>>> for Sought {
    fn from(terms: Vec<Option<String>>) -> Self {
        Self(terms.into_iter().flatten().collect())
    }
}

/// A rule of the publication.
#[derive(Debug, Clone, Serialize, Queryable, Selectable, ToSchema)]
#[diesel(table_name = screening_rules, check_for_backend(Pg))]
pub struct ScreeningRule {
    /// Its id.
    pub id: Uuid,
    /// Goes up with every change; what `If-Match` names.
    pub revision: i64,
    /// What the publication's people call it.
    pub name: String,
    /// What it looks at.
    #[diesel(deserialize_as = String)]
    pub kind: RuleKind,
    /// What comes of what it finds.
    #[diesel(deserialize_as = String)]
    pub action: RuleAction,
    /// The language of what it looks for (BCP 47); null for none in particular.
    pub language: Option<String>,
    /// How soon somebody should look at what it holds: 0 in its turn, 3 at once. Of safety rules only.
    pub priority: i16,
    /// What it looks for.
    #[schema(value_type = Vec<String>)]
    #[diesel(deserialize_as = Vec<Option<String>>)]
    pub terms: Sought,
    /// Whether it is switched on.
    pub enabled: bool,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// A rule in the writing.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRule {
    /// What the publication's people call it.
    #[schema(min_length = 1, max_length = 80, example = "Casino spam")]
    pub name: String,
    /// What it looks at.
    pub kind: RuleKind,
    /// What comes of what it finds. Safety rules hold: nobody in need is told to rephrase, or refused.
    pub action: RuleAction,
    /// The language of what it looks for (BCP 47), for those who look after the rule; it is looked for in every text.
    #[schema(max_length = 35, example = "en")]
    pub language: Option<String>,
    /// How soon somebody should look at what a safety rule holds: 0 in its turn, 3 at once. Default 0.
    #[schema(minimum = 0, maximum = 3)]
    pub priority: Option<i16>,
    /// What it looks for. Of words: a word, the beginning of one (`casino*`), or words in a row; letters that look alike,
    /// accents, capitals and letters that are set apart make no difference. Of hosts: a host, with all below it.
    #[schema(schema_with = terms)]
    pub terms: Vec<String>,
    /// Whether it is switched on.
    pub enabled: bool,
}

/// Changes to a rule; what is left out stays.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditRule {
    /// What the publication's people call it.
    #[schema(min_length = 1, max_length = 80)]
    pub name: Option<String>,
    /// What it looks at.
    pub kind: Option<RuleKind>,
    /// What comes of what it finds.
    pub action: Option<RuleAction>,
    /// The language of what it looks for; null for none in particular.
    #[serde(default, deserialize_with = "said")]
    #[schema(value_type = Option<String>, max_length = 35)]
    #[expect(clippy::option_option, reason = "null is said, and something else than nothing")]
    pub language: Option<Option<String>>,
    /// How soon somebody should look at what a safety rule holds: 0 in its turn, 3 at once.
    #[schema(minimum = 0, maximum = 3)]
    pub priority: Option<i16>,
    /// What it looks for: all of it.
    #[schema(schema_with = terms)]
    pub terms: Option<Vec<String>>,
    /// Whether it is switched on.
    pub enabled: Option<bool>,
}

/// One thing at least, a thousand at most, each of a hundred characters at most.
fn terms() -> Array {
    let term = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(100));
    let example = json!(["casino*", "online pharmacy"]);
    ArrayBuilder::new().items(term).min_items(Some(1)).max_items(Some(1000)).examples([example]).build()
}

impl EditRule {
    /// The rule as it would be.
    #[must_use]
    pub fn of(self, rule: ScreeningRule) -> NewRule {
        NewRule {
            name: self.name.unwrap_or(rule.name),
            kind: self.kind.unwrap_or(rule.kind),
            action: self.action.unwrap_or(rule.action),
            language: self.language.unwrap_or(rule.language),
            priority: self.priority.or(Some(rule.priority)),
            terms: self.terms.unwrap_or(rule.terms.0),
            enabled: self.enabled.unwrap_or(rule.enabled),
        }
    }
}

/// A rule that may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedRule {
    /// What the publication's people call it.
    pub name: String,
    /// What it looks at.
    pub kind: RuleKind,
    /// What comes of what it finds.
    pub action: RuleAction,
    /// The language of what it looks for.
    pub language: Option<String>,
    /// How soon somebody should look at what it holds: 0 to 3.
    pub priority: i16,
    /// What it looks for, without blanks around it.
    pub terms: Vec<String>,
    /// Whether it is switched on.
    pub enabled: bool,
}

impl CheckedRule {
    /// To look with, whether or not it is switched on.
    #[must_use]
    pub fn ready(self, id: Uuid) -> Rule {
        Rule { id, kind: self.kind, action: self.action.into(), priority: self.priority, terms: self.terms }
    }
}

/// A rule as it is written into its row.
#[derive(Debug, Insertable, AsChangeset)]
#[diesel(table_name = screening_rules, treat_none_as_null = true)]
pub struct RuleRow<'a> {
    name: &'a str,
    kind: &'static str,
    action: &'static str,
    language: Option<String>,
    priority: i16,
    terms: Vec<Option<&'a str>>,
    enabled: bool,
}

impl<'a> From<&'a CheckedRule> for RuleRow<'a> {
    fn from(rule: &'a CheckedRule) -> Self {
        Self {
            name: &rule.name,
            kind: rule.kind.as_str(),
            action: Action::from(rule.action).as_str(),
            language: rule.language.clone(),
            priority: rule.priority,
            terms: rule.terms.iter().map(|term| Some(term.as_str())).collect(),
            enabled: rule.enabled,
        }
    }
}

/// What looking needs of a rule that is switched on.
#[derive(Debug, Queryable, Selectable)]
#[diesel(table_name = screening_rules, check_for_backend(Pg))]
pub struct RuleInForce {
    pub id: Uuid,
    #[diesel(deserialize_as = String)]
    pub kind: RuleKind,
    #[diesel(deserialize_as = String)]
    pub action: RuleAction,
    pub priority: i16,
    #[diesel(deserialize_as = Vec<Option<String>>)]
    pub terms: Sought,
}

impl From<RuleInForce> for Rule {
    fn from(RuleInForce { id, kind, action, priority, terms }: RuleInForce) -> Self {
        Self { id, kind, action: action.into(), priority, terms: terms.0 }
    }
}

/// Which part of the rules.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RulePage {
    /// Rules on the page, 1 to 100; a larger number is lowered.
    #[param(minimum = 1, default = 20)]
    pub limit: Option<i64>,
    /// Where the page begins: from `next` or `prev` of another page.
    pub cursor: Option<String>,
}
