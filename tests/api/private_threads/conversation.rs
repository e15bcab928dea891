//! A conversation as it is meant: from a comment that nobody should have to write alone, over the desk, into a private thread.

use super::{at, bearer, call, commenting_guest, get, post, said, say, verified_guest};
use crate::world::{NOTHING, Person, World, code_in, until};
use reqwest::Method;
use serde_json::{Value, json};

async fn numbers(w: &World, coach: &Person) -> (Value, Value, Value) {
    let numbers = get(w, &bearer(coach), "/v1/desk/numbers").await.expect(200);
    (numbers["waiting"].clone(), numbers["claimed"].clone(), numbers["answered_today"].clone())
}

async fn become_so(w: &World, coach: &Person, what: &str, expected: (i64, i64, i64)) {
    let expected = (json!(expected.0), json!(expected.1), json!(expected.2));
    until(what, async || numbers(w, coach).await == expected).await;
}

#[actix_web::test]
async fn from_a_comment_over_the_desk_into_a_private_thread() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (marit, joss, ada) = (w.coach("Marit").await, w.coach("Joss").await, w.reader("Ada").await);
    // Somebody without an account writes, and it shows on the desk.
    let guest = commenting_guest(&w, &slug, "Lantern").await;
    become_so(&w, &marit, "the comment waits on the desk", (1, 0, 0)).await;
    post(&w, &bearer(&marit), &format!("/v1/desk/{}/claim", guest.comment), json!({})).await.expect(200);
    assert_eq!(numbers(&w, &joss).await, (json!(0), json!(1), json!(0)));
    // She answers where everybody reads, and invites to where nobody does: in one go.
    let answer = json!({
        "body": "Thank you for writing this.",
        "invite": { "body": "Shall we talk about it by ourselves?" },
    });
    let answered = post(&w, &bearer(&marit), &format!("/v1/desk/{}/answer", guest.comment), answer).await.expect(201);
    let thread = answered["private_thread_id"].as_str().unwrap().to_owned();
    become_so(&w, &marit, "the desk knows that it is answered", (0, 0, 1)).await;
    // The guest shows that the address is theirs, and accepts with what came with the comment.
    let mine = get(&w, &guest.authorization, "/v1/private-threads").await.expect(200);
    assert_eq!((&mine["items"][0]["id"], &mine["items"][0]["state"]), (&json!(thread), &json!("invited")));
    post(&w, &guest.authorization, &at(&thread, "/accept"), json!({})).await.problem(403, "address_unverified");
    let code = code_in(&w.nth_mail_to(&guest.email, 0).await);
    w.post("/v1/guests/confirmations", &json!({ "code": code })).await.expect(204);
    post(&w, &guest.authorization, &at(&thread, "/accept"), json!({})).await.expect(200);
    say(&w, &guest.authorization, &thread, "It is my brother. He hides marigolds in his coat.").await;
    let quoting = json!({ "body": "What would you like to say to him?", "quote": "I do not know what to say to him" });
    post(&w, &bearer(&marit), &at(&thread, "/messages"), quoting).await.expect(201);
    let all = [
        "Shall we talk about it by ourselves?",
        "It is my brother. He hides marigolds in his coat.",
        "What would you like to say to him?",
    ];
    assert_eq!(said(&w, &guest.authorization, &thread).await, all);
    assert_eq!(said(&w, &bearer(&marit), &thread).await, all);
    let told = w.nth_mail_to(&guest.email, 1).await;
    assert!(!told.contains("Marit") && !told.contains("brother"), "{told}");
    nobody_else_sees_it(&w, &slug, &thread, &[bearer(&ada), bearer(&joss)]).await;
    // What the other guest wrote waits, and nothing else.
    become_so(&w, &joss, "the desk's numbers agree", (1, 0, 1)).await;
}

/// Other readers, another guest, coaches who are not in it, and the public.
async fn nobody_else_sees_it(w: &World, slug: &str, thread: &str, others: &[String]) {
    let other = verified_guest(w, slug, "Candle").await.authorization;
    for by in others.iter().chain([&other]) {
        for path in ["", "/messages", "/draft"] {
            let (here, nowhere) = (get(w, by, &at(thread, path)).await, get(w, by, &at(NOTHING, path)).await);
            assert_eq!((here.status, here.text()), (nowhere.status, nowhere.text()));
            here.problem(404, "not_found");
        }
        let answer = json!({ "body": "?" });
        call(w, by, Method::POST, &at(thread, "/messages"), Some(answer)).await.problem(404, "not_found");
        let mine = get(w, by, "/v1/private-threads").await.expect(200);
        assert_eq!(mine["items"], json!([]));
    }
    let desk = get(w, &others[1], "/v1/desk?state=answered").await.text();
    let public = w.get(&format!("/v1/articles/{slug}/comments")).await.text();
    for seen in [desk, public] {
        assert!(!seen.contains(thread) && !seen.contains("marigolds") && !seen.contains("in_private"), "{seen}");
    }
}
