//! What coaches write.

use super::super::{
    actions,
    types::{Article, CreateArticle, EditArticle, NewArticle, Slug, Status},
};
use super::etag;
use crate::{
    config::Settings,
    error::Result,
    events::{Journal, Once, Tx},
    http::{actor::Editor, idempotency::IdempotencyKey, json::Json, precondition::IfMatch},
};
use actix_web::{
    HttpResponse,
    http::header,
    patch, post,
    web::{Data, Path},
};

/// Creates an article as a draft, by whoever asks unless other authors are named.
#[utoipa::path(
    tag = "articles",
    params(("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 255, description = "Sent twice, it happens once.")),
    request_body = CreateArticle,
    security(("bearer" = [])),
    responses((status = 201, description = "The draft.", body = Article, headers(
        ("Location" = String, description = "Where coaches read it."),
        ("ETag" = String, description = "Its revision, for `If-Match`."),
    ))),
    extensions(("x-problems" = json!(["slug_taken"]))),
)]
#[post("/articles")]
pub async fn create_article(
    Editor(actor): Editor,
    IdempotencyKey(key): IdempotencyKey,
    journal: Data<Journal>,
    settings: Data<Settings>,
    Json(mut input): Json<CreateArticle>,
) -> Result<HttpResponse> {
    let once = Once::new(actor.account_id.to_string(), key, "create_article", &input)?;
    input.authors.get_or_insert_with(|| vec![actor.account_id]);
    let write = async |tx: &mut Tx<'_>| actions::create(tx, NewArticle::from(input), Some(actor.account_id)).await;
    let mut article = journal.write_once(once, write).await?.value;
    let location = format!("/v1/drafts/{}", article.summary.head.id);
    article.summary.head.close(settings.comments_close_after_days);
    Ok(HttpResponse::Created().insert_header((header::LOCATION, location)).insert_header(etag(&article)).json(article))
}

/// Changes what is named and leaves the rest. A former slug goes on leading to the article, and sections keep their ids.
#[utoipa::path(
    tag = "articles",
    params(
        ("slug" = String, Path, description = "Of an article or a draft."),
        ("If-Match" = String, Header, description = "The revision that was read, in quotes."),
    ),
    request_body = EditArticle,
    security(("bearer" = [])),
    responses((status = 200, description = "The article as it is now.", body = Article,
        headers(("ETag" = String, description = "Its revision, for `If-Match`.")))),
    extensions(("x-problems" = json!(["slug_taken"]))),
)]
#[patch("/articles/{slug}")]
pub async fn edit_article(
    Editor(actor): Editor,
    slug: Path<Slug>,
    if_match: IfMatch,
    journal: Data<Journal>,
    settings: Data<Settings>,
    Json(input): Json<EditArticle>,
) -> Result<HttpResponse> {
    let mut article = journal.write(async |tx| actions::edit(tx, &actor, &slug, &if_match, input).await).await?;
    article.summary.head.close(settings.comments_close_after_days);
    Ok(HttpResponse::Ok().insert_header(etag(&article)).json(article))
}

/// Shows a draft to everybody. Its date is that of the first time.
#[utoipa::path(
    tag = "articles",
    params(
        ("slug" = String, Path, description = "Of the draft."),
        ("If-Match" = String, Header, description = "The revision that was read, in quotes."),
    ),
    security(("bearer" = [])),
    responses((status = 200, description = "The article, published now or before.", body = Article,
        headers(("ETag" = String, description = "Its revision, for `If-Match`."))))
)]
#[post("/articles/{slug}/publish")]
pub async fn publish_article(
    Editor(actor): Editor,
    slug: Path<Slug>,
    if_match: IfMatch,
    journal: Data<Journal>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let write = async |tx: &mut Tx<'_>| actions::set_status(tx, &actor, &slug, &if_match, Status::Published).await;
    let mut article = journal.write(write).await?;
    article.summary.head.close(settings.comments_close_after_days);
    Ok(HttpResponse::Ok().insert_header(etag(&article)).json(article))
}

/// Takes an article back: from now on it is a draft, and its address leads nowhere.
#[utoipa::path(
    tag = "articles",
    params(
        ("slug" = String, Path, description = "Of the article."),
        ("If-Match" = String, Header, description = "The revision that was read, in quotes."),
    ),
    security(("bearer" = [])),
    responses((status = 200, description = "The article, a draft now or before.", body = Article,
        headers(("ETag" = String, description = "Its revision, for `If-Match`."))))
)]
#[post("/articles/{slug}/unpublish")]
pub async fn unpublish_article(
    Editor(actor): Editor,
    slug: Path<Slug>,
    if_match: IfMatch,
    journal: Data<Journal>,
    settings: Data<Settings>,
) -> Result<HttpResponse> {
    let write = async |tx: &mut Tx<'_>| actions::set_status(tx, &actor, &slug, &if_match, Status::Draft).await;
    let mut article = journal.write(write).await?;
    article.summary.head.close(settings.comments_close_after_days);
    Ok(HttpResponse::Ok().insert_header(etag(&article)).json(article))
}
