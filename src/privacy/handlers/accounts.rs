//! Leaving, and coming back.

use super::super::{
    closing,
    types::{Closed, Closing},
};
use crate::{
    accounts::Account,
    config::Settings,
    error::Result,
    events::Journal,
    http::{
        actor::{Member, RecentMember},
        query::Query,
    },
    mail::Outbox,
    secrets::Secrets,
};
use actix_web::{HttpResponse, delete, post, web::Data};

/// Closes your account: all its sessions end, and after a time of grace it is erased.
///
/// Until then you can log in again and restore it. `comments` says what becomes of what you wrote: with `anonymise` it
/// stays without anything that tells whose it was, with `remove` it is deleted; what waits for a moderator or was refused
/// is deleted in any case. Log in within 15 minutes before.
#[utoipa::path(
    tag = "privacy",
    params(Closing),
    responses((status = 202, description = "It is closed.", body = Closed)),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["recent_log_in_required", "conflict"]))),
)]
#[delete("/accounts/me")]
pub async fn close_account(
    RecentMember(actor): RecentMember,
    Query(query): Query<Closing>,
    journal: Data<Journal>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
    outbox: Data<Outbox>,
) -> Result<HttpResponse> {
    let account = closing::close(&journal, &secrets, &settings, &outbox, actor.account_id, query.comments).await?;
    Ok(HttpResponse::Accepted().json(Closed { erased_after: account.erased_after }))
}

/// Opens your account again after you closed it, as long as it has not been erased.
#[utoipa::path(
    tag = "privacy",
    responses((status = 200, description = "It is open.", body = Account)),
    security(("bearer" = [])),
    extensions(("x-problems" = json!(["conflict"]))),
)]
#[post("/accounts/me/restore")]
pub async fn restore_account(
    Member(actor): Member,
    journal: Data<Journal>,
    secrets: Data<Secrets>,
    settings: Data<Settings>,
    outbox: Data<Outbox>,
) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().json(closing::restore(&journal, &secrets, &settings, &outbox, actor.account_id).await?))
}
