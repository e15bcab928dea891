use crate::world::{CAREFUL, OPEN, World, id};
use chrono::TimeDelta;
use diesel_async::SimpleAsyncConnection;
use reqwest::Method;
use serde_json::{Value, json};

fn at(slug: &str) -> String {
    format!("/v1/articles/{slug}/viewer")
}

#[actix_web::test]
async fn a_member_sees_what_is_their_own() {
    let w = World::new().await;
    let (slug, article_id) = w.article_taking("Careful", CAREFUL).await;
    let (ada, eve, mo) = (w.reader("Ada").await, w.reader("Eve").await, w.moderator("Mo").await);
    let mut own = Vec::new();
    for text in ["Seen.", "Refused.", "Waiting."] {
        own.push(id(&w.post_as(&ada.access_token, &slug, &json!({ "body": text })).await.expect(201)));
        w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    }
    let others = id(&w.post_as(&eve.access_token, &slug, &json!({ "body": "Eve's secret." })).await.expect(201));
    w.decide(&mo.access_token, &own[0], "approve").await.expect(200);
    w.decide(&mo.access_token, &own[1], "reject").await.expect(200);
    let given = format!(
        "INSERT INTO reactions (comment_id, article_id, kind, account_id, created_at) VALUES
             ('{others}', '{article_id}', 'helpful', '{ada}', '2026-03-14T12:00:00Z'),
             ('{}', '{article_id}', 'helpful', '{ada}', '2026-03-14T13:00:00Z'),
             ('{others}', '{article_id}', 'kind', '{ada}', '2026-03-14T14:00:00Z'),
             ('{others}', '{article_id}', 'odd', '{}', now())",
        own[0],
        eve.id,
        ada = ada.id,
    );
    w.db.conn().await.batch_execute(&given).await.unwrap();
    let reply = w.get_as(&ada.access_token, &at(&slug)).await;
    let viewer = reply.expect(200);
    assert_eq!(reply.header("cache-control"), "private, no-store");
    assert!(reply.header("vary").to_lowercase().contains("authorization"), "{}", reply.header("vary"));
    let reactions = json!([
        { "comment_id": others, "kinds": ["kind", "helpful"] }, { "comment_id": own[0], "kinds": ["helpful"] },
    ]);
    assert_eq!((&viewer["reactions"], &viewer["reactions_truncated"]), (&reactions, &json!(false)));
    let unseen: Vec<_> =
        viewer["comments"].as_array().unwrap().iter().map(|it| (&it["status"], &it["body"]["text"])).collect();
    let (pending, waiting, rejected, refused) =
        (json!("pending"), json!("Waiting."), json!("rejected"), json!("Refused."));
    assert_eq!(unseen, [(&pending, &waiting), (&rejected, &refused)]);
    let until = |seconds| json!(crate::world::noon() + TimeDelta::minutes(60) + TimeDelta::seconds(seconds));
    let editable = json!([{ "comment_id": own[2], "until": until(2) }, { "comment_id": own[0], "until": until(0) }]);
    let wanted = json!({ "answers": true, "approvals": true });
    assert_eq!((&viewer["editable"], &viewer["subscriptions"]), (&editable, &wanted));
    assert!(!reply.text().contains("Eve"), "{}", reply.text());
    w.clock.set(crate::world::noon() + TimeDelta::minutes(60));
    let (token, _) = w.log_in(&ada.email).await;
    let later = w.get_as(&token, &at(&slug)).await.expect(200);
    assert_eq!(later["editable"].as_array().unwrap().len(), 1, "what can be changed no more is gone from the list");
}

#[actix_web::test]
async fn a_guest_sees_theirs_on_their_article_only() {
    let w = World::with(&[("comment_edit_minutes", "0")]).await;
    let (slug, _) = w.open_article().await;
    let (elsewhere, _) = w.article_taking("Elsewhere", OPEN).await;
    let posted = w.post_as_guest(&slug, "Mine.", None).await.expect(201);
    let token = posted["manage_token"].as_str().unwrap();
    let see = async |slug: &str| w.request(Method::GET, &at(slug)).guest(token).send().await;
    let viewer = see(&slug).await.expect(200);
    assert_eq!(viewer["editable"], json!([{ "comment_id": posted["id"], "until": null }]));
    assert_eq!(viewer["subscriptions"], json!({ "answers": true, "approvals": true }));
    w.say(&slug, "An answer.", Some(&id(&posted))).await;
    assert_eq!(see(&slug).await.expect(200)["editable"], json!([]), "until answered");
    see(&elsewhere).await.problem(401, "unauthenticated");
    // What staff write they may always change.
    let coach = w.coach("Marit").await;
    let answer = w.post_as(&coach.access_token, &slug, &json!({ "body": "Hello." })).await.expect(201);
    w.say(&slug, "An answer.", Some(&id(&answer))).await;
    let viewer = w.get_as(&coach.access_token, &at(&slug)).await.expect(200);
    assert_eq!(viewer["editable"], json!([{ "comment_id": answer["id"], "until": null }]));
}

#[actix_web::test]
async fn nobody_else_is_let_in_and_former_slugs_serve() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, admin) = (w.reader("Ada").await, w.admin("Root").await);
    w.get(&at(&slug)).await.problem(401, "unauthenticated");
    w.request(Method::GET, &at(&slug)).guest("nonsense").send().await.problem(401, "unauthenticated");
    w.get_as(&ada.access_token, &at("nowhere")).await.problem(404, "not_found");
    let edit = w.request(Method::PATCH, &format!("/v1/articles/{slug}")).bearer(&admin.access_token);
    edit.header("if-match", "*").json(&json!({ "slug": "listening" })).send().await.expect(200);
    w.get_as(&ada.access_token, &at(&slug)).await.expect(200);
    let unpublish = w.request(Method::POST, "/v1/articles/listening/unpublish").bearer(&admin.access_token);
    unpublish.header("if-match", "*").send().await.expect(200);
    w.get_as(&ada.access_token, &at("listening")).await.problem(404, "not_found");
}

