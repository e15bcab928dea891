use super::{at, bearer, commenting_guest, get, invited, post, said};
use crate::world::{NOTHING, World, id, too_often};
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn a_coach_invites_and_the_comment_shows_nothing() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let marit = w.coach("Marit").await;
    let guest = commenting_guest(&w, &slug, "Lantern").await;
    let before = w.get(&format!("/v1/comments/{}", guest.comment)).await.text();
    let path = format!("/v1/comments/{}/invitation", guest.comment);
    let reply = post(&w, &bearer(&marit), &path, json!({ "body": "Shall we talk?" })).await;
    let thread = reply.expect(201);
    assert_eq!(reply.header("location"), at(&id(&thread), ""));
    let now = json!(w.clock.now());
    let expected = json!({
        "id": thread["id"], "state": "invited", "you": "coach", "title": null,
        "article_id": article_id, "comment_id": guest.comment,
        "reader": { "id": thread["reader"]["id"], "name": "Lantern", "read_no": 0, "left": false },
        "coaches": [{ "id": marit.id, "name": "Marit", "admitted_at": now, "read_no": 1 }], "accesses": [],
        "created_at": now, "opened_at": null, "closed_at": null, "waiting_since": null, "last_at": now,
        "last_no": 1, "read_no": 1, "unread": 0, "disclosure": { "reader": false, "coaches": false },
    });
    assert_eq!(thread, expected);
    assert_eq!(said(&w, &bearer(&marit), &id(&thread)).await, ["Shall we talk?"]);
    assert_eq!(w.get(&format!("/v1/comments/{}", guest.comment)).await.text(), before);
    let mine = get(&w, &guest.authorization, "/v1/private-threads").await.expect(200);
    assert_eq!((&mine["items"][0]["id"], &mine["items"][0]["state"]), (&thread["id"], &json!("invited")));
}

#[actix_web::test]
async fn each_coach_once_for_each_comment_and_nobody_learns_of_another() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (marit, joss) = (w.coach("Marit").await, w.coach("Joss").await);
    let comment = w.say(&slug, "Mine.", None).await;
    let path = format!("/v1/comments/{comment}/invitation");
    let send = async || {
        let request = w.request(Method::POST, &path).bearer(&marit.access_token);
        request.header("idempotency-key", "one-two-three").json(&json!({})).send().await
    };
    let first = send().await.expect(201);
    assert_eq!(send().await.expect(201), first);
    post(&w, &bearer(&marit), &path, json!({})).await.problem(409, "conflict");
    // Without a body, too.
    w.request(Method::POST, &path).bearer(&joss.access_token).send().await.expect(201);
}

#[actix_web::test]
async fn there_must_be_somebody_to_invite() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let marit = w.coach("Marit").await;
    let own = id(&w.post_as(&marit.access_token, &slug, &json!({ "body": "Mine." })).await.expect(201));
    let to = |comment: &str| format!("/v1/comments/{comment}/invitation");
    post(&w, &bearer(&marit), &to(&own), json!({})).await.problem(409, "conflict");
    post(&w, &bearer(&marit), &to(NOTHING), json!({})).await.problem(404, "not_found");
    let hidden = w.say(&slug, "Hidden.", None).await;
    w.decide(&w.moderator("Mo").await.access_token, &hidden, "reject").await.expect(200);
    post(&w, &bearer(&marit), &to(&hidden), json!({})).await.problem(404, "not_found");
    let visible = w.thread(article_id, 1).await[0].to_string();
    let blank = post(&w, &bearer(&marit), &to(&visible), json!({ "body": " " })).await;
    assert_eq!(blank.problem(422, "validation"), ["#/body"]);
    post(&w, &bearer(&w.reader("Ada").await), &to(&visible), json!({})).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn until_it_is_accepted_nobody_writes() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let marit = w.coach("Marit").await;
    let guest = super::verified_guest(&w, &slug, "Lantern").await;
    let thread = invited(&w, &marit, &guest.comment).await;
    for by in [&bearer(&marit), &guest.authorization] {
        let said = json!({ "body": "Hello?" });
        post(&w, by, &at(&thread, "/messages"), said).await.problem(409, "conflict");
    }
}

#[actix_web::test]
async fn too_many_at_once_are_refused_also_where_they_are_taken_back() {
    let w = World::with(&[("comments_per_minute", "3")]).await;
    let (slug, _) = w.open_article().await;
    let (marit, ada) = (w.coach("Marit").await, w.reader("Ada").await);
    let path = format!("/v1/comments/{}/invitation", super::comment_of(&w, &ada, &slug, "Mine.").await);
    let ask = async || {
        let invited = post(&w, &bearer(&marit), &path, json!({})).await;
        if invited.status == 201 {
            post(&w, &bearer(&marit), &at(&id(&invited.json()), "/leave"), json!({})).await.expect(204);
        }
        invited
    };
    ask().await.expect(201);
    too_often(ask).await.problem(429, "too_many_requests");
}
