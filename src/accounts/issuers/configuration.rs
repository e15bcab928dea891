//! Which issuers are trusted, and with what: read once, at the start.

use crate::{config::Settings, http::permission::Role};
use anyhow::{Context, Result, bail, ensure};
use config::{Config, File, FileFormat};
use jsonwebtoken::Algorithm;
use reqwest::Url;
use serde::Deserialize;
use std::{collections::HashMap, net::IpAddr, time::Duration};

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Issuers {
    #[serde(default)]
    issuer: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    issuer: String,
    audience: String,
    algorithm: String,
    #[serde(default = "access_token")]
    token_type: String,
    #[serde(default = "name")]
    name_claim: String,
    email_claim: Option<String>,
    #[serde(default)]
    coaches: Vec<String>,
    #[serde(default)]
    moderators: Vec<String>,
    #[serde(default = "ten_minutes")]
    jwks_refresh_seconds: u64,
}

fn access_token() -> String {
    "at+jwt".into()
}

fn name() -> String {
    "name".into()
}

const fn ten_minutes() -> u64 {
    600
}

/// An issuer, and what is taken from it.
#[derive(Debug)]
pub struct Trusted {
    /// Its name, byte for byte as it stands in `iss`; also where it is found.
    pub issuer: String,
    /// By what it names this API in `aud`.
    pub audience: String,
    /// The one algorithm in which it signs (RFC 8725 §3.1).
    pub algorithm: Algorithm,
    /// The kind that its access tokens say they are; none where they say nothing.
    pub token_type: Option<String>,
    /// Where somebody's name stands in a token.
    pub name_claim: String,
    /// Where the address stands, if it is to be taken.
    pub email_claim: Option<String>,
    /// How often its keys are looked at.
    pub jwks_refresh: Duration,
    staff: HashMap<String, Role>,
}

impl Trusted {
    /// The role that somebody begins with.
    pub fn first_role(&self, subject: &str) -> Role {
        self.staff.get(subject).copied().unwrap_or(Role::Reader)
    }
}

/// The issuers of the file that the settings name; none when they name none.
pub fn load(settings: &Settings) -> Result<Vec<Trusted>> {
    let Some(path) = settings.issuers_file() else { return Ok(Vec::new()) };
    let file = File::from(path).format(FileFormat::Toml);
    let written: Result<Issuers, _> = Config::builder().add_source(file).build().and_then(Config::try_deserialize);
    let within = || format!("{} (COLLOQUY_ISSUERS_FILE)", path.display());
    let mut trusted: Vec<Trusted> = Vec::new();
    for each in written.with_context(within)?.issuer {
        let name = each.issuer.clone();
        let read = read(each).with_context(|| format!("issuer {name:?}")).with_context(within)?;
        ensure!(name != settings.public_url(), "{}: {name:?} is this server itself", within());
        ensure!(trusted.iter().all(|other| other.issuer != name), "{}: {name:?} stands there twice", within());
        trusted.push(read);
    }
    Ok(trusted)
}

fn read(written: Written) -> Result<Trusted> {
    let url = address(&written.issuer)?;
    ensure!(url.query().is_none(), "an issuer has no query");
    ensure!(!written.audience.is_empty(), "audience is empty: then tokens made for anybody would be good here");
    ensure!((1..=86_400).contains(&written.jwks_refresh_seconds), "jwks_refresh_seconds must be from 1 to 86400");
    let algorithm = match written.algorithm.as_str() {
        "RS256" => Algorithm::RS256,
        "PS256" => Algorithm::PS256,
        "ES256" => Algorithm::ES256,
        "EdDSA" => Algorithm::EdDSA,
        other => bail!("algorithm must be RS256, PS256, ES256 or EdDSA, not {other:?}"),
    };
    let mut staff = HashMap::new();
    let coaches = written.coaches.into_iter().map(|subject| (subject, Role::Coach));
    for (subject, role) in coaches.chain(written.moderators.into_iter().map(|subject| (subject, Role::Moderator))) {
        let before = staff.insert(subject.clone(), role);
        ensure!(before.is_none_or(|before| before == role), "{subject:?} is both coach and moderator");
    }
    Ok(Trusted {
        issuer: written.issuer,
        audience: written.audience,
        algorithm,
        token_type: some(written.token_type),
        name_claim: written.name_claim,
        email_claim: written.email_claim.and_then(some),
        jwks_refresh: Duration::from_secs(written.jwks_refresh_seconds),
        staff,
    })
}

