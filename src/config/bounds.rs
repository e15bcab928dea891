//! What settings may be.

use super::{SAFETY, Settings};
use anyhow::{Result, bail};

impl Settings {
    /// Whether every setting can be meant.
    ///
    /// # Errors
    /// Names the setting that cannot.
    pub(super) fn check(&self) -> Result<()> {
        if self.password_min_length < 8 {
            bail!("COLLOQUY_PASSWORD_MIN_LENGTH must be at least 8");
        }
        let staff = ["coach", "moderator", "admin"];
        if let Some(role) = self.second_factor_roles().find(|role| !staff.contains(role)) {
            bail!("COLLOQUY_SECOND_FACTOR_ROLES: `{role}` is none of {}", staff.join(", "));
        }
        if self.argon2_memory_kib < 8 * self.argon2_lanes.max(1) || self.connections_per_worker == 0 {
            bail!("COLLOQUY_ARGON2_MEMORY_KIB must be at least 8 per lane, COLLOQUY_CONNECTIONS_PER_WORKER at least 1");
        }
        if !(100..=600_000).contains(&self.statement_timeout_ms) {
            bail!("COLLOQUY_STATEMENT_TIMEOUT_MS must be 100 to 600000: nothing is waited for without end");
        }
        self.check_threads()?;
        self.check_links()
    }

    fn check_threads(&self) -> Result<()> {
        if !(1..=23).contains(&self.thread_levels) || self.challenge_bits > 24 {
            bail!("COLLOQUY_THREAD_LEVELS must be 1 to 23, COLLOQUY_CHALLENGE_BITS at most 24");
        }
        if !(1..=65_536).contains(&self.comments_waiting) {
            bail!("COLLOQUY_COMMENTS_WAITING must be 1 to 65536");
        }
        if self.challenge_seconds > 600 {
            bail!("COLLOQUY_CHALLENGE_SECONDS must be at most 600: a challenge is good for half an hour");
        }
        let plain = |kind: &str| kind.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        if let Some(kind) = self.reactions().find(|kind| kind.len() > 32 || !plain(kind)) {
            bail!("COLLOQUY_REACTIONS: `{kind}` must be at most 32 of a to z, 0 to 9 and _");
        }
        if !["open", "first", "guests", "all"].contains(&self.comments_moderation.as_str()) {
            bail!("COLLOQUY_COMMENTS_MODERATION must be open, first, guests or all");
        }
        if let Some(name) = self.safety().find(|name| !SAFETY.split(',').any(|known| known == *name)) {
            bail!("COLLOQUY_SAFETY: `{name}` is none of {SAFETY}");
        }
        if self.reactions().count() > 20 {
            bail!("COLLOQUY_REACTIONS must be at most 20 kinds");
        }
        Ok(())
    }
}
