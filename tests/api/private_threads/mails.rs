use super::{at, bearer, call, commenting_guest, invited, post, say, taken, verified_guest};
use crate::{
    sanctions,
    world::{World, code_in},
};
use colloquy::{accounts::Email, db::schema::mails};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::json;

/// How many mails about private threads were written to an address.
pub async fn told(w: &World, email: &str) -> i64 {
    let hash = Email::parse(email).unwrap().hash(&w.secrets).unwrap();
    let of_threads = mails::table.filter(mails::to_hash.eq(hash).and(mails::kind.eq("private")));
    of_threads.count().get_result(&mut w.db.conn().await).await.unwrap()
}

#[actix_web::test]
async fn ten_messages_are_one_mail_until_they_are_read() {
    let w = World::new().await;
    let (ada, marit) = (w.reader("Ada").await, w.coach("Marit").await);
    let thread = taken(&w, &bearer(&ada), &marit).await;
    for n in 0..10 {
        say(&w, &bearer(&marit), &thread, &format!("Message {n}.")).await;
    }
    let mail = w.nth_mail_to(&ada.email, 0).await;
    assert!(mail.contains("You have a new message.") && !mail.contains("Marit"), "{mail}");
    let mark = json!({ "no": 11 });
    call(&w, &bearer(&ada), Method::PUT, &at(&thread, "/read"), Some(mark)).await.expect(200);
    say(&w, &bearer(&marit), &thread, "Still there?").await;
    w.nth_mail_to(&ada.email, 1).await;
    assert_eq!(w.mails_to(&ada.email).len(), 2);
    // Nobody is told of what they wrote themselves.
    assert!(w.mails_to(&marit.email).is_empty());
    say(&w, &bearer(&ada), &thread, "Yes.").await;
    w.nth_mail_to(&marit.email, 0).await;
}

#[actix_web::test]
async fn a_guest_is_written_to_where_the_address_is_confirmed() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let marit = w.coach("Marit").await;
    let guest = verified_guest(&w, &slug, "Lantern").await;
    invited(&w, &marit, &guest.comment).await;
    // The first asked whether the address is theirs.
    let mail = w.nth_mail_to(&guest.email, 1).await;
    assert!(mail.contains("You have a new message.") && !mail.contains("Shall we talk"), "{mail}");
}

#[actix_web::test]
async fn a_guest_who_confirmed_nothing_gets_nothing() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let marit = w.coach("Marit").await;
    let guest = commenting_guest(&w, &slug, "Lantern").await;
    w.nth_mail_to(&guest.email, 0).await;
    invited(&w, &marit, &guest.comment).await;
    // What somebody else gets afterwards has been sent behind whatever the guest would have got.
    let ada = w.reader("Ada").await;
    let thread = taken(&w, &bearer(&ada), &marit).await;
    say(&w, &bearer(&marit), &thread, "Hello.").await;
    w.nth_mail_to(&ada.email, 0).await;
    assert_eq!(w.mails_to(&guest.email).len(), 1);
    post(&w, &guest.authorization, "/v1/private-threads", json!({ "body": "?" }))
        .await
        .problem(403, "address_unverified");
}

#[actix_web::test]
async fn a_guest_who_confirms_later_hears_then_once_what_waits() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (marit, joss) = (w.coach("Marit").await, w.coach("Joss").await);
    let guest = commenting_guest(&w, &slug, "Lantern").await;
    let other = commenting_guest(&w, &slug, "Candle").await;
    let thread = invited(&w, &marit, &guest.comment).await;
    post(&w, &bearer(&joss), &format!("/v1/comments/{}/invitation", guest.comment), json!({})).await.expect(201);
    let confirm = async |email: &str| {
        let code = code_in(&w.nth_mail_to(email, 0).await);
        w.post("/v1/guests/confirmations", &json!({ "code": code })).await.expect(204);
    };
    assert_eq!(told(&w, &guest.email).await, 0);
    confirm(&guest.email).await;
    w.nth_mail_to(&guest.email, 1).await;
    assert_eq!(told(&w, &guest.email).await, 1);
    // It told of what was written then: there is no second one before it is read.
    post(&w, &guest.authorization, &at(&thread, "/accept"), json!({})).await.expect(200);
    say(&w, &bearer(&marit), &thread, "I am glad.").await;
    assert_eq!(told(&w, &guest.email).await, 1);
    confirm(&other.email).await;
    assert_eq!(told(&w, &other.email).await, 0, "nothing waits for them");
}

