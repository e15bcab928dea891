//! Who goes while somebody else acts: of two who wait for a thread, the second finds it as the first left it.

use super::{VerifiedGuest, at, bearer, call, get, guest_at, opened, post, taken};
use crate::world::{Person, Reply, World};
use futures_util::future::{join, join3};
use reqwest::Method;
use serde_json::{Value, json};

/// Has two requests wait for a thread, the first before the second, and then lets them go on.
async fn queued(
    w: &World,
    thread: &str,
    first: impl Future<Output = Reply>,
    second: impl Future<Output = Reply>,
) -> (Reply, Reply) {
    let mut held = w.db.hold(&format!("private_threads WHERE id = '{thread}'")).await;
    let (one_waits, then) = tokio::sync::oneshot::channel();
    let second = async {
        then.await.unwrap();
        second.await
    };
    let release = async {
        held.awaited_by(1).await;
        one_waits.send(()).unwrap();
        held.awaited_by(2).await;
        held.release().await;
    };
    let (first, second, ()) = join3(first, second, release).await;
    (first, second)
}

/// The coaches in a thread, and whether it waits for one, as its reader sees it.
async fn seats(w: &World, reader: &str, thread: &str) -> (Vec<Value>, bool) {
    let seen = get(w, reader, &at(thread, "")).await.expect(200);
    let coaches = seen["coaches"].as_array().unwrap().iter().map(|coach| coach["name"].clone()).collect();
    (coaches, !seen["waiting_since"].is_null())
}

async fn hand_over(w: &World, by: &str, thread: &str, to: &Person) -> Reply {
    post(w, by, &at(thread, "/handover"), json!({ "coach_id": to.id })).await
}

#[actix_web::test]
async fn a_coach_hands_a_thread_over_once() {
    let w = World::new().await;
    let (ada, marit) = (bearer(&w.reader("Ada").await), w.coach("Marit").await);
    let (joss, ines) = (w.coach("Joss").await, w.coach("Ines").await);
    let (thread, by) = (taken(&w, &ada, &marit).await, bearer(&marit));
    let (first, second) =
        queued(&w, &thread, hand_over(&w, &by, &thread, &joss), hand_over(&w, &by, &thread, &ines)).await;
    first.expect(204);
    second.problem(404, "not_found");
    assert_eq!(seats(&w, &ada, &thread).await, (vec![json!("Joss")], false));
    get(&w, &bearer(&ines), &at(&thread, "")).await.problem(404, "not_found");
}

#[actix_web::test]
async fn whoever_has_left_hands_nothing_over_and_says_nothing_more() {
    let w = World::new().await;
    let (ada, marit, joss) = (bearer(&w.reader("Ada").await), w.coach("Marit").await, w.coach("Joss").await);
    let by = bearer(&marit);
    let leave = async |thread: &str| post(&w, &by, &at(thread, "/leave"), json!({})).await;
    let thread = taken(&w, &ada, &marit).await;
    let (left, handed) = queued(&w, &thread, leave(&thread), hand_over(&w, &by, &thread, &joss)).await;
    left.expect(204);
    handed.problem(404, "not_found");
    assert_eq!(seats(&w, &ada, &thread).await, (Vec::new(), true));
    let thread = taken(&w, &ada, &marit).await;
    let (handed, left) = queued(&w, &thread, hand_over(&w, &by, &thread, &joss), leave(&thread)).await;
    handed.expect(204);
    left.problem(404, "not_found");
    assert_eq!(seats(&w, &ada, &thread).await, (vec![json!("Joss")], false));
    let thread = taken(&w, &ada, &marit).await;
    let path = at(&thread, "/messages");
    let said = post(&w, &by, &path, json!({ "body": "One more thing." }));
    let (left, said) = queued(&w, &thread, leave(&thread), said).await;
    left.expect(204);
    said.problem(404, "not_found");
    assert_eq!(get(&w, &ada, &at(&thread, "")).await.expect(200)["last_no"], 1);
}

#[actix_web::test]
async fn what_a_guest_has_just_begun_to_write_goes_over_too() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let guest: VerifiedGuest = guest_at(&w, &slug, "Lantern", &ada.email).await;
    super::confirm(&w, &guest).await;
    let thread = opened(&w, &guest.authorization).await;
    let (path, draft) = (at(&thread, "/draft"), json!({ "body": "What I wanted" }));
    let draft = call(&w, &guest.authorization, Method::PUT, &path, Some(draft));
    let token = guest.authorization.strip_prefix("Guest ").unwrap();
    let by = bearer(&ada);
    let claim = post(&w, &by, "/v1/accounts/me/claims", json!({ "manage_token": token }));
    let (kept, claimed) = queued(&w, &thread, draft, claim).await;
    kept.expect(200);
    claimed.expect(200);
    assert_eq!(get(&w, &by, &at(&thread, "/draft")).await.expect(200)["body"], "What I wanted");
}

#[actix_web::test]
async fn a_guest_who_is_erased_meanwhile_cannot_be_invited() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let marit = w.coach("Marit").await;
    let guest = super::commenting_guest(&w, &slug, "Lantern").await;
    let id = get(&w, &guest.authorization, "/v1/guests/me").await.expect(200)["id"].as_str().unwrap().to_owned();
    let mut held = w.db.hold(&format!("guests WHERE id = '{id}'")).await;
    let erase = async {
        held.awaited_by(1).await;
        let gone = format!(
            "UPDATE comments SET guest_id = NULL WHERE guest_id = '{id}'; DELETE FROM guest_codes WHERE guest_id = '{id}';
             DELETE FROM guests WHERE id = '{id}'"
        );
        held.release_after(&gone).await;
    };
    let (by, path) = (bearer(&marit), format!("/v1/comments/{}/invitation", guest.comment));
    let (refused, ()) = join(post(&w, &by, &path, json!({})), erase).await;
    refused.problem(409, "conflict");
    assert_eq!(super::stored(&w).await, (0, 0));
}
