//! Somebody else may read the mailbox, and whoever wants no such mails gets none.

use super::{at, bearer, call, invited, mails::told, post, say, taken, verified_guest};
use crate::{
    mails::MailServer,
    notices::{one_click, token_in, whole, wishes},
    world::{World, id, until},
};
use reqwest::Method;
use serde_json::json;

/// Stands in all that could be told: titles, names, texts.
const CANARY: &str = "quetzalcoatlus";

#[actix_web::test]
async fn a_mail_says_that_there_is_a_message_and_how_to_get_no_more() {
    let server = MailServer::start().await;
    let settings = [
        ("mail_dir", ""),
        ("smtp_url", server.url.as_str()),
        ("public_url", "https://api.example.org"),
        ("publication_name", "The Long Table"),
    ];
    let w = World::with(&settings).await;
    let (ada, marit) = (w.reader("Ada Quetzalcoatlus").await, w.coach("Marit Quetzalcoatlus").await);
    let opening = json!({
        "title": format!("About my {CANARY}"), "body": format!("My {CANARY} died."), "coach_id": marit.id,
    });
    let thread = id(&post(&w, &bearer(&ada), "/v1/private-threads", opening).await.expect(201));
    until("the coach was told", async || server.received().len() == 1).await;
    post(&w, &bearer(&marit), &at(&thread, "/admission"), json!({})).await.expect(200);
    say(&w, &bearer(&marit), &thread, &format!("Dear {CANARY}.")).await;
    until("the reader was told", async || server.received().len() == 2).await;
    for (mail, person) in server.received().iter().zip([&marit, &ada]) {
        let mail = whole(mail);
        let said = mail.replace(&person.email, "").to_lowercase();
        for secret in [CANARY, &thread, &ada.id, &marit.id, "private"] {
            assert!(!said.contains(secret), "{secret} in {mail}");
        }
        let (header, body) = mail.split_once("\n\n").unwrap();
        assert!(header.contains("Subject: A message at The Long Table\n"), "{header}");
        let link = format!("https://api.example.org/v1/unsubscriptions?token={}", token_in(&mail));
        assert!(header.contains(&format!("List-Unsubscribe: <{link}>\n")), "{header}");
        assert!(header.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\n"), "{header}");
        assert!(body.contains("You have a new message.\n"), "{body}");
        // As text, and in HTML as the address and as what is shown of it; no other.
        assert_eq!((body.matches("://").count(), body.matches(&link).count()), (3, 3), "{body}");
    }
}

#[actix_web::test]
async fn one_click_keeps_the_next_mail_back() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, marit) = (w.reader("Ada").await, w.coach("Marit").await);
    let thread = taken(&w, &bearer(&ada), &marit).await;
    say(&w, &bearer(&marit), &thread, "How are you?").await;
    say(&w, &bearer(&ada), &thread, "Better.").await;
    let guest = verified_guest(&w, &slug, "Lantern").await;
    let by_guest = invited(&w, &marit, &guest.comment).await;
    let tokens = [
        token_in(&w.nth_mail_to(&ada.email, 0).await),
        token_in(&w.nth_mail_to(&marit.email, 0).await),
        token_in(&w.nth_mail_to(&guest.email, 1).await),
    ];
    let so_far = async || [told(&w, &ada.email).await, told(&w, &marit.email).await, told(&w, &guest.email).await];
    // A mail program looks at the link: that changes nothing.
    for token in &tokens {
        w.get(&format!("/v1/unsubscriptions?token={token}")).await.expect(200);
    }
    let all = json!({ "answers": true, "approvals": true, "messages": true });
    assert_eq!((wishes(&w, &ada).await, wishes(&w, &marit).await), (all.clone(), all));
    let read = json!({ "no": 1 });
    call(&w, &guest.authorization, Method::PUT, &at(&by_guest, "/read"), Some(read)).await.expect(200);
    post(&w, &guest.authorization, &at(&by_guest, "/accept"), json!({})).await.expect(200);
    let talk = async || {
        say(&w, &bearer(&marit), &thread, "And now?").await;
        say(&w, &bearer(&ada), &thread, "Now, too.").await;
        say(&w, &bearer(&marit), &by_guest, "And you?").await;
        say(&w, &guest.authorization, &by_guest, "I, too.").await;
    };
    talk().await;
    assert_eq!(so_far().await, [2, 3, 2]);
    for token in &tokens {
        one_click(&w, token).await.expect(200);
    }
    let messages = json!({ "answers": true, "approvals": true, "messages": false });
    assert_eq!((wishes(&w, &ada).await, wishes(&w, &marit).await), (messages.clone(), messages));
    let before = so_far().await;
    talk().await;
    assert_eq!(so_far().await, before);
    // Nor is a coach told who is asked by name.
    let asking = json!({ "body": "Are you there?", "coach_id": marit.id });
    post(&w, &bearer(&ada), "/v1/private-threads", asking).await.expect(201);
    assert_eq!(so_far().await, before);
}
