use crate::world::World;
use chrono::TimeDelta;
use colloquy::{
    comments::{self, CommentStatus, ImportedAuthor, ImportedComment},
    db::schema::exports,
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn it_holds_what_is_ones_own_and_nothing_of_others() {
    let w = World::new().await;
    let (ada, mo) = (w.coach("Ada").await, w.moderator("Mo Quillfeather").await);
    let article = w.article(&ada, json!({ "title": "Mine", "body": "The publication's text." })).await;
    let slug = article["slug"].as_str().unwrap();
    let theirs = w.say(slug, "A stranger's secret", None).await;
    let own = json!({ "body": "My *answer*.", "parent_id": theirs });
    let own = w.post_as(&ada.access_token, slug, &own).await.expect(201);
    // Of one millisecond, ids come in no order.
    w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    let refused = w.post_as(&ada.access_token, slug, &json!({ "body": "Too angry." })).await.expect(201);
    w.decide(&mo.access_token, refused["id"].as_str().unwrap(), "reject").await.expect(200);
    let at = w.export(&ada.access_token).await;
    let reply = w.get_as(&ada.access_token, &format!("{at}/document")).await;
    let document = reply.expect(200);
    assert_eq!(reply.header("content-type"), "application/json");
    assert_eq!(reply.header("cache-control"), "private, no-store");
    assert_eq!(reply.header("content-disposition"), "attachment; filename=\"export.json\"");
    let account = &document["account"];
    assert_eq!((&account["email"], &account["has_password"]), (&json!(ada.email), &json!(true)));
    assert_eq!(document["sessions"].as_array().unwrap().len(), 1);
    let comments = document["comments"].as_array().unwrap();
    let seen: Vec<_> =
        comments.iter().map(|it| (&it["body"], &it["status"], &it["parent_id"], &it["article"])).collect();
    let (slug, none) = (json!(slug), json!(null));
    assert_eq!(
        seen,
        [
            (&own["body"]["markdown"], &json!("visible"), &json!(theirs), &slug),
            (&json!("Too angry."), &json!("rejected"), &none, &slug),
        ]
    );
    assert_eq!(
        (&document["articles"][0]["title"], document["articles"].as_array().unwrap().len()),
        (&json!("Mine"), 1)
    );
    let audit = document["audit"].as_array().unwrap();
    assert!(audit.iter().any(|it| it["kind"] == "export.requested" && it["at"] == "2026-03-14T12:00:01Z"), "{audit:?}");
    for other in ["stranger", "Quillfeather", "publication's text", mo.id.as_str(), "password_hash", "argon2"] {
        assert!(!reply.text().contains(other), "{other} in {}", reply.text());
    }
}

#[actix_web::test]
async fn it_holds_what_was_said_before_and_what_was_found_helpful() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let send = async |method: Method, path: String, body: Value| {
        let request = w.request(method, &path).bearer(&ada.access_token).header("if-match", "*");
        request.json(&body).send().await.expect(200)
    };
    let theirs = w.say(&slug, "A stranger's words", None).await;
    send(Method::PUT, format!("/v1/comments/{theirs}/reactions/helpful"), json!({})).await;
    let own = w.post_as(&ada.access_token, &slug, &json!({ "body": "First." })).await.expect(201);
    send(Method::PATCH, format!("/v1/comments/{}", own["id"].as_str().unwrap()), json!({ "body": "Second." })).await;
    let at = w.export(&ada.access_token).await;
    let document = w.get_as(&ada.access_token, &format!("{at}/document")).await.expect(200);
    assert_eq!(document["reactions"], json!([{ "comment_id": theirs, "article": slug, "kinds": ["helpful"] }]));
    let comment = &document["comments"][0];
    assert_eq!(comment["body"], "Second.");
    let earlier = json!([{ "revision": 1, "body": "First.", "replaced_at": w.clock.now() }]);
    assert_eq!(comment["earlier"], earlier);
}

#[actix_web::test]
async fn long_ones_are_whole_and_kept_sealed() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let (_, article_id) = w.open_article().await;
    let author = ada.id.parse().unwrap();
    let batch: Vec<_> = (0..450)
        .map(|number| ImportedComment {
            id: w.clock.id(),
            parent_id: None,
            author: ImportedAuthor::Member(author),
            created_at: w.clock.now(),
            status: CommentStatus::Visible,
            body_markdown: format!("canary number {number}"),
            fragment: None,
        })
        .collect();
    let import = w.write(async |tx| {
        comments::import_thread(tx, &w.secrets, article_id, &batch).await?;
        comments::finish_import(tx, article_id).await
    });
    import.await.unwrap();
    let at = w.export(&ada.access_token).await;
    let document = w.get_as(&ada.access_token, &format!("{at}/document")).await.expect(200);
    let mut bodies: Vec<_> =
        document["comments"].as_array().unwrap().iter().map(|it| it["body"].as_str().unwrap().to_owned()).collect();
    let mut expected: Vec<_> = batch.into_iter().map(|comment| comment.body_markdown).collect();
    bodies.sort();
    expected.sort();
    assert_eq!(bodies, expected);
    let stored: Vec<Option<Vec<u8>>> =
        exports::table.select(exports::document).load(&mut w.db.conn().await).await.unwrap();
    assert!(!String::from_utf8_lossy(stored[0].as_ref().unwrap()).contains("canary"));
}

#[actix_web::test]
async fn a_sealed_export_opens_beside_its_own_row_only() {
    let w = World::new().await;
    let (ada, eve) = (w.reader("Ada").await, w.reader("Eve").await);
    let (from, to) = (w.export(&ada.access_token).await, w.export(&eve.access_token).await);
    let conn = &mut w.db.conn().await;
    let id = |at: &str| at.rsplit('/').next().unwrap().parse::<uuid::Uuid>().unwrap();
    let sealed: Option<Vec<u8>> = exports::table.find(id(&from)).select(exports::document).first(conn).await.unwrap();
    diesel::update(exports::table.find(id(&to))).set(exports::document.eq(sealed)).execute(conn).await.unwrap();
    w.get_as(&eve.access_token, &format!("{to}/document")).await.problem(500, "internal");
}

#[actix_web::test]
async fn there_is_none_while_it_is_prepared() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let at = format!("/v1/accounts/me/exports/{}", w.unfinished_export(&ada).await);
    w.get_as(&ada.access_token, &format!("{at}/document")).await.problem(409, "conflict");
}
