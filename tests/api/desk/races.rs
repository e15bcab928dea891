//! Many coaches at once.

use crate::world::{Person, World, until};
use chrono::TimeDelta;
use colloquy::http::permission::Role;
use futures_util::future::join_all;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicUsize, Ordering},
};

const COACHES: usize = 50;
const QUESTIONS: usize = 500;

/// A server with so many questions that wait, and so many coaches.
async fn crowd() -> (World, Vec<Person>, Vec<String>) {
    let w = World::with(&[("workers", "2"), ("claim_minutes", "7")]).await;
    let (_, article_id) = w.open_article().await;
    let coaches = join_all((0..COACHES).map(|n| w.person(name(n), Role::Coach))).await;
    // A third of a thread are roots.
    w.thread(article_id, QUESTIONS * 3).await;
    w.write(async |tx| colloquy::comments::repair(tx, article_id).await).await.unwrap();
    let waiting = async || w.see(&coaches[0], "/v1/desk/numbers").await.expect(200)["waiting"] == QUESTIONS;
    until("all wait", waiting).await;
    let questions = everything(&w, &coaches[0], "waiting").await;
    assert_eq!(questions.len(), QUESTIONS);
    (w, coaches, questions)
}

/// A name that is like no other.
fn name(n: usize) -> &'static str {
    const FIRST: [&str; 10] =
        ["Ada", "Bruno", "Cora", "Dimitri", "Elin", "Farid", "Gwen", "Hanno", "Ingrid", "Joaquim"];
    const LAST: [&str; 5] = ["Keller", "Lindqvist", "Moreau", "Novak", "Okafor"];
    Box::leak(format!("{} {}", FIRST[n % 10], LAST[n / 10]).into_boxed_str())
}

/// All questions in a state, by following `next`.
async fn everything(w: &World, coach: &Person, state: &str) -> Vec<String> {
    let (mut seen, mut next) = (Vec::new(), Some(format!("/v1/desk?state={state}&limit=100")));
    while let Some(address) = next {
        let page = w.see(coach, &address).await.expect(200);
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| crate::world::id(&item["comment"])));
        next = page["next"].as_str().map(str::to_owned);
    }
    seen
}

/// Each coach goes through all questions, beginning elsewhere than the others, and claims what is free. Who has which.
async fn all_claim(w: &World, coaches: &[Person], questions: &[String]) -> BTreeMap<String, usize> {
    let refused = AtomicUsize::new(0);
    let claiming = coaches.iter().enumerate().map(|(n, coach)| {
        let refused = &refused;
        async move {
            let mut mine = Vec::new();
            // Ten of them race for each.
            let from = n / 10 * (questions.len() / 5);
            for question in questions.iter().cycle().skip(from).take(questions.len() / 5) {
                let reply = w.claim_question(coach, question).await;
                match reply.status.as_u16() {
                    200 => mine.push(question.clone()),
                    409 => drop(refused.fetch_add(1, Ordering::Relaxed)),
                    other => panic!("{other}: {}", reply.text()),
                }
            }
            (n, mine)
        }
    });
    let mut claimed = BTreeMap::new();
    for (n, mine) in join_all(claiming).await {
        for question in mine {
            assert!(claimed.insert(question, n).is_none(), "two have it");
        }
    }
    assert_eq!(refused.into_inner(), questions.len() * 9, "whoever has it not was told");
    claimed
}

#[actix_web::test]
async fn of_fifty_coaches_each_question_is_claimed_by_one() {
    let (w, coaches, questions) = crowd().await;
    let claimed = all_claim(&w, &coaches, &questions).await;
    assert_eq!(claimed.keys().collect::<BTreeSet<_>>(), questions.iter().collect::<BTreeSet<_>>(), "none is lost");
    assert_eq!(everything(&w, &coaches[0], "claimed").await, questions);
    assert!(w.desk(&coaches[0], "").await.is_empty());
    for (question, n) in claimed.iter().take(20) {
        let item = w.question(&coaches[0], question).await.expect(200);
        assert_eq!(item["claim"]["by"]["id"], coaches[*n].id);
    }
    // By the clock, all is free again, and claimed again.
    w.clock.set(w.clock.now() + TimeDelta::minutes(7));
    assert_eq!(everything(&w, &coaches[0], "waiting").await, questions);
    let again = all_claim(&w, &coaches, &questions).await;
    assert_eq!(again.len(), QUESTIONS);
    let numbers = w.see(&coaches[0], "/v1/desk/numbers").await.expect(200);
    assert_eq!((&numbers["claimed"], &numbers["waiting"]), (&QUESTIONS.into(), &0.into()));
}
