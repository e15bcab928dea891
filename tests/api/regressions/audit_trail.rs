//! What was done and the record of it are one: neither stands without the other (ASVS 16.2.1).

use crate::world::World;
use diesel_async::SimpleAsyncConnection;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn what_cannot_be_recorded_is_not_done_and_what_is_not_done_is_not_recorded() {
    let w = World::new().await;
    let (admin, ada) = (w.admin("June").await, w.reader("Ada").await);
    let ban = async || {
        let request = w.request(Method::PUT, &format!("/v1/accounts/{}/ban", ada.id)).bearer(&admin.access_token);
        request.json(&json!({ "reason": "Threats." })).send().await
    };
    let conn = &mut w.db.conn().await;
    for (table, kind) in [("audit", "account.banned"), ("events", "account.changed")] {
        let forbid = format!("ALTER TABLE {table} ADD CONSTRAINT none CHECK (kind <> '{kind}')");
        conn.batch_execute(&forbid).await.unwrap();
        ban().await.problem(500, "internal");
        conn.batch_execute(&format!("ALTER TABLE {table} DROP CONSTRAINT none")).await.unwrap();
        w.request(Method::GET, "/v1/accounts/me").bearer(&ada.access_token).send().await.expect(200);
        w.log_in(&ada.email).await;
        let bans = format!("/v1/audit?kind=account.banned&subject_id={}", ada.id);
        let bans = w.request(Method::GET, &bans).bearer(&admin.access_token).send().await.expect(200);
        assert_eq!(bans["items"], json!([]), "{table}");
    }
    ban().await.expect(200);
    w.post("/v1/sessions", &json!({ "email": ada.email, "password": crate::world::PASSWORD }))
        .await
        .problem(403, "banned");
}
