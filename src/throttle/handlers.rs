//! The throttle of a request, for handlers that count.

use super::Throttle;
use crate::{
    clock::Clock,
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
        Box::pin(async move {
            let (Some(pool), Some(secrets), Some(clock)) = (pool, secrets, clock) else {
                return Err(Error::internal(anyhow::anyhow!("a throttle needs a pool, the secrets and a clock")));
            };
            Ok(Self::new(client.await?, pool.get_ref().clone(), secrets.get_ref().clone(), clock.get_ref().clone()))
        })
    }
}
