//! Directus GHSA-632p-p495-25m5: `length=foo` once broke the session ids of everybody.

use super::{known, operations, ready};
use crate::world::World;
use reqwest::Method;
use serde_json::json;

/// Values that are no number, no text, no id or no end.
const ODD: [&str; 12] = [
    "",
    "foo",
    "NaN",
    "-1",
    "9223372036854775808",
    "1e400",
    "0x10",
    "%00",
    "%FF%FE",
    "%ED%A0%80",
    "%F0%9F%92%A9",
    "%25%30%30",
];

/// Headers that say nothing, or too much.
const ODD_HEADERS: [(&str, &str); 10] = [
    ("if-match", "\"18446744073709551616\""),
    ("if-none-match", "W/\"\", ,*,\""),
    ("idempotency-key", "\u{fc}\u{1f4a9}"),
    ("cookie", "colloquy_refresh=;;=;%00"),
    ("range", "bytes=-1,9-0"),
    ("accept", "*/*;q=NaN,,application/\u{fc}"),
    ("accept-encoding", "gzip;q=1e400,br;q=-1,,"),
    ("x-forwarded-for", ", ,[::1]:99999,\u{fc}"),
    ("content-type", "application/json; charset=\u{fc}; boundary="),
    ("origin", "null"),
];

#[actix_web::test]
async fn whatever_is_asked_nothing_breaks_and_everybody_can_still_log_in_and_refresh() {
    let w = World::new().await;
    let (admin, ada) = (w.admin("June").await, w.reader("Ada").await);
    w.article(&admin, json!({ "title": "How to listen", "tags": ["listening"] })).await;
    let mut asked = 0;
    for operation in operations() {
        let (token, _) = w.log_in(&admin.email).await;
        let mut addresses = Vec::new();
        for parameter in operation.in_path.iter().chain(&operation.in_query) {
            addresses.extend(ODD.map(|odd| operation.with(parameter, odd)));
            addresses.push(format!("{}&{parameter}=1&{parameter}=2", operation.with("x", known(parameter))));
        }
        addresses.extend(["?length=foo&limit=NaN", "?&&=&=x&%00=%FF&a[b]=1"].map(|q| operation.address() + q));
        for address in addresses {
            let request = ready(w.request(operation.method.clone(), &address)).bearer(&token);
            let reply = request.send().await;
            assert!(reply.status.as_u16() < 500, "{} {address}: {}", operation.method, reply.text());
            asked += 1;
        }
        for (name, value) in ODD_HEADERS {
            let request = w.request(operation.method.clone(), &operation.address()).bearer(&token);
            let reply = request.header(name, value).send().await;
            assert!(reply.status.as_u16() < 500, "{} {name}: {}", operation.path, reply.text());
        }
    }
    assert!(asked > 500, "{asked}");
    let refreshed = w.post("/v1/sessions/refresh", &json!({ "refresh_token": ada.refresh_token })).await.expect(200);
    for token in [refreshed["access_token"].as_str().unwrap(), &w.log_in(&ada.email).await.0] {
        w.request(Method::GET, "/v1/accounts/me").bearer(token).send().await.expect(200);
    }
}
