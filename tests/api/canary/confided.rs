//! Private texts of every kind, also those that were changed, deleted, repeated or refused since.

use super::{
    lookers::Looker,
    private::{SAVED, WORD},
};
use crate::{
    private_threads::{VerifiedGuest, at, bearer, call, get, post, say, verified_guest},
    world::{Person, World, id},
};
use reqwest::Method;
use serde_json::{Value, json};

/// People with something to say to each other alone.
pub struct Confidants {
    pub reader: Person,
    pub coach: Person,
    pub guest: VerifiedGuest,
    /// The reader's and the guest's, in which they talk; one in which the coach says the first word, one that waits for her,
    /// and one that others have left to her.
    pub threads: [String; 5],
    /// Those who were in the last of them.
    pub gone: Vec<Looker>,
    /// Whose ids are known, and of which comments.
    pub people: Vec<String>,
    pub comments: Vec<String>,
    /// A text that the coach keeps for herself.
    pub saved: String,
}

/// The word in every kind of text.
pub async fn confide(w: &World, slug: &str) -> Confidants {
    let (reader, coach) = (w.reader("Ada").await, w.coach("Colin").await);
    let guest = verified_guest(w, slug, "Lantern").await;
    let asks = verified_guest(w, slug, "Candle").await;
    let (other, people) = passed_on(w, &coach).await;
    let threads = [
        talked(w, &reader, &coach).await,
        invited(w, &coach, &guest).await,
        answered(w, &coach, &asks.comment).await,
        waiting(w, &reader, &coach).await,
        other,
    ];
    let saved = kept(w, &coach, &guest.comment).await;
    let gone = ["reader who left", "coach who handed over", "coach who left"];
    let gone = gone.iter().zip(&people).map(|(name, person)| Looker::account(name, person)).collect();
    let people = people.iter().chain([&reader, &coach]).map(|person| person.id.clone()).collect();
    let comments = vec![guest.comment.clone(), asks.comment];
    Confidants { reader, coach, guest, threads, gone, people, comments, saved }
}

/// The same twice, which happens once.
async fn once(w: &World, by: &Person, path: &str, body: Value) -> Value {
    let send = || w.request(Method::POST, path).bearer(&by.access_token).header("idempotency-key", path).json(&body);
    let first = send().send().await.expect(201);
    assert_eq!(send().send().await.expect(201), first, "{path} is answered again");
    first
}

/// A reader asks a coach, who comes: with drafts of both, and what was changed, deleted and refused.
async fn talked(w: &World, reader: &Person, coach: &Person) -> String {
    let (ada, colin) = (bearer(reader), bearer(coach));
    let wanted = json!({ "title": format!("My {WORD}"), "body": format!("It is a {WORD}."), "coach_id": coach.id });
    let thread = id(&once(w, reader, "/v1/private-threads", wanted).await);
    post(w, &colin, &at(&thread, "/admission"), json!({})).await.expect(200);
    once(w, reader, &at(&thread, "/messages"), json!({ "body": format!("Another {WORD}.") })).await;
    for (no, method, body) in [(3, Method::PATCH, json!({ "body": "Never mind." })), (4, Method::DELETE, json!({}))] {
        say(w, &colin, &thread, &format!("A {WORD} for a while.")).await;
        let change = w.request(method, &at(&thread, &format!("/messages/{no}"))).bearer(&coach.access_token);
        let changed = change.header("if-match", "*").json(&body).send().await;
        assert!(changed.status.is_success(), "{}", changed.text());
    }
    for who in [&ada, &colin] {
        let draft = json!({ "body": format!("Perhaps a {WORD}?") });
        assert!(call(w, who, Method::PUT, &at(&thread, "/draft"), Some(draft)).await.status.is_success());
    }
    let refused = json!({ "body": format!("No {WORD}."), "quote": format!("Who said {WORD}?") });
    post(w, &ada, &at(&thread, "/messages"), refused).await.problem(422, "validation");
    thread
}

/// A coach invites a guest with a first message; then both talk, also of words of the comment.
async fn invited(w: &World, coach: &Person, guest: &VerifiedGuest) -> String {
    let first = json!({ "body": format!("Shall we talk of the {WORD}?") });
    let thread = id(&once(w, coach, &format!("/v1/comments/{}/invitation", guest.comment), first).await);
    post(w, &guest.authorization, &at(&thread, "/accept"), json!({})).await.expect(200);
    say(w, &guest.authorization, &thread, &format!("I have seen the {WORD}.")).await;
    let quoting = json!({ "body": format!("To the {WORD}?"), "quote": "I do not know what to say to him" });
    once(w, coach, &at(&thread, "/messages"), quoting).await;
    thread
}

/// A coach answers where everybody reads, and says something else to who asked alone.
async fn answered(w: &World, coach: &Person, asked: &str) -> String {
    w.question_when(coach, asked, "waiting").await;
    let answer = json!({ "body": "I write to you.", "invite": { "body": format!("What did the {WORD} do?") } });
    let given = once(w, coach, &format!("/v1/desk/{asked}/answer"), answer).await;
    let thread = given["private_thread_id"].as_str().unwrap().to_owned();
    let messages = get(w, &bearer(coach), &at(&thread, "/messages")).await;
    assert!(messages.text().contains(WORD), "{}", messages.text());
    thread
}

/// A reader asks a coach who has not come yet.
async fn waiting(w: &World, reader: &Person, coach: &Person) -> String {
    let title = format!("The other {WORD}");
    let wanted = json!({ "title": title, "body": format!("There was a {WORD} before."), "coach_id": coach.id });
    id(&post(w, &bearer(reader), "/v1/private-threads", wanted).await.expect(201))
}

/// A thread that one coach hands over, the next leaves, and then its reader, so that a third one alone is in it. Returns those
/// three who are gone, too.
async fn passed_on(w: &World, last: &Person) -> (String, [Person; 3]) {
    let people = [w.reader("Rhea").await, w.coach("Joss").await, w.coach("Kari").await];
    let [rhea, joss, kari] = people.each_ref().map(bearer);
    let wanted = json!({ "title": format!("Our {WORD}"), "body": format!("We have a {WORD}.") });
    let thread = id(&post(w, &rhea, "/v1/private-threads", wanted).await.expect(201));
    post(w, &joss, &at(&thread, "/admission"), json!({})).await.expect(200);
    for (giver, to, stay) in [(&joss, &people[2], false), (&kari, last, true)] {
        say(w, giver, &thread, &format!("She knows more about a {WORD}.")).await;
        let over = json!({ "coach_id": to.id, "stay": stay });
        post(w, giver, &at(&thread, "/handover"), over).await.expect(204);
    }
    for who in [&kari, &rhea] {
        assert!(get(w, who, &at(&thread, "/messages")).await.text().contains(WORD));
        post(w, who, &at(&thread, "/leave"), json!({})).await.expect(204);
    }
    (thread, people)
}

/// What a coach has begun to answer, and what she answers again and again.
async fn kept(w: &World, coach: &Person, asked: &str) -> String {
    w.question_when(coach, asked, "waiting").await;
    let (colin, path) = (bearer(coach), format!("/v1/desk/{asked}/draft"));
    for begun in ["Dear", "Beloved"] {
        let draft = json!({ "body": format!("{begun} {WORD},") });
        call(w, &colin, Method::PUT, &path, Some(draft)).await.expect(200);
    }
    assert!(get(w, &colin, &path).await.text().contains(WORD));
    let reply = json!({ "title": format!("On the {SAVED}"), "body": format!("A {SAVED} is no fish.") });
    id(&post(w, &colin, "/v1/desk/saved-replies", reply).await.expect(201))
}
