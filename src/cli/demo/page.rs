//! The demo's page: an example of a frontend, which uses nothing but the public API.

use actix_web::{
    HttpResponse,
    http::header::{self, ContentType},
    web,
};
use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine, engine::general_purpose::STANDARD};

const PAGE: &str = include_str!("page.html");

/// Serves the page at `/demo`.
pub fn serve(cfg: &mut web::ServiceConfig) {
    cfg.route("/demo", web::get().to(show)).service(web::redirect("/", "/demo"));
}

async fn show() -> HttpResponse {
    HttpResponse::Ok()
        .content_type(ContentType::html())
        .insert_header((header::CONTENT_SECURITY_POLICY, policy()))
        .body(PAGE)
}

/// Only the page's own script runs, and it talks to this server only.
fn policy() -> String {
    let script =
        PAGE.split_once("<script>").and_then(|(_, rest)| rest.split_once("</script>")).map_or("", |(script, _)| script);
    let hash = STANDARD.encode(digest(&SHA256, script.as_bytes()));
    format!(
        "default-src 'none'; script-src 'sha256-{hash}'; style-src 'unsafe-inline'; img-src https:; connect-src 'self'"
    )
}
