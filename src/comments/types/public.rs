//! A comment as other rooms go on from it.

use super::Writer;
use uuid::Uuid;

/// A comment that everybody sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicComment {
    /// The article under which it stands.
    pub article_id: Uuid,
    /// The account that wrote it.
    pub account_id: Option<Uuid>,
    /// The guest who wrote it.
    pub guest_id: Option<Uuid>,
    /// What it says, without any markup.
    pub text: String,
}

impl PublicComment {
    /// Whether somebody wrote it.
    #[must_use]
    pub fn is_by(&self, writer: Writer) -> bool {
        match writer {
            Writer::Member(id, _) => self.account_id == Some(id),
            Writer::Guest(id) => self.guest_id == Some(id),
            Writer::Anonymous => false,
        }
    }
}
