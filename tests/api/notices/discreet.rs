//! Somebody else may read the mailbox.

use super::{ask, one_click, token_in, wishes};
use crate::{
    mails::MailServer,
    world::{CAREFUL, World, id, until},
};
use serde_json::json;

/// Stands in all that could be told: a title, a name, texts.
const CANARY: &str = "quetzalcoatlus";

#[actix_web::test]
async fn a_mail_says_that_there_is_something_and_how_to_get_no_more() {
    let server = MailServer::start().await;
    let settings = [
        ("mail_dir", ""),
        ("smtp_url", server.url.as_str()),
        ("public_url", "https://api.example.org"),
        ("publication_name", "The Long Table"),
        ("comment_url", "https://example.org/comments/{id}"),
    ];
    let w = World::with(&settings).await;
    let (slug, _) = w.article_taking(&format!("How to feed a {CANARY}"), CAREFUL).await;
    let (wren, coach) = (w.reader("Wren Quetzalcoatlus").await, w.coach("Marit Quetzalcoatlus").await);
    let body = json!({ "body": format!("My {CANARY} died.") });
    let comment = id(&w.post_as(&wren.access_token, &slug, &body).await.expect(201));
    w.decide(&w.moderator("Hollis").await.access_token, &comment, "approve").await.expect(200);
    until("the first came", async || server.received().len() == 1).await;
    let answer = json!({ "body": format!("Dear {CANARY}."), "parent_id": comment });
    w.post_as(&coach.access_token, &slug, &answer).await.expect(201);
    until("both came", async || server.received().len() == 2).await;
    for (mail, subject) in
        server.received().iter().zip(["Your comment at The Long Table", "An answer at The Long Table"])
    {
        let mail = super::whole(mail);
        let told = mail.replace("wren.quetzalcoatlus@example.org", "");
        assert!(!told.to_lowercase().contains(CANARY), "{mail}");
        let header = mail.split("\n\n").next().unwrap();
        assert!(header.contains(&format!("Subject: {subject}\n")), "{header}");
        let link = format!("https://api.example.org/v1/unsubscriptions?token={}", token_in(&mail));
        assert!(header.contains(&format!("List-Unsubscribe: <{link}>\n")), "{header}");
        assert!(header.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\n"), "{header}");
        // In both forms, as text and as HTML.
        let html = &mail[mail.find("<html>").unwrap()..];
        for address in [link, format!("https://example.org/comments/{comment}")] {
            assert_eq!(html.matches(&format!("href=\"{address}\"")).count(), 1, "{mail}");
            assert!(mail.matches(&address).count() >= 3, "{mail}");
        }
        assert!(!mail.contains(&slug), "{mail}");
    }
    // What the header says works.
    let (approval, answer) = (token_in(&server.received()[0]), token_in(&server.received()[1]));
    one_click(&w, &approval).await.expect(200);
    assert_eq!(wishes(&w, &wren).await, json!({ "answers": true, "approvals": false, "messages": true }));
    one_click(&w, &answer).await.expect(200);
    ask(&w, &coach, &slug, Some(&comment)).await;
    super::settled(&w).await;
    assert_eq!(server.received().len(), 2);
}

#[actix_web::test]
async fn what_one_cannot_do_without_says_nothing_of_it() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    super::guest_with(&w, &slug, "lantern@example.org").await;
    let mail = w.nth_mail_to("lantern@example.org", 0).await;
    assert!(!mail.contains("List-Unsubscribe") && !mail.contains("unsubscriptions"), "{mail}");
}

#[actix_web::test]
async fn without_tls_nothing_is_promised_by_one_click() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (wren, coach) = (w.reader("Wren").await, w.coach("Marit").await);
    let question = ask(&w, &wren, &slug, None).await;
    ask(&w, &coach, &slug, Some(&question)).await;
    let mail = super::whole(&w.nth_mail_to(&wren.email, 0).await);
    assert!(mail.contains("List-Unsubscribe: <http://") && !mail.contains("List-Unsubscribe-Post"), "{mail}");
}