fn some(value: String) -> Option<String> {
    (!value.is_empty()).then_some(value)
}

/// An address at which an issuer may be asked: over TLS, or on this very machine.
pub fn address(written: &str) -> Result<Url> {
    let url = Url::parse(written).with_context(|| format!("{written:?} is not a URL"))?;
    ensure!(url.scheme() == "https" || on_this_machine(&url), "{written:?} must begin with https://");
    ensure!(url.username().is_empty() && url.password().is_none(), "{written:?} must not hold credentials");
    ensure!(url.fragment().is_none(), "{written:?} must not have a fragment");
    Ok(url)
}

/// Whether it is plain HTTP to a loopback host, which nobody can listen to but this machine.
pub fn on_this_machine(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    url.scheme() == "http" && (host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(toml: &str) -> Result<Vec<Trusted>, String> {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("issuers.toml");
        std::fs::write(&path, toml).unwrap();
        let changes = [("issuers_file", path.to_str().unwrap()), ("public_url", "https://api.example.org")];
        load(&Settings::with(&changes).unwrap()).map_err(|error| format!("{error:#}"))
    }

    fn issuer(changes: &str) -> String {
        let mut lines = vec!["issuer = 'https://login.example.org'", "audience = 'colloquy'", "algorithm = 'RS256'"];
        let changed: Vec<_> = changes.lines().map(|line| line.split(' ').next().unwrap().to_owned()).collect();
        lines.retain(|line| !changed.iter().any(|name| line.starts_with(&format!("{name} "))));
        format!("[[issuer]]\n{}\n{changes}\n", lines.join("\n"))
    }

    #[test]
    fn what_is_not_said_has_a_safe_default() {
        let read = loaded(&issuer("coaches = ['17']\nmoderators = ['18']")).unwrap().remove(0);
        assert_eq!((read.token_type.as_deref(), read.name_claim.as_str()), (Some("at+jwt"), "name"));
        assert_eq!((read.email_claim.as_deref(), read.jwks_refresh.as_secs()), (None, 600));
        assert_eq!(["17", "18", "19"].map(|who| read.first_role(who)), [Role::Coach, Role::Moderator, Role::Reader]);
    }

    #[test]
    fn issuers_that_could_not_be_trusted_stop_the_start() {
        let bad = [
            ("algorithm = 'HS256'", "RS256, PS256, ES256 or EdDSA"),
            ("algorithm = 'none'", "RS256, PS256, ES256 or EdDSA"),
            ("algorithm = 'rs256'", "RS256, PS256, ES256 or EdDSA"),
            ("issuer = 'http://login.example.org'", "https://"),
            ("issuer = 'http://127.0.0.1.example.org'", "https://"),
            ("issuer = 'file:///etc/passwd'", "https://"),
            ("issuer = 'https://ada:secret@login.example.org'", "credentials"),
            ("issuer = 'https://login.example.org?tenant=1'", "query"),
            ("issuer = 'https://login.example.org#keys'", "fragment"),
            ("issuer = 'https://api.example.org'", "this server itself"),
            ("audience = ''", "audience"),
            ("jwks_refresh_seconds = 0", "jwks_refresh_seconds"),
            ("coaches = ['17']\nmoderators = ['17']", "both"),
            ("admins = ['17']", "admins"),
        ];
        for (change, word) in bad {
            let error = loaded(&issuer(change)).expect_err(change);
            assert!(error.contains(word), "{change}: {error}");
        }
        assert!(loaded(&issuer("").repeat(2)).unwrap_err().contains("twice"));
        for local in ["http://127.0.0.1:9000", "http://[::1]:9000/realm", "http://localhost:9000"] {
            assert_eq!(loaded(&issuer(&format!("issuer = '{local}'"))).unwrap()[0].issuer, local);
        }
    }
}
