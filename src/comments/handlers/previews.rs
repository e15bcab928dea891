//! What a comment would look like.

use super::super::{
    rules,
    types::{Preview, PreviewComment, Writer},
};
use crate::{
    config::Settings,
    error::{Error, Result},
    http::json::Json,
    throttle::Throttle,
};
use actix_web::{HttpResponse, post, web::Data};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(preview_comment);
}

/// What a comment would be shown as, made and refused as when it is posted. Nothing of it is kept.
#[utoipa::path(
    tag = "comments",
    request_body = PreviewComment,
    responses((status = 200, description = "What everybody would see.", body = Preview)),
    security((), ("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!(["too_many_requests"]))),
)]
#[post("/previews")]
pub async fn preview_comment(
    writer: Writer,
    throttle: Throttle,
    Json(input): Json<PreviewComment>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    throttle.previewed().await?;
    let text = rules::render(&input.body).and_then(|text| rules::few_links(text, writer, settings.comment_links));
    let text = text.map_err(|flaw| Error::validation(vec![flaw]))?;
    Ok(HttpResponse::Ok().json(Preview::from(text)))
}
