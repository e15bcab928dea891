//! The way out: a mail server, or a directory.

use super::{
    status::mailbox_gone,
    types::{Mail, Part},
};
use crate::{
    clock::Clock,
    config::{MailRoute, Settings},
};
use anyhow::{Context, Result};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::response::Category,
};
use secrecy::ExposeSecret;
use std::{path::PathBuf, time::Duration};
use tokio::time::timeout;
use uuid::Uuid;

/// The longest that one attempt may take; shorter than the wait for the second.
const PATIENCE: Duration = Duration::from_secs(45);

/// Why a mail was not sent, in words that hold nothing of it: what a mail server says often repeats the address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The mailbox takes no mail, with the enhanced status code that says so (RFC 3463).
    Bounced(&'static str),
    /// Trying again would be refused again.
    ForGood(String),
    /// It may go another time.
    ForNow(String),
    /// Nothing can be sent at the moment, whatever it is.
    NoWay(String),
}

pub struct Transport {
    way: Way,
    from: Mailbox,
    clock: Clock,
    /// This server's, to which the links in mails lead.
    address: String,
}

enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Directory(PathBuf),
}

impl Transport {
    /// The configured way out; none when mails are to wait.
    ///
    /// # Errors
    /// Names the setting that is not acceptable, or the directory that cannot be made.
    pub fn new(settings: &Settings, clock: Clock) -> Result<Option<Self>> {
        let way = match settings.mail_route() {
            MailRoute::None => return Ok(None),
            MailRoute::Smtp(url) => {
                let smtp = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret())
                    .context("COLLOQUY_SMTP_URL is not the address of a mail server")?;
                Way::Smtp(smtp.timeout(Some(PATIENCE / 3)).build())
            }
            MailRoute::Directory(directory) => {
                std::fs::create_dir_all(&directory)
                    .with_context(|| format!("the directory for mails, {}, cannot be made", directory.display()))?;
                Way::Directory(directory)
            }
        };
        let from = settings.mail_from().parse().context("COLLOQUY_MAIL_FROM is not an address")?;
        Ok(Some(Self { way, from, clock, address: settings.public_url() }))
    }

    /// Sends a mail. The same id gives the same `Message-ID`, by which a receiver knows one that it got twice.
    pub async fn send(&self, id: Uuid, mail: &Mail) -> std::result::Result<(), Refusal> {
        let message = self.message(id, mail)?;
        let sending = async {
            match &self.way {
                Way::Smtp(smtp) => smtp.send(message).await.map(drop).map_err(|error| refused(&error)),
                Way::Directory(directory) => write(directory, id, &message.formatted()).await,
            }
        };
        timeout(PATIENCE, sending).await.unwrap_or_else(|_| Err(Refusal::NoWay("no answer in time".into())))
    }

    fn message(&self, id: Uuid, mail: &Mail) -> std::result::Result<Message, Refusal> {
        let to = mail.to.parse().map_err(|_| Refusal::ForGood("not an address".into()))?;
        let (mut text, mut html) = (mail.text.clone(), mail.html.clone());
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&mail.subject)
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())))
            .date(self.clock.now().into())
            // RFC 3834: nobody's holiday notice answers it.
            .raw_header(header("Auto-Submitted", "auto-generated".into()));
        if let Some(token) = &mail.unsubscribe_token {
            let link = format!("{}/v1/unsubscriptions?token={token}", self.address);
            let end = [Part::Paragraph("To get no more mails like this one:"), Part::Link(&link)];
            (text, html) = mail.ending_with(&end);
            message = message.raw_header(header("List-Unsubscribe", format!("<{link}>")));
            // RFC 8058 §3.1: by one click only where nobody listens.
            if link.starts_with("https://") {
                message = message.raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".into()));
            }
        }
        let message = message.multipart(MultiPart::alternative_plain_html(text, html));
        message.map_err(|_| Refusal::ForGood("not a mail".into()))
    }
}

fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

/// Only a refused mailbox (55x) is final: a refused log-in or relay is a fault of the settings, which somebody mends.
fn refused(error: &lettre::transport::smtp::Error) -> Refusal {
    // The server's words are its error's source. They often repeat the address: only a code of ours goes on from here.
    let said = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    match (error.status(), mailbox_gone(&said)) {
        (Some(_), Some(status)) if error.is_permanent() => Refusal::Bounced(status),
        (Some(code), _) if error.is_permanent() && code.category == Category::MailSystem => {
            Refusal::ForGood(format!("refused with {code}"))
        }
        (Some(code), _) => Refusal::ForNow(format!("refused with {code}")),
        (None, _) if error.is_timeout() => Refusal::NoWay("no answer in time".into()),
        (None, _) if error.is_tls() => Refusal::NoWay("no safe connection".into()),
        (None, _) => Refusal::NoWay("no connection".into()),
    }
}

/// Writes beside and renames, so that whoever watches the directory never reads half a mail.
async fn write(directory: &std::path::Path, id: Uuid, message: &[u8]) -> std::result::Result<(), Refusal> {
    let (beside, path) = (directory.join(format!(".{id}")), directory.join(format!("{id}.eml")));
    let written = async {
        tokio::fs::write(&beside, message).await?;
        tokio::fs::rename(&beside, &path).await
    };
    written.await.map_err(|error| Refusal::NoWay(format!("cannot be written: {}", error.kind())))
}
