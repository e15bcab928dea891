//! What is said in private threads: a word that stands in every text of them, and everybody who is in none. It is in no answer, no
//! mail, no event, no line of the log, and nowhere in the database as it was written.

use super::{Crawl, lookers};
use crate::{
    private_threads::{VerifiedGuest, at, bearer, call, get, invited, post, say, verified_guest},
    world::{Document, Operation, Person, World, id},
};
use reqwest::Method;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Result, Write},
    sync::Mutex,
};
use tracing_subscriber::fmt;

/// Of every title, message and draft.
const WORD: &str = "xiphactinus";

/// Of the reason for which an admin reads.
const REASON: &str = "dunkleosteus";

/// Where admins read who have said why.
const BROKEN: &str = "/break-glass";

/// Lines of the log in which one of the words stands.
static TOLD: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Looks through the log of this process.
struct Listener;

impl Write for Listener {
    fn write(&mut self, line: &[u8]) -> Result<usize> {
        let told = String::from_utf8_lossy(line);
        if [WORD, REASON].iter().any(|word| told.to_lowercase().contains(word)) {
            TOLD.lock().unwrap().push(told.into_owned());
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// People with something to say to each other alone.
struct Confidants {
    reader: Person,
    coach: Person,
    guest: VerifiedGuest,
    /// The reader's, and the one to which the guest was invited.
    threads: [String; 2],
}

/// The word in every kind of text, also in what was changed, deleted, repeated or refused since.
async fn confide(w: &World, slug: &str) -> Confidants {
    let (reader, coach) = (w.reader("Ada").await, w.coach("Colin").await);
    let guest = verified_guest(w, slug, "Lantern").await;
    let (ada, colin) = (bearer(&reader), bearer(&coach));
    let once = async |path: &str, body: Value| {
        let send = || w.request(Method::POST, path).header("authorization", &ada).header("idempotency-key", path);
        let first = send().json(&body).send().await.expect(201);
        assert_eq!(send().json(&body).send().await.expect(201), first, "{path} is answered again");
        first
    };
    let wanted = json!({ "title": format!("My {WORD}"), "body": format!("It is a {WORD}."), "coach_id": coach.id });
    let mine = id(&once("/v1/private-threads", wanted).await);
    post(w, &colin, &at(&mine, "/admission"), json!({})).await.expect(200);
    once(&at(&mine, "/messages"), json!({ "body": format!("Another {WORD}.") })).await;
    for (no, method, body) in [(3, Method::PATCH, json!({ "body": "Never mind." })), (4, Method::DELETE, json!({}))] {
        say(w, &colin, &mine, &format!("A {WORD} for a while.")).await;
        let change = w.request(method, &at(&mine, &format!("/messages/{no}"))).bearer(&coach.access_token);
        let changed = change.header("if-match", "*").json(&body).send().await;
        assert!(changed.status.is_success(), "{}", changed.text());
    }
    for who in [&ada, &colin] {
        let draft = json!({ "body": format!("Perhaps a {WORD}?") });
        assert!(call(w, who, Method::PUT, &at(&mine, "/draft"), Some(draft)).await.status.is_success());
    }
    let refused = json!({ "body": format!("No {WORD}."), "quote": format!("Who said {WORD}?") });
    post(w, &ada, &at(&mine, "/messages"), refused).await.problem(422, "validation");
    let theirs = invited(w, &coach, &guest.comment).await;
    post(w, &guest.authorization, &at(&theirs, "/accept"), json!({})).await.expect(200);
    say(w, &guest.authorization, &theirs, &format!("I have seen the {WORD}.")).await;
    Confidants { reader, coach, guest, threads: [mine, theirs] }
}

/// Everybody who is in none of the threads, and every id by which they could ask for one.
async fn begin() -> (Crawl, Confidants) {
    // Somebody else may have said already where the log goes; then it is not looked through.
    let _ = fmt().with_env_filter("info,colloquy=debug").with_writer(|| Listener).try_init();
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let moderator = w.moderator("Hollis").await;
    let there = confide(&w, &slug).await;
    let lookers = lookers(&w, &slug, &moderator).await;
    let ids = [article_id.to_string(), there.reader.id.clone(), there.coach.id.clone(), there.guest.comment.clone()];
    let values = BTreeMap::from([
        ("id", ids.into_iter().chain(there.threads.clone()).collect()),
        ("no", BTreeSet::from(["1".to_owned(), "2".into()])),
        ("slug", BTreeSet::from([slug.clone()])),
        ("articles", BTreeSet::from([slug])),
        ("q", BTreeSet::from([WORD.to_owned()])),
        ("path", BTreeSet::from(["/how-to-listen".to_owned()])),
        ("kind", BTreeSet::from(["helpful".to_owned(), "private_thread.read".into()])),
        ("code", BTreeSet::from(["validation".to_owned()])),
        ("limit", BTreeSet::from(["100".to_owned()])),
    ]);
    (Crawl { w, word: WORD, document: Document::read(), values, lookers, sent: 0 }, there)
}

/// Whether somebody would be let in by this, or would make somebody else of those who are in.
fn lets_in(decides: bool, operation: &Operation) -> bool {
    decides && (operation.path.contains(BROKEN) || operation.path.starts_with("/v1/accounts/{id}"))
}

#[actix_web::test]
async fn what_is_said_in_private_is_found_by_those_who_are_there_and_nowhere_else() {
    let (mut crawl, there) = begin().await;
    for (who, thread) in [
        (bearer(&there.reader), &there.threads[0]),
        (bearer(&there.coach), &there.threads[0]),
        (bearer(&there.coach), &there.threads[1]),
        (there.guest.authorization.clone(), &there.threads[1]),
    ] {
        let page = get(&crawl.w, &who, &at(thread, "/messages")).await;
        assert!(page.text().contains(WORD), "{}", page.text());
    }
    let operations = crawl.document.operations();
    let (reading, changing): (Vec<&Operation>, Vec<&Operation>) =
        operations.iter().partition(|it| it.method == Method::GET);
    for operation in &reading {
        for who in 0..crawl.lookers.len() {
            for address in crawl.addresses(operation) {
                crawl.look(who, &Method::GET, &address, None).await;
            }
        }
    }
    // What makes them somebody else comes last.
    let leaving = |it: &&Operation| it.path.starts_with("/v1/accounts") || it.path.starts_with("/v1/sessions");
    let (last, first): (Vec<_>, Vec<_>) = changing.into_iter().partition(leaving);
    for who in 0..crawl.lookers.len() {
        let decides = crawl.lookers[who].decides;
        for operation in first.iter().chain(&last).filter(|it| !lets_in(decides, it)) {
            for body in crawl.bodies(operation) {
                for address in crawl.addresses(operation) {
                    crawl.look(who, &operation.method, &address, body.as_ref()).await;
                }
            }
        }
    }
    assert!(crawl.sent > 1000, "only {} answers were looked at", crawl.sent);
    nothing_is_left_of(&crawl.w, &[WORD]).await;
}

#[actix_web::test]
async fn an_admin_who_has_said_why_finds_it_there_and_nowhere_else() {
    let (mut crawl, there) = begin().await;
    crawl.lookers.retain(|looker| looker.name == "admin");
    let admin = crawl.lookers[0].authorization.clone().unwrap();
    let thread = &there.threads[0];
    let why = json!({ "reason": format!("We must know of the {REASON}.") });
    let shown = post(&crawl.w, &admin, &at(thread, BROKEN), why).await;
    shown.expect(201);
    assert!(shown.text().contains(WORD) && shown.text().contains(REASON), "{}", shown.text());
    let messages = get(&crawl.w, &admin, &at(thread, &format!("{BROKEN}/messages"))).await;
    assert!(messages.text().contains(WORD), "{}", messages.text());
    let operations = crawl.document.operations();
    for word in [WORD, REASON] {
        crawl.word = word;
        for operation in operations.iter().filter(|it| it.method == Method::GET && !it.path.contains(BROKEN)) {
            for address in crawl.addresses(operation) {
                crawl.look(0, &Method::GET, &address, None).await;
            }
        }
    }
    // The glass of one thread is not that of the other.
    get(&crawl.w, &admin, &at(&there.threads[1], BROKEN)).await.problem(404, "not_found");
    // Those in the thread learn that it was read, and not why.
    for who in [&there.reader, &there.coach] {
        let seen = get(&crawl.w, &bearer(who), &at(thread, "")).await;
        assert!(seen.text().contains("June") && !seen.text().contains(REASON), "{}", seen.text());
    }
    nothing_is_left_of(&crawl.w, &[WORD, REASON]).await;
}

/// Not in the database, events and the audit included, however it is spelled; not in a mail; not in the log.
async fn nothing_is_left_of(w: &World, words: &[&str]) {
    let dump = w.dump().await;
    for word in words {
        World::assert_absent(&dump, word, word.as_bytes());
    }
    for mail in std::fs::read_dir(w.mails.path()).unwrap() {
        let mail = std::fs::read_to_string(mail.unwrap().path()).unwrap().to_lowercase();
        assert!(!words.iter().any(|word| mail.contains(word)), "{mail}");
    }
    let told = TOLD.lock().unwrap();
    assert!(told.is_empty(), "{told:?}");
}
