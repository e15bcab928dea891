//! What those who run the server need.

mod get_liveness;
mod get_metrics;
mod get_openapi;
mod get_problem_page;
mod get_readiness;
