use super::{ask, one_click, token_in, wishes};
use crate::world::{Reply, World};
use colloquy::mail;
use reqwest::Method;
use serde_json::{Value, json};

const HERE: &str = "/v1/unsubscriptions";
const FORM: &str = "application/x-www-form-urlencoded";

/// What a guest is told who writes something.
async fn guest_of(w: &World, slug: &str, name: &str) -> Value {
    let body = json!({ "body": "Something.", "guest": { "name": name } });
    w.post(&format!("/v1/articles/{slug}/comments"), &body).await.expect(201)
}

/// What a link in a mail to this guest carries.
fn link(w: &World, posted: &Value) -> String {
    let guest = posted["author"]["id"].as_str().unwrap().parse().unwrap();
    mail::unsubscribe_token(&w.secrets, guest, "answer").unwrap()
}

async fn as_guest(w: &World, token: &str, method: Method, path: &str) -> Reply {
    w.request(method, path).guest(token).send().await
}

async fn subscribed(w: &World, posted: &Value) -> Value {
    let token = posted["manage_token"].as_str().unwrap();
    as_guest(w, token, Method::GET, "/v1/guests/me").await.expect(200)["subscribed"].clone()
}

async fn send(w: &World, query: &str, media_type: &str, body: &str) -> Reply {
    w.request(Method::POST, &format!("{HERE}{query}")).raw(media_type, body).send().await
}

#[actix_web::test]
async fn the_token_in_a_mail_ends_mail_to_a_guest_and_does_nothing_else() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (posted, other) = (guest_of(&w, &slug, "Lantern").await, guest_of(&w, &slug, "Candle").await);
    let link = link(&w, &posted);
    for _ in 0..2 {
        w.post(HERE, &json!({ "token": link })).await.expect(204);
        assert_eq!((subscribed(&w, &posted).await, subscribed(&w, &other).await), (json!(false), json!(true)));
    }
    as_guest(&w, &link, Method::GET, "/v1/guests/me").await.problem(401, "unauthenticated");
    // Years later, and when the guest is gone.
    w.clock.set(w.clock.now() + chrono::TimeDelta::days(5000));
    w.post(HERE, &json!({ "token": link })).await.expect(204);
    let manage = posted["manage_token"].as_str().unwrap();
    as_guest(&w, manage, Method::DELETE, "/v1/guests/me?comments=remove").await.expect(204);
    w.post(HERE, &json!({ "token": link })).await.expect(204);
}

#[actix_web::test]
async fn somebody_with_an_account_gets_no_more_of_that_kind() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (wren, coach) = (w.reader("Wren").await, w.coach("Marit").await);
    let question = ask(&w, &wren, &slug, None).await;
    ask(&w, &coach, &slug, Some(&question)).await;
    let token = token_in(&w.nth_mail_to(&wren.email, 0).await);
    for _ in 0..2 {
        let reply = one_click(&w, &token).await;
        reply.expect(200);
        assert!(reply.text().contains("no more mails") && reply.header("content-type").starts_with("text/html"));
        assert_eq!(wishes(&w, &wren).await, json!({ "answers": false, "approvals": true, "messages": true }));
    }
}

#[actix_web::test]
async fn a_mail_program_does_it_with_one_click() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let multipart = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
    for (name, media_type, body) in
        [("Lantern", FORM, "List-Unsubscribe=One-Click"), ("Candle", "multipart/form-data; boundary=b", multipart)]
    {
        let posted = guest_of(&w, &slug, name).await;
        let query = format!("?token={}", link(&w, &posted));
        send(&w, &query, media_type, body).await.expect(200);
        assert_eq!(subscribed(&w, &posted).await, false, "{media_type}");
    }
}

#[actix_web::test]
async fn what_is_no_token_or_no_click_is_refused() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let posted = guest_of(&w, &slug, "Lantern").await;
    let query = format!("?token={}", link(&w, &posted));
    send(&w, &query, FORM, "").await.problem(400, "bad_request");
    assert_eq!(send(&w, "", FORM, "List-Unsubscribe=One-Click").await.problem(400, "bad_request"), ["token"]);
    send(&w, &query, "text/plain", "List-Unsubscribe=One-Click").await.problem(415, "unsupported_media_type");
    for wrong in [posted["manage_token"].as_str().unwrap(), "", "nonsense"] {
        assert_eq!(w.post(HERE, &json!({ "token": wrong })).await.problem(422, "bad_code"), ["#/token"]);
    }
    w.post(HERE, &json!({})).await.problem(400, "bad_request");
    assert_eq!(subscribed(&w, &posted).await, true);
}
