//! The `RateLimit` fields (draft-ietf-httpapi-ratelimit-headers): how often something may be done, and what is left.

use crate::error::Quota;
use actix_web::HttpResponseBuilder;

/// `RateLimit-Policy: "sign_up";q=20;w=3600`: the limit itself.
#[must_use]
pub fn policy(quota: &Quota) -> (&'static str, String) {
    let Quota { limit, burst, window, .. } = quota;
    ("RateLimit-Policy", format!("\"{limit}\";q={burst};w={window}"))
}

/// `RateLimit: "sign_up";r=19;t=180`: what is left, and the seconds after which there is more.
#[must_use]
pub fn left(quota: &Quota) -> (&'static str, String) {
    let Quota { limit, remaining, reset, .. } = quota;
    ("RateLimit", format!("\"{limit}\";r={remaining};t={reset}"))
}

/// Says both, where there is a limit at all.
pub fn say(response: &mut HttpResponseBuilder, quota: Option<&Quota>) {
    if let Some(quota) = quota {
        response.insert_header(policy(quota)).insert_header(left(quota));
    }
}
