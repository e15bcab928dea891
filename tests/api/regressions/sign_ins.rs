//! The owner of an account hears of a log-in from where none came from before.

use crate::world::{PASSWORD, World};
use reqwest::Method;
use serde_json::json;

const AGENT: &str = "Mozilla/5.0 (Heron; rv:1.0)";

#[actix_web::test]
async fn a_log_in_from_a_new_network_is_told_once_and_without_particulars() {
    let w = World::new().await;
    w.reader("Ada").await;
    let log_in = async |address: &str, password: &str| {
        let given = json!({ "email": "ada@example.org", "password": password });
        let request = w.request(Method::POST, "/v1/sessions").from(address).header("user-agent", AGENT);
        request.json(&given).send().await.status
    };
    // Whoever does not get in alarms nobody.
    assert_eq!(log_in("203.0.113.9", "not the password at all").await, 401);
    for _ in 0..3 {
        assert_eq!(log_in("203.0.113.9", PASSWORD).await, 201);
        assert_eq!(log_in("127.0.0.1", PASSWORD).await, 201);
    }
    for household in ["2001:db8:1:2::1", "2001:db8:1:2:ffff::2"] {
        assert_eq!(log_in(household, PASSWORD).await, 201);
    }
    let mails = [w.nth_mail_to("ada@example.org", 0).await, w.nth_mail_to("ada@example.org", 1).await];
    for mail in &mails {
        let mail = mail.replace("=\r\n", "").replace("=\n", "");
        assert!(mail.contains("signed in to your account at Colloquy from a new place"), "{mail}");
        for particular in ["203.0.113", "2001:db8", "Mozilla", "Heron"] {
            assert!(!mail.contains(particular), "{mail}");
        }
    }
    // A mail that comes after it shows that there is no third.
    w.post("/v1/password-resets", &json!({ "email": "ada@example.org" })).await.expect(202);
    let last = w.nth_mail_to("ada@example.org", 2).await;
    assert!(!last.contains("new place"), "{last}");
}
