//! Texts that coaches answer with again and again.

use super::super::{
    actions, rules,
    types::{EditSavedReply, NewSavedReply, SavedReply, SavedReplyQuery},
};
use crate::{
    config::Settings,
    db::Pool,
    error::Result,
    events::{Journal, Once},
    http::{
        actor::Coach,
        idempotency::IdempotencyKey,
        json::Json,
        list::{List, Span},
        precondition::IfMatch,
        query::Query,
        request::no_content,
    },
    secrets::Secrets,
};
use actix_web::{
    HttpResponse, HttpResponseBuilder, delete, get,
    http::header,
    patch, post,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// Saved replies on a page, unless the client says otherwise.
const DEFAULT_LIMIT: i64 = 20;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_saved_replies)
        .service(create_saved_reply)
        .service(get_saved_reply)
        .service(edit_saved_reply)
        .service(delete_saved_reply);
}

/// Your saved replies, and those that are shared by others, by their titles.
#[utoipa::path(
    tag = "coaching",
    params(SavedReplyQuery),
    responses((status = 200, description = "A page of them.", body = List<SavedReply>)),
    security(("bearer" = [])),
)]
#[get("/desk/saved-replies")]
pub async fn list_saved_replies(
    Coach(actor): Coach,
    Query(query): Query<SavedReplyQuery>,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let q = query.q.as_deref();
    rules::check_words(q)?;
    let encoded: String = form_urlencoded::byte_serialize(q.unwrap_or_default().as_bytes()).collect();
    let wanted = if q.is_some() { format!("&q={encoded}") } else { String::new() };
    let list = format!("saved replies {} {wanted}", actor.account_id);
    let span = Span::read(&secrets, &list, query.limit, DEFAULT_LIMIT, query.cursor.as_deref())?;
    let address = format!("{}/v1/desk/saved-replies?limit={}{wanted}", settings.public_url(), span.limit);
    let replies = actions::list_saved_replies(&mut *pool.get().await?, &actor, q, &span).await?;
    let page = span.page(&secrets, &list, &address, replies, |reply| (reply.title.clone(), reply.id))?;
    Ok(super::paged(&page))
}

/// Keeps a text to answer with. At most 200 are yours.
#[utoipa::path(
    tag = "coaching",
    params(("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 255, description = "Sent twice, it happens once.")),
    request_body = NewSavedReply,
    responses((status = 201, description = "It is kept.", body = SavedReply, headers(
        ("Location" = String, description = "Where it is."),
        ("ETag" = String, description = "Its revision, for `If-Match`."),
    ))),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[post("/desk/saved-replies")]
pub async fn create_saved_reply(
    Coach(actor): Coach,
    key: IdempotencyKey,
    Json(new): Json<NewSavedReply>,
    journal: Data<Journal>,
    pool: Data<Pool>,
) -> Result<HttpResponse> {
    let once = Once::new(format!("account:{}", actor.account_id), key.0, "create_saved_reply", &new)?;
    let id = journal.write_once(once, async |tx| actions::save_reply(tx, &actor, &new).await).await?.value;
    let reply = actions::see_saved_reply(&mut *pool.get().await?, &actor, id).await?;
    let location = (header::LOCATION, format!("/v1/desk/saved-replies/{id}"));
    Ok(tagged(HttpResponse::Created().insert_header(location), &reply))
}

/// A saved reply that is yours or shared.
#[utoipa::path(
    tag = "coaching",
    params(("id" = Uuid, Path, description = "The saved reply.")),
    responses((status = 200, description = "What it says.", body = SavedReply,
        headers(("ETag" = String, description = "Its revision, for `If-Match`.")))),
    security(("bearer" = [])),
)]
#[get("/desk/saved-replies/{id}")]
pub async fn get_saved_reply(Coach(actor): Coach, id: Path<Uuid>, pool: Data<Pool>) -> Result<HttpResponse> {
    let reply = actions::see_saved_reply(&mut *pool.get().await?, &actor, *id).await?;
    Ok(tagged(&mut HttpResponse::Ok(), &reply))
}

/// Changes a saved reply. Only who wrote it may, and admins, where it is shared.
#[utoipa::path(
    tag = "coaching",
    params(
        ("id" = Uuid, Path, description = "The saved reply."),
        ("If-Match" = String, Header, description = "The revision that was read, in quotes."),
    ),
    request_body = EditSavedReply,
    responses((status = 200, description = "What it says now.", body = SavedReply,
        headers(("ETag" = String, description = "Its revision, for `If-Match`.")))),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[patch("/desk/saved-replies/{id}")]
pub async fn edit_saved_reply(
    Coach(actor): Coach,
    id: Path<Uuid>,
    revision: IfMatch,
    Json(changes): Json<EditSavedReply>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    let edit =
        async |tx: &mut crate::events::Tx<'_>| actions::edit_saved_reply(tx, &actor, *id, &revision, changes).await;
    Ok(tagged(&mut HttpResponse::Ok(), &journal.write(edit).await?))
}

/// Throws a saved reply away. Only who wrote it may, and admins, where it is shared.
#[utoipa::path(
    tag = "coaching",
    params(
        ("id" = Uuid, Path, description = "The saved reply."),
        ("If-Match" = String, Header, description = "The revision that was read, in quotes."),
    ),
    responses((status = 204, description = "It is gone.")),
    security(("bearer" = [])),
)]
#[delete("/desk/saved-replies/{id}")]
pub async fn delete_saved_reply(
    Coach(actor): Coach,
    id: Path<Uuid>,
    revision: IfMatch,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    journal.write(async |tx| actions::delete_saved_reply(tx, &actor, *id, &revision).await).await?;
    Ok(no_content())
}

fn tagged(response: &mut HttpResponseBuilder, reply: &SavedReply) -> HttpResponse {
    response.insert_header((header::ETAG, format!("\"{}\"", reply.revision))).json(reply)
}
