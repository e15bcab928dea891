//! The throttle of a request, for handlers that count.

use super::Throttle;
use crate::{
    clock::Clock,
    config::Settings,
    db::Pool,
    error::{Error, Result},
    http::client::Client,
    secrets::Secrets,
};
use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};
use futures_util::future::LocalBoxFuture;

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
