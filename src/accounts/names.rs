//! Whose names nobody else may have.

use super::{
    queries::accounts,
    rules::{Checked, name_taken},
};
use crate::{db::Conn, error::Result, text};
use uuid::Uuid;

/// Whether a name cannot be told apart from the name of somebody who works here: a coach, a moderator or an admin.
/// Case, width, blanks, characters without width and letters that look alike in any script make no difference.
///
/// # Errors
/// When the database is away.
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
