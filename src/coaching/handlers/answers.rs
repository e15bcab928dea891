//! Answers that are posted from the desk.

use super::super::{
    actions::{self, Means},
    types::{AnswerQuestion, AnswerReceipt, PostedAnswer},
};
use crate::{
    clock::Clock,
    comments::{self, Reception},
    config::Settings,
    db::Pool,
    error::{Code, Result},
    events::{Journal, Once, Tx},
    http::{actor::Coach, idempotency::IdempotencyKey, json::Json, rate_limit},
    throttle::Throttle,
};
use actix_web::{
    HttpResponse,
    http::header,
    post,
    web::{Data, Path},
};
use chrono::{DateTime, Utc};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(answer_question);
}

/// Answers a question in the thread, under your name, and does what belongs to it: at once, or nothing of it.
///
/// With the answer the claim ends, and your draft goes. With `feature` the publication recommends it; with `invite` who asks is
/// invited to go on in private.
///
/// 409 names who has claimed the question, or who has answered or closed it already; with `even_if_answered` it is answered all
/// the same.
#[utoipa::path(
    tag = "coaching",
    params(
        ("id" = Uuid, Path, description = "The comment that asks."),
        ("Idempotency-Key" = Option<String>, Header, min_length = 8, max_length = 255, description = "Sent twice, it happens once."),
    ),
    request_body = AnswerQuestion,
    responses((status = 201, description = "It is answered.", body = PostedAnswer, headers(
        ("Location" = String, description = "The permalink of the answer."),
        ("RateLimit" = String, description = "The limit of which least is left, and how much."),
        ("RateLimit-Policy" = String, description = "That limit."),
    ))),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict", "duplicate_comment", "too_many_requests"]))),
)]
#[post("/desk/{id}/answer")]
#[expect(clippy::too_many_arguments, reason = "each is what actix hands to a handler")]
pub async fn answer_question(
    Coach(actor): Coach,
    key: IdempotencyKey,
    id: Path<Uuid>,
    Json(input): Json<AnswerQuestion>,
    throttle: Throttle,
    journal: Data<Journal>,
    pool: Data<Pool>,
    settings: Data<Settings>,
    reception: Data<Reception>,
    clock: Data<Clock>,
) -> Result<HttpResponse> {
    let quota = throttle.comment_posted(Some(actor.account_id)).await?;
    let scope = format!("account:{}", actor.account_id);
    let once = Once::private(&reception.secrets, scope, key.0, format!("answer_question {id}"), &input)?;
    let means = Means { reception: &reception, network: throttle.client().network(), links: settings.comment_links };
    let answer = async |tx: &mut Tx<'_>| actions::answer(tx, &actor, *id, &input, &means).await;
    let given = journal.write_once(once, answer).await?.value;
    reception.outbox.wake();
    let posted = as_posted(&pool, given, *id, actor.account_id, clock.now()).await?;
    let mut response = HttpResponse::Created();
    response.insert_header((header::LOCATION, format!("/v1/comments/{}", given.comment_id)));
    rate_limit::say(&mut response, quota.as_ref());
    Ok(response.json(posted))
}

/// What is told of an answer: read after the write, so that a repeated request gets it as it is now.
async fn as_posted(
    pool: &Pool,
    given: AnswerReceipt,
    asked: Uuid,
    viewer: Uuid,
    now: DateTime<Utc>,
) -> Result<PostedAnswer> {
    let conn = &mut *pool.get().await?;
    let comment = comments::see_own(conn, given.comment_id).await?;
    let question = match actions::see(conn, asked, viewer, now).await {
        Err(error) if error.code == Code::NotFound => None,
        question => Some(question?),
    };
    Ok(PostedAnswer { comment, question, private_thread_id: given.private_thread_id })
}
