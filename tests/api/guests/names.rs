//! No guest goes by the name of somebody with an account.

use crate::world::{Reply, World};
use colloquy::db::schema::accounts;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;

async fn introduce(w: &World, slug: &str, name: &str) -> Reply {
    w.post(&format!("/v1/articles/{slug}/guests"), &json!({ "name": name })).await
}

#[actix_web::test]
async fn a_readers_name_is_refused_kindly_however_it_is_spelt() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    w.reader("Wren Marlow").await;
    for name in ["Wren Marlow", "wren marlow", "WrenMarlow", "Wren Marl\u{43e}w", "Ｗｒｅｎ Marlow"] {
        let refused = introduce(&w, &slug, name).await;
        assert_eq!(refused.problem(422, "validation"), ["#/name"], "{name}");
        let error = &refused.json()["errors"][0];
        assert_eq!(error["code"], "name_taken");
        let detail = error["detail"].as_str().unwrap();
        assert!(detail.contains("log in if that is you") && detail.ends_with(" B."), "{detail}");
    }
    let guest = json!({ "body": "Hello.", "guest": { "name": "Wren Marlow" } });
    let posted = w.post(&format!("/v1/articles/{slug}/comments"), &guest).await;
    assert_eq!(posted.problem(422, "validation"), ["#/guest/name"]);
    introduce(&w, &slug, "Wren Marlow B.").await.expect(201);
}

#[actix_web::test]
async fn of_staff_it_says_that_they_work_here() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    w.coach("Marit").await;
    let refused = introduce(&w, &slug, "MARIT").await;
    assert_eq!(refused.problem(422, "validation"), ["#/name"]);
    assert!(refused.text().contains("works here"), "{}", refused.text());
}

#[actix_web::test]
async fn who_has_left_leaves_the_name_too() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (wren, robin, marit) = (w.reader("Wren").await, w.reader("Robin").await, w.coach("Marit").await);
    for person in [&wren, &robin, &marit] {
        w.close_account(&person.access_token, "anonymise").await.expect(202);
    }
    introduce(&w, &slug, "Wren").await.expect(201);
    // Whoever works here might come back, and their badge with them.
    introduce(&w, &slug, "Marit").await.problem(422, "validation");
    w.clock.set(w.clock.now() + chrono::TimeDelta::days(15));
    assert_eq!(w.erase_due().await, 3);
    for name in ["Robin", "Marit", "Former member"] {
        introduce(&w, &slug, name).await.expect(201);
    }
}

#[actix_web::test]
async fn names_whose_shape_was_never_written_down_are_guarded_for_staff_only() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    w.reader("Wren").await;
    w.coach("Marit").await;
    let conn = &mut w.db.conn().await;
    diesel::update(accounts::table).set(accounts::name_skeleton.eq("")).execute(conn).await.unwrap();
    introduce(&w, &slug, "Marit").await.problem(422, "validation");
    introduce(&w, &slug, "Wren").await.expect(201);
}
