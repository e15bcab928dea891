//! Discourse CVE-2026-27934: whoever knew an id could ask for what somebody had done. To somebody without a token every id that is
//! not public is an id of nothing, to the byte.

use super::{NOTHING, absence::seen, operations};
use crate::world::{CAREFUL, World, id, part};
use colloquy::db::schema::guests;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

/// Ids of what is not public, by what it is.
async fn private_ids(w: &World) -> Vec<(&'static str, String)> {
    let (admin, ada) = (w.admin("June").await, w.reader("Ada").await);
    let draft = w.draft(&admin, json!({ "title": "Not yet" })).await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let waiting = id(&w.post_as(&ada.access_token, &slug, &json!({ "body": "Secret." })).await.expect(201));
    w.post_as_guest(&slug, "Secret, too.", None).await.expect(201);
    let guest: Uuid = guests::table.select(guests::id).first(&mut w.db.conn().await).await.unwrap();
    vec![
        ("an account", ada.id.clone()),
        ("an admin", admin.id.clone()),
        ("a session", part(&ada.access_token, 1)["sid"].as_str().unwrap().to_owned()),
        ("an export", w.export(&ada.access_token).await.rsplit('/').next().unwrap().to_owned()),
        ("a program", w.service(&admin, &["drafts"]).await.0),
        ("a draft", draft["id"].as_str().unwrap().to_owned()),
        ("a comment that waits", waiting),
        ("a guest", guest.to_string()),
    ]
}

#[actix_web::test]
async fn somebody_without_a_token_learns_nothing_by_any_id() {
    let w = World::new().await;
    let ids = private_ids(&w).await;
    let mut asked = 0;
    for operation in operations().iter().filter(|operation| operation.method == Method::GET) {
        for parameter in operation.in_path.iter().chain(&operation.in_query) {
            if parameter != "id" && !parameter.ends_with("_id") {
                continue;
            }
            let nothing = seen(&w.get(&operation.with(parameter, NOTHING)).await, NOTHING);
            for (what, id) in &ids {
                asked += 1;
                let found = seen(&w.get(&operation.with(parameter, id)).await, id);
                assert_eq!(found, nothing, "{what}: {}", operation.with(parameter, id));
            }
        }
    }
    assert!(asked > 100, "only {asked} were asked");
}
