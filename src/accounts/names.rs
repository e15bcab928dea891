//! Whose names nobody else may have.

use super::{
    queries::accounts,
    rules::{Checked, name_taken},
};
use crate::{db::Conn, error::Result, http::permission::Role, text};
use std::collections::HashMap;
use uuid::Uuid;

/// The names that accounts have now. Nothing is asked where there is none.
///
/// # Errors
/// When the database is away.
pub async fn names_of(conn: &mut Conn, ids: &[Uuid]) -> Result<HashMap<Uuid, String>> {
    let named = if ids.is_empty() { Vec::new() } else { accounts::names(conn, ids).await? };
    Ok(named.into_iter().collect())
}

/// Whose name somebody without an account would be taken by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameHolder {
    /// Somebody with an account.
    Member,
    /// A coach, a moderator or an admin.
    Staff,
}

/// Those of the names that cannot be told apart from somebody's with an account, and whose. Case, width, blanks, characters
/// without width and letters that look alike in any script make no difference. Whoever has closed their account has left
/// its name to others, unless they work here.
///
/// # Errors
/// When the database is away.
pub async fn name_holders(conn: &mut Conn, names: &[&str]) -> Result<HashMap<String, NameHolder>> {
    let shapes: Vec<String> = names.iter().map(|name| text::name_skeleton(name)).collect();
    let mut taken: HashMap<String, NameHolder> = HashMap::new();
    for (name, shape, role) in accounts::names_like(conn, &shapes).await? {
        let shape = if shape.is_empty() { text::name_skeleton(&name) } else { shape };
        let works_here = Role::try_from(role).is_ok_and(Role::is_staff);
        let holder = if works_here { NameHolder::Staff } else { NameHolder::Member };
        let known = taken.entry(shape).or_insert(holder);
        *known = holder.max(*known);
    }
    let alike = names.iter().zip(&shapes).filter_map(|(name, shape)| Some(((*name).to_owned(), *taken.get(shape)?)));
    Ok(alike.collect())
}

/// Whether a name cannot be told apart from the name of somebody who works here.
pub async fn is_staff_name(conn: &mut Conn, name: &str) -> Result<bool> {
    is_name_of_other_staff(conn, name, None).await
}

/// Whether an account may have a name; without `own` it is one that does not exist yet.
pub async fn check_free(conn: &mut Conn, name: &str, own: Option<Uuid>) -> Result<Checked> {
    Ok(if is_name_of_other_staff(conn, name, own).await? { Err(name_taken()) } else { Ok(()) })
}

async fn is_name_of_other_staff(conn: &mut Conn, name: &str, own: Option<Uuid>) -> Result<bool> {
    let shape = text::name_skeleton(name);
    let alike = accounts::staff_names(conn, &shape, own).await?;
    Ok(alike.iter().any(|taken| text::name_skeleton(taken) == shape))
}
