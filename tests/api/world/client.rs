//! Talking HTTP, and reading what comes back.

use reqwest::{
    RequestBuilder, StatusCode,
    header::{HeaderMap, HeaderName, HeaderValue},
};
use serde_json::Value;

/// A request in the making.
pub struct Request(RequestBuilder);

impl Request {
    pub fn new(builder: RequestBuilder) -> Self {
        Self(builder)
    }

    /// As the holder of an access token.
    pub fn bearer(self, token: &str) -> Self {
        Self(self.0.bearer_auth(token))
    }

    /// As a guest who was here before.
    pub fn guest(self, manage_token: &str) -> Self {
        self.header("authorization", &format!("Guest {manage_token}"))
    }

    /// From this address, as a proxy in front of the server says.
    pub fn from(self, address: &str) -> Self {
        self.header("x-forwarded-for", address)
    }

    pub fn header(self, name: &str, value: &str) -> Self {
        Self(self.0.header(name.parse::<HeaderName>().unwrap(), value.parse::<HeaderValue>().unwrap()))
    }

    pub fn json(self, body: &Value) -> Self {
        Self(self.0.json(body))
    }

    /// A body as it stands, with its media type.
    pub fn raw(self, media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self(self.0.header("content-type", media_type).body(body.into()))
    }

    pub async fn send(self) -> Reply {
        let response = self.0.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Reply { status, headers, bytes: response.bytes().await.unwrap().to_vec() }
    }
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Reply {
    /// The body as JSON; null when it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// A header; empty when it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body, after a look at the status.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self.json()
    }

    /// Asserts a problem document with this status and code, and returns where the bad values stood.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Vec<String> {
        let body = self.json();
        assert_eq!((self.status.as_u16(), body["code"].as_str()), (status, Some(code)), "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(body["status"], status);
        assert_eq!(body["type"], format!("/problems/{code}"));
        let places = ["pointer", "parameter", "header"];
        let errors = body["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|error| places.iter().find_map(|place| error[place].as_str()).unwrap().to_owned()).collect()
    }
}
