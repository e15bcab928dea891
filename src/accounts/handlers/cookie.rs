//! The cookie that carries a refresh token, for pages of the same site as the API: no script can read it.
//!
//! It goes to the two operations on sessions that need it and nowhere else, so nothing else can be done by it. What a
//! page elsewhere could make a browser send is refused by `SameSite`, and by the origin, which browsers always name.

use crate::{
    config::Settings,
    error::{Code, Error, Field, Result},
};
use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
    http::header,
};
use secrecy::SecretString;

const PATH: &str = "/v1/sessions";

fn is_secure(settings: &Settings) -> bool {
    settings.public_url().starts_with("https://")
}

/// Browsers take a name with this prefix only where the cookie is secure.
fn name(settings: &Settings) -> &'static str {
    if is_secure(settings) { "__Secure-colloquy_refresh" } else { "colloquy_refresh" }
}

/// Has the browser keep a refresh token as long as its session lasts.
pub fn keep(settings: &Settings, refresh_token: String) -> Cookie<'static> {
    let life = Duration::days(settings.session_days.min(settings.session_idle_days).into());
    cookie(settings, refresh_token, life)
}

/// Has the browser forget it.
pub fn forget(settings: &Settings) -> Cookie<'static> {
    cookie(settings, String::new(), Duration::ZERO)
}

fn cookie(settings: &Settings, value: String, life: Duration) -> Cookie<'static> {
    Cookie::build(name(settings), value)
        .path(PATH)
        .secure(is_secure(settings))
        .http_only(true)
        .same_site(SameSite::Strict)
        .max_age(life)
        .finish()
}

/// The refresh token in the cookie, if there is one.
///
/// # Errors
/// [`Code::Forbidden`] when the request does not come from a page of ours or of a listed origin (ASVS 3.5.1).
pub fn read(request: &HttpRequest, settings: &Settings) -> Result<Option<SecretString>> {
    let Some(cookie) = request.cookie(name(settings)).filter(|cookie| !cookie.value().is_empty()) else {
        return Ok(None);
    };
    let origin = request.headers().get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    let own = settings.public_url();
    if origin.is_some_and(|origin| origin == own || settings.cors_origins().any(|listed| listed == origin)) {
        return Ok(Some(cookie.value().to_owned().into()));
    }
    let field = Field::header("Origin", "not_allowed", "must be the API's own, or one of COLLOQUY_CORS_ORIGINS");
    Err(Error::new(Code::Forbidden, "Pages of this origin may not use the cookie.").at(field))
}
