//! Vaultwarden CVE-2026-95814: who had left kept access. A coach who leaves has no thread a second later, on no node, and her
//! readers do not wait in vain.

use super::{at, bearer, call, comment_of, get, invited, opened, post, stored, taken};
use crate::world::{Person, TestDb, World, id, noon, until};
use colloquy::{accounts, clock::Clock, db::schema::private_coaches};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};

/// Two servers behind one address.
async fn two_servers() -> (World, World) {
    let (db, clock) = (TestDb::new().await, Clock::held_at(noon()));
    let name = [("public_url", "https://api.example.org")];
    (World::on(db.clone(), clock.clone(), &name).await, World::on(db, clock, &name).await)
}

/// The threads that wait, as a coach sees them.
async fn waiting(w: &World, coach: &Person) -> Vec<Value> {
    let page = get(w, &bearer(coach), "/v1/private-threads/waiting").await.expect(200);
    page["items"].as_array().unwrap().clone()
}

async fn leave(w: &World, what: &str, coach: &Person, admin: &Person) {
    let account = |rest: &str| format!("/v1/accounts/{}/{rest}", coach.id);
    let put = async |path: String, body| call(w, &bearer(admin), Method::PUT, &path, Some(body)).await.expect(200);
    match what {
        "another role" => drop(put(account("role"), json!({ "role": "reader" })).await),
        "a moderator" => drop(put(account("role"), json!({ "role": "moderator" })).await),
        "a ban" => drop(put(account("ban"), json!({ "reason": "Threats." })).await),
        "closing" => drop(w.close_account(&coach.access_token, "remove").await.expect(202)),
        _ => {
            let id = coach.id.parse().unwrap();
            w.write(async |tx| accounts::erase_account(tx, &w.secrets, id).await).await.unwrap();
        }
    }
}

#[actix_web::test]
async fn whoever_is_no_coach_any_more_has_no_thread_on_any_node_and_it_waits_again() {
    let (here, there) = two_servers().await;
    let (admin, next) = (here.admin("June").await, here.coach("Joss").await);
    let ada = bearer(&here.reader("Ada").await);
    let leaving = [
        ("another role", "Marit"),
        ("a moderator", "Ines"),
        ("a ban", "Tove"),
        ("closing", "Runa"),
        ("erasure", "Signe"),
    ];
    for (what, name) in leaving {
        let coach = here.coach(name).await;
        let thread = taken(&here, &ada, &coach).await;
        let asked = json!({ "body": "To you.", "coach_id": coach.id });
        let asked = id(&post(&here, &ada, "/v1/private-threads", asked).await.expect(201));
        let messages = at(&thread, "/messages");
        // Both have seen her act before.
        for w in [&here, &there] {
            get(w, &bearer(&coach), &messages).await.expect(200);
        }
        assert!(waiting(&here, &next).await.is_empty(), "nobody else is asked");
        leave(&here, what, &coach, &admin).await;
        let refused = |status: u16| matches!(status, 401 | 403 | 404);
        let at_once = get(&here, &bearer(&coach), &messages).await.status.as_u16();
        assert!(refused(at_once), "{what}: {at_once} where it was done");
        there.followed().await;
        let told = get(&there, &bearer(&coach), &messages).await.status.as_u16();
        assert!(refused(told), "{what}: {told} on the other node");
        let refreshed = json!({ "refresh_token": coach.refresh_token });
        let refreshed = here.post("/v1/sessions/refresh", &refreshed).await;
        if let Some(token) = refreshed.json()["access_token"].as_str() {
            get(&here, &format!("Bearer {token}"), &messages).await.problem(404, "not_found");
        }
        // Her threads wait for whoever comes first, also the one that waited for her alone.
        until("both wait", async || waiting(&here, &next).await.len() == 2).await;
        let shown = waiting(&here, &next).await;
        assert!(shown.iter().all(|thread| thread["asked_you"] == false), "{shown:?}");
        for thread in [&thread, &asked] {
            post(&here, &bearer(&next), &at(thread, "/admission"), json!({})).await.expect(200);
        }
        let seen = get(&here, &ada, &at(&thread, "")).await.expect(200);
        let coaches: Vec<_> = seen["coaches"].as_array().unwrap().iter().map(|coach| &coach["name"]).collect();
        assert_eq!(coaches, ["Joss"], "{what}");
    }
}

#[actix_web::test]
async fn whoever_only_logs_out_keeps_her_threads_and_no_token_of_before_opens_them() {
    let (here, there) = two_servers().await;
    let (coach, ada) = (here.coach("Marit").await, bearer(&here.reader("Ada").await));
    let thread = taken(&here, &ada, &coach).await;
    get(&there, &bearer(&coach), &at(&thread, "")).await.expect(200);
    call(&here, &bearer(&coach), Method::DELETE, "/v1/sessions", None).await.expect(204);
    get(&here, &bearer(&coach), &at(&thread, "")).await.problem(401, "unauthenticated");
    there.followed().await;
    get(&there, &bearer(&coach), &at(&thread, "")).await.problem(401, "unauthenticated");
    let (token, _) = here.log_in(&coach.email).await;
    assert_eq!(get(&here, &format!("Bearer {token}"), &at(&thread, "")).await.expect(200)["you"], "coach");
}

#[actix_web::test]
async fn a_thread_that_nobody_is_left_in_goes_in_the_same_moment_as_its_last_coach() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let (admin, marit, ada) = (w.admin("June").await, w.coach("Marit").await, w.reader("Ada").await);
    let comment = comment_of(&w, &ada, &slug, "Mine.").await;
    let thread = invited(&w, &marit, &comment).await;
    for (rest, by) in [("/accept", &ada), ("/leave", &ada)] {
        assert!(post(&w, &bearer(by), &at(&thread, rest), json!({})).await.status.is_success());
    }
    // Whoever erases it waits for the public comment.
    let mut held = w.db.hold(&format!("threads WHERE article_id = '{article_id}'")).await;
    leave(&w, "another role", &marit, &admin).await;
    held.awaited_by(1).await;
    let seats: i64 = private_coaches::table.count().get_result(&mut w.db.conn().await).await.unwrap();
    assert_eq!(seats, 1, "a server that dies now would leave a thread to nobody");
    held.release().await;
    until("it is erased", async || stored(&w).await == (0, 0)).await;
}

#[actix_web::test]
async fn a_thread_with_another_coach_does_not_wait_and_one_that_its_reader_has_left_is_erased() {
    let w = World::new().await;
    let (admin, marit, joss) = (w.admin("June").await, w.coach("Marit").await, w.coach("Joss").await);
    let ada = bearer(&w.reader("Ada").await);
    let (shared, left) = (taken(&w, &ada, &marit).await, taken(&w, &ada, &marit).await);
    let both = json!({ "coach_id": joss.id, "stay": true });
    assert!(post(&w, &bearer(&marit), &at(&shared, "/handover"), both).await.status.is_success());
    assert!(call(&w, &ada, Method::POST, &at(&left, "/leave"), None).await.status.is_success());
    leave(&w, "another role", &marit, &admin).await;
    let coaches = async || get(&w, &ada, &at(&shared, "")).await.expect(200)["coaches"].as_array().unwrap().len();
    until("one is left", async || coaches().await == 1).await;
    assert!(waiting(&w, &joss).await.is_empty());
    until("the other is erased", async || {
        !w.dump().await.iter().any(|row| row.starts_with("public.private_threads") && row.contains(&left))
    })
    .await;
    let waits = opened(&w, &ada).await;
    assert_eq!(waiting(&w, &joss).await[0]["id"], json!(waits));
}
