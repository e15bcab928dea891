//! Meeting challenges, as the clients of guests do.

use super::World;
use colloquy::secrets::sha256;
use serde_json::{Value, json};

impl World {
    /// A challenge, as it came.
    pub async fn challenge(&self) -> Value {
        self.post("/v1/challenges", &Value::Null).await.expect(201)
    }

    /// A challenge that is met and good now.
    pub async fn met_challenge(&self) -> Value {
        let challenge = self.challenge().await;
        let not_before = challenge["not_before"].as_str().unwrap().parse().unwrap();
        self.clock.set(self.clock.now().max(not_before));
        meet(&challenge)
    }
}

/// What is sent for a challenge.
pub fn meet(challenge: &Value) -> Value {
    let (token, bits) = (challenge["challenge"].as_str().unwrap(), challenge["bits"].as_u64().unwrap());
    let zeros = |nonce: &u32| {
        let hash = sha256(format!("{token}.{nonce}").as_bytes());
        u32::from_be_bytes(*hash.first_chunk().unwrap()).leading_zeros()
    };
    let nonce = (0..=u32::MAX).find(|nonce| u64::from(zeros(nonce)) >= bits).unwrap();
    json!({ "token": token, "nonce": nonce.to_string() })
}
