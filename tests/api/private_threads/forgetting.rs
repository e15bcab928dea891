//! What becomes of private threads when people become members, leave or ask for what is theirs.

use super::{
    at, bearer, call, comment_of, confirm, get, guest_at, invited, post, said, say, stored, taken, verified_guest,
};
use crate::world::World;
use chrono::TimeDelta;
use colloquy::{
    accounts::ErasureMode,
    comments::GuestCompanion,
    privacy::{self, Erasure},
    private_threads,
};
use diesel_async::SimpleAsyncConnection;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_guest_who_becomes_a_member_takes_the_threads_along() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (marit, ada) = (w.coach("Marit").await, w.reader("Ada").await);
    let guest = guest_at(&w, &slug, "Lantern", &ada.email).await;
    confirm(&w, &guest).await;
    let thread = taken(&w, &guest.authorization, &marit).await;
    let draft = json!({ "body": "What I wanted" });
    call(&w, &guest.authorization, Method::PUT, &at(&thread, "/draft"), Some(draft)).await.expect(200);
    let token = guest.authorization.strip_prefix("Guest ").unwrap();
    let claim = json!({ "manage_token": token });
    let claimed = post(&w, &bearer(&ada), "/v1/accounts/me/claims", claim).await.expect(200);
    assert_eq!(claimed["private_threads"], 1);
    say(&w, &bearer(&ada), &thread, "It is still me.").await;
    assert_eq!(said(&w, &bearer(&marit), &thread).await, ["I could not write this *there*.", "It is still me."]);
    assert_eq!(get(&w, &bearer(&ada), &at(&thread, "/draft")).await.expect(200)["body"], "What I wanted");
    let seen = get(&w, &bearer(&marit), &at(&thread, "")).await.expect(200);
    assert_eq!((&seen["reader"]["id"], &seen["reader"]["name"]), (&json!(ada.id), &json!("Ada")));
    get(&w, &guest.authorization, &at(&thread, "")).await.problem(404, "not_found");
}

#[actix_web::test]
async fn whoever_was_a_coach_until_just_now_is_only_the_reader_of_what_was_their_own() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (marit, ada) = (w.coach("Marit").await, w.reader("Ada").await);
    let guest = guest_at(&w, &slug, "Lantern", &ada.email).await;
    confirm(&w, &guest).await;
    let thread = taken(&w, &guest.authorization, &marit).await;
    let draft = json!({ "body": "What I wanted" });
    call(&w, &guest.authorization, Method::PUT, &at(&thread, "/draft"), Some(draft)).await.expect(200);
    let guest_id = get(&w, &guest.authorization, "/v1/guests/me").await.expect(200)["id"].as_str().unwrap().to_owned();
    // As she left it a moment ago, when she was a coach.
    let seat = format!(
        "UPDATE private_coaches SET account_id = '{0}' WHERE thread_id = '{thread}';
         INSERT INTO private_drafts VALUES ('{thread}', '{0}', '', now())",
        ada.id
    );
    let (guest_id, account_id) = (guest_id.parse().unwrap(), ada.id.parse().unwrap());
    let handed = w.write(async |tx| {
        tx.conn.batch_execute(&seat).await?;
        private_threads::Companion.hand_over(tx, guest_id, account_id).await
    });
    assert_eq!(handed.await.unwrap(), 1);
    let seen = get(&w, &bearer(&ada), &at(&thread, "")).await.expect(200);
    assert_eq!((&seen["you"], &seen["coaches"]), (&json!("reader"), &json!([])));
    assert!(!seen["waiting_since"].is_null(), "{seen}");
    assert_eq!(get(&w, &bearer(&ada), &at(&thread, "/draft")).await.expect(200)["body"], "What I wanted");
}

#[actix_web::test]
async fn threads_about_several_comments_are_erased_one_comment_after_the_other() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (marit, joss, ada) = (w.coach("Marit").await, w.coach("Joss").await, w.reader("Ada").await);
    let (first, second) = (comment_of(&w, &ada, &slug, "One.").await, comment_of(&w, &ada, &slug, "Two.").await);
    for (coach, comment) in [(&marit, &first), (&joss, &first), (&marit, &second)] {
        invited(&w, coach, comment).await;
    }
    let account_id = ada.id.parse().unwrap();
    let mut left = Vec::new();
    for _ in 0..2 {
        let all = w.write(async |tx| private_threads::erase_reader(tx, account_id).await).await.unwrap();
        left.push((stored(&w).await.0, all));
    }
    assert_eq!(left, [(1, false), (0, true)]);
}

#[actix_web::test]
async fn a_thread_that_its_reader_has_left_goes_with_its_last_coach() {
    let w = World::new().await;
    let (ada, marit) = (w.reader("Ada").await, w.coach("Marit").await);
    let (left, kept) = (taken(&w, &bearer(&ada), &marit).await, taken(&w, &bearer(&ada), &marit).await);
    post(&w, &bearer(&ada), &at(&left, "/leave"), json!({})).await.expect(204);
    // At once, as after a backup was restored, while she still is a coach.
    let comments = ErasureMode::Anonymise;
    let erasure = Erasure { account_id: marit.id.parse().unwrap(), comments, at: w.clock.now() };
    assert!(privacy::replay(&w.journal(), &w.secrets, &erasure).await.unwrap());
    assert_eq!(stored(&w).await.0, 1);
    let seen = get(&w, &bearer(&ada), &at(&kept, "")).await.expect(200);
    assert_eq!((&seen["coaches"], &seen["waiting_since"]), (&json!([]), &json!(w.clock.now())));
}

