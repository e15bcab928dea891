//! Ghost CVE-2026-26980: SQL that came in by the order of a list. Two questions that differ only in whether something
//! in them is true have one answer, whichever parameter they come by.

use super::{escaped, known, operations, ready};
use crate::world::World;
use serde_json::json;

/// What is appended to a good value, or stands in its place; `1=1` is true.
fn attempts(good: &str) -> [String; 6] {
    [
        format!("{good}' AND 1=1--"),
        format!("{good}' OR '1=1' = '1=1"),
        format!("{good}') AND 1=1 AND ('a' = 'a"),
        format!("{good}; SELECT CASE WHEN 1=1 THEN 1 ELSE 1/0 END"),
        "(CASE WHEN 1=1 THEN created_at ELSE id END)".to_owned(),
        format!("[{good}]'||(SELECT CASE WHEN 1=1 THEN '' ELSE 'x' END)||'"),
    ]
}

#[actix_web::test]
async fn what_is_true_in_a_parameter_makes_no_difference() {
    let w = World::new().await;
    let admin = w.admin("June").await;
    w.article(&admin, json!({ "title": "How to listen", "tags": ["listening"] })).await;
    let mut asked = 0;
    for operation in operations() {
        let (token, _) = w.log_in(&admin.email).await;
        for parameter in operation.in_path.iter().chain(&operation.in_query) {
            for attempt in attempts(known(parameter)) {
                let mut answers = Vec::new();
                for condition in ["1=1", "1=2"] {
                    let value = attempt.replace("1=1", condition);
                    let address = operation.with(parameter, &escaped(&value));
                    let request = ready(w.request(operation.method.clone(), &address)).bearer(&token);
                    let reply = request.send().await;
                    assert!(reply.status.as_u16() < 500, "{address}: {}", reply.text());
                    // What was asked may be said back.
                    let said = reply.text().replace(&escaped(condition), "?").replace(condition, "?");
                    answers.push((reply.status, said));
                }
                assert_eq!(answers[0], answers[1], "{} {parameter}: {attempt}", operation.path);
                asked += 1;
            }
        }
    }
    assert!(asked > 200, "{asked}");
}
