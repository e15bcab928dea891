use super::{at, bearer, call, get, invited, pair, post, said, say, unverified_pair, verified_guest};
use crate::world::{World, id, too_often};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn both_sides_write_in_one_order() {
    let w = World::new().await;
    let (ada, marit, thread) = pair(&w).await;
    let reply = post(&w, &marit, &at(&thread, "/messages"), json!({ "body": "I <b>read</b> it." })).await;
    assert_eq!((reply.header("cache-control"), reply.header("etag")), ("private, no-store", "\"1\""));
    let message = reply.expect(201);
    assert_eq!(
        (&message["no"], &message["author"]["part"], &message["author"]["you"]),
        (&json!(2), &json!("coach"), &json!(true))
    );
    // The same Markdown as in comments: what is raw stays text.
    assert_eq!(message["body"]["html"], "<p>I &lt;b&gt;read&lt;/b&gt; it.</p>\n");
    let texts: Vec<String> = (0..8).map(|n| format!("Message {n}.")).collect();
    join_all(texts.iter().enumerate().map(|(n, text)| say(&w, if n % 2 == 0 { &ada } else { &marit }, &thread, text)))
        .await;
    let seen = get(&w, &ada, &at(&thread, "/messages")).await.expect(200);
    let numbers: Vec<_> = seen["items"].as_array().unwrap().iter().map(|m| m["no"].as_i64().unwrap()).collect();
    assert_eq!(numbers, (1..=10).rev().collect::<Vec<_>>());
}

#[actix_web::test]
async fn sent_twice_it_happens_once_also_when_it_has_been_changed_since() {
    let w = World::new().await;
    let (ada, _, thread) = pair(&w).await;
    let send = async |text: &str| {
        let request = w.request(Method::POST, &at(&thread, "/messages")).header("authorization", &ada);
        request.header("idempotency-key", "one-two-three").json(&json!({ "body": text })).send().await
    };
    assert_eq!(send("Once.").await.expect(201)["no"], 2);
    let path = at(&thread, "/messages/2");
    let edit = w.request(Method::PATCH, &path).header("authorization", &ada).header("if-match", "\"1\"");
    edit.json(&json!({ "body": "Changed." })).send().await.expect(200);
    let again = send("Once.").await.expect(201);
    assert_eq!((&again["no"], &again["body"]["markdown"]), (&json!(2), &json!("Changed.")));
    send("Other.").await.problem(422, "idempotency_key_reused");
    assert_eq!(said(&w, &ada, &thread).await.len(), 2);
}

#[actix_web::test]
async fn it_may_quote_the_public_comment() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let marit = w.coach("Marit").await;
    let guest = verified_guest(&w, &slug, "Lantern").await;
    let thread = invited(&w, &marit, &guest.comment).await;
    post(&w, &guest.authorization, &at(&thread, "/accept"), json!({})).await.expect(200);
    let quoting = json!({ "body": "What would you like to say?", "quote": "I do not know  what to say to him" });
    let message = post(&w, &bearer(&marit), &at(&thread, "/messages"), quoting).await.expect(201);
    assert_eq!(message["quote"], "I do not know what to say to him");
    let invented = json!({ "body": "You said so.", "quote": "I know very well" });
    let refused = post(&w, &bearer(&marit), &at(&thread, "/messages"), invented).await;
    assert_eq!(refused.problem(422, "validation"), ["#/quote"]);
}

#[actix_web::test]
async fn where_no_comment_is_continued_there_is_nothing_to_quote() {
    let w = World::new().await;
    let (ada, _, thread) = pair(&w).await;
    let quoting = post(&w, &ada, &at(&thread, "/messages"), json!({ "body": "?", "quote": "anything" })).await;
    assert_eq!(quoting.problem(422, "validation"), ["#/quote"]);
    let flaws = post(&w, &ada, &at(&thread, "/messages"), json!({ "body": " ", "quote": " " })).await;
    assert_eq!(flaws.problem(422, "validation"), ["#/quote", "#/body"]);
}

#[actix_web::test]
async fn a_closed_thread_takes_nothing() {
    let w = World::new().await;
    let (ada, marit, thread) = pair(&w).await;
    post(&w, &marit, &at(&thread, "/close"), json!({})).await.expect(200);
    for by in [&ada, &marit] {
        post(&w, by, &at(&thread, "/messages"), json!({ "body": "Wait." })).await.problem(409, "conflict");
    }
}

#[actix_web::test]
async fn a_guest_confirms_the_address_first() {
    let w = World::new().await;
    let (guest, thread) = unverified_pair(&w).await;
    post(&w, &guest, &at(&thread, "/messages"), json!({ "body": "Hello." })).await.problem(403, "address_unverified");
}

#[actix_web::test]
async fn who_is_muted_reads_and_does_not_write() {
    let w = World::new().await;
    let (ada, marit) = (w.reader("Ada").await, w.coach("Marit").await);
    let thread = super::taken(&w, &bearer(&ada), &marit).await;
    super::mute(&w, &ada).await;
    post(&w, &bearer(&ada), &at(&thread, "/messages"), json!({ "body": "Hello." })).await.problem(403, "muted");
    assert_eq!(said(&w, &bearer(&ada), &thread).await.len(), 1);
}

#[actix_web::test]
async fn too_many_at_once_are_refused() {
    let w = World::with(&[("comments_per_minute", "5")]).await;
    let (ada, _, thread) = pair(&w).await;
    let path = at(&thread, "/messages");
    let send = async || call(&w, &ada, Method::POST, &path, Some(json!({ "body": "Hello." }))).await;
    too_often(send).await.problem(429, "too_many_requests");
}

#[actix_web::test]
async fn what_is_said_of_a_public_comment_is_said_nowhere_else() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let marit = w.coach("Marit").await;
    let comment = id(&w.post_as(&marit.access_token, &slug, &json!({ "body": "Public." })).await.expect(201));
    let path = format!("/v1/comments/{comment}/invitation");
    post(&w, &bearer(&w.coach("Joss").await), &path, json!({ "body": "Private." })).await.expect(201);
    assert!(!w.get(&format!("/v1/articles/{slug}/comments")).await.text().contains("Private"));
    w.get(&format!("/v1/articles/{slug}/comments/search?q=private")).await.expect(200);
}
