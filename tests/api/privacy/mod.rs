//! What people get to know of what is kept of them, and what is left of them when they go.

mod close_account;
mod dump;
mod erase_guest;
mod erasure;
mod get_export;
mod get_export_archive;
mod get_export_document;
mod replay;
mod request_export;
mod restore_account;

use crate::world::{Person, Reply, World};
use chrono::TimeDelta;
use colloquy::privacy;
use reqwest::Method;

impl World {
    /// DELETE of one's own account.
    pub async fn close_account(&self, token: &str, comments: &str) -> Reply {
        self.request(Method::DELETE, &format!("/v1/accounts/me?comments={comments}")).bearer(token).send().await
    }

    /// What somebody sees at a private address.
    pub async fn get_as(&self, token: &str, path: &str) -> Reply {
        self.request(Method::GET, path).bearer(token).send().await
    }

    /// POST without a body.
    pub async fn post_as_owner(&self, token: &str, path: &str) -> Reply {
        self.request(Method::POST, path).bearer(token).send().await
    }

    /// Somebody leaves, and the time of grace goes by.
    pub async fn leave(&self, person: &Person, comments: &str) {
        self.close_account(&person.access_token, comments).await.expect(202);
        self.clock.set(self.clock.now() + TimeDelta::days(15));
        assert_eq!(self.erase_due().await, 1);
    }

    /// The hourly job.
    pub async fn erase_due(&self) -> usize {
        privacy::erase_due(&self.journal(), &self.secrets).await.unwrap()
    }
}
