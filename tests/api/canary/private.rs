//! What is said in private threads and begun at the desk: words that stand in every text of them, and everybody whom they are not
//! for. They are in no answer, no mail, no event, no line of the log, and what is sealed is nowhere in the database.

use super::{
    confided::{Confidants, confide},
    crawl::{Crawl, Values},
    lookers::{Looker, lookers},
    secrets::{Secret, listen, nothing_is_left_of},
};
use crate::{
    private_threads::{at, bearer, get, post},
    world::{Operation, World},
};
use serde_json::json;
use std::collections::BTreeSet;

/// Of every title, message and draft.
pub const WORD: &str = "xiphactinus";

/// Of a saved reply that is its coach's alone.
pub const SAVED: &str = "stethacanthus";

/// Of the reason for which an admin reads.
pub const REASON: &str = "dunkleosteus";

/// Where admins read who have said why.
const BROKEN: &str = "/v1/private-threads/*/break-glass";

/// Nobody is to read any of it.
static SECRETS: [Secret; 2] =
    [Secret { word: WORD, shown: &[], sealed: true }, Secret { word: SAVED, shown: &[], sealed: false }];

/// An admin has said why, and those who are there look, too.
static OPENED: [Secret; 3] = [
    Secret {
        word: WORD,
        shown: &[
            ("admin", BROKEN),
            ("reader there", "/v1/private-threads"),
            ("guest there", "/v1/private-threads"),
            ("coach there", "/v1/private-threads"),
            ("coach there", "/v1/desk"),
        ],
        sealed: true,
    },
    Secret { word: SAVED, shown: &[("coach there", "/v1/desk/saved-replies")], sealed: false },
    Secret { word: REASON, shown: &[("admin", BROKEN)], sealed: true },
];

/// Everybody who is in none of the threads, or not any more, and every id by which they could ask for one.
async fn begin(secrets: &'static [Secret]) -> (Crawl, Confidants) {
    listen();
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let moderator = w.moderator("Hollis").await;
    let mut there = confide(&w, &slug).await;
    let mut lookers = lookers(&w, &slug, &moderator).await;
    // They may do least of all.
    lookers.splice(0..0, there.gone.drain(..));
    let values = Values::from([
        ("thread_id", there.threads.iter().cloned().collect()),
        ("comment_id", there.comments.iter().cloned().collect()),
        ("account_id", there.people.iter().cloned().collect()),
        ("coach_id", BTreeSet::from([there.coach.id.clone()])),
        ("article_id", BTreeSet::from([article_id.to_string()])),
        ("id", BTreeSet::from([there.saved.clone()])),
        ("no", BTreeSet::from(["1".to_owned(), "2".into()])),
        ("slug", BTreeSet::from([slug.clone()])),
        ("articles", BTreeSet::from([slug])),
        ("path", BTreeSet::from(["/how-to-listen".to_owned()])),
        ("kind", BTreeSet::from(["private_thread.read".to_owned()])),
    ]);
    (Crawl::new(w, secrets, lookers, values), there)
}

/// Those who are there find it.
async fn assert_found(w: &World, there: &Confidants) {
    let (reader, coach, guest) = (bearer(&there.reader), bearer(&there.coach), &there.guest.authorization);
    let [mine, theirs, answered, _, passed] = &there.threads;
    for (who, thread) in
        [(&reader, mine), (&coach, mine), (guest, theirs), (&coach, theirs), (&coach, answered), (&coach, passed)]
    {
        let page = get(w, who, &at(thread, "/messages")).await;
        assert!(page.text().contains(WORD), "{}", page.text());
    }
    assert!(get(w, &coach, "/v1/desk/saved-replies").await.text().contains(SAVED));
    assert!(get(w, &coach, "/v1/desk/drafts").await.text().contains(WORD));
}

/// Whether somebody would be let in by this, or would make somebody else of those who are in.
fn lets_in(looker: &Looker, operation: &Operation) -> bool {
    looker.decides && (operation.path.contains("/break-glass") || operation.path.starts_with("/v1/accounts/{id}"))
}

#[actix_web::test]
async fn what_is_said_in_private_is_found_by_those_who_are_there_and_nowhere_else() {
    let (mut crawl, there) = begin(&SECRETS).await;
    assert_found(&crawl.w, &there).await;
    crawl.all(lets_in).await;
    // All the while there was something to be found.
    let page = get(&crawl.w, &bearer(&there.reader), &at(&there.threads[0], "/messages")).await;
    assert!(page.text().contains(WORD), "{}", page.text());
    nothing_is_left_of(&crawl.w, &SECRETS).await;
}

#[actix_web::test]
async fn an_admin_who_has_said_why_finds_it_there_and_nowhere_else() {
    let (mut crawl, there) = begin(&OPENED).await;
    assert_found(&crawl.w, &there).await;
    let admin = crawl.lookers.iter().find(|looker| looker.name == "admin").unwrap().authorization.clone().unwrap();
    crawl.lookers.extend([
        Looker::account("reader there", &there.reader),
        Looker::account("coach there", &there.coach),
        Looker::guest("guest there", &there.guest.authorization),
    ]);
    let thread = &there.threads[0];
    let why = json!({ "reason": format!("We must know of the {REASON}.") });
    let shown = post(&crawl.w, &admin, &at(thread, "/break-glass"), why).await;
    shown.expect(201);
    assert!(shown.text().contains(WORD) && shown.text().contains(REASON), "{}", shown.text());
    crawl.read().await;
    crawl.assert_found(&[WORD, SAVED, REASON]);
    // The glass of one thread is not that of the others.
    for other in &there.threads[1..] {
        get(&crawl.w, &admin, &at(other, "/break-glass")).await.problem(404, "not_found");
    }
    // Those in the thread learn that it was read, and not why.
    for who in [&there.reader, &there.coach] {
        let seen = get(&crawl.w, &bearer(who), &at(thread, "")).await;
        assert!(seen.text().contains("June") && !seen.text().contains(REASON), "{}", seen.text());
    }
    nothing_is_left_of(&crawl.w, &OPENED).await;
}
