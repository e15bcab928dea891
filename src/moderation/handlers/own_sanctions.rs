//! Sanctions, as those see them on whom they lie: nobody is sanctioned without being told.

use super::super::types::OwnSanctions;
use crate::{
    comments::{self, Guest, Known, Writer},
    db::Pool,
    error::Result,
    events::Journal,
    http::{actor::Member, client::Client, request::no_content},
    screening,
    secrets::Secrets,
};
use actix_web::{
    HttpResponse, get, post,
    web::{Data, Path},
};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

/// The operations of this file.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(list_own_sanctions).service(list_guest_sanctions).service(acknowledge_sanction);
}

/// What you may not do at present, and warnings: by your account, your address, or the network from which you ask.
#[utoipa::path(
    tag = "accounts",
    responses((status = 200, description = "What holds on you.", body = OwnSanctions)),
    security(("bearer" = [])),
)]
#[get("/accounts/me/sanctions")]
pub async fn list_own_sanctions(
    Member(actor): Member,
    client: Client,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    told(Writer::Member(actor.account_id, actor.role), client, &pool, &secrets, &journal).await
}

/// What the guest may not do at present, and warnings: as this guest, by the address that was given, or by the network from
/// which you ask.
#[utoipa::path(
    tag = "comments",
    responses((status = 200, description = "What holds on the guest.", body = OwnSanctions)),
    security(("guest" = [])),
)]
#[get("/guests/me/sanctions")]
pub async fn list_guest_sanctions(
    Guest(id): Guest,
    client: Client,
    pool: Data<Pool>,
    secrets: Data<Secrets>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    told(Writer::Guest(id), client, &pool, &secrets, &journal).await
}

async fn told(
    writer: Writer,
    client: Client,
    pool: &Pool,
    secrets: &Secrets,
    journal: &Journal,
) -> Result<HttpResponse> {
    let conn = &mut *pool.get().await?;
    let items = comments::sanctions_on(conn, secrets, writer, client.network(), journal.now()).await?;
    Ok(HttpResponse::Ok().json(OwnSanctions { items }))
}

/// Says that you have read a sanction that holds on you. It goes on holding. Doing it twice does no harm.
#[utoipa::path(
    tag = "accounts",
    params(("id" = Uuid, Path, description = "One of those that hold on you.")),
    responses((status = 204, description = "Moderators see that you have read it.")),
    security(("bearer" = []), ("guest" = [])),
)]
#[post("/sanctions/{id}/acknowledge")]
pub async fn acknowledge_sanction(
    Known(writer): Known,
    id: Path<Uuid>,
    client: Client,
    secrets: Data<Secrets>,
    journal: Data<Journal>,
) -> Result<HttpResponse> {
    let acknowledge = journal.write(async |tx| {
        let person = comments::person(tx.conn, writer, client.network()).await?;
        screening::acknowledge(tx, &secrets, &person, *id).await
    });
    acknowledge.await?;
    Ok(no_content())
}