#[actix_web::test]
async fn a_guest_who_is_erased_takes_the_keys_along() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let marit = w.coach("Marit").await;
    let guest = verified_guest(&w, &slug, "Lantern").await;
    let thread = taken(&w, &guest.authorization, &marit).await;
    call(&w, &guest.authorization, Method::DELETE, "/v1/guests/me?comments=anonymise", None).await.expect(204);
    assert_eq!(stored(&w).await, (0, 0));
    get(&w, &bearer(&marit), &at(&thread, "")).await.problem(404, "not_found");
}

#[actix_web::test]
async fn so_does_a_member_and_what_a_coach_said_stays_without_her() {
    let w = World::new().await;
    let (marit, ada, bea) = (w.coach("Marit").await, w.reader("Ada").await, w.reader("Bea").await);
    let (first, second) = (taken(&w, &bearer(&ada), &marit).await, taken(&w, &bearer(&bea), &marit).await);
    say(&w, &bearer(&marit), &second, "I am here.").await;
    for person in [&ada, &marit] {
        call(&w, &bearer(person), Method::DELETE, "/v1/accounts/me?comments=anonymise", None).await.expect(202);
    }
    // Whoever closes an account is no coach any more.
    let left = json!(w.clock.now());
    let waits = async || get(&w, &bearer(&bea), &at(&second, "")).await.expect(200)["waiting_since"] == left;
    crate::world::until("the thread waits for another coach", waits).await;
    w.clock.set(w.clock.now() + TimeDelta::days(60));
    privacy::erase_due(&w.journal(), &w.secrets).await.unwrap();
    assert_eq!(stored(&w).await, (1, 2));
    let (token, _) = w.log_in(&bea.email).await;
    let by = format!("Bearer {token}");
    get(&w, &by, &at(&first, "")).await.problem(404, "not_found");
    let page = get(&w, &by, &at(&second, "/messages")).await.expect(200);
    let author = &page["items"][0]["author"];
    assert_eq!(
        (&author["id"], &author["part"], &page["items"][0]["body"]["markdown"]),
        (&Value::Null, &json!("coach"), &json!("I am here."))
    );
    assert_eq!(get(&w, &by, &at(&second, "")).await.expect(200)["waiting_since"], left);
}

#[actix_web::test]
async fn readers_are_handed_their_threads_and_coaches_only_what_they_wrote() {
    let w = World::new().await;
    let (marit, ada) = (w.coach("Marit").await, w.reader("Ada").await);
    let thread = taken(&w, &bearer(&ada), &marit).await;
    say(&w, &bearer(&marit), &thread, "What the coach said.").await;
    let (reader, coach) = (export(&w, &bearer(&ada)).await, export(&w, &bearer(&marit)).await);
    let own = &reader["private_threads"][0];
    assert_eq!((&own["id"], own["messages"].as_array().unwrap().len()), (&json!(thread), 2));
    assert_eq!(
        (&own["messages"][1]["body"], &own["messages"][1]["name"]),
        (&json!("What the coach said."), &json!("Marit"))
    );
    assert_eq!((&reader["private_messages_as_coach"], &coach["private_threads"]), (&json!([]), &json!([])));
    assert_eq!(coach["private_messages_as_coach"][0]["body"], "What the coach said.");
    assert!(!coach.to_string().contains("could not write"), "{coach}");
}

#[actix_web::test]
async fn a_reader_who_has_left_is_handed_who_was_let_read_it() {
    let w = World::new().await;
    let (june, ada, marit) = (w.admin("June").await, w.reader("Ada").await, w.coach("Marit").await);
    let thread = taken(&w, &bearer(&ada), &marit).await;
    post(&w, &bearer(&ada), &at(&thread, "/leave"), json!({})).await.expect(204);
    super::break_glass::broken(&w, &june, &thread).await;
    let own = export(&w, &bearer(&ada)).await["private_threads"][0].clone();
    let access = &own["accesses"][0];
    assert_eq!((&access["by"]["name"], &access["at"]), (&json!("June"), &json!(w.clock.now())));
    assert!(access["reason"].is_null() && own["unreadable"] == false, "{own}");
}

/// What somebody is handed of their own.
pub async fn export(w: &World, by: &str) -> Value {
    let asked = call(w, by, Method::POST, "/v1/accounts/me/exports", None).await.expect(202);
    let path = format!("/v1/accounts/me/exports/{}", asked["id"].as_str().unwrap());
    crate::world::until("the export is ready", async || get(w, by, &path).await.expect(200)["status"] == "ready").await;
    get(w, by, &format!("{path}/document")).await.expect(200)
}
