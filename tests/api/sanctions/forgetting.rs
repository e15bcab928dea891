//! What is forgotten of sanctions and reports, and when.

use super::{account, introduce_from, lay, on, post_from};
use crate::world::World;
use chrono::TimeDelta;
use colloquy::{
    comments,
    db::schema::{comment_networks, reports, sanctions},
    screening,
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::json;

async fn kept(w: &World) -> Vec<(String, String)> {
    let rows = sanctions::table.order(sanctions::id).select((sanctions::subject_kind, sanctions::kind));
    rows.load(&mut w.db.conn().await).await.unwrap()
}

#[actix_web::test]
async fn hashes_go_when_nothing_holds_on_them_and_the_rest_a_year_later() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    let posted = post_from(&w, &slug, "198.51.100.9", "lantern@example.org").await;
    let mut network = on("ban", &json!({ "comment_id": posted["id"], "by": "network" }));
    network["minutes"] = json!(60);
    let mut brief = account("mute", &ada);
    brief["minutes"] = json!(60);
    for body in [network, brief, account("warn", &ada)] {
        lay(&w, &moderator, &body).await.expect(201);
    }
    let sweep = async |after: TimeDelta| {
        w.clock.set(crate::world::noon() + after);
        screening::sweep(&w.journal()).await.unwrap();
        kept(&w).await
    };
    let pair = |by: &str, kind: &str| (by.to_owned(), kind.to_owned());
    let (mute, warn) = (pair("account", "mute"), pair("account", "warn"));
    assert_eq!(sweep(TimeDelta::minutes(59)).await.len(), 3);
    assert_eq!(sweep(TimeDelta::minutes(60)).await, [mute, warn.clone()]);
    assert_eq!(sweep(TimeDelta::days(366)).await, [warn]);
}

#[actix_web::test]
async fn where_a_comment_came_from_is_forgotten_after_thirty_days() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    post_from(&w, &slug, "198.51.100.9", "lantern@example.org").await;
    let count = async || {
        let networks = comment_networks::table.count();
        networks.get_result::<i64>(&mut w.db.conn().await).await.unwrap()
    };
    assert_eq!(count().await, 1);
    w.clock.set(w.clock.now() + TimeDelta::days(30));
    comments::sweep(&w.journal()).await.unwrap();
    assert_eq!(count().await, 0);
}

/// Whoever leaves takes along what lay on them; but nobody who was kept out comes in again by leaving.
#[actix_web::test]
async fn whoever_is_erased_takes_all_along_but_a_ban_of_their_address() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    let posted = w.post_as(&ada.access_token, &slug, &json!({ "body": "Rude." })).await.expect(201);
    let other = w.say(&slug, "Hello.", None).await;
    let report = async |by: &str, comment: &str, note: &str| {
        let request = w.request(Method::POST, &format!("/v1/comments/{comment}/reports")).bearer(by);
        request.json(&json!({ "reason": "other", "note": note })).send().await.expect(201);
    };
    report(&ada.access_token, &other, "A canary's song.").await;
    report(&moderator.access_token, posted["id"].as_str().unwrap(), "A canary's feather.").await;
    lay(&w, &moderator, &account("mute", &ada)).await.expect(201);
    for kind in ["hold_all", "ban"] {
        let mut body = on(kind, &json!({ "comment_id": posted["id"], "by": "email" }));
        body["message"] = json!("A canary's egg.");
        lay(&w, &moderator, &body).await.expect(201);
    }
    World::assert_present(&w.dump().await, "a note", b"A canary's song.");
    w.leave(&ada, "anonymise").await;
    let dump = w.dump().await;
    for canary in ["song", "feather", "egg"] {
        World::assert_absent(&dump, canary, format!("A canary's {canary}.").as_bytes());
    }
    assert_eq!(kept(&w).await, [("email".to_owned(), "ban".to_owned())]);
    let left = reports::table.filter(reports::reporter_id.is_null()).count();
    assert_eq!(
        left.get_result::<i64>(&mut w.db.conn().await).await.unwrap(),
        1,
        "what was reported is still to decide"
    );
    introduce_from(&w, &slug, "198.51.100.10", Some(&ada.email)).await.problem(403, "muted");
}

#[actix_web::test]
async fn what_one_reported_and_what_was_laid_on_one_stands_in_an_export() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    let comment = w.say(&slug, "Hello.", None).await;
    let report = w.request(Method::POST, &format!("/v1/comments/{comment}/reports")).bearer(&ada.access_token);
    let report = report.json(&json!({ "reason": "other", "note": "Hm." })).send().await.expect(201);
    let mute = lay(&w, &moderator, &account("mute", &ada)).await.expect(201);
    let at = w.export(&ada.access_token).await;
    let reply = w.get_as(&ada.access_token, &format!("{at}/document")).await;
    let document = reply.expect(200);
    assert_eq!((&document["reports"][0]["id"], &document["reports"][0]["note"]), (&report["id"], &json!("Hm.")));
    assert_eq!((&document["sanctions"][0]["id"], &document["sanctions"][0]["kind"]), (&mute["id"], &json!("mute")));
    assert!(!reply.text().contains(&moderator.id), "who laid it is not told");
}
