//! A public response that is ready to send: its bytes in each coding, its ETag, its cache tags.

use crate::error::{Error, Result};
use actix_web::{
    HttpRequest, HttpResponse, HttpResponseBuilder,
    http::{
        StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::{
    io::Write,
    sync::{Arc, OnceLock},
    time::Duration,
};

/// Bodies shorter than this are sent as they are: compressing them saves no packet.
const WORTH_COMPRESSING: usize = 1024;

/// The most that each header with tags may hold, bytes: Node refuses a response whose headers take more than 16 KiB.
/// What does not fit (people on a crowded page) is left to the CDN's minute; this process's cache knows every tag.
const TAGS_IN_HEADERS: usize = 2048;

/// How long the headers of the four cache vocabularies are kept in step: browsers ask every time and get a
/// 304, so that a reader sees the own comment; CDNs keep it for a minute and are purged by tag.
const BROWSERS: HeaderValue = HeaderValue::from_static("public, no-cache");
const CDNS: HeaderValue = HeaderValue::from_static("max-age=60, stale-if-error=600");
const CDN_CACHE_CONTROL: HeaderName = HeaderName::from_static("cdn-cache-control");
const CACHE_TAG: HeaderName = HeaderName::from_static("cache-tag");
const SURROGATE_KEY: HeaderName = HeaderName::from_static("surrogate-key");
const CACHE_GROUPS: HeaderName = HeaderName::from_static("cache-groups");
const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

/// A public response, the same for everybody.
#[derive(Debug)]
pub struct Representation {
    status: StatusCode,
    body: Bytes,
    gzip: OnceLock<Bytes>,
    brotli: OnceLock<Bytes>,
    etags: [HeaderValue; 3],
    headers: Vec<(HeaderName, HeaderValue)>,
    tags: Vec<String>,
    /// When time alone changes the bytes.
    pub valid_until: Option<DateTime<Utc>>,
}

#[derive(Clone, Copy)]
enum Coding {
    Identity,
    Gzip,
    Brotli,
}

impl Representation {
    /// A JSON document that shows what `tags` name.
    ///
    /// # Errors
    /// Only if the value does not serialise.
    pub fn json<T: Serialize>(value: &T, tags: Vec<String>) -> Result<Self> {
        let body = Bytes::from(serde_json::to_vec(value).map_err(Error::internal)?);
        let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &body);
        let hash = URL_SAFE_NO_PAD.encode(hash.as_ref().get(..16).unwrap_or_default());
        let etag = |coding: &str| HeaderValue::try_from(format!("\"{hash}{coding}\"")).map_err(Error::internal);
        let sent = fitting(&tags);
        let quoted: Vec<_> = sent.iter().map(|tag| format!("\"{tag}\"")).collect();
        let headers = vec![
            (header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
            (header::CACHE_CONTROL, BROWSERS),
            (CDN_CACHE_CONTROL, CDNS),
            (CACHE_TAG, HeaderValue::try_from(sent.join(",")).map_err(Error::internal)?),
            (SURROGATE_KEY, HeaderValue::try_from(sent.join(" ")).map_err(Error::internal)?),
            (CACHE_GROUPS, HeaderValue::try_from(quoted.join(", ")).map_err(Error::internal)?),
            (header::VARY, HeaderValue::from_static("Accept-Encoding")),
        ];
        let etags = [etag("")?, etag("-gz")?, etag("-br")?];
        Ok(Self {
            status: StatusCode::OK,
            body,
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
            etags,
            headers,
            tags,
            valid_until: None,
        })
    }

    /// The same with another header, such as `Link`.
    ///
    /// # Errors
    /// Only if the value is not fit for a header.
    pub fn with_header(mut self, name: HeaderName, value: &str) -> Result<Self> {
        self.headers.push((name, HeaderValue::try_from(value).map_err(Error::internal)?));
        Ok(self)
    }

    /// The same as a permanent redirect (308, RFC 9110 §15.4.9) to `location`.
    ///
    /// # Errors
    /// Only if the location is not fit for a header.
    pub fn moved_to(mut self, location: &str) -> Result<Self> {
        self.status = StatusCode::PERMANENT_REDIRECT;
        self.with_header(header::LOCATION, location)
    }

    /// What it shows.
    #[must_use]
    pub fn tags(&self) -> &[String] {
        &self.tags
    }

    /// Memory that it takes, bytes, with room for the compressed forms.
    #[must_use]
    pub fn weight(&self) -> u32 {
        u32::try_from(self.body.len() + self.body.len() / 2 + 1024).unwrap_or(u32::MAX)
    }

    fn coding(&self, request: &HttpRequest) -> Coding {
        let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        let accepts = |name: &str| accepted.is_some_and(|accepted| accepted.split(',').any(|each| takes(each, name)));
        match self.body.len() {
            ..WORTH_COMPRESSING => Coding::Identity,
            _ if accepts("br") => Coding::Brotli,
            _ if accepts("gzip") => Coding::Gzip,
            _ => Coding::Identity,
        }
    }

    fn bytes(&self, coding: Coding) -> Bytes {
        match coding {
            Coding::Identity => self.body.clone(),
            Coding::Gzip => self.gzip.get_or_init(|| gzip(&self.body)).clone(),
            Coding::Brotli => self.brotli.get_or_init(|| brotli(&self.body)).clone(),
        }
    }

    /// The response to one request: the bytes in a coding that it accepts, or 304 when it has them.
    #[must_use]
    pub fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let coding = self.coding(request);
        let [identity, gz, br] = &self.etags;
        let (etag, name) = match coding {
            Coding::Identity => (identity, None),
            Coding::Gzip => (gz, Some("gzip")),
            Coding::Brotli => (br, Some("br")),
        };
        let unchanged = self.status == StatusCode::OK && has(request, etag);
        let mut response = HttpResponseBuilder::new(if unchanged { StatusCode::NOT_MODIFIED } else { self.status });
        for (name, value) in &self.headers {
            response.append_header((name.clone(), value.clone()));
        }
        response.insert_header((header::ETAG, etag.clone()));
        if unchanged {
            return response.finish();
        }
        if let Some(name) = name {
            response.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static(name)));
        }
        response.body(self.bytes(coding))
    }
}

