//! What a guest sees and says of themselves. Nothing here is kept in any cache.

use super::{
    super::{
        actions,
        queries::own_guests as guests,
        types::{Comment, DEFAULT_LIMIT, EditGuest, OwnCommentsQuery, OwnGuest},
    },
    PRIVATE, VARIES,
    erase::Guest,
};
use crate::{
    config::Settings,
    db::Pool,
    error::Result,
    events::Journal,
    http::{
        json::Json,
        list::{List, Span},
        query::Query,
    },
    secrets::Secrets,
    throttle::Throttle,
};
use actix_web::{HttpResponse, get, http::header, patch, web::Data};
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(get_guest).service(edit_guest).service(list_guest_comments);
}

/// The guest who holds the manage token.
#[utoipa::path(
    tag = "comments",
    responses((status = 200, description = "What is known of the guest; the address itself is told to nobody.",
        body = OwnGuest)),
    security(("guest" = [])),
)]
#[get("/guests/me")]
pub async fn get_guest(Guest(id): Guest, pool: Data<Pool>) -> Result<HttpResponse> {
    let guest = actions::own_guest(&mut *pool.get().await?, id).await?;
    Ok(HttpResponse::Ok().insert_header(PRIVATE).insert_header(VARIES).json(guest))
}

/// Changes the guest's name, or whether mail about the own comments is wanted.
///
/// A new name is checked like that of a new guest, and stands beside all that the guest wrote.
#[utoipa::path(
    tag = "comments",
    request_body = EditGuest,
    responses((status = 200, description = "The guest as it is now.", body = OwnGuest)),
    security(("guest" = [])),
    extensions(("x-problems" = json!(["too_many_requests"]))),
)]
#[patch("/guests/me")]
pub async fn edit_guest(
    Guest(id): Guest,
    throttle: Throttle,
    Json(changes): Json<EditGuest>,
    journal: Data<Journal>,
    pool: Data<Pool>,
) -> Result<HttpResponse> {
    throttle.comment_posted(Some(id)).await?;
    journal.write(async |tx| actions::edit_guest(tx, id, changes).await).await?;
    let guest = actions::own_guest(&mut *pool.get().await?, id).await?;
    Ok(HttpResponse::Ok().insert_header(PRIVATE).json(guest))
}

/// All that the guest wrote, the newest first, with its text: what waits for a moderator and what was refused, too.
#[utoipa::path(
    tag = "comments",
    params(OwnCommentsQuery),
    responses((status = 200, description = "A page of it, without replies.", body = List<Comment>)),
    security(("guest" = [])),
)]
#[get("/guests/me/comments")]
pub async fn list_guest_comments(
    Guest(id): Guest,
    Query(query): Query<OwnCommentsQuery>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let list = format!("guest {id}");
    let span = Span::read(&secrets, &list, query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let conn = &mut *pool.get().await?;
    actions::own_guest(conn, id).await?;
    let rows = guests::written(conn, id, &span).await?;
    let address = format!("{}/v1/guests/me/comments?limit={}", settings.public_url(), span.limit);
    let page = span.page(&secrets, &list, &address, rows, |row| row.id)?;
    let mut response = HttpResponse::Ok();
    response.insert_header(PRIVATE).insert_header(VARIES);
    if let Some(link) = page.link() {
        response.insert_header((header::LINK, link));
    }
    let items = actions::own(conn, page.items).await?;
    Ok(response.json(List { items, limit: page.limit, next: page.next, prev: page.prev }))
}
