//! Posting, editing, deleting.

use super::super::{
    actions::{self, Looked, Reception, Rewrite},
    queries::thread,
    rules::{self, manage_token},
    types::{Comment, Deletion, EditComment, Edited, PostComment, Posted, Submission, Writer},
    writers::Writers,
};
use crate::{
    articles::Slug,
    config::Settings,
    db::Pool,
    error::{Error, Result},
    events::{Done, Journal, Once},
    http::{
        actor::{Visitor, unauthenticated},
        idempotency::IdempotencyKey,
        json::Json,
        precondition::IfMatch,
        query::Query,
        rate_limit,
        request::no_content,
    },
    screening::{self, SupportResource},
    secrets::Secrets,
    throttle::{Entry, Throttle},
};
use actix_web::{
    FromRequest, HttpRequest, HttpResponse, delete,
    dev::Payload,
    http::header,
    patch, post,
    web::{Data, Path},
};
use futures_util::future::LocalBoxFuture;
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(post_comment).service(edit_comment).service(delete_comment);
}

/// Posts a comment, or a reply when `parent_id` is set.
///
/// With an account, as a guest with a manage token, or as a new guest with a name, whose answer carries the manage
/// token once. A former slug serves as well as the present one.
///
/// What has to wait for a moderator is answered by 201, too: `status` is `pending` or `held`, or `rejected` where the
/// publication's rules say so, and `moderation` tells why. What is better said otherwise is 422 `rephrase`, and nothing of it is
/// kept; with `as_is` it is taken.
#[utoipa::path(
    tag = "comments",
    params(
        ("slug" = String, Path, description = "The article's slug.", example = "how-to-listen"),
        ("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 255, description = "Sent twice, it happens once."),
    ),
    request_body = PostComment,
    responses((status = 201, description = "The comment, as its writer sees it.", body = Posted, headers(
        ("Location" = String, description = "The permalink."),
        ("ETag" = String, description = "Its revision, for `If-Match`."),
        ("RateLimit" = String, description = "The limit of which least is left, and how much."),
        ("RateLimit-Policy" = String, description = "That limit."),
    ))),
    security((), ("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!([
        "comments_closed", "guests_not_allowed", "muted", "rephrase", "parent_elsewhere", "thread_locked",
        "duplicate_comment", "challenge_required", "challenge_failed", "too_many_requests"
    ]))),
)]
#[post("/articles/{slug}/comments")]
#[expect(clippy::too_many_arguments, reason = "each is what actix hands to a handler")]
pub async fn post_comment(
    writer: Writer,
    key: IdempotencyKey,
    slug: Path<Slug>,
    Json(input): Json<PostComment>,
    throttle: Throttle,
    settings: Data<Settings>,
    writers: Data<Writers>,
    pool: Data<Pool>,
    reception: Data<Reception>,
) -> Result<HttpResponse> {
    let quota = throttle.comment_posted(writer.account_id().or(writer.guest_id())).await?;
    let once = Once::new(writer.scope(), key.0, format!("post_comment {}", slug.as_str()), &input)?;
    let draft = rules::check(&input, writer, settings.comment_links);
    let draft = actions::let_in(&throttle, draft, input.challenge.as_ref()).await;
    let may_ask = actions::may_ask(&throttle, &draft).await?;
    let entry = draft.as_ref().map_or(Entry::Free, |draft| draft.entry);
    let looked = draft.as_ref().ok().map(|draft| Looked::at(&draft.text, writer, &reception)).transpose()?;
    let network = throttle.client().network();
    let submission = Submission { slug: slug.into_inner(), writer, network, input, draft, looked, may_ask, once };
    let written = writers.write(submission).await;
    actions::see_off(&throttle, entry, written.as_ref().is_ok_and(|(done, _)| !done.replayed)).await;
    let (Done { value: receipt, .. }, comment) = written?;
    let manage_token = receipt.new_guest_id.map(|guest| manage_token::issue(&reception.secrets, guest)).transpose()?;
    let manage_link = manage_token.as_deref().and_then(|token| settings.guest_link(token));
    let location = format!("/v1/comments/{}", comment.id);
    let mut response = HttpResponse::Created();
    response.insert_header((header::LOCATION, location)).insert_header(etag(&comment));
    rate_limit::say(&mut response, quota.as_ref());
    let support = find_support(&pool, receipt.support).await;
    Ok(response.json(Posted { comment, manage_token, manage_link, support }))
}

