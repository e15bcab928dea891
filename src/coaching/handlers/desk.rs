//! What waits for a coach.

use super::super::{
    actions, rules,
    types::{DeskFilter, DeskItem, DeskNumbers, DeskQuery, Question},
};
use crate::{
    articles,
    clock::Clock,
    config::Settings,
    db::{Conn, Pool},
    error::Result,
    http::{
        actor::Coach,
        list::{List, Span},
        query::Query,
    },
    secrets::Secrets,
};
use actix_web::{
    HttpResponse, get,
    web::{Data, Path},
};
use chrono::{DateTime, Utc};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Questions on a page, unless the client says otherwise.
const DEFAULT_LIMIT: i64 = 20;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_desk).service(count_desk).service(get_question);
}

/// What waits for a coach, or waited: what somebody asks at the root of a thread, in reply to staff, or with a mention of staff.
///
/// What has waited longest comes first, or what should not wait. A question whose comment is hidden is off the desk until it is
/// shown again. A comment stands here a moment after it was posted.
#[utoipa::path(
    tag = "coaching",
    params(DeskQuery),
    responses((status = 200, description = "A page of the desk.", body = List<DeskItem>)),
    security(("bearer" = [])),
)]
#[get("/desk")]
pub async fn list_desk(
    Coach(actor): Coach,
    Query(query): Query<DeskQuery>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
    clock: Data<Clock>,
) -> Result<HttpResponse> {
    rules::check_filter(&query)?;
    let wanted = query.filter();
    // What I am asked is another list for everybody.
    let list = format!("desk {} {wanted}", actor.account_id);
    let span = Span::read(&secrets, &list, query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let address = format!("{}/v1/desk?limit={}&{wanted}", settings.public_url(), span.limit);
    let page = |questions| span.page(&secrets, &list, &address, questions, Question::place);
    let conn = &mut *pool.get().await?;
    let page = match filter(conn, query, actor.account_id, clock.now()).await? {
        Some(filter) => actions::list_desk(conn, &filter, &span, page).await?,
        None => page(Vec::new())?.with(|_| Vec::new()),
    };
    Ok(super::paged(&page))
}

/// What a query asks for; none for a tag that there is not.
async fn filter(conn: &mut Conn, query: DeskQuery, viewer: Uuid, now: DateTime<Utc>) -> Result<Option<DeskFilter>> {
    let tag_id = match &query.tag {
        Some(slug) => match articles::find_tag(conn, slug).await? {
            Some(id) => Some(id),
            None => return Ok(None),
        },
        None => None,
    };
    Ok(Some(DeskFilter {
        state: query.state,
        sort: query.sort,
        article_id: query.article_id,
        section_id: query.section_id,
        tag_id,
        language: query.language,
        priority: query.priority,
        by_guest: query.guest,
        of_viewer: query.asked.is_some(),
        before: query.asked_before,
        after: query.asked_after,
        viewer,
        now,
    }))
}

/// How much waits and for how long, and how much was answered today (UTC), by whom. Beyond 10,000 nothing is counted.
#[utoipa::path(
    tag = "coaching",
    responses((status = 200, description = "How the desk stands.", body = DeskNumbers)),
    security(("bearer" = [])),
)]
#[get("/desk/numbers")]
pub async fn count_desk(_: Coach, pool: Data<Pool>, clock: Data<Clock>) -> Result<HttpResponse> {
    let numbers = actions::count_desk(&mut *pool.get().await?, clock.now()).await?;
    Ok(HttpResponse::Ok().json(numbers))
}

/// A question with its comment. 404 for a comment that is not on the desk.
#[utoipa::path(
    tag = "coaching",
    params(("id" = Uuid, Path, description = "The comment that asks.")),
    responses((status = 200, description = "The question.", body = DeskItem)),
    security(("bearer" = [])),
)]
#[get("/desk/{id}")]
pub async fn get_question(
    Coach(actor): Coach,
    id: Path<Uuid>,
    pool: Data<Pool>,
    clock: Data<Clock>,
) -> Result<HttpResponse> {
    let item = actions::see(&mut *pool.get().await?, *id, actor.account_id, clock.now()).await?;
    Ok(HttpResponse::Ok().json(item))
}