/// A representation as it is served now.
#[derive(Debug, Clone)]
pub struct Served {
    /// What is sent.
    pub representation: Arc<Representation>,
    /// How long it has been out of date, when it is sent only because no newer one can be made.
    pub stale_for: Option<Duration>,
}

impl Served {
    /// The response to one request; a stale one says so (RFC 9211).
    #[must_use]
    pub fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let mut response = self.representation.answer(request);
        if let Some(age) = self.stale_for {
            let status = format!("colloquy; hit; ttl=-{}; detail=stale-if-error", age.as_secs());
            if let Ok(value) = HeaderValue::try_from(status) {
                response.headers_mut().insert(CACHE_STATUS, value);
                response.headers_mut().insert(CDN_CACHE_CONTROL, HeaderValue::from_static("no-store"));
            }
        }
        response
    }
}

/// As many of the first tags as fit into a header, each with quotes, a comma and a blank.
fn fitting(tags: &[String]) -> &[String] {
    let mut room = TAGS_IN_HEADERS;
    let count = tags
        .iter()
        .take_while(|tag| {
            let left = room.checked_sub(tag.len() + 4);
            room = left.unwrap_or(0);
            left.is_some()
        })
        .count();
    tags.get(..count).unwrap_or_default()
}

/// Whether one element of `Accept-Encoding` takes the coding: `gzip`, `gzip;q=0.5`, not `gzip;q=0`.
fn takes(element: &str, coding: &str) -> bool {
    let mut parts = element.split(';').map(str::trim);
    let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
    let refused = parts.filter_map(|part| part.strip_prefix("q=")).any(|q| q.parse::<f32>().is_ok_and(|q| q <= 0.0));
    named && !refused
}

/// Answers 304 also when the request says `Cache-Control: no-cache`: Node's fetch adds that by itself whenever
/// it is given `If-None-Match`.
fn has(request: &HttpRequest, etag: &HeaderValue) -> bool {
    let Ok(etag) = etag.to_str() else { return false };
    let held = request.headers().get_all(header::IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    held.flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == etag)
}

fn gzip(body: &[u8]) -> Bytes {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    let written = encoder.write_all(body).and_then(|()| encoder.finish());
    written.map_or_else(|_| Bytes::new(), Bytes::from)
}

fn brotli(body: &[u8]) -> Bytes {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 5, ..Default::default() };
    let mut compressed = Vec::new();
    match brotli::BrotliCompress(&mut &*body, &mut compressed, &parameters) {
        Ok(_) => Bytes::from(compressed),
        Err(_) => Bytes::new(),
    }
}