#[actix_web::test]
async fn a_coach_is_told_once_that_she_was_asked_or_is_to_take_over() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let (marit, joss) = (w.coach("Marit").await, w.coach("Joss").await);
    let asking = json!({ "body": "Are you there?", "coach_id": marit.id });
    let thread = post(&w, &bearer(&ada), "/v1/private-threads", asking).await.expect(201);
    let thread = thread["id"].as_str().unwrap();
    post(&w, &bearer(&marit), &at(thread, "/admission"), json!({})).await.expect(200);
    say(&w, &bearer(&ada), thread, "Please.").await;
    assert_eq!(told(&w, &marit.email).await, 1);
    let to_joss = json!({ "coach_id": joss.id, "stay": true });
    for _ in 0..2 {
        post(&w, &bearer(&marit), &at(thread, "/handover"), to_joss.clone()).await.expect(204);
        say(&w, &bearer(&ada), thread, "Anybody.").await;
        assert_eq!((told(&w, &marit.email).await, told(&w, &joss.email).await), (1, 1));
    }
    // Whoever writes has read what stands above.
    for coach in [&marit, &joss] {
        say(&w, &bearer(coach), thread, "Here I am.").await;
    }
    say(&w, &bearer(&ada), thread, "Thank you.").await;
    assert_eq!((told(&w, &marit.email).await, told(&w, &joss.email).await), (2, 2));
}

#[actix_web::test]
async fn whoever_answers_is_told_of_the_next() {
    let w = World::new().await;
    let (ada, marit) = (w.reader("Ada").await, w.coach("Marit").await);
    let thread = taken(&w, &bearer(&ada), &marit).await;
    for n in 1..4 {
        say(&w, &bearer(&marit), &thread, "How are you?").await;
        assert_eq!(told(&w, &ada.email).await, n);
        say(&w, &bearer(&ada), &thread, "Better.").await;
        assert_eq!(told(&w, &marit.email).await, n);
    }
}

#[actix_web::test]
async fn a_banned_account_is_told_nothing() {
    let w = World::new().await;
    let (marit, moderator, june) = (w.coach("Marit").await, w.moderator("Mo").await, w.admin("June").await);
    let (ada, bea, cleo, dora) =
        (w.reader("Ada").await, w.reader("Bea").await, w.reader("Cleo").await, w.reader("Dora").await);
    let mut threads = Vec::new();
    for reader in [&ada, &bea, &cleo, &dora] {
        threads.push(taken(&w, &bearer(reader), &marit).await);
    }
    let ban = sanctions::account("ban", &ada);
    sanctions::lay(&w, &moderator, &ban).await.expect(201);
    let comment = w.open_article().await.0;
    let comment = w.post_as(&bea.access_token, &comment, &json!({ "body": "Rude." })).await.expect(201);
    let by_email = sanctions::on("ban", &json!({ "comment_id": comment["id"], "by": "email" }));
    sanctions::lay(&w, &moderator, &by_email).await.expect(201);
    let path = format!("/v1/accounts/{}/ban", cleo.id);
    let request = w.request(Method::PUT, &path).bearer(&june.access_token);
    request.json(&json!({ "reason": "abuse" })).send().await.expect(200);
    sanctions::lay(&w, &moderator, &sanctions::account("mute", &dora)).await.expect(201);
    for thread in &threads {
        say(&w, &bearer(&marit), thread, "Are you there?").await;
    }
    for reader in [&ada, &bea, &cleo] {
        assert_eq!(told(&w, &reader.email).await, 0, "{}", reader.email);
    }
    assert_eq!(told(&w, &dora.email).await, 1, "whoever may not write may read");
}

#[actix_web::test]
async fn a_banned_guest_is_told_nothing() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (marit, moderator) = (w.coach("Marit").await, w.moderator("Mo").await);
    for (name, by, mails) in [("Lantern", "guest", 0), ("Candle", "email", 0), ("Torch", "", 1)] {
        let guest = verified_guest(&w, &slug, name).await;
        let subject = match by {
            "email" => json!({ "comment_id": guest.comment, "by": "email" }),
            _ => json!({ "comment_id": guest.comment }),
        };
        let kind = if by.is_empty() { "mute" } else { "ban" };
        sanctions::lay(&w, &moderator, &sanctions::on(kind, &subject)).await.expect(201);
        invited(&w, &marit, &guest.comment).await;
        assert_eq!(told(&w, &guest.email).await, mails, "{name}");
    }
}

#[actix_web::test]
async fn whoever_has_left_is_told_only_who_looked_and_whoever_is_leaving_nothing() {
    let w = World::new().await;
    let marit = w.coach("Marit").await;
    let (ada, bea) = (w.reader("Ada").await, w.reader("Bea").await);
    let (left, closing) = (taken(&w, &bearer(&ada), &marit).await, taken(&w, &bearer(&bea), &marit).await);
    w.close_account(&bea.access_token, "anonymise").await.expect(202);
    say(&w, &bearer(&marit), &closing, "Are you there?").await;
    assert_eq!(told(&w, &bea.email).await, 0, "it may still be restored");
    post(&w, &bearer(&ada), &at(&left, "/leave"), json!({})).await.expect(204);
    post(&w, &bearer(&marit), &at(&left, "/messages"), json!({ "body": "?" })).await.problem(409, "conflict");
    // That an admin looks into it concerns who has left it, too.
    let june = w.admin("June").await;
    let reason = json!({ "reason": "Somebody may be in danger." });
    for thread in [&left, &closing] {
        post(&w, &bearer(&june), &at(thread, "/break-glass"), reason.clone()).await.expect(201);
    }
    assert_eq!((told(&w, &ada.email).await, told(&w, &bea.email).await), (1, 0));
}
