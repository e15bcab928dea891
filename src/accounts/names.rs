//! Whose names nobody else may have.

use super::{
    queries::accounts,
    rules::{Checked, name_taken},
};
use crate::{db::Conn, error::Result, text};
use std::collections::HashSet;
use uuid::Uuid;

/// Whether a name cannot be told apart from the name of somebody who works here: a coach, a moderator or an admin.
/// Case, width, blanks, characters without width and letters that look alike in any script make no difference.
///
/// # Errors
/// When the database is away.
pub async fn is_staff_name(conn: &mut Conn, name: &str) -> Result<bool> {
    is_name_of_other_staff(conn, name, None).await
}

/// Those of the names that cannot be told apart from the name of somebody who works here, as [`is_staff_name`].
///
/// # Errors
/// When the database is away.
pub async fn staff_names_among(conn: &mut Conn, names: &[&str]) -> Result<HashSet<String>> {
    let shapes: Vec<String> = names.iter().map(|name| text::name_skeleton(name)).collect();
    let staff = accounts::staff_names(conn, &shapes, None).await?;
    let staff: HashSet<String> = staff.iter().map(|name| text::name_skeleton(name)).collect();
    let alike = names.iter().zip(&shapes).filter(|(_, shape)| staff.contains(*shape));
    Ok(alike.map(|(name, _)| (*name).to_owned()).collect())
}

/// Whether an account may have a name; without `own` it is one that does not exist yet.
pub async fn check_free(conn: &mut Conn, name: &str, own: Option<Uuid>) -> Result<Checked> {
    Ok(if is_name_of_other_staff(conn, name, own).await? { Err(name_taken()) } else { Ok(()) })
}

async fn is_name_of_other_staff(conn: &mut Conn, name: &str, own: Option<Uuid>) -> Result<bool> {
    let shape = text::name_skeleton(name);
    let alike = accounts::staff_names(conn, std::slice::from_ref(&shape), own).await?;
    Ok(alike.iter().any(|taken| text::name_skeleton(taken) == shape))
}
