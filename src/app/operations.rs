//! What those who run and explore the server need: health, metrics, the OpenAPI document, problem pages.

use crate::{
    db::Pool,
    error::{Code, Error, Result},
    http::{problem, request::no_content},
};
use actix_web::{
    HttpResponse, get,
    http::header::ContentType,
    web::{self, Data, Path},
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};
use tokio::sync::watch;
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Upper bounds of the histograms of durations, seconds.
const BUCKETS: [f64; 10] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0];

/// The histogram of how many comments one transaction writes, and its upper bounds.
const TOGETHER: &str = "colloquy_comments_written_together";
const COMMENTS: [f64; 9] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];

/// What these operations look at.
pub struct State {
    /// The document, serialised once.
    pub openapi: Arc<str>,
    /// Whether the events are being followed.
    pub hearing: watch::Receiver<bool>,
}

/// Operations that stand in the OpenAPI document.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(get_liveness)
        .service(get_readiness)
        .service(get_metrics)
        .service(get_openapi)
        .service(get_problem_page);
}

/// Pages for people, made by a library.
pub fn pages(cfg: &mut web::ServiceConfig) {
    let config = Config::new(["/openapi.json"]).validator_url("none");
    cfg.service(web::redirect("/docs", "/docs/")).service(SwaggerUi::new("/docs/{_:.*}").config(config));
}

/// Whether the process runs.
#[utoipa::path(tag = "operations", responses((status = 204, description = "It does.")))]
#[get("/health/live")]
async fn get_liveness() -> HttpResponse {
    no_content()
}

/// Whether requests that need the database can be served now.
#[utoipa::path(tag = "operations", responses((status = 204, description = "They can.")))]
#[get("/health/ready")]
async fn get_readiness(pool: Data<Pool>, state: Data<State>) -> Result<HttpResponse> {
    drop(pool.get().await?);
    if *state.hearing.borrow() {
        Ok(no_content())
    } else {
        Err(Error::unavailable(anyhow::anyhow!("the events are not being followed")))
    }
}

/// Counters and timings in Prometheus' text format.
#[utoipa::path(tag = "operations", responses((status = 200, body = String, content_type = "text/plain")))]
#[get("/metrics")]
async fn get_metrics() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(recorder().render())
}

/// This document.
#[utoipa::path(tag = "operations", operation_id = "get_openapi", responses((status = 200, body = Object, content_type = "application/json")))]
#[get("/openapi.json")]
async fn get_openapi(state: Data<State>) -> HttpResponse {
    HttpResponse::Ok().content_type(ContentType::json()).body(state.openapi.to_string())
}

/// What a problem's code means: the page that its `type` leads to.
#[utoipa::path(tag = "operations", params(("code" = String, Path, description = "a code, such as `validation`")), responses((status = 200, body = String, content_type = "text/html")))]
#[get("/problems/{code}")]
async fn get_problem_page(code: Path<String>) -> Result<HttpResponse> {
    let code = Code::ALL.iter().copied().find(|known| problem::name(*known) == *code).ok_or_else(Error::not_found)?;
    let (name, title, status) = (problem::name(code), problem::title(code), problem::status(code));
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title><h1>{title}</h1>\
         <p><code>{name}</code>, HTTP {status}</p><p>{}</p>",
        problem::explanation(code)
    );
    Ok(HttpResponse::Ok().content_type(ContentType::html()).body(page))
}

/// Folds what was measured into the histograms, so that it does not pile up between two scrapes.
pub async fn keep_metrics() {
    loop {
        tokio::time::sleep(Duration::from_secs(5)).await;
        recorder().run_upkeep();
    }
}

/// Installs the process's metrics recorder, once.
pub fn recorder() -> &'static PrometheusHandle {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    RECORDER.get_or_init(|| {
        let builder = PrometheusBuilder::new()
            .set_buckets(&BUCKETS)
            .and_then(|builder| builder.set_buckets_for_metric(Matcher::Full(TOGETHER.into()), &COMMENTS))
            .unwrap_or_default();
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        // Somebody else's recorder is as good; then ours renders nothing.
        let _ = metrics::set_global_recorder(recorder);
        handle
    })
}
