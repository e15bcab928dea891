use super::send;
use crate::world::World;
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::Value;

#[actix_web::test]
async fn admins_see_what_there_is_and_when_it_was_used_and_no_secrets() {
    let w = World::with(&[("standing_seconds", "0")]).await;
    let admin = w.admin("June").await;
    let (_, unused) = w.service(&admin, &["relay"]).await;
    w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    let (used_id, used) = w.service(&admin, &["drafts", "articles"]).await;
    send(&w, Method::GET, "/v1/drafts", &used, &Value::Null).await.expect(200);
    let reply = send(&w, Method::GET, "/v1/service-tokens?limit=1", &admin.access_token, &Value::Null).await;
    let first = reply.expect(200);
    assert_eq!(
        (&first["items"][0]["id"], &first["items"][0]["last_used_at"]),
        (&used_id.into(), &"2026-03-14T12:01:00Z".into())
    );
    let next = first["next"].as_str().unwrap();
    let second = send(&w, Method::GET, next, &admin.access_token, &Value::Null).await.expect(200);
    assert_eq!(second["items"][0]["last_used_at"], Value::Null);
    assert_eq!(second["next"], Value::Null);
    for secret in [unused, used] {
        assert!(!reply.text().contains(&secret) && !second.to_string().contains(&secret));
    }
}

#[actix_web::test]
async fn nobody_else_sees_them() {
    let w = World::new().await;
    let moderator = w.moderator("Hollis").await;
    send(&w, Method::GET, "/v1/service-tokens", &moderator.access_token, &Value::Null).await.problem(403, "forbidden");
}
