use super::own::{as_guest, guest_of, token};
use crate::world::{World, events, id};
use reqwest::Method;
use serde_json::{Value, json};

async fn edit(w: &World, token: &str, changes: Value) -> crate::world::Reply {
    as_guest(w, token, Method::PATCH, "/v1/guests/me", Some(changes)).await
}

#[actix_web::test]
async fn a_new_name_stands_beside_what_was_written_before() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let posted = guest_of(&w, &slug, "Lantern").await;
    let path = format!("/v1/articles/{slug}/comments");
    w.get_kept(&path).await;
    let edited = edit(&w, token(&posted), json!({ "name": " Candle " })).await;
    assert_eq!((&edited.expect(200)["name"], edited.header("cache-control")), (&json!("Candle"), "private, no-store"));
    assert_eq!(w.get(&path).await.expect(200)["items"][0]["author"]["name"], "Candle");
    assert_eq!(w.get(&format!("/v1/comments/{}", id(&posted))).await.expect(200)["author"]["name"], "Candle");
    let kinds: Vec<_> = events(&mut w.db.conn().await).await.into_iter().map(|event| event.kind).collect();
    assert!(kinds.contains(&"thread.guest_renamed".to_owned()), "{kinds:?}");
}

#[actix_web::test]
async fn mail_is_wanted_or_not_and_what_is_left_out_stays() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let posted = guest_of(&w, &slug, "Lantern").await;
    for wanted in [false, true, false] {
        let me = edit(&w, token(&posted), json!({ "subscribed": wanted })).await.expect(200);
        assert_eq!((&me["subscribed"], &me["name"]), (&json!(wanted), &json!("Lantern")));
    }
    assert_eq!(edit(&w, token(&posted), json!({})).await.expect(200)["subscribed"], false);
    // Somebody took the name as an account's since: who has it keeps it.
    w.reader("Lantern").await;
    edit(&w, token(&posted), json!({ "name": "Lantern" })).await.expect(200);
}

#[actix_web::test]
async fn names_are_checked_as_new_ones_and_refused_changes_change_nothing() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let posted = guest_of(&w, &slug, "Lantern").await;
    w.reader("Wren").await;
    w.coach("Marit").await;
    let long = "n".repeat(61);
    for name in ["Wren", "MARIT", " ", "\u{202e}neerW", &long] {
        let refused = edit(&w, token(&posted), json!({ "name": name, "subscribed": false })).await;
        assert_eq!(refused.problem(422, "validation"), ["#/name"], "{name:?}");
    }
    let me = as_guest(&w, token(&posted), Method::GET, "/v1/guests/me", None).await.expect(200);
    assert_eq!((&me["name"], &me["subscribed"]), (&json!("Lantern"), &json!(true)));
    assert_eq!(
        edit(&w, token(&posted), json!({ "email": "a@example.org" })).await.problem(400, "bad_request").len(),
        1
    );
    edit(&w, "nonsense", json!({})).await.problem(401, "unauthenticated");
    let ada = w.reader("Ada").await;
    let member = w.request(Method::PATCH, "/v1/guests/me").bearer(&ada.access_token).json(&json!({})).send().await;
    member.problem(403, "forbidden");
    as_guest(&w, token(&posted), Method::DELETE, "/v1/guests/me?comments=remove", None).await.expect(204);
    edit(&w, token(&posted), json!({ "name": "Candle" })).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn changes_count_as_comments_do() {
    let w = World::with(&[("comments_per_minute", "3")]).await;
    let (slug, _) = w.open_article().await;
    let posted = guest_of(&w, &slug, "Lantern").await;
    let mut given = 0;
    let refused = loop {
        let reply = edit(&w, token(&posted), json!({ "name": format!("Lantern {given}") })).await;
        if reply.status.as_u16() != 200 {
            break reply;
        }
        given += 1;
    };
    refused.problem(429, "too_many_requests");
    assert!((1..=3).contains(&given) && !refused.header("retry-after").is_empty(), "{given}");
    let me = as_guest(&w, token(&posted), Method::GET, "/v1/guests/me", None).await.expect(200);
    assert_eq!(me["name"], json!(format!("Lantern {}", given - 1)));
}
