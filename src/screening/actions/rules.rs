//! Making and changing rules.

use super::super::{
    in_force::RULES_TAG,
    queries::rules as queries,
    rules::{MAX_RULES, check_rule, too_many_rules},
    types::{EditRule, NewRule, RuleRow, ScreeningRule},
};
use crate::{
    audit::{self, Entry},
    error::{Error, Result},
    events::{Event, Tx},
    http::precondition::IfMatch,
};
use serde_json::json;
use uuid::Uuid;

/// Makes a rule.
///
/// # Errors
/// As [`check_rule`]; [`Code::Conflict`](crate::error::Code::Conflict) when there are too many.
pub async fn create_rule(tx: &mut Tx<'_>, rule: NewRule, by: Uuid) -> Result<ScreeningRule> {
    let rule = check_rule(rule)?;
    queries::take_turn(tx.conn).await?;
    if queries::count(tx.conn).await? >= MAX_RULES {
        return Err(too_many_rules());
    }
    let (id, now) = (tx.id(), tx.now);
    let made = queries::insert(tx.conn, id, &RuleRow::from(&rule), now).await?;
    tell(tx, "screening_rule.created", &made, by).await?;
    Ok(made)
}

/// Changes a rule.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound), [`Code::PreconditionFailed`](crate::error::Code::PreconditionFailed),
/// and as [`check_rule`].
pub async fn edit_rule(
    tx: &mut Tx<'_>,
    id: Uuid,
    revision: &IfMatch,
    changes: EditRule,
    by: Uuid,
) -> Result<ScreeningRule> {
    let present = queries::hold(tx.conn, id).await?.ok_or_else(Error::not_found)?;
    revision.check(present.revision)?;
    let rule = check_rule(changes.of(present))?;
    let now = tx.now;
    let changed = queries::change(tx.conn, id, &RuleRow::from(&rule), now).await?;
    tell(tx, "screening_rule.changed", &changed, by).await?;
    Ok(changed)
}

/// Deletes a rule. What it found stays noted.
///
/// # Errors
/// [`Code::NotFound`](crate::error::Code::NotFound), [`Code::PreconditionFailed`](crate::error::Code::PreconditionFailed).
pub async fn delete_rule(tx: &mut Tx<'_>, id: Uuid, revision: &IfMatch, by: Uuid) -> Result<()> {
    let present = queries::hold(tx.conn, id).await?.ok_or_else(Error::not_found)?;
    revision.check(present.revision)?;
    queries::delete(tx.conn, id).await?;
    let gone = ScreeningRule { revision: present.revision + 1, enabled: false, ..present };
    tell(tx, "screening_rule.deleted", &gone, by).await
}

/// Says what happened, to every node and to the audit: never what a rule looks for.
async fn tell(tx: &mut Tx<'_>, kind: &'static str, rule: &ScreeningRule, by: Uuid) -> Result<()> {
    let entry = Entry {
        kind,
        actor_id: Some(by),
        subject_id: Some(rule.id),
        network_hash: None,
        data: json!({
            "revision": rule.revision, "kind": rule.kind, "action": rule.action, "enabled": rule.enabled,
            "terms": rule.terms.0.len(),
        }),
    };
    audit::record(tx, entry).await?;
    tx.append(Event {
        kind,
        stream: rule.id,
        version: rule.revision,
        tags: vec![RULES_TAG.to_owned()],
        data: json!({ "rule_id": rule.id }),
        actor_id: Some(by),
    });
    Ok(())
}
