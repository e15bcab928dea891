//! What every request gets: an id, a count, a time, a log line when it matters, and an answer even after a panic.

use super::problem::Cause;
use crate::{clock::Clock, error::Error};
use actix_web::{
    Error as ActixError, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use futures_util::FutureExt;
use std::{
    panic::AssertUnwindSafe,
    time::{Duration, Instant},
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A request that takes longer is logged.
const SLOW: Duration = Duration::from_secs(1);

/// The outermost layer. Answers are counted always and logged when they failed or were slow: a line for each
/// would cost a third of the throughput. A line holds no text that anybody wrote, only the route's pattern.
///
/// # Errors
/// When a handler panicked; the connection turns it into the problem document of a fault of ours.
pub async fn observe(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, ActixError> {
    let begun = Instant::now();
    let id = request.app_data::<Data<Clock>>().map(|clock| clock.id().to_string()).unwrap_or_default();
    // Routes are declared for GET; the connection knows that the client said HEAD and sends no body.
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    let method = request.method().clone();
    // The request itself cannot be kept for later: routing must be its only holder.
    let Ok(answered) = AssertUnwindSafe(next.call(request)).catch_unwind().await else {
        tracing::error!(request_id = id, %method, "a handler panicked");
        return Err(Error::internal(anyhow::anyhow!("a handler panicked")).into());
    };
    let mut response = answered?.map_into_boxed_body();
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, value);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    record(&response, &method, &id, begun.elapsed());
    Ok(response)
}

fn record(response: &ServiceResponse, method: &Method, id: &str, took: Duration) {
    let route = response.request().match_pattern().unwrap_or_else(|| "unmatched".into());
    let status = response.status();
    metrics::counter!("colloquy_http_requests_total", "method" => method.to_string(), "route" => route.clone(), "status" => status.as_str().to_owned()).increment(1);
    metrics::histogram!("colloquy_http_request_seconds", "route" => route.clone()).record(took);
    let cause = response.response().extensions().get::<Cause>().map(|cause| cause.0.clone());
    let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    match cause {
        Some(cause) if status == StatusCode::INTERNAL_SERVER_ERROR => {
            tracing::error!(request_id = id, %method, route, status = status.as_u16(), millis, cause, "request failed");
        }
        Some(cause) => {
            tracing::warn!(request_id = id, %method, route, status = status.as_u16(), millis, cause, "request failed");
        }
        None if status.is_server_error() => {
            tracing::error!(request_id = id, %method, route, status = status.as_u16(), millis, "request failed");
        }
        None if took > SLOW => {
            tracing::warn!(request_id = id, %method, route, status = status.as_u16(), millis, "slow request");
        }
        None => tracing::debug!(request_id = id, %method, route, status = status.as_u16(), millis, "request"),
    }
}

/// The answer of a handler that has nothing to say: 204.
#[must_use]
pub fn no_content() -> HttpResponse {
    HttpResponse::NoContent().finish()
}
