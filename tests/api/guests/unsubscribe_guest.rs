use super::own::{as_guest, guest_of, token};
use crate::world::{Reply, World};
use colloquy::comments;
use reqwest::Method;
use serde_json::{Value, json};

const HERE: &str = "/v1/guests/unsubscriptions";
const FORM: &str = "application/x-www-form-urlencoded";

/// What a link in a mail to this guest carries.
fn link(w: &World, posted: &Value) -> String {
    let guest = posted["author"]["id"].as_str().unwrap().parse().unwrap();
    comments::unsubscribe_token(&w.secrets, guest).unwrap()
}

async fn subscribed(w: &World, posted: &Value) -> Value {
    as_guest(w, token(posted), Method::GET, "/v1/guests/me", None).await.expect(200)["subscribed"].clone()
}

async fn one_click(w: &World, query: &str, media_type: &str, body: &str) -> Reply {
    w.request(Method::POST, &format!("{HERE}{query}")).raw(media_type, body).send().await
}

#[actix_web::test]
async fn the_token_in_a_mail_ends_mail_and_does_nothing_else() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (posted, other) = (guest_of(&w, &slug, "Lantern").await, guest_of(&w, &slug, "Candle").await);
    let link = link(&w, &posted);
    for _ in 0..2 {
        w.post(HERE, &json!({ "token": link })).await.expect(204);
        assert_eq!((subscribed(&w, &posted).await, subscribed(&w, &other).await), (json!(false), json!(true)));
    }
    as_guest(&w, &link, Method::GET, "/v1/guests/me", None).await.problem(401, "unauthenticated");
    // Years later, and when the guest is gone.
    w.clock.set(w.clock.now() + chrono::TimeDelta::days(5000));
    w.post(HERE, &json!({ "token": link })).await.expect(204);
    as_guest(&w, token(&posted), Method::DELETE, "/v1/guests/me?comments=remove", None).await.expect(204);
    w.post(HERE, &json!({ "token": link })).await.expect(204);
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
        one_click(&w, &query, media_type, body).await.expect(204);
        assert_eq!(subscribed(&w, &posted).await, false, "{media_type}");
    }
}

#[actix_web::test]
async fn looking_changes_nothing_and_what_is_no_token_is_refused() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let posted = guest_of(&w, &slug, "Lantern").await;
    let query = format!("?token={}", link(&w, &posted));
    w.get(&format!("{HERE}{query}")).await.problem(405, "method_not_allowed");
    one_click(&w, &query, FORM, "").await.problem(400, "bad_request");
    assert_eq!(one_click(&w, "", FORM, "List-Unsubscribe=One-Click").await.problem(400, "bad_request"), ["token"]);
    one_click(&w, &query, "text/plain", "List-Unsubscribe=One-Click").await.problem(415, "unsupported_media_type");
    for wrong in [token(&posted), "", "nonsense"] {
        assert_eq!(w.post(HERE, &json!({ "token": wrong })).await.problem(422, "bad_code"), ["#/token"]);
    }
    w.post(HERE, &json!({})).await.problem(400, "bad_request");
    assert_eq!(subscribed(&w, &posted).await, true);
}