/// Changes what a comment says. Only its author may, and must say by `If-Match` which revision was read.
///
/// Readers and guests may for a while after they wrote it, or until it is answered, as the publication has it. The text
/// that was there is kept for moderators.
///
/// What the publication's own people wrote, they may correct at any time with a `correction_note`, which everybody sees.
///
/// The new text is looked at like that of a new comment, so it may have to wait for a moderator again. What waits already goes
/// on waiting, whatever it says now.
#[utoipa::path(
    tag = "comments",
    params(
        ("id" = Uuid, Path, description = "The comment."),
        ("If-Match" = String, Header, description = "The revision that was read, in quotes."),
    ),
    request_body = EditComment,
    responses((status = 200, description = "The comment as it is now.", body = Edited,
        headers(("ETag" = String, description = "Its revision, for `If-Match`.")))),
    security(("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!([
        "conflict", "edit_window_closed", "duplicate_comment", "rephrase", "muted", "too_many_requests"
    ]))),
)]
#[patch("/comments/{id}")]
#[expect(clippy::too_many_arguments, reason = "each is what actix hands to a handler")]
pub async fn edit_comment(
    Known(writer): Known,
    id: Path<Uuid>,
    revision: IfMatch,
    Json(input): Json<EditComment>,
    throttle: Throttle,
    journal: Data<Journal>,
    pool: Data<Pool>,
    settings: Data<Settings>,
    reception: Data<Reception>,
) -> Result<HttpResponse> {
    // A text is a text, whether it is new or instead of another.
    throttle.comment_posted(writer.account_id().or(writer.guest_id())).await?;
    let minutes = settings.comment_edit_minutes;
    let text = rules::check_edit(input, writer, settings.comment_links);
    let rewrite = Rewrite { writer, network: throttle.client().network(), revision: &revision, text, minutes };
    let support = journal.write(async |tx| actions::edit(tx, &reception, *id, rewrite).await).await?;
    let comment = as_written(&pool, *id).await?;
    let support = find_support(&pool, support).await;
    Ok(HttpResponse::Ok().insert_header(etag(&comment)).json(Edited { comment, support }))
}

/// Deletes a comment. Its author may at any time, and then its text is gone for good, with those it had before.
///
/// Moderators may too, must say by `If-Match` which revision they read, and can restore it for 30 days; for as long its author
/// finds the `reason` beside it. 409 for a moderator when another has claimed it or has just decided on it, naming its present
/// status. Where visible replies hang on it, a tombstone keeps its place.
#[utoipa::path(
    tag = "comments",
    params(
        ("id" = Uuid, Path, description = "The comment."),
        ("If-Match" = Option<String>, Header, description = "The revision that was read, in quotes; its author may leave it out."),
        Deletion,
    ),
    responses((status = 204, description = "It is gone.")),
    security(("bearer" = []), ("guest" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[delete("/comments/{id}")]
pub async fn delete_comment(
    Known(writer): Known,
    id: Path<Uuid>,
    revision: Option<IfMatch>,
    Query(deletion): Query<Deletion>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    journal.write(async |tx| actions::delete(tx, *id, writer, revision.as_ref(), deletion).await).await?;
    Ok(no_content())
}

/// Where help is found, for somebody who wrote in these languages; nothing for others. The comment is written by now: what
/// cannot be read is left out.
async fn find_support(pool: &Pool, languages: Option<Vec<String>>) -> Vec<SupportResource> {
    let Some(languages) = languages else { return Vec::new() };
    let found = async { screening::support(&mut *pool.get().await?, &languages).await };
    found.await.unwrap_or_else(|error| {
        tracing::error!(cause = format!("{error:#}"), "nobody could be told where help is found");
        Vec::new()
    })
}

/// A comment as its writer sees it, read after the write: a repeated request gets it as it is now.
pub(super) async fn as_written(pool: &Pool, id: Uuid) -> Result<Comment> {
    let conn = &mut *pool.get().await?;
    let placed = thread::find(conn, id).await?.ok_or_else(Error::not_found)?;
    actions::own(conn, vec![placed.comment]).await?.pop().ok_or_else(Error::not_found)
}

/// The revision, as `If-Match` takes it.
pub(super) fn etag(comment: &Comment) -> (header::HeaderName, String) {
    (header::ETAG, format!("\"{}\"", comment.revision))
}

/// A writer who was here before.
#[derive(Debug, Clone, Copy)]
pub struct Known(pub Writer);

impl FromRequest for Writer {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let visitor = Visitor::from_request(request, payload);
        let secrets = Data::<Secrets>::extract(request);
        Box::pin(async move {
            let secrets = secrets.await.map_err(|_| Error::internal(anyhow::anyhow!("the secrets are not there")))?;
            actions::writer(&secrets, visitor.await?)
        })
    }
}

impl FromRequest for Known {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let writer = Writer::from_request(request, payload);
        Box::pin(async move {
            match writer.await? {
                Writer::Anonymous => {
                    Err(unauthenticated("Sign in, or show the manage token that came with the comment."))
                }
                known => Ok(Self(known)),
            }
        })
    }
}
