//! The throttle of a request, for handlers that count; challenges.

use super::{IssuedChallenge, Throttle};
use crate::{
    clock::Clock,
    config::Settings,
    db::Pool,
    error::{Error, Result},
    http::{client::Client, rate_limit},
    secrets::Secrets,
};
use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload, post, web::Data};
use futures_util::future::LocalBoxFuture;
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of this room.
pub fn routes(cfg: &mut ServiceConfig<'_>) {
    cfg.service(issue_challenge);
}

/// Gives a challenge: work for the client of a new guest, to be sent along with the guest's first comment.
///
/// It is asked of new guests whose network has brought many of them lately (403 `challenge_required`). Who gets it when
/// somebody begins to write, and meets it meanwhile, keeps nobody waiting.
#[utoipa::path(
    tag = "comments",
    responses((status = 201, description = "The challenge. Nothing is kept of it.", body = IssuedChallenge)),
    extensions(("x-problems" = json!(["too_many_requests"]))),
)]
#[post("/challenges")]
async fn issue_challenge(throttle: Throttle) -> Result<HttpResponse> {
    let (challenge, quota) = throttle.challenge().await?;
    let mut response = HttpResponse::Created();
    rate_limit::say(&mut response, Some(&quota));
    Ok(response.json(challenge))
}

impl FromRequest for Throttle {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let client = Client::from_request(request, payload);
        let pool = request.app_data::<Data<Pool>>().cloned();
        let secrets = request.app_data::<Data<Secrets>>().cloned();
        let clock = request.app_data::<Data<Clock>>().cloned();
        let settings = request.app_data::<Data<Settings>>().cloned();
        Box::pin(async move {
            let (Some(pool), Some(secrets), Some(clock), Some(settings)) = (pool, secrets, clock, settings) else {
                return Err(Error::internal(anyhow::anyhow!("a throttle needs a pool, secrets, a clock and settings")));
            };
            let (pool, secrets, clock) = (pool.get_ref().clone(), secrets.get_ref().clone(), clock.get_ref().clone());
            Ok(Self::new(client.await?, pool, secrets, clock, settings.into_inner()))
        })
    }
}
