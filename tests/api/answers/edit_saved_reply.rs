use super::{matched, save_reply};
use crate::world::{NOTHING, World};
use chrono::TimeDelta;
use colloquy::db::schema::saved_replies;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn what_is_left_out_stays() {
    let w = World::new().await;
    let (coach, admin) = (w.coach("Marit").await, w.admin("June").await);
    let reply = save_reply(&w, &coach, "Where", false).await;
    w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    let edited = matched(&w, &coach, Method::PATCH, &reply, "\"1\"", &json!({ "body": "On Fridays." })).await;
    assert_eq!(edited.header("etag"), "\"2\"");
    let edited = edited.expect(200);
    assert_eq!((&edited["title"], &edited["body"]), (&json!("Where"), &json!("On Fridays.")));
    assert_eq!((&edited["revision"], &edited["updated_at"]), (&json!(2), &json!(w.clock.now())));
    let shared = json!({ "title": "Where we meet", "shared": true });
    matched(&w, &coach, Method::PATCH, &reply, "\"2\"", &shared).await.expect(200);
    // Whoever may, may name no revision that is over.
    let stale = matched(&w, &coach, Method::PATCH, &reply, "\"2\"", &json!({ "body": "Never." })).await;
    assert_eq!(stale.problem(412, "precondition_failed"), ["If-Match"]);
    let blind = w.request(Method::PATCH, &format!("/v1/desk/saved-replies/{reply}")).bearer(&coach.access_token);
    assert_eq!(blind.json(&json!({})).send().await.problem(428, "precondition_required"), ["If-Match"]);
    let by_admin = matched(&w, &admin, Method::PATCH, &reply, "*", &json!({ "body": "On Sundays." })).await.expect(200);
    assert_eq!(by_admin["author"]["name"], "Marit");
}

#[actix_web::test]
async fn others_change_nothing() {
    let w = World::new().await;
    let (coach, other, admin) = (w.coach("Marit").await, w.coach("Colin").await, w.admin("June").await);
    let (own, shared) = (save_reply(&w, &coach, "Own", false).await, save_reply(&w, &coach, "Shared", true).await);
    let change = json!({ "title": "Mine" });
    matched(&w, &other, Method::PATCH, &shared, "*", &change).await.problem(403, "forbidden");
    for by in [&other, &admin] {
        matched(&w, by, Method::PATCH, &own, "*", &change).await.problem(404, "not_found");
    }
    matched(&w, &coach, Method::PATCH, NOTHING, "*", &change).await.problem(404, "not_found");
    for (change, flaws) in [(json!({ "title": " " }), ["#/title"]), (json!({ "body": "" }), ["#/body"])] {
        assert_eq!(matched(&w, &coach, Method::PATCH, &own, "*", &change).await.problem(422, "validation"), flaws);
    }
    // What was shared by somebody who is gone is nobody's, so that it can only stay shared.
    let gone = diesel::update(saved_replies::table.filter(saved_replies::shared));
    gone.set(saved_replies::author_id.eq(None::<uuid::Uuid>)).execute(&mut w.db.conn().await).await.unwrap();
    let withdrawn = matched(&w, &admin, Method::PATCH, &shared, "*", &json!({ "shared": false })).await;
    withdrawn.problem(409, "conflict");
    matched(&w, &coach, Method::PATCH, &shared, "*", &change).await.problem(403, "forbidden");
    assert_eq!(matched(&w, &admin, Method::PATCH, &shared, "*", &change).await.expect(200)["author"], json!(null));
}
