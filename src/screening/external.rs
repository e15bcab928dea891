//! Asking somebody outside what should become of a text: one signed question, one signed answer.
//!
//! Both are signed as Standard Webhooks 1.0.0 says. Whatever is wrong with an answer makes it none: the text stays where
//! it is, and nothing the other side sends can keep this one busy for longer than it has patience.

use super::types::{Action, AuthorKind};
use crate::{
    clock::Clock,
    config::Settings,
    text::{self, Bounds},
};
use anyhow::{Context, ensure};
use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::{
    Client, Response, StatusCode, Url,
    header::{CONTENT_TYPE, HeaderMap},
    redirect::Policy,
};
use serde::{Deserialize, Serialize};
use std::{net::IpAddr, time::Duration};
use tokio::time::timeout;
use uuid::Uuid;
use zeroize::Zeroizing;

/// The longest answer that is read, bytes.
const MAX_BYTES: usize = 64 * 1024;

/// How far the other side's clock may be from ours, seconds: what is older may be an answer that somebody kept.
const CLOCKS_DIFFER: i64 = 5 * 60;

/// The bounds of a reason.
const REASON: Bounds = Bounds::new(0, 200);

const ID: &str = "webhook-id";
const TIMESTAMP: &str = "webhook-timestamp";
const SIGNATURE: &str = "webhook-signature";

/// Somebody outside who looks at texts. Cloning gives the same.
#[derive(Clone)]
pub struct External {
    client: Client,
    endpoint: Url,
    key: hmac::Key,
    patience: Duration,
    clock: Clock,
}

/// What they are asked. Nothing in it says who wrote the text.
#[derive(Debug, Serialize)]
pub struct Question<'a> {
    /// What the answer names.
    pub id: Uuid,
    /// Goes up when the text under this id changes.
    pub revision: i64,
    /// What readers would see, without markup.
    pub text: &'a str,
    /// The same as safe HTML, with links.
    pub html: &'a str,
    /// The language of what it stands under (BCP 47).
    pub language: Option<&'a str>,
    /// What its author is to the publication.
    pub author: AuthorKind,
}

/// What they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// [`Action::Note`] where nothing speaks against it, [`Action::Hold`] or [`Action::Reject`].
    pub action: Action,
    /// Why, for moderators. At most 200 characters.
    pub reason: String,
    /// How soon somebody should look: 0 to 3.
    pub priority: i16,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Nobody listens, or the connection broke.
    #[error("unreachable")]
    Unreachable,
    /// It takes too long.
    #[error("slow")]
    Slow,
    /// Another status than 200; a redirect is not followed.
    #[error("status")]
    Status,
    /// More than is read.
    #[error("too_long")]
    TooLong,
    /// Not signed, wrongly, for another question, or long ago.
    #[error("signature")]
    Signature,
    /// Not the JSON that is agreed upon.
    #[error("malformed")]
    Malformed,
    /// About another text.
    #[error("other_text")]
    OtherText,
}

#[derive(Deserialize)]
struct Answer {
    id: Uuid,
    verdict: AnsweredVerdict,
    reason: Option<String>,
    #[serde(default)]
    priority: i16,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum AnsweredVerdict {
    Approve,
    Hold,
    Reject,
}

impl External {
    /// Whoever the settings name; none if they name nobody.
    ///
    /// # Errors
    /// Names the setting that is not acceptable.
    pub fn new(settings: &Settings, clock: Clock) -> anyhow::Result<Option<Self>> {
        let Some((url, secret, patience)) = settings.screening_endpoint() else { return Ok(None) };
        let endpoint = endpoint(url).context("COLLOQUY_SCREENING_URL")?;
        let key = key(secret).context("COLLOQUY_SCREENING_SECRET")?;
        ensure!((1..=60_000).contains(&patience.as_millis()), "COLLOQUY_SCREENING_TIMEOUT_MS must be 1 to 60000");
        // Straight to where it is sent: no redirect, no proxy of the environment.
        let client = Client::builder().redirect(Policy::none()).no_proxy().referer(false).user_agent("colloquy");
        let client = client.build().context("no client for COLLOQUY_SCREENING_URL can be built")?;
        Ok(Some(Self { client, endpoint, key, patience, clock }))
    }

    /// The longest that an answer takes.
    #[must_use]
    pub const fn patience(&self) -> Duration {
        self.patience
    }

    /// Asks.
    ///
    /// # Errors
    /// Why there is no answer that counts.
    pub async fn ask(&self, question: &Question<'_>) -> Result<Opinion, Failure> {
        timeout(self.patience, self.exchange(question)).await.map_err(|_| Failure::Slow)?
    }

