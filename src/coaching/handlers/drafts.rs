//! Answers that are not finished yet.

use super::super::{
    actions,
    types::{AnswerDraft, AnswerDraftQuery, SaveAnswerDraft},
};
use crate::{
    config::Settings,
    db::Pool,
    error::Result,
    events::Journal,
    http::{
        actor::Coach,
        json::Json,
        list::{List, Span},
        query::Query,
        request::no_content,
    },
    secrets::Secrets,
};
use actix_web::{
    HttpResponse, delete, get, put,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Drafts on a page, unless the client says otherwise.
const DEFAULT_LIMIT: i64 = 20;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_answer_drafts).service(save_answer_draft).service(get_answer_draft).service(delete_answer_draft);
}

/// Your drafts, the one kept last first. Nobody else's are ever shown to you, nor yours to anybody.
#[utoipa::path(
    tag = "coaching",
    params(AnswerDraftQuery),
    responses((status = 200, description = "A page of them.", body = List<AnswerDraft>)),
    security(("bearer" = [])),
)]
#[get("/desk/drafts")]
pub async fn list_answer_drafts(
    Coach(actor): Coach,
    Query(query): Query<AnswerDraftQuery>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let list = format!("drafts {}", actor.account_id);
    let span = Span::read(&secrets, &list, query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let address = format!("{}/v1/desk/drafts?limit={}", settings.public_url(), span.limit);
    let drafts = actions::list_drafts(&mut *pool.get().await?, &secrets, actor.account_id, &span).await?;
    let page = span.page(&secrets, &list, &address, drafts, |draft| (draft.updated_at, draft.comment_id))?;
    Ok(super::paged(&page))
}

/// Keeps what you have written so far to answer a question, instead of what was kept before. It goes when the answer is posted.
///
/// At most 500 are kept.
#[utoipa::path(
    tag = "coaching",
    params(("id" = Uuid, Path, description = "The comment that asks.")),
    request_body = SaveAnswerDraft,
    responses((status = 200, description = "It is kept.", body = AnswerDraft)),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[put("/desk/{id}/draft")]
pub async fn save_answer_draft(
    Coach(actor): Coach,
    id: Path<Uuid>,
    Json(draft): Json<SaveAnswerDraft>,
    journal: Data<Journal>,
    secrets: Data<Secrets>,
) -> Result<HttpResponse> {
    let keep = journal.write(async |tx| actions::save_draft(tx, &secrets, actor.account_id, *id, &draft.body).await);
    Ok(HttpResponse::Ok().json(keep.await?))
}

/// Your draft of an answer, also where the question is off the desk by now. 404 where there is none.
#[utoipa::path(
    tag = "coaching",
    params(("id" = Uuid, Path, description = "The comment that asks.")),
    responses((status = 200, description = "What you have written so far.", body = AnswerDraft)),
    security(("bearer" = [])),
)]
#[get("/desk/{id}/draft")]
pub async fn get_answer_draft(
    Coach(actor): Coach,
    id: Path<Uuid>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
) -> Result<HttpResponse> {
    let draft = actions::see_draft(&mut *pool.get().await?, &secrets, actor.account_id, *id).await?;
    Ok(HttpResponse::Ok().json(draft))
}

/// Throws your draft away. Where there is none, nothing happens.
#[utoipa::path(
    tag = "coaching",
    params(("id" = Uuid, Path, description = "The comment that asks.")),
    responses((status = 204, description = "There is none.")),
    security(("bearer" = [])),
)]
#[delete("/desk/{id}/draft")]
pub async fn delete_answer_draft(Coach(actor): Coach, id: Path<Uuid>, journal: Data<Journal>) -> Result<HttpResponse> {
    journal.write(async |tx| actions::drop_draft(tx, actor.account_id, *id).await).await?;
    Ok(no_content())
}
