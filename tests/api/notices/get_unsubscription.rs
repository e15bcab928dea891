use super::{ask, token_in, wishes};
use crate::world::World;
use serde_json::json;

#[actix_web::test]
async fn looking_changes_nothing_and_shows_a_button() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (wren, coach) = (w.reader("Wren").await, w.coach("Marit").await);
    let question = ask(&w, &wren, &slug, None).await;
    ask(&w, &coach, &slug, Some(&question)).await;
    let token = token_in(&w.nth_mail_to(&wren.email, 0).await);
    let reply = w.get(&format!("/v1/unsubscriptions?token={token}")).await;
    reply.expect(200);
    let page = reply.text();
    assert!(page.contains("<form method=\"post\">") && page.contains("value=\"One-Click\""), "{page}");
    assert!(!page.contains(&token) && !page.contains("wren"), "{page}");
    assert!(reply.header("content-type").starts_with("text/html"), "{}", reply.header("content-type"));
    // The address holds the token: it goes nowhere else, and nothing on the page does anything by itself.
    assert_eq!((reply.header("referrer-policy"), reply.header("cache-control")), ("no-referrer", "no-store"));
    assert!(reply.header("content-security-policy").starts_with("default-src 'none'"));
    assert_eq!(wishes(&w, &wren).await, json!({ "answers": true, "approvals": true, "messages": true }));
}

#[actix_web::test]
async fn it_says_nothing_about_a_token_and_asks_for_one() {
    let w = World::new().await;
    w.get("/v1/unsubscriptions?token=nonsense").await.expect(200);
    assert_eq!(w.get("/v1/unsubscriptions").await.problem(400, "bad_request"), ["token"]);
    assert_eq!(w.get("/v1/unsubscriptions?token=a&more=b").await.problem(400, "bad_request"), ["more"]);
}