    async fn exchange(&self, question: &Question<'_>) -> Result<Opinion, Failure> {
        let body = serde_json::to_vec(question).map_err(|_| Failure::Malformed)?;
        // The same each time that this text is asked about.
        let message = format!("{}-{}", question.id, question.revision);
        let at = self.clock.now().timestamp().to_string();
        let signature = hmac::sign(&self.key, &signed(&message, &at, &body));
        let request = self
            .client
            .post(self.endpoint.clone())
            .header(CONTENT_TYPE, "application/json")
            .header(SIGNATURE, format!("v1,{}", STANDARD.encode(signature)))
            .header(ID, &message)
            .header(TIMESTAMP, at)
            .body(body);
        let response = request.send().await.map_err(|_| Failure::Unreachable)?;
        if response.status() != StatusCode::OK {
            return Err(Failure::Status);
        }
        let headers = response.headers().clone();
        let body = read(response).await?;
        self.check(&headers, &message, &body)?;
        let answer: Answer = serde_json::from_slice(&body).map_err(|_| Failure::Malformed)?;
        if answer.id != question.id {
            return Err(Failure::OtherText);
        }
        answer.opinion().ok_or(Failure::Malformed)
    }

    /// The answer is theirs, to this question, and of now.
    fn check(&self, headers: &HeaderMap, message: &str, body: &[u8]) -> Result<(), Failure> {
        let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).ok_or(Failure::Signature);
        let (id, at, signatures) = (header(ID)?, header(TIMESTAMP)?, header(SIGNATURE)?);
        let seconds: i64 = at.parse().map_err(|_| Failure::Signature)?;
        let signed = signed(id, at, body);
        // Several while a key is being replaced.
        let is_theirs = signatures.split(' ').filter_map(|one| STANDARD.decode(one.strip_prefix("v1,")?).ok());
        let is_theirs = is_theirs.take(8).any(|tag| hmac::verify(&self.key, &signed, &tag).is_ok());
        let is_of_now = self.clock.now().timestamp().abs_diff(seconds) <= CLOCKS_DIFFER.unsigned_abs();
        if is_theirs && is_of_now && id == message { Ok(()) } else { Err(Failure::Signature) }
    }
}

impl Answer {
    fn opinion(self) -> Option<Opinion> {
        let action = match self.verdict {
            AnsweredVerdict::Approve => Action::Note,
            AnsweredVerdict::Hold => Action::Hold,
            AnsweredVerdict::Reject => Action::Reject,
        };
        let reason = text::clean_line(&self.reason.unwrap_or_default(), REASON).ok()?;
        (0..=3).contains(&self.priority).then_some(Opinion { action, reason, priority: self.priority })
    }
}

async fn read(mut response: Response) -> Result<Vec<u8>, Failure> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|_| Failure::Unreachable)? {
        if body.len() + chunk.len() > MAX_BYTES {
            return Err(Failure::TooLong);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn signed(id: &str, at: &str, body: &[u8]) -> Vec<u8> {
    [id.as_bytes(), b".", at.as_bytes(), b".", body].concat()
}

/// Where texts may be sent: to nobody who could be listened to on the way.
fn endpoint(url: &str) -> anyhow::Result<Url> {
    let url = Url::parse(url).context("is not a URL")?;
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    ensure!(url.scheme() == "https" || (url.scheme() == "http" && here), "must begin with https://");
    ensure!(url.username().is_empty() && url.password().is_none(), "must not hold credentials");
    Ok(url)
}

fn key(secret: &str) -> anyhow::Result<hmac::Key> {
    let encoded = secret.strip_prefix("whsec_").context("must begin with whsec_")?;
    let bytes = Zeroizing::new(STANDARD.decode(encoded).ok().context("must be base64 after whsec_")?);
    ensure!((24..=64).contains(&bytes.len()), "must be of 24 to 64 bytes");
    Ok(hmac::Key::new(hmac::HMAC_SHA256, &bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(url: &str, secret: &str, timeout: &str) -> Result<bool, String> {
        let changes = [("screening_url", url), ("screening_secret", secret), ("screening_timeout_ms", timeout)];
        let made = External::new(&Settings::with(&changes).unwrap(), Clock::system());
        made.map(|external| external.is_some()).map_err(|error| format!("{error:#}"))
    }

    /// 24 bytes.
    const KEY: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    #[test]
    fn settings_are_looked_at() {
        assert_eq!(made("", "", "0"), Ok(false));
        for good in ["https://check.example.org/v1", "http://127.0.0.1:9", "http://[::1]:9", "http://localhost:9"] {
            assert_eq!(made(good, KEY, "3000"), Ok(true), "{good}");
        }
        for bad in ["http://check.example.org", "ftp://localhost", "nonsense", "https://a:b@check.example.org"] {
            assert!(made(bad, KEY, "3000").unwrap_err().starts_with("COLLOQUY_SCREENING_URL"), "{bad}");
        }
        let long = format!("whsec_{}", STANDARD.encode([7; 65]));
        for bad in ["", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_c2hvcnQ=", "whsec_!", &long] {
            let refused = made("https://check.example.org", bad, "3000").unwrap_err();
            assert!(refused.starts_with("COLLOQUY_SCREENING_SECRET"), "{bad}");
            assert!(bad.is_empty() || !refused.contains(bad));
        }
        for bad in ["0", "60001"] {
            assert!(made("https://check.example.org", KEY, bad).unwrap_err().contains("TIMEOUT"));
        }
    }

    #[test]
    fn the_signature_is_that_of_standard_webhooks() {
        // The example of the specification's reference libraries.
        let signature = hmac::sign(
            &key(KEY).unwrap(),
            &signed("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", br#"{"test": 2432232314}"#),
        );
        assert_eq!(STANDARD.encode(signature), "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
