//! Tokens as the server makes them, and as it never would.

use super::World;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use colloquy::accounts::Keys;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::Value;

/// A part of a token, read: 0 is the header, 1 the claims.
pub fn part(token: &str, n: usize) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(n).unwrap()).unwrap()).unwrap()
}

/// A part of a token, written.
pub fn encode(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

/// The server's own key, to sign what it never would.
async fn own_key(w: &World) -> EncodingKey {
    let keys = Keys::load(&mut w.db.conn().await, &w.secrets, &w.clock).await.unwrap();
    keys.signing(w.clock.now()).unwrap().1.clone()
}

/// Claims signed by the server's own key under any header.
pub async fn signed(w: &World, header: &Value, claims: &Value) -> String {
    let message = format!("{}.{}", encode(header), encode(claims));
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &own_key(w).await, Algorithm::EdDSA).unwrap();
    format!("{message}.{signature}")
}
