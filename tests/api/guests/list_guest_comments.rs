use super::own::{as_guest, guest_of, token};
use crate::world::{CAREFUL, World, id};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;

const OWN: &str = "/v1/guests/me/comments";

#[actix_web::test]
async fn a_guest_sees_all_that_they_wrote_and_what_became_of_it() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let moderator = w.moderator("Mo").await;
    let first = guest_of(&w, &slug, "Lantern").await;
    let path = format!("/v1/articles/{slug}/comments");
    let mut written = vec![id(&first)];
    for text in ["Refused.", "Waiting.", "Taken back."] {
        w.clock.set(w.clock.now() + TimeDelta::seconds(1));
        let posted = as_guest(&w, token(&first), Method::POST, &path, Some(json!({ "body": text }))).await.expect(201);
        written.push(id(&posted));
    }
    w.decide(&moderator.access_token, &written[0], "approve").await.expect(200);
    w.decide(&moderator.access_token, &written[1], "reject").await.expect(200);
    let gone = format!("/v1/comments/{}", written[3]);
    as_guest(&w, token(&first), Method::DELETE, &gone, None).await.expect(204);
    guest_of(&w, &slug, "Candle").await;
    let reply = as_guest(&w, token(&first), Method::GET, OWN, None).await;
    let page = reply.expect(200);
    let seen: Vec<_> =
        page["items"].as_array().unwrap().iter().map(|it| (&it["status"], &it["body"]["text"])).collect();
    let none = json!(null);
    let [deleted, pending, rejected, visible] = ["deleted", "pending", "rejected", "visible"].map(|it| json!(it));
    let [waiting, refused, something] = ["Waiting.", "Refused.", "Something."].map(|it| json!(it));
    assert_eq!(seen, [(&deleted, &none), (&pending, &waiting), (&rejected, &refused), (&visible, &something)]);
    assert_eq!(reply.header("cache-control"), "private, no-store");
}

#[actix_web::test]
async fn pages_follow_each_other_and_cursors_are_ones_own() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (first, other) = (guest_of(&w, &slug, "Lantern").await, guest_of(&w, &slug, "Candle").await);
    let path = format!("/v1/articles/{slug}/comments");
    for n in 0..4 {
        w.clock.set(w.clock.now() + TimeDelta::seconds(1));
        as_guest(&w, token(&first), Method::POST, &path, Some(json!({ "body": format!("{n}") }))).await.expect(201);
    }
    let (mut at, mut seen) = (format!("{OWN}?limit=2"), Vec::new());
    loop {
        let page = as_guest(&w, token(&first), Method::GET, &at, None).await.expect(200);
        seen.extend(page["items"].as_array().unwrap().iter().map(id));
        let Some(next) = page["next"].as_str() else { break };
        next.clone_into(&mut at);
    }
    let mut newest_first = seen.clone();
    newest_first.sort();
    newest_first.dedup();
    newest_first.reverse();
    assert_eq!((seen.len(), &seen), (5, &newest_first));
    as_guest(&w, token(&other), Method::GET, &at, None).await.problem(400, "bad_cursor");
    for limit in ["0", "-1", "x"] {
        let refused = as_guest(&w, token(&first), Method::GET, &format!("{OWN}?limit={limit}"), None).await;
        assert_eq!(refused.problem(400, "bad_request"), ["limit"]);
    }
    let many = as_guest(&w, token(&first), Method::GET, &format!("{OWN}?limit=1000"), None).await.expect(200);
    assert_eq!(many["limit"], 100);
}

#[actix_web::test]
async fn others_are_turned_away() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let posted = guest_of(&w, &slug, "Lantern").await;
    w.get(OWN).await.problem(401, "unauthenticated");
    w.get_as(&w.reader("Ada").await.access_token, OWN).await.problem(403, "forbidden");
    as_guest(&w, token(&posted), Method::DELETE, "/v1/guests/me?comments=remove", None).await.expect(204);
    as_guest(&w, token(&posted), Method::GET, OWN, None).await.problem(401, "unauthenticated");
}
