use crate::world::World;
use serde_json::json;

#[actix_web::test]
async fn every_reason_has_a_text_for_authors() {
    let w = World::new().await;
    let moderator = w.moderator("Mo").await;
    let list = w.see(&moderator, "/v1/moderation/reasons").await.expect(200);
    let reasons = list["items"].as_array().unwrap();
    let codes: Vec<&str> = reasons.iter().map(|reason| reason["code"].as_str().unwrap()).collect();
    let expected = ["off_topic", "abuse", "spam", "personal_data", "illegal", "unsafe_detail", "duplicate", "other"];
    assert_eq!(codes, expected);
    assert_eq!(reasons[2], json!({ "code": "spam", "text": "It advertises something." }));
    assert!(reasons.iter().all(|reason| reason["text"].as_str().unwrap().ends_with('.')));
    w.see(&w.reader("Ada").await, "/v1/moderation/reasons").await.problem(403, "forbidden");
}
