//! Where the links in mails lead.

use super::{Settings, some};
use anyhow::{Result, bail};
use uuid::Uuid;

/// What stands in `comment_url` for the id of a comment.
const ID: &str = "{id}";

impl Settings {
    /// Where a code for a lost password leads, if there is a page for it. A fragment is sent to no server and stands in no
    /// log (RFC 3986 §3.5); what a client sends has no part in it.
    #[must_use]
    pub fn password_reset_link(&self, code: &str) -> Option<String> {
        some(&self.password_reset_url).map(|page| format!("{page}#code={code}"))
    }

    /// Where a comment is shown: by its id alone, since an article's address says what it is about.
    #[must_use]
    pub fn comment_link(&self, comment_id: Uuid) -> String {
        match some(&self.comment_url) {
            Some(page) => page.replace(ID, &comment_id.to_string()),
            None => format!("{}/v1/comments/{comment_id}/context", self.public_url()),
        }
    }

    /// Where a guest sees to what they wrote, if there is a page for it: like the code, the token stands in the fragment.
    #[must_use]
    pub fn guest_link(&self, manage_token: &str) -> Option<String> {
        some(&self.guest_url).map(|page| format!("{page}#manage_token={manage_token}"))
    }

    pub(super) fn check_links(&self) -> Result<()> {
        let is_page = |page: &str| (page.starts_with("https://") || page.starts_with("http://")) && !page.contains(' ');
        for (name, page) in [("PASSWORD_RESET_URL", &self.password_reset_url), ("GUEST_URL", &self.guest_url)] {
            if !page.is_empty() && (!is_page(page) || page.contains('#')) {
                bail!("COLLOQUY_{name} must begin with https:// and have no fragment (#…)");
            }
        }
        let page = &self.comment_url;
        if !page.is_empty() && (!is_page(page) || !page.contains(ID)) {
            bail!("COLLOQUY_COMMENT_URL must begin with https:// and hold {ID} where the id of a comment goes");
        }
        Ok(())
    }
}
