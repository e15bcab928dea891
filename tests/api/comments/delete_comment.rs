use crate::world::{World, id};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_comment_without_replies_is_gone() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let reader = w.reader("Ada").await;
    let comment = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "What was said." })).await.expect(201));
    let path = format!("/v1/articles/{slug}/comments");
    w.get(&path).await.expect(200);
    assert_eq!(w.delete(&reader.access_token, &comment).await.expect(204), Value::Null);
    let thread = w.get(&path).await.expect(200);
    assert_eq!((&thread["items"], &thread["count"], &thread["root_count"]), (&json!([]), &json!(0), &json!(0)));
    w.get(&format!("/v1/comments/{comment}")).await.problem(404, "not_found");
    // Once more changes nothing.
    w.delete(&reader.access_token, &comment).await.expect(204);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn the_text_is_gone_from_the_database_too() {
    use colloquy::db::schema::comments;
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let posted = w.post_as_guest(&slug, "What was said.", None).await.expect(201);
    w.say(&slug, "reply", Some(&id(&posted))).await;
    let delete = w.request(Method::DELETE, &format!("/v1/comments/{}", id(&posted)));
    delete.guest(posted["manage_token"].as_str().unwrap()).send().await.expect(204);
    let kept = comments::table.filter(comments::status.eq("deleted")).select((
        comments::body_markdown,
        comments::body_html,
        comments::body_text,
    ));
    let kept: (String, String, String) = kept.first(&mut w.db.conn().await).await.unwrap();
    assert_eq!(kept, (String::new(), String::new(), String::new()));
}

#[actix_web::test]
async fn a_tombstone_stays_while_replies_hang_on_it_and_goes_with_the_last() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let root = w.say(&slug, "root", None).await;
    let middle = w.say(&slug, "middle", Some(&root)).await;
    let leaf = w.say(&slug, "leaf", Some(&middle)).await;
    let path = format!("/v1/articles/{slug}/comments");
    for gone in [&root, &middle] {
        w.delete(&moderator.access_token, gone).await.expect(204);
        w.assert_counters_right().await;
    }
    let thread = w.get(&path).await.expect(200);
    let tombstone = &thread["items"][0];
    assert_eq!((&thread["count"], &thread["root_count"]), (&json!(1), &json!(1)));
    assert_eq!((&tombstone["status"], &tombstone["descendant_count"]), (&json!("deleted"), &json!(2)));
    assert_eq!(tombstone["replies"]["items"][0]["replies"]["items"][0]["id"], json!(leaf));
    w.delete(&moderator.access_token, &leaf).await.expect(204);
    let thread = w.get(&path).await.expect(200);
    assert_eq!((&thread["items"], &thread["count"], &thread["root_count"]), (&json!([]), &json!(0), &json!(0)));
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn a_leaf_leaves_its_siblings_and_their_tombstone() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let root = w.say(&slug, "root", None).await;
    let (one, other) = (w.say(&slug, "one", Some(&root)).await, w.say(&slug, "other", Some(&root)).await);
    w.delete(&moderator.access_token, &root).await.expect(204);
    w.delete(&moderator.access_token, &one).await.expect(204);
    let thread = w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200);
    assert_eq!((&thread["items"][0]["status"], &thread["items"][0]["reply_count"]), (&json!("deleted"), &json!(1)));
    assert_eq!(thread["items"][0]["replies"]["items"][0]["id"], json!(other));
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn only_its_author_or_a_moderator_deletes() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (reader, coach, moderator) = (w.reader("Ada").await, w.coach("Colin").await, w.moderator("Mo").await);
    let posted = w.post_as_guest(&slug, "Mine.", None).await.expect(201);
    let (comment, token) = (id(&posted), posted["manage_token"].as_str().unwrap());
    let other = w.post_as_guest(&slug, "Other.", None).await.expect(201);
    for stranger in [&reader, &coach] {
        w.delete(&stranger.access_token, &comment).await.problem(403, "forbidden");
    }
    let delete = || w.request(Method::DELETE, &format!("/v1/comments/{comment}"));
    delete().guest(other["manage_token"].as_str().unwrap()).send().await.problem(403, "forbidden");
    delete().send().await.problem(401, "unauthenticated");
    delete().guest("nonsense").send().await.problem(401, "unauthenticated");
    w.delete(&moderator.access_token, &w.clock.id().to_string()).await.problem(404, "not_found");
    w.delete(&moderator.access_token, "nonsense").await.problem(404, "not_found");
    w.decide(&moderator.access_token, &comment, "reject").await.expect(200);
    w.delete(&reader.access_token, &comment).await.problem(404, "not_found");
    delete().guest(token).send().await.expect(204);
    let by_admin = w.admin("Root").await;
    w.delete(&by_admin.access_token, &id(&other)).await.expect(204);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn a_moderator_says_what_was_read_and_an_author_need_not() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (reader, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let comment = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "First." })).await.expect(201));
    let delete = |token: &str| w.request(Method::DELETE, &format!("/v1/comments/{comment}")).bearer(token);
    let blind = delete(&moderator.access_token).send().await;
    assert_eq!(blind.problem(428, "precondition_required"), ["If-Match"]);
    let stale = delete(&moderator.access_token).header("if-match", "\"7\"").send().await;
    assert_eq!(stale.problem(412, "precondition_failed"), ["If-Match"]);
    // An author who says so is taken at the word.
    let stale = delete(&reader.access_token).header("if-match", "\"7\"").send().await;
    assert_eq!(stale.problem(412, "precondition_failed"), ["If-Match"]);
    assert_eq!(w.get(&format!("/v1/comments/{comment}")).await.expect(200)["body"]["text"], "First.");
    delete(&reader.access_token).send().await.expect(204);
    w.get(&format!("/v1/comments/{comment}")).await.problem(404, "not_found");
}

#[actix_web::test]
async fn what_it_said_before_is_gone_too() {
    use colloquy::db::schema::comment_revisions;
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let reader = w.reader("Ada").await;
    let comment = id(&w.post_as(&reader.access_token, &slug, &json!({ "body": "First." })).await.expect(201));
    let edit = w.request(Method::PATCH, &format!("/v1/comments/{comment}")).bearer(&reader.access_token);
    edit.header("if-match", "*").json(&json!({ "body": "Second." })).send().await.expect(200);
    let kept = || comment_revisions::table.count();
    assert_eq!(kept().get_result::<i64>(&mut w.db.conn().await).await.unwrap(), 1);
    w.delete(&reader.access_token, &comment).await.expect(204);
    assert_eq!(kept().get_result::<i64>(&mut w.db.conn().await).await.unwrap(), 0);
}

#[actix_web::test]
async fn a_moderator_knows_what_another_just_decided() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (mo, hollis) = (w.moderator("Mo").await, w.moderator("Hollis").await);
    let comment = w.say(&slug, "Hello.", None).await;
    w.give(&mo, &comment, "hold", json!({})).await.expect(200);
    let delete = async |said: &str| {
        let path = format!("/v1/comments/{comment}{said}");
        w.request(Method::DELETE, &path).bearer(&hollis.access_token).header("if-match", "*").send().await
    };
    delete("").await.problem(409, "conflict");
    let stale = delete("?status=visible").await;
    stale.problem(409, "conflict");
    assert_eq!(stale.json()["detail"], "The comment is held.");
    delete("?status=held").await.expect(204);
    // Both want it gone: it is.
    w.delete(&mo.access_token, &comment).await.expect(204);
}