#[actix_web::test]
async fn it_is_bounded_and_takes_equally_many_statements_for_much_and_for_little() {
    let w = World::with(&[("standing_seconds", "0")]).await;
    let (slug, article_id) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let comment = id(&w.post_as(&ada.access_token, &slug, &json!({ "body": "First." })).await.expect(201));
    let see = async || w.statements(w.get_as(&ada.access_token, &at(&slug))).await;
    let add = async |sql: String| w.db.conn().await.batch_execute(&sql).await.unwrap();
    let waiting = |from: u32, to: u32| {
        format!(
            "INSERT INTO comments (id, article_id, root_id, position, depth, path, account_id, status, shown,
                 body_markdown, body_html, body_text, renderer, rank, created_at)
             SELECT id, '{article_id}', id, 100 + n, 0, '', '{ada}', 'pending', false, 'w', 'w', 'w', 1, 0, '{now}'
             FROM (SELECT gen_random_uuid() AS id, n FROM generate_series({from}, {to}) AS n) AS new;",
            ada = ada.id,
            now = w.clock.now(),
        )
    };
    add(waiting(1, 1)).await;
    see().await;
    let (few, _) = see().await;
    add(waiting(2, 150)).await;
    add(format!(
        "INSERT INTO reactions (comment_id, article_id, kind, account_id, created_at)
             SELECT '{comment}', '{article_id}', 'kind_' || n, '{ada}', now() FROM generate_series(1, 1100) AS n",
        ada = ada.id,
    ))
    .await;
    let (statements, reply) = see().await;
    let viewer = reply.expect(200);
    let kinds: usize =
        viewer["reactions"].as_array().unwrap().iter().map(|it| it["kinds"].as_array().unwrap().len()).sum();
    assert_eq!((kinds, &viewer["reactions_truncated"]), (1000, &json!(true)));
    let counted = ["comments", "editable"].map(|list| viewer[list].as_array().unwrap().len());
    assert_eq!((counted, statements), ([100, 100], few));
}

#[actix_web::test]
async fn the_public_thread_is_the_same_bytes_for_everybody() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let posted = w.post_as_guest(&slug, "Mine.", None).await.expect(201);
    w.post_as(&ada.access_token, &slug, &json!({ "body": "Hers.", "mentions": [posted["author"]["id"]] }))
        .await
        .expect(201);
    let path = format!("/v1/articles/{slug}/comments");
    let plain = w.get(&path).await;
    let member = w.get_as(&ada.access_token, &path).await;
    let guest = w.request(Method::GET, &path).guest(posted["manage_token"].as_str().unwrap()).send().await;
    for other in [member, guest] {
        assert_eq!(other.bytes, plain.bytes);
        assert_eq!(other.header("etag"), plain.header("etag"));
        assert_eq!(other.header("vary"), plain.header("vary"));
    }
    assert!(!plain.text().contains("viewer") && plain.json()["items"][0]["editable"] == Value::Null);
}

#[actix_web::test]
async fn what_they_get_mail_about_is_told() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let edit = |path: &str| w.request(Method::PATCH, path);
    let wishes = edit("/v1/accounts/me/notices").bearer(&ada.access_token).json(&json!({ "approvals": false }));
    wishes.send().await.expect(200);
    let wanted = json!({ "answers": true, "approvals": false });
    assert_eq!(w.see(&ada, &at(&slug)).await.expect(200)["subscriptions"], wanted);
    let posted = w.post_as_guest(&slug, "Mine.", None).await.expect(201);
    let token = posted["manage_token"].as_str().unwrap();
    edit("/v1/guests/me").guest(token).json(&json!({ "subscribed": false })).send().await.expect(200);
    let viewer = w.request(Method::GET, &at(&slug)).guest(token).send().await.expect(200);
    assert_eq!(viewer["subscriptions"], json!({ "answers": false, "approvals": false }));
}

#[actix_web::test]
async fn what_holds_on_them_is_told() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (mo, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    assert_eq!(w.see(&ada, &at(&slug)).await.expect(200)["sanctions"], json!([]));
    let warning = json!({
        "kind": "warn", "subject": { "account_id": ada.id }, "reason": "abuse", "message": "Speak of what was said.",
    });
    w.post_by(&mo, "/v1/moderation/sanctions", &warning).await.expect(201);
    let told = w.see(&ada, &at(&slug)).await.expect(200)["sanctions"].clone();
    assert_eq!(told, w.see(&ada, "/v1/accounts/me/sanctions").await.expect(200)["items"]);
    assert_eq!((&told[0]["kind"], &told[0]["message"]), (&json!("warn"), &json!("Speak of what was said.")));
    let posted = w.post_as_guest(&slug, "Mine.", None).await.expect(201);
    let waits =
        json!({ "kind": "hold_all", "subject": { "comment_id": posted["id"] }, "reason": "spam", "minutes": 60 });
    w.post_by(&mo, "/v1/moderation/sanctions", &waits).await.expect(201);
    let viewer = w.request(Method::GET, &at(&slug)).guest(posted["manage_token"].as_str().unwrap());
    let told = viewer.send().await.expect(200)["sanctions"].clone();
    assert_eq!((&told[0]["kind"], &told[0]["reason"]), (&json!("hold_all"), &json!("spam")));
    assert_eq!(told[0]["expires_at"], json!(w.clock.now() + TimeDelta::minutes(60)));
}
