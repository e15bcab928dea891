//! Talking HTTP, and reading what comes back.

use reqwest::{
    Method, RequestBuilder, StatusCode,
    header::{HeaderMap, HeaderName, HeaderValue},
};
use serde_json::Value;
use std::sync::LazyLock;

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
        let (client, request) = self.0.build_split();
        let request = request.unwrap();
        let asked = (request.method().clone(), request.url().path().to_owned());
        let response = client.execute(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Reply { asked, status, headers, bytes: response.bytes().await.unwrap().to_vec() }
    }
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    asked: (Method, String),
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
        self.assert_declared(code);
        let places = ["pointer", "parameter", "header"];
        let errors = body["errors"].as_array().cloned().unwrap_or_default();
        errors.iter().map(|error| places.iter().find_map(|place| error[place].as_str()).unwrap().to_owned()).collect()
    }

    /// A client's developer finds every problem of an operation in the OpenAPI document.
    #[track_caller]
    fn assert_declared(&self, code: &str) {
        let (method, path) = &self.asked;
        let Some(operation) = operation(method, path) else { return };
        let declared = operation["x-problems"].as_array().unwrap();
        assert!(
            declared.iter().any(|declared| declared == code),
            "{method} {path}: {code} is not declared in x-problems"
        );
    }
}

/// The operation of the document that a request is one of; none where the server has no such path or method.
fn operation(method: &Method, path: &str) -> Option<&'static Value> {
    static DOCUMENT: LazyLock<Value> = LazyLock::new(|| serde_json::to_value(colloquy::app::document()).unwrap());
    let matches = |template: &str| {
        let (asked, parts): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), template.split('/').collect());
        asked.len() == parts.len()
            && asked.iter().zip(&parts).all(|(asked, part)| part.starts_with('{') || asked == part)
    };
    let paths = DOCUMENT["paths"].as_object()?;
    // A path that is spelled out goes before one with a parameter in the same place.
    let found = paths
        .iter()
        .filter(|(template, _)| matches(template))
        .min_by_key(|(template, _)| template.matches('{').count());
    found?.1.get(method.as_str().to_lowercase())
}

/// Sends the same until there is no more of it for now.
pub async fn too_often(send: impl AsyncFn() -> Reply) -> Reply {
    for _ in 0..100 {
        let reply = send().await;
        if reply.status == StatusCode::TOO_MANY_REQUESTS {
            return reply;
        }
    }
    panic!("never too often")
}
